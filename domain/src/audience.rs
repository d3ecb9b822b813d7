//! Who content is for, and what follows from it: who may read it and who may add to it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::community::{Access, Community};
use crate::decision::{Actor, Facts};
use crate::id::{CommunityId, MemberId};
use crate::membership::Standing;
use crate::policy::{Ability, Extent, Role, may};
use crate::refusal::{Refused, Stop, refusals};
use crate::words::{self, Topic};

/// A community, or members one by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Whoever may read the community.
    Community(CommunityId),
    /// These members and the author: at most 500.
    Members(Vec<MemberId>),
}

impl Audience {
    /// The community, if it is one.
    pub fn community(&self) -> Option<CommunityId> {
        if let Self::Community(community) = self { Some(*community) } else { None }
    }
}

/// The most members something can be addressed to.
pub const ADDRESSEES_MAX: usize = 500;

refusals! {
    NoSuchCommunity = "NO_SUCH_COMMUNITY", "There is no such community; look it up again.",
        "Cette communauté n’existe pas ; cherchez-la de nouveau.";
    CommunityArchived = "COMMUNITY_ARCHIVED", "The community is archived; ask its leader to reopen it.",
        "La communauté est archivée ; demandez à son responsable de la rouvrir.";
    NotInCommunity = "NOT_IN_COMMUNITY", "Only members of the community may do this; join it first.",
        "Seuls les membres de la communauté le peuvent ; rejoignez-la d’abord.";
    ModeratorNeeded = "MODERATOR_NEEDED", "Only a moderator or the leader of the community may do this.",
        "Seul un modérateur ou le responsable de la communauté le peut.";
    LeaderNeeded = "LEADER_NEEDED", "Only the leader of the community or an administrator may do this.",
        "Seul le responsable de la communauté ou un administrateur le peut.";
    NobodyAddressed = "NOBODY_ADDRESSED", "Name at least one other member to address.",
        "Nommez au moins un autre membre comme destinataire.";
    TooManyAddressees = "TOO_MANY_ADDRESSEES", "Address at most 500 members, or write in a community.",
        "Adressez-vous à 500 membres au plus, ou écrivez dans une communauté.";
    NoSuchMember = "NO_SUCH_MEMBER", "There is no such member; look them up again.",
        "Ce membre n’existe pas ; cherchez-le de nouveau.";
}

/// The community as it stands, or the refusal of one that does not exist.
pub fn community(facts: &Facts, id: CommunityId) -> Result<&Community, Stop> {
    Ok(facts.community(id)?.known()?)
}

/// The community, if the actor may know of it. One by invitation is known to those in it or invited, and to
/// administrators; for everybody else it does not exist.
pub fn visible_community(facts: &Facts, id: CommunityId) -> Result<&Community, Stop> {
    let community = community(facts, id)?;
    let Actor::Member(actor) = facts.actor else { return Ok(community) };
    let visible = community.access != Access::Invitation
        || is_in(facts, id, actor)?
        || facts.membership(id, actor)?.standing == Standing::Invited
        || facts.roles()?.iter().any(|role| may(*role, Ability::SeeEveryCommunity) == Extent::All);
    if visible { Ok(community) } else { Err(Refusal::NoSuchCommunity.into()) }
}

/// A community that the actor may know of and in which something new may be done.
pub fn living_community(facts: &Facts, id: CommunityId) -> Result<&Community, Stop> {
    visible_community(facts, id)?;
    Ok(facts.community(id)?.living()?)
}

/// Whether a member is in a community: they joined it, lead it or sponsor it.
pub fn is_in(facts: &Facts, id: CommunityId, member: MemberId) -> Result<bool, Stop> {
    let community = community(facts, id)?;
    if community.leader == member || community.sponsor == Some(member) {
        return Ok(true);
    }
    Ok(facts.membership(id, member)?.standing == Standing::Member)
}

/// Refused unless the actor may read what is in the community: anybody an open one, members any.
pub fn may_read_in(facts: &Facts, id: CommunityId) -> Result<(), Stop> {
    let community = community(facts, id)?;
    let Actor::Member(actor) = facts.actor else { return Ok(()) };
    if community.access == Access::Open || is_in(facts, id, actor)? {
        Ok(())
    } else {
        // The same answer as for one that does not exist: what one may not see is not there.
        Err(Refusal::NoSuchCommunity.into())
    }
}

/// Refused unless the actor may add to what is in the community: its members, while it is not archived.
pub fn may_write_in(facts: &Facts, id: CommunityId) -> Result<(), Stop> {
    may_read_in(facts, id)?;
    living_community(facts, id)?;
    match facts.actor {
        Actor::Member(actor) if !is_in(facts, id, actor)? => Err(Refusal::NotInCommunity.with(id).into()),
        _ => Ok(()),
    }
}

/// Refused unless the actor may do this in the community: as its leader, its sponsor or a moderator, or everywhere.
pub fn may_in(facts: &Facts, id: CommunityId, ability: Ability) -> Result<(), Stop> {
    let community = community(facts, id)?;
    let mut roles = facts.roles()?;
    if let (Actor::Member(actor), true) = (facts.actor, roles.contains(&Role::Member)) {
        let moderates = facts.membership(id, actor)?.moderator;
        let here = [
            (Role::Moderator, moderates),
            (Role::Leader, community.leader == actor),
            (Role::Sponsor, community.sponsor == Some(actor)),
        ];
        roles.extend(here.into_iter().filter_map(|(role, holds)| holds.then_some(role)));
    }
    let enough = |extent| matches!(extent, Extent::There | Extent::Communities | Extent::All);
    if facts.allows(&roles, ability, enough)? {
        return Ok(());
    }
    visible_community(facts, id)?;
    let moderators = may(Role::Moderator, ability) == Extent::There;
    Err(if moderators { Refusal::ModeratorNeeded } else { Refusal::LeaderNeeded }.into())
}

/// Refused unless the member is registered.
pub fn known_member(facts: &Facts, id: MemberId, field: &'static str) -> Result<(), Stop> {
    if facts.member(id)?.registered() { Ok(()) } else { Err(Refusal::NoSuchMember.on(field).with(id).into()) }
}

/// Refused unless the members mentioned are known, and neither they nor the topics are too many.
pub fn may_mention(facts: &Facts, mentions: &[MemberId], topics: &[Topic]) -> Result<(), Stop> {
    words::counted(mentions.len(), topics.len())?;
    mentions.iter().try_for_each(|member| known_member(facts, *member, "mentions"))
}

/// Refused unless the member is registered and active.
pub fn active_member(facts: &Facts, id: MemberId, field: &'static str) -> Result<(), Stop> {
    known_member(facts, id, field)?;
    Ok(facts.member(id)?.active(field)?)
}

/// Refused unless the actor may publish something new for this audience.
pub fn may_address(facts: &Facts, audience: &Audience) -> Result<(), Stop> {
    match audience {
        Audience::Community(community) => may_write_in(facts, *community),
        Audience::Members(members) => {
            if members.is_empty() {
                return Err(Refusal::NobodyAddressed.on("members").into());
            }
            if members.len() > ADDRESSEES_MAX {
                return Err(Refusal::TooManyAddressees.on("members").into());
            }
            members.iter().try_for_each(|member| known_member(facts, *member, "members"))
        }
    }
}

/// The audience as it is recorded, each addressee once and the author not among them; refused unless the actor may
/// publish something new for it.
pub fn addressed(facts: &Facts, audience: &Audience, author: MemberId) -> Result<Audience, Stop> {
    let audience = match audience {
        Audience::Community(community) => Audience::Community(*community),
        Audience::Members(members) => {
            let mut known = HashSet::from([author]);
            Audience::Members(members.iter().copied().filter(|member| known.insert(*member)).collect())
        }
    };
    may_address(facts, &audience)?;
    Ok(audience)
}

/// Refused, as if it did not exist, unless the actor may read what this author published for this audience.
pub fn may_read(facts: &Facts, audience: &Audience, author: MemberId, absent: Refused) -> Result<(), Stop> {
    let Actor::Member(actor) = facts.actor else { return Ok(()) };
    match audience {
        Audience::Community(community) => may_read_in(facts, *community).map_err(|stop| stop.instead(absent)),
        Audience::Members(members) if actor == author || members.contains(&actor) => Ok(()),
        Audience::Members(_) => Err(absent.into()),
    }
}
