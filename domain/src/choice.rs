//! What a member chose in a poll: one stream, so that ten thousand voters never conflict.

pub mod make;
pub mod withdraw;

use crate::event::{Moment, events};
use crate::id::{CommunityId, MemberId, PostId};

events! {
    Act "choice"
    /// A member voted in a poll.
    Made = "made" v 1 {
        /// The post it stands with.
        post: PostId,
        /// Who wrote that.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Who voted.
        member: MemberId,
        /// The options chosen, by their numbers from 1, in order.
        chosen: Vec<u32>,
    }
    /// They changed their vote.
    Changed = "changed" v 1 {
        /// The post it stands with.
        post: PostId,
        /// Who wrote that.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Who voted.
        member: MemberId,
        /// The options chosen from now on.
        chosen: Vec<u32>,
        /// Those chosen before.
        chosen_was: Vec<u32>,
    }
    /// They took their vote back.
    Withdrawn = "withdrawn" v 1 {
        /// The post it stands with.
        post: PostId,
        /// Who wrote that.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Who voted.
        member: MemberId,
        /// The options that were chosen.
        chosen_was: Vec<u32>,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The options chosen, while a vote stands.
    pub standing: Option<Vec<u32>>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        self.standing = match event {
            Event::Made(e) => Some(e.chosen.clone()),
            Event::Changed(e) => Some(e.chosen.clone()),
            Event::Withdrawn(_) => None,
        };
    }
}
