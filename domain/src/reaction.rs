//! A member's reaction to an item: one at a time.

pub mod give;
pub mod withdraw;

use serde::{Deserialize, Serialize};

use crate::event::{Moment, events};
use crate::id::{CommunityId, Item, MemberId};

/// A reaction, of a small set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// I like it.
    #[default]
    Like,
    /// Well done.
    Celebrate,
    /// Thank you.
    Thanks,
    /// It helped me.
    Useful,
    /// I wonder.
    Curious,
    /// I am with you.
    Support,
}

events! {
    Act "reaction"
    /// A reaction was given, or another one put in its place.
    Given = "given" v 1 {
        /// To what.
        item: Item,
        /// Who wrote that.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// By whom.
        member: MemberId,
        /// Which.
        reaction: Reaction,
        /// The one it replaces.
        reaction_was: Option<Reaction>,
    }
    /// The reaction was withdrawn.
    Withdrawn = "withdrawn" v 1 {
        /// From what.
        item: Item,
        /// Who wrote that.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// By whom.
        member: MemberId,
        /// Which it was.
        reaction_was: Reaction,
    }
}

/// The reaction that stands, and to what.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Which.
    pub reaction: Reaction,
    /// Who wrote what it is given to.
    pub author: MemberId,
    /// Where that was, if in a community.
    pub community: Option<CommunityId>,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The reaction, while one stands.
    pub standing: Option<Standing>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        self.standing = match event {
            Event::Given(e) => {
                Some(Standing { reaction: e.reaction, author: e.author, community: e.community })
            }
            Event::Withdrawn(_) => None,
        };
    }
}
