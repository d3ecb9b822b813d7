//! Move the end of a campaign: later, to none, or earlier as long as it is still to come.

use serde::Serialize;

use crate::campaign::{self, Extended, State, may_decide};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CampaignId;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;

/// The end of a campaign moves. One whose date has passed goes on; one that was closed does not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extend {
    /// Which.
    pub campaign: CampaignId,
    /// When it ends from now on; never by itself, if absent.
    pub closes_at: Option<Time>,
}

refusals! {
    EndInThePast = "END_IN_THE_PAST", "Choose an end in the future or none; to end the campaign now, close it.",
        "Choisissez une fin à venir, ou aucune ; pour finir la campagne maintenant, fermez-la.";
}

impl Action for Extend {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::campaign(self.campaign)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let campaign = state.known()?;
        may_decide(facts, campaign)?;
        if campaign.closed {
            return Err(campaign::Refusal::CampaignClosed.into());
        }
        if campaign.closes_at == self.closes_at {
            return Ok(vec![]);
        }
        if self.closes_at.is_some_and(|end| end <= facts.now) {
            return Err(Refusal::EndInThePast.on("closesAt").into());
        }
        let extended = Extended {
            campaign: self.campaign,
            author: campaign.author,
            closes_at: self.closes_at,
            closes_at_was: campaign.closes_at,
        };
        Ok(vec![extended.into()])
    }
}
