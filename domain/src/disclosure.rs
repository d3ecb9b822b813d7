//! Disclosure: what is for others, opened to an administrator for a while and a reason. One stream an item and
//! administrator; those whose text it is are told.

pub mod open;

use crate::event::{Moment, events};
use crate::id::{CommunityId, Item, MemberId};
use crate::time::Time;

events! {
    Act "disclosure"
    /// An administrator opened something that is not for them.
    Opened = "opened" v 1 {
        /// What.
        item: Item,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// To whom it was opened.
        member: MemberId,
        /// Until when they may read it.
        until: Time,
        /// Who is told: its author, and those it is addressed to, or the leader of the community.
        told: Vec<MemberId>,
    } + content(item) {
        /// Why.
        reason: String,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Until when it is open, if it ever was.
    pub until: Option<Time>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        let Event::Opened(opened) = event;
        self.until = Some(opened.until);
    }

    /// Whether it is open at a time.
    pub fn is_open(&self, at: Time) -> bool {
        self.until.is_some_and(|until| at < until)
    }
}
