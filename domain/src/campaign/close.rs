//! Close a campaign: from now on its ideas and votes stay as they are.

use serde::Serialize;

use crate::campaign::{Closed, State, may_decide};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CampaignId;
use crate::policy::Ability;
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
    const ABILITY: Ability = Ability::DecideCampaigns;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{self, Voting};
    use crate::given::{Given, campaign, member};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).by(2)
    }

    fn close() -> Close {
        Close { campaign: campaign(1) }
    }

    fn closed() -> Closed {
        Closed { campaign: campaign(1), author: member(2) }
    }

    #[test]
    fn its_author_and_administrators_close_it_and_nobody_else() {
        given().when(close()).then([closed()]);
        given().by(1).when(close()).then([closed()]);
        given().by(3).when(close()).refused(campaign::Refusal::CampaignAuthorNeeded);
    }

    #[test]
    fn closing_twice_is_closing_once() {
        given().and(closed()).when(close()).then_nothing();
    }

    #[test]
    fn there_is_a_campaign_to_close() {
        Given::people().by(1).when(close()).refused(campaign::Refusal::NoSuchCampaign);
    }
}
