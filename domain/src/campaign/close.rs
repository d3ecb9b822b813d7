//! Close a campaign: from now on its ideas and votes stay as they are.

use serde::Serialize;

use crate::campaign::{Closed, State, may_decide};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CampaignId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A campaign is closed, once and for all. One whose date has passed can be closed too: then no extension opens it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Close {
    /// Which.
    pub campaign: CampaignId,
}

impl Action for Close {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::campaign(self.campaign)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let campaign = state.known()?;
        may_decide(facts, campaign)?;
        if campaign.closed {
            return Ok(vec![]);
        }
        Ok(vec![Closed { campaign: self.campaign, author: campaign.author }.into()])
    }
}
