//! What a member keeps for themselves: one stream a member. Which items they are is sealed under their own key, and no
//! stream is named after one: it is nobody else's business.

pub mod drop;
pub mod keep;

use std::collections::BTreeSet;

use crate::event::{Moment, events};
use crate::id::{Item, MemberId};

events! {
    Act "bookmark"
    /// A member kept an item.
    Kept = "kept" v 1 {
        /// Who.
        member: MemberId,
    } + personal(member) {
        /// What.
        item: Item,
    }
    /// They keep it no more.
    Dropped = "dropped" v 1 {
        /// Who.
        member: MemberId,
    } + personal(member) {
        /// What.
        item: Item,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What they keep.
    pub kept: BTreeSet<Item>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::Kept(e) => self.kept.extend(e.item.open()),
            Event::Dropped(e) => {
                if let Some(item) = e.item.open() {
                    self.kept.remove(item);
                }
            }
        }
    }
}
