//! An idea: submitted to a campaign, voted on, decided with a reason, carried out.

pub mod accept;
pub mod decline;
pub mod implement;
pub mod merge_into;
pub mod revise;
pub mod share_on;
pub mod start_review;
pub mod submit;

use crate::audience::Audience;
use crate::decision::Facts;
use crate::event::{Moment, events};
use crate::id::{CampaignId, IdeaId, Item, MemberId};
use crate::item::About;
use crate::moderation::hides;
use crate::refusal::{Stop, refusals};
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

/// How far an idea has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nobody has decided on it.
    #[default]
    Submitted,
    /// It is being looked at.
    UnderReview,
    /// It will be done.
    Accepted,
    /// It will not be done.
    Declined,
    /// It has been done.
    Implemented,
}

/// An idea as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// In which campaign.
    pub campaign: CampaignId,
    /// Who had it.
    pub author: MemberId,
    /// How far it has come.
    pub stage: Stage,
    /// The idea that goes on in its place, if it was merged.
    pub merged_into: Option<IdeaId>,
    /// The revision of the last event that changed its text.
    pub text_revision: u64,
}

impl Idea {
    /// Who had it: it is for everybody.
    pub fn about(&self) -> About<'_> {
        About { author: self.author, audience: None }
    }

    /// Whether it is neither accepted nor declined.
    pub fn is_undecided(&self) -> bool {
        matches!(self.stage, Stage::Submitted | Stage::UnderReview)
    }
}

/// What the rules of this subject remember. Texts are not among it: no rule reads them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once submitted.
    pub submitted: Option<Idea>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        if let Event::Submitted(e) = event {
            self.submitted = Some(Idea {
                id: e.idea,
                campaign: e.campaign,
                author: e.author,
                stage: Stage::Submitted,
                merged_into: None,
                text_revision: at.revision,
            });
        }
        let Some(idea) = &mut self.submitted else { return };
        match event {
            Event::Submitted(_) | Event::SharedOn(_) => {}
            Event::Revised(_) => idea.text_revision = at.revision,
            Event::ReviewStarted(_) => idea.stage = Stage::UnderReview,
            Event::Accepted(_) => idea.stage = Stage::Accepted,
            Event::Declined(_) => idea.stage = Stage::Declined,
            Event::Implemented(_) => idea.stage = Stage::Implemented,
            Event::Merged(e) => idea.merged_into = Some(e.into),
        }
    }

    /// The idea as the actor sees it: refused as absent while it is hidden from them.
    pub fn standing(&self, facts: &Facts) -> Result<&Idea, Stop> {
        let idea = self.known()?;
        if hides(facts, Item::Idea(idea.id), idea.about())? {
            Err(Refusal::NoSuchIdea.into())
        } else {
            Ok(idea)
        }
    }

    /// The idea, or the refusal of one that does not exist.
    pub fn known(&self) -> Result<&Idea, Stop> {
        self.submitted.as_ref().ok_or_else(|| Refusal::NoSuchIdea.into())
    }
}

refusals! {
    NoSuchIdea = "NO_SUCH_IDEA", "There is no such idea in this campaign; look it up again.",
        "Cette idée n’existe pas dans cette campagne ; cherchez-la de nouveau.";
    IdeaMerged = "IDEA_MERGED", "The idea was merged into another; go on with that one.",
        "L’idée a été fusionnée avec une autre ; continuez avec celle-ci.";
    IdeaDecided = "IDEA_DECIDED", "The idea has been decided on and stays as it is; submit a new one.",
        "L’idée a reçu une décision et reste telle quelle ; proposez-en une nouvelle.";
}

/// The idea that goes on in this one's place: where its chain of merges ends, itself if it was never merged.
/// Two merges decided at the same moment on two streams can close a chain into a circle; then the least id of the
/// circle goes on, so that every reader agrees on one.
pub fn goes_on(facts: &Facts, id: IdeaId) -> Result<IdeaId, Stop> {
    let mut chain = vec![id];
    let mut last = id;
    while let Some(next) = facts.idea(last)?.submitted.as_ref().and_then(|idea| idea.merged_into) {
        if let Some(start) = chain.iter().position(|seen| *seen == next) {
            return Ok(chain[start..].iter().copied().min().unwrap_or(next));
        }
        chain.push(next);
        last = next;
    }
    Ok(last)
}

/// Refused, with the idea to use instead, if this one was merged.
pub fn not_merged(facts: &Facts, id: IdeaId, idea: &Idea) -> Result<(), Stop> {
    if idea.merged_into.is_none() {
        return Ok(());
    }
    let goes_on = goes_on(facts, id)?;
    if goes_on == id { Ok(()) } else { Err(Refusal::IdeaMerged.on("idea").with(goes_on).into()) }
}

/// Refused if the idea was merged or decided on.
pub fn undecided(facts: &Facts, id: IdeaId, idea: &Idea) -> Result<(), Stop> {
    not_merged(facts, id, idea)?;
    if idea.is_undecided() { Ok(()) } else { Err(Refusal::IdeaDecided.on("idea").into()) }
}
