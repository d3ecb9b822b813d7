//! An idea campaign: a question to everybody, a voting rule, and an end.

pub mod close;
pub mod extend;
pub mod open;

use serde::{Deserialize, Serialize};

use crate::decision::Facts;
use crate::event::{Moment, events};
use crate::id::{CampaignId, MemberId};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
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

/// A campaign as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// Who opened it, and decides on its ideas.
    pub author: MemberId,
    /// How one votes.
    pub voting: Voting,
    /// When it ends, if that is set.
    pub closes_at: Option<Time>,
    /// It was closed, whatever its date says.
    pub closed: bool,
    /// The revision at which it got its end.
    pub revision: u64,
}

impl Campaign {
    /// Whether ideas and votes are taken at a time: nobody closed it, and its end is not reached.
    pub fn is_open(&self, at: Time) -> bool {
        !self.closed && self.closes_at.is_none_or(|end| at < end)
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once opened.
    pub opened: Option<Campaign>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        if let Event::Opened(e) = event {
            let (author, voting, closes_at) = (e.author, e.voting, e.closes_at);
            self.opened = Some(Campaign { author, voting, closes_at, closed: false, revision: at.revision });
        }
        let Some(campaign) = &mut self.opened else { return };
        match event {
            Event::Opened(_) => {}
            Event::Extended(e) => {
                campaign.closes_at = e.closes_at;
                campaign.revision = at.revision;
            }
            Event::Closed(_) => campaign.closed = true,
        }
    }

    /// The campaign, or the refusal of one that does not exist.
    pub fn known(&self) -> Result<&Campaign, Stop> {
        self.opened.as_ref().ok_or_else(|| Refusal::NoSuchCampaign.into())
    }
}

refusals! {
    NoSuchCampaign = "NO_SUCH_CAMPAIGN", "There is no such campaign; look it up again.",
        "Cette campagne n’existe pas ; cherchez-la de nouveau.";
    CampaignClosed = "CAMPAIGN_CLOSED", "The campaign is closed: its ideas and votes stay as they are.",
        "La campagne est close : ses idées et ses votes restent tels quels.";
    CampaignAuthorNeeded = "CAMPAIGN_AUTHOR_NEEDED",
        "Only who opened the campaign or an administrator may do this; ask them.",
        "Seul l’auteur de la campagne ou un administrateur le peut ; adressez-vous à lui.";
}

/// A campaign that takes ideas and votes now.
pub fn taking_part(facts: &Facts, id: CampaignId) -> Result<&Campaign, Stop> {
    let campaign = facts.campaign(id)?.known()?;
    if campaign.is_open(facts.now) { Ok(campaign) } else { Err(Refusal::CampaignClosed.into()) }
}

/// Refused unless the actor opened the campaign or administers the organisation.
pub fn may_decide(facts: &Facts, campaign: &Campaign) -> Result<(), Stop> {
    let may = facts.may_for(Ability::DecideCampaigns, Some(campaign.author));
    may.map_err(|stop| stop.instead(Refusal::CampaignAuthorNeeded))
}
