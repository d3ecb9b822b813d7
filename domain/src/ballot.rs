//! All votes of a member in a campaign: one stream, so that a budget holds and ten thousand voters never conflict.

mod budget;
pub mod vote;
pub mod withdraw;

use std::collections::BTreeMap;

use crate::event::{Moment, events};
use crate::id::{CampaignId, IdeaId, MemberId};
use crate::time::Time;

events! {
    Act "ballot"
    /// A vote was cast where none stood.
    VoteCast = "vote-cast" v 1 {
        /// In which campaign.
        campaign: CampaignId,
        /// On which idea.
        idea: IdeaId,
        /// Who had the idea.
        author: MemberId,
        /// Who votes.
        member: MemberId,
        /// 1 for support; 1, 0 or −1 for an opinion; the number of points.
        value: i32,
    }
    /// A standing vote was changed.
    VoteChanged = "vote-changed" v 1 {
        /// In which campaign.
        campaign: CampaignId,
        /// On which idea.
        idea: IdeaId,
        /// Who had the idea.
        author: MemberId,
        /// Who votes.
        member: MemberId,
        /// From now on.
        value: i32,
        /// Before.
        value_was: i32,
    }
    /// A standing vote was withdrawn.
    VoteWithdrawn = "vote-withdrawn" v 1 {
        /// In which campaign.
        campaign: CampaignId,
        /// On which idea.
        idea: IdeaId,
        /// Who had the idea.
        author: MemberId,
        /// Who voted.
        member: MemberId,
        /// What it was.
        value_was: i32,
    }
}

/// A vote that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What it is.
    pub value: i32,
    /// Since when it is that.
    pub at: Time,
    /// The revision of the event that made it so: which came later, where times are equal.
    pub order: u64,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The votes that stand, by idea. Votes on ideas merged since stand too: which of them count is decided where
    /// they are counted.
    pub votes: BTreeMap<IdeaId, Standing>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        let standing = |value| Standing { value, at: at.occurred_at, order: at.revision };
        match event {
            Event::VoteCast(e) => {
                self.votes.insert(e.idea, standing(e.value));
            }
            Event::VoteChanged(e) => {
                self.votes.insert(e.idea, standing(e.value));
            }
            Event::VoteWithdrawn(e) => {
                self.votes.remove(&e.idea);
            }
        }
    }
}
