//! Invite a member into a community.

use serde::Serialize;

use crate::audience::{active_member, is_in, living_community, may_in};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Invited, Standing, State};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// A moderator invites a member, who is in once they join.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Invite {
    /// Where to.
    pub community: CommunityId,
    /// Whom: an active member.
    pub member: MemberId,
}

refusals! {
    ApproveInstead = "APPROVE_INSTEAD", "The member has asked to come in: approve their request.",
        "Ce membre a demandé à entrer : acceptez sa demande.";
}

impl Action for Invite {
    type State = State;
    const ABILITY: Ability = Ability::ModerateCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        living_community(facts, self.community)?;
        active_member(facts, self.member, "member")?;
        if state.standing == Standing::Invited || is_in(facts, self.community, self.member)? {
            return Ok(vec![]);
        }
        if state.standing == Standing::Requested {
            return Err(Refusal::ApproveInstead.on("member").into());
        }
        Ok(vec![Invited { community: self.community, member: self.member }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::{Access, Archived};
    use crate::given::{Given, community, member};
    use crate::membership::{Joined, Requested};

    fn given() -> Given {
        Given::people().community(1, Access::Invitation).by(1)
    }

    fn invite(n: u32) -> Invite {
        Invite { community: community(1), member: member(n) }
    }

    fn invited() -> Invited {
        Invited { community: community(1), member: member(2) }
    }

    #[test]
    fn an_invitation_stands_until_it_is_followed() {
        given().when(invite(2)).then([invited()]);
        given().and(invited()).when(invite(2)).then_nothing();
    }

    #[test]
    fn who_is_in_is_not_invited() {
        given().when(invite(1)).then_nothing();
        given().and(Joined { community: community(1), member: member(2) }).when(invite(2)).then_nothing();
    }

    #[test]
    fn who_asked_is_approved_instead() {
        let asked = given().and(Requested { community: community(1), member: member(2) });
        asked.when(invite(2)).refused(Refusal::ApproveInstead);
    }

    #[test]
    fn moderators_invite_members_into_a_living_community() {
        given().when(invite(9)).refused(audience::Refusal::NoSuchMember);
        given().and(invited()).by(2).when(invite(3)).refused(audience::Refusal::ModeratorNeeded);
        given().by(3).when(invite(3)).refused(audience::Refusal::NoSuchCommunity);
        let archived = given().and(Archived { community: community(1) });
        archived.when(invite(2)).refused(audience::Refusal::CommunityArchived);
    }
}
