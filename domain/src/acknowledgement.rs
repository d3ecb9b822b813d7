//! A member's acknowledgement of an announcement: once.

pub mod give;

use crate::event::{Moment, events};
use crate::id::{CommunityId, MemberId, PostId};

events! {
    Act "acknowledgement"
    /// A member acknowledged an announcement.
    Given = "given" v 1 {
        /// Which.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Who acknowledged it.
        member: MemberId,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// They acknowledged it.
    pub given: bool,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::Given(_) => self.given = true,
        }
    }
}
