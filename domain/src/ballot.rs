//! All votes of a member in a campaign: one stream, so that a budget holds and ten thousand voters never conflict.

use crate::event::{Moment, events};
use crate::id::{CampaignId, IdeaId, MemberId};

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

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
