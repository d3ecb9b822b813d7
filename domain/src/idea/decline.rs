//! Decline an idea, with the reason.

use serde::Serialize;

use crate::campaign::may_decide;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{Declined, State, undecided};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// Who opened the campaign declines an idea. A decision stands: the next one is another idea's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decline {
    /// Which.
    pub idea: IdeaId,
    /// Why.
    pub reason: String,
}

impl Action for Decline {
    type State = State;
    const ABILITY: Ability = Ability::DecideCampaigns;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let idea = state.known()?;
        may_decide(facts, facts.campaign(idea.campaign)?.known()?)?;
        undecided(facts, self.idea, idea)?;
        words::required("reason", &self.reason, BODY_MAX, facts.origin)?;
        let decided = Declined {
            idea: self.idea,
            campaign: idea.campaign,
            author: idea.author,
            reason: self.reason.clone().into(),
        };
        Ok(vec![decided.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{self, Closed, Voting};
    use crate::given::{Given, campaign, idea, member};
    use crate::idea::{self, Accepted};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).idea(1).idea(2).by(2)
    }

    fn decline() -> Decline {
        Decline { idea: idea(1), reason: "Because.".to_owned() }
    }

    fn declined(reason: &str) -> Declined {
        Declined { idea: idea(1), campaign: campaign(1), author: member(3), reason: reason.to_owned().into() }
    }

    #[test]
    fn the_author_of_the_campaign_and_administrators_decline_and_nobody_else() {
        given().when(decline()).then([declined("Because.")]);
        given().by(1).when(decline()).then([declined("Because.")]);
        given().by(3).when(decline()).refused(campaign::Refusal::CampaignAuthorNeeded);
    }

    #[test]
    fn a_closed_campaign_is_decided_on_all_the_same() {
        let closed = given().and(Closed { campaign: campaign(1), author: member(2) });
        closed.when(decline()).then([declined("Because.")]);
    }

    #[test]
    fn it_says_why_unless_records_do_not() {
        let mute = Decline { reason: String::new(), ..decline() };
        given().when(mute.clone()).refused(words::Refusal::Blank);
        given().imported().when(mute).then([declined("")]);
    }

    #[test]
    fn a_decision_stands() {
        given().and(declined("Because.")).when(decline()).refused(idea::Refusal::IdeaDecided);
        let reason = "So.".to_owned().into();
        let other = Accepted { idea: idea(1), campaign: campaign(1), author: member(3), reason };
        given().and(other).when(decline()).refused(idea::Refusal::IdeaDecided);
    }

    #[test]
    fn a_merged_idea_names_the_one_that_goes_on() {
        given().merged(1, 2).when(decline()).refused_with(idea::Refusal::IdeaMerged, idea(2));
    }

    #[test]
    fn there_is_an_idea_to_decide_on() {
        Given::people().by(1).when(decline()).refused(idea::Refusal::NoSuchIdea);
    }
}
