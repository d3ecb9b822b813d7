//! An idea: submitted to a campaign, voted on, decided with a reason, carried out.

use crate::audience::Audience;
use crate::event::{Moment, events};
use crate::id::{CampaignId, IdeaId, MemberId};
use crate::words::{Language, Topic};

events! {
    Act "idea"
    /// An idea was submitted.
    Submitted = "submitted" v 1 {
        /// Its id.
        idea: IdeaId,
        /// To which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
    } + content(idea) {
        /// In a line.
        title: String,
        /// In full.
        body: String,
    }
    /// It was rewritten: everything that can be edited as it now stands.
    Revised = "revised" v 1 {
        /// Which.
        idea: IdeaId,
        /// In which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
    } + content(idea) {
        /// In a line, from now on.
        title: String,
        /// In full, from now on.
        body: String,
    }
    /// Its review began.
    ReviewStarted = "review-started" v 1 {
        /// Which.
        idea: IdeaId,
        /// In which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
    }
    /// It was accepted.
    Accepted = "accepted" v 1 {
        /// Which.
        idea: IdeaId,
        /// In which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
    } + content(idea) {
        /// Why.
        reason: String,
    }
    /// It was declined.
    Declined = "declined" v 1 {
        /// Which.
        idea: IdeaId,
        /// In which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
    } + content(idea) {
        /// Why.
        reason: String,
    }
    /// What was accepted has been carried out.
    Implemented = "implemented" v 1 {
        /// Which.
        idea: IdeaId,
        /// In which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
    } + content(idea) {
        /// What came of it.
        outcome: String,
    }
    /// It was merged into another, which takes over its votes. No ballot is rewritten.
    Merged = "merged" v 1 {
        /// Which.
        idea: IdeaId,
        /// In which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
        /// The idea that goes on.
        into: IdeaId,
        /// Who had that.
        into_author: MemberId,
    }
    /// Somebody passed it on to others.
    SharedOn = "shared-on" v 1 {
        /// Which.
        idea: IdeaId,
        /// In which campaign.
        campaign: CampaignId,
        /// Who had it.
        author: MemberId,
        /// Where, or to whom, it was passed on.
        audience: Audience,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
