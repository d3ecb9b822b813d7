//! Mutations upon communities, and the ways into them and out.

use async_graphql::ID;
use domain::community::appoint_leader::AppointLeader;
use domain::community::archive::Archive;
use domain::community::change_access::ChangeAccess;
use domain::community::describe::Describe;
use domain::community::found::Found;
use domain::community::name_sponsor::NameSponsor;
use domain::community::reopen::Reopen;
use domain::id::CommunityId;
use domain::membership::approve::Approve;
use domain::membership::decline::Decline;
use domain::membership::invite::Invite;
use domain::membership::join::Join;
use domain::membership::leave::Leave;
use domain::membership::make_moderator::MakeModerator;
use domain::membership::remove::Remove;
use domain::membership::request::Request;
use domain::membership::unmake_moderator::UnmakeModerator;

use super::{Access, Community};
use crate::graphql::answer::maybe_revision;
use crate::graphql::mutations::{mutations, payload};

payload! {
    /// What became of a mutation upon a community.
    CommunityPayload {
        /// The community as it stands now; null when nothing was changed, or when the caller no longer knows of it.
        community: Community = CommunityId
    }
}

mutations! {
    /// Mutations upon communities.
    CommunityMutation -> CommunityPayload {
        /// Founds a community, which the caller leads.
        create foundCommunity(FoundCommunityInput {
            /// Its name, at most 300 characters.
            name: String,
            /// What it is for.
            #[graphql(default)]
            summary: String,
            /// Who may come in.
            #[graphql(default_with = "Access::Open")]
            access: Access,
        }) => |_ids, input| Found {
            community: None,
            name: input.name.clone(),
            summary: input.summary.clone(),
            access: input.access.into(),
        };

        /// Changes its name or purpose; what is left out stays. For its leader and administrators.
        change describeCommunity(DescribeCommunityInput {
            /// Which.
            community: ID,
            /// Its name from now on, at most 300 characters.
            name: Option<String>,
            /// What it is for from now on.
            summary: Option<String>,
            /// The `revision` that they were read with: refused with `CONFLICT` when they were changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on community => |ids, input| Describe {
            community: ids.id("community", &input.community)?,
            name: input.name.clone(),
            summary: input.summary.clone(),
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Changes who may come in. For its leader and administrators.
        change changeAccess(ChangeAccessInput {
            /// Which.
            community: ID,
            /// Who may come in from now on.
            access: Access,
            /// The `revision` that it was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on community => |ids, input| ChangeAccess {
            community: ids.id("community", &input.community)?,
            access: input.access.into(),
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Appoints another leader. For its leader and administrators.
        change appointLeader(AppointLeaderInput {
            /// Of which community.
            community: ID,
            /// Who leads from now on.
            leader: ID,
            /// The `revision` that it was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on community => |ids, input| AppointLeader {
            community: ids.id("community", &input.community)?,
            leader: ids.id("leader", &input.leader)?,
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Names a sponsor from general management, or ends the sponsorship. For administrators.
        change nameSponsor(NameSponsorInput {
            /// Of which community.
            community: ID,
            /// Who sponsors from now on; nobody, if absent.
            sponsor: Option<ID>,
            /// The `revision` that it was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on community => |ids, input| NameSponsor {
            community: ids.id("community", &input.community)?,
            sponsor: ids.maybe("sponsor", input.sponsor.as_ref())?,
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Archives it: readable, and nothing new. For its leader and administrators.
        change archiveCommunity(ArchiveCommunityInput {
            /// Which community.
            community: ID,
        }) on community => |ids, input| Archive { community: ids.id("community", &input.community)? };

        /// Opens an archived one again. For its leader and administrators.
        change reopenCommunity(ReopenCommunityInput {
            /// Which community.
            community: ID,
        }) on community => |ids, input| Reopen { community: ids.id("community", &input.community)? };
    }
}

mutations! {
    /// Mutations upon memberships.
    MembershipMutation -> CommunityPayload {
        /// Joins a community that is open, or that invited the caller.
        change joinCommunity(JoinCommunityInput {
            /// Which community.
            community: ID,
        }) on community => |ids, input| Join { community: ids.id("community", &input.community)? };

        /// Asks to be let into a community.
        change requestMembership(RequestMembershipInput {
            /// Which community.
            community: ID,
        }) on community => |ids, input| Request { community: ids.id("community", &input.community)? };

        /// Approves a request: the member is in. For moderators and the leader.
        change approveRequest(ApproveRequestInput {
            /// Which community.
            community: ID,
            /// Who.
            member: ID,
        }) on community => |ids, input| Approve {
            community: ids.id("community", &input.community)?,
            member: ids.id("member", &input.member)?,
        };

        /// Declines a request. For moderators and the leader.
        change declineRequest(DeclineRequestInput {
            /// Which community.
            community: ID,
            /// Who.
            member: ID,
        }) on community => |ids, input| Decline {
            community: ids.id("community", &input.community)?,
            member: ids.id("member", &input.member)?,
        };

        /// Invites a member, who is in once they join. For moderators and the leader.
        change inviteMember(InviteMemberInput {
            /// Which community.
            community: ID,
            /// Who.
            member: ID,
        }) on community => |ids, input| Invite {
            community: ids.id("community", &input.community)?,
            member: ids.id("member", &input.member)?,
        };

        /// Leaves a community; its leader appoints another first.
        change leaveCommunity(LeaveCommunityInput {
            /// Which community.
            community: ID,
        }) on community => |ids, input| Leave { community: ids.id("community", &input.community)? };

        /// Removes a member. For moderators and the leader.
        change removeMember(RemoveMemberInput {
            /// Which community.
            community: ID,
            /// Who.
            member: ID,
        }) on community => |ids, input| Remove {
            community: ids.id("community", &input.community)?,
            member: ids.id("member", &input.member)?,
        };

        /// Makes a member a moderator. For the leader and administrators.
        change makeModerator(MakeModeratorInput {
            /// Which community.
            community: ID,
            /// Who.
            member: ID,
        }) on community => |ids, input| MakeModerator {
            community: ids.id("community", &input.community)?,
            member: ids.id("member", &input.member)?,
        };

        /// Makes a moderator a member like others. For the leader and administrators.
        change unmakeModerator(UnmakeModeratorInput {
            /// Which community.
            community: ID,
            /// Who.
            member: ID,
        }) on community => |ids, input| UnmakeModerator {
            community: ids.id("community", &input.community)?,
            member: ids.id("member", &input.member)?,
        };
    }
}
