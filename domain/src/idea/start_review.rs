//! Start to look at an idea, and let everybody know.

use serde::Serialize;

use crate::campaign::may_decide;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{ReviewStarted, Stage, State, undecided};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// Who opened the campaign starts to look at an idea.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StartReview {
    /// Which.
    pub idea: IdeaId,
}

impl Action for StartReview {
    type State = State;
    const ABILITY: Ability = Ability::DecideCampaigns;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let idea = state.known()?;
        may_decide(facts, facts.campaign(idea.campaign)?.known()?)?;
        undecided(facts, self.idea, idea)?;
        if idea.stage == Stage::UnderReview {
            return Ok(vec![]);
        }
        let started = ReviewStarted { idea: self.idea, campaign: idea.campaign, author: idea.author };
        Ok(vec![started.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{self, Voting};
    use crate::given::{Given, campaign, idea, member};
    use crate::idea::{self, Declined};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).idea(1).idea(2).by(2)
    }

    fn start() -> StartReview {
        StartReview { idea: idea(1) }
    }

    fn started() -> ReviewStarted {
        ReviewStarted { idea: idea(1), campaign: campaign(1), author: member(3) }
    }

    #[test]
    fn the_author_of_the_campaign_and_administrators_start_it_and_nobody_else() {
        given().when(start()).then([started()]);
        given().by(1).when(start()).then([started()]);
        given().by(3).when(start()).refused(campaign::Refusal::CampaignAuthorNeeded);
    }

    #[test]
    fn starting_twice_is_starting_once() {
        given().and(started()).when(start()).then_nothing();
    }

    #[test]
    fn a_decided_idea_is_looked_at_no_more() {
        let reason = "No.".to_owned().into();
        let declined = Declined { idea: idea(1), campaign: campaign(1), author: member(3), reason };
        given().and(declined).when(start()).refused(idea::Refusal::IdeaDecided);
    }

    #[test]
    fn a_merged_idea_names_the_one_that_goes_on() {
        given().merged(1, 2).when(start()).refused_with(idea::Refusal::IdeaMerged, idea(2));
    }

    #[test]
    fn there_is_an_idea_to_look_at() {
        Given::people().by(1).when(start()).refused(idea::Refusal::NoSuchIdea);
    }
}
