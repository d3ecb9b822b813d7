//! An idea campaign: a question to everybody, a voting rule, and an end.

use serde::{Deserialize, Serialize};

use crate::event::{Moment, events};
use crate::id::{CampaignId, MemberId};
use crate::time::Time;
use crate::words::{Language, Topic};

/// How one votes in a campaign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum Voting {
    /// One supports an idea, with 1, or does not. The score is the number of supporters.
    #[default]
    Support,
    /// One agrees (1), disagrees (−1) or passes (0). The score is agreements less disagreements.
    Opinion,
    /// One spreads a budget of points over ideas. The score is the sum of points.
    Points {
        /// Points a member may spend in the campaign.
        budget: u32,
    },
}

events! {
    Act "campaign"
    /// A campaign was opened.
    Opened = "opened" v 1 {
        /// Its id.
        campaign: CampaignId,
        /// Who opened it.
        author: MemberId,
        /// How one votes.
        voting: Voting,
        /// When it ends, if that is set.
        closes_at: Option<Time>,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
    } + content(campaign) {
        /// Its name: the question it asks.
        name: String,
    }
    /// Its end was moved.
    Extended = "extended" v 1 {
        /// Which.
        campaign: CampaignId,
        /// Who opened it.
        author: MemberId,
        /// When it ends from now on.
        closes_at: Option<Time>,
        /// When it was to end.
        closes_at_was: Option<Time>,
    }
    /// It was closed: tallies stay as they are.
    Closed = "closed" v 1 {
        /// Which.
        campaign: CampaignId,
        /// Who opened it.
        author: MemberId,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
