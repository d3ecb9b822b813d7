//! A person in a community: the way in, the way out, and moderation.

pub mod approve;
pub mod decline;
pub mod invite;
pub mod join;
pub mod leave;
pub mod make_moderator;
pub mod remove;
pub mod request;
pub mod unmake_moderator;

use crate::event::{Moment, events};
use crate::id::{CommunityId, MemberId};
use crate::refusal::refusals;

events! {
    Act "membership"
    /// They joined: an open community, or one that had invited them.
    Joined = "joined" v 1 {
        /// What they joined.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// They asked to be let in.
    Requested = "requested" v 1 {
        /// Where.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// Their request was approved: they are in.
    Approved = "approved" v 1 {
        /// Where.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// Their request was declined.
    Declined = "declined" v 1 {
        /// Where.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// They were invited; they are in once they join.
    Invited = "invited" v 1 {
        /// Where.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// They left.
    Left = "left" v 1 {
        /// What they left.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// A moderator removed them.
    Removed = "removed" v 1 {
        /// From where.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// They became a moderator.
    ModeratorMade = "moderator-made" v 1 {
        /// Where.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
    /// They are a moderator no more.
    ModeratorUnmade = "moderator-unmade" v 1 {
        /// Where.
        community: CommunityId,
        /// Who.
        member: MemberId,
    }
}

refusals! {
    NoSuchRequest = "NO_SUCH_REQUEST", "This member has no request waiting; look the requests up again.",
        "Aucune demande de ce membre n’est en attente ; consultez de nouveau les demandes.";
    LeaderStays = "LEADER_STAYS", "The leader cannot go before another leads; appoint another leader first.",
        "Le responsable ne peut partir avant qu’un autre le remplace ; nommez d’abord un autre responsable.";
}

/// Where a person stands towards a community.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// Neither in nor on the way in.
    #[default]
    Outside,
    /// They asked to be let in.
    Requested,
    /// They were invited.
    Invited,
    /// They are in.
    Member,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Where they stand.
    pub standing: Standing,
    /// They moderate.
    pub moderator: bool,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::Joined(_) | Event::Approved(_) => self.standing = Standing::Member,
            Event::Requested(_) => self.standing = Standing::Requested,
            Event::Invited(_) => self.standing = Standing::Invited,
            Event::Declined(_) | Event::Left(_) | Event::Removed(_) => *self = Self::default(),
            Event::ModeratorMade(_) => self.moderator = true,
            Event::ModeratorUnmade(_) => self.moderator = false,
        }
    }
}
