//! Proposals about communities and who is in them.

use domain::community::Access;
use domain::community::appoint_leader::AppointLeader;
use domain::community::archive::Archive;
use domain::community::change_access::ChangeAccess;
use domain::community::describe::Describe;
use domain::community::found::Found;
use domain::community::name_sponsor::NameSponsor;
use domain::community::reopen::Reopen;
use domain::id::{CommunityId, MemberId};
use domain::membership::Standing;
use domain::membership::approve::Approve;
use domain::membership::decline::Decline;
use domain::membership::invite::Invite;
use domain::membership::join::Join;
use domain::membership::leave::Leave;
use domain::membership::make_moderator::MakeModerator;
use domain::membership::remove::Remove;
use domain::membership::request::Request;
use domain::membership::unmake_moderator::UnmakeModerator;

use super::Proposal;
use super::draw::Draw;
use super::known::Known;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("community.found", 3, |_, draw| {
        let (community, access) = (draw.perhaps(30, Draw::id), draw.one_of(ACCESSES)?);
        let summary = draw.perhaps(70, Draw::text).unwrap_or_default();
        Some(Found { community, name: draw.text(), summary, access }.into())
    }),
    Proposal("community.describe", 2, |known, draw| {
        let (community, name) = (draw.one_of(&known.communities)?, draw.perhaps(50, Draw::text));
        let summary = draw.perhaps(50, |draw| draw.perhaps(50, Draw::text).unwrap_or_default());
        Some(Describe { community, name, summary, based_on: None }.into())
    }),
    Proposal("community.change_access", 2, |known, draw| {
        let (community, access) = (draw.one_of(&known.communities)?, draw.one_of(ACCESSES)?);
        Some(ChangeAccess { community, access, based_on: None }.into())
    }),
    Proposal("community.appoint_leader", 2, |known, draw| {
        let (community, leader) = pair(known, draw)?;
        Some(AppointLeader { community, leader, based_on: None }.into())
    }),
    Proposal("community.name_sponsor", 2, |known, draw| {
        let (community, sponsor) = pair(known, draw)?;
        Some(NameSponsor { community, sponsor: draw.perhaps(70, |_| sponsor), based_on: None }.into())
    }),
    // Some stay open, to act in.
    Proposal("community.archive", 1, |known, draw| {
        let archived = |id: &&CommunityId| known.community(**id).founded.is_some_and(|it| it.archived);
        let living = known.communities.len() - known.communities.iter().filter(archived).count();
        draw.one_of(&known.communities).filter(|_| living > 2).map(|community| Archive { community }.into())
    }),
    Proposal("community.reopen", 3, |known, draw| {
        draw.one_of(&known.communities).map(|community| Reopen { community }.into())
    }),
    Proposal("membership.join", 8, |known, draw| {
        draw.one_of(&known.communities).map(|community| Join { community }.into())
    }),
    Proposal("membership.request", 4, |known, draw| {
        draw.one_of(&known.communities).map(|community| Request { community }.into())
    }),
    Proposal("membership.approve", 4, |known, draw| {
        let (community, member) = standing(known, draw, Standing::Requested)?;
        Some(Approve { community, member }.into())
    }),
    Proposal("membership.decline", 2, |known, draw| {
        let (community, member) = standing(known, draw, Standing::Requested)?;
        Some(Decline { community, member }.into())
    }),
    Proposal("membership.invite", 3, |known, draw| {
        let (community, member) = pair(known, draw)?;
        Some(Invite { community, member }.into())
    }),
    Proposal("membership.leave", 2, |known, draw| {
        draw.one_of(&known.communities).map(|community| Leave { community }.into())
    }),
    Proposal("membership.remove", 1, |known, draw| {
        let (community, member) = standing(known, draw, Standing::Member)?;
        Some(Remove { community, member }.into())
    }),
    Proposal("membership.make_moderator", 2, |known, draw| {
        let (community, member) = standing(known, draw, Standing::Member)?;
        Some(MakeModerator { community, member }.into())
    }),
    Proposal("membership.unmake_moderator", 1, |known, draw| {
        let moderates = |pair: &(CommunityId, MemberId)| known.membership(pair.0, pair.1).moderator;
        let moderators: Vec<_> = pairs(known).filter(moderates).collect();
        draw.one_of(&moderators).map(|(community, member)| UnmakeModerator { community, member }.into())
    }),
];

const ACCESSES: &[Access] = &[Access::Open, Access::Request, Access::Invitation];

fn pair(known: &Known, draw: &mut Draw) -> Option<(CommunityId, MemberId)> {
    Some((draw.one_of(&known.communities)?, draw.one_of(&known.members)?))
}

fn pairs(known: &Known) -> impl Iterator<Item = (CommunityId, MemberId)> {
    let with_each = |community| known.members.iter().map(move |member| (community, *member));
    known.communities.iter().copied().flat_map(with_each)
}

/// A community and somebody who stands to it in this way.
fn standing(known: &Known, draw: &mut Draw, as_what: Standing) -> Option<(CommunityId, MemberId)> {
    let stand = |pair: &(CommunityId, MemberId)| known.membership(pair.0, pair.1).standing == as_what;
    draw.one_of(&pairs(known).filter(stand).collect::<Vec<_>>())
}
