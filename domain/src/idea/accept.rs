//! Accept an idea, with the reason.

use serde::Serialize;

use crate::campaign::may_decide;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{Accepted, State, undecided};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// Who opened the campaign accepts an idea. A decision stands: the next one is another idea's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Accept {
    /// Which.
    pub idea: IdeaId,
    /// Why.
    pub reason: String,
}

impl Action for Accept {
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
        let decided = Accepted {
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
    use crate::idea::{self, Declined};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).idea(1).idea(2).by(2)
    }

    fn accept() -> Accept {
        Accept { idea: idea(1), reason: "Because.".to_owned() }
    }

    fn accepted(reason: &str) -> Accepted {
        Accepted { idea: idea(1), campaign: campaign(1), author: member(3), reason: reason.to_owned().into() }
    }

    #[test]
    fn the_author_of_the_campaign_and_administrators_accept_and_nobody_else() {
        given().when(accept()).then([accepted("Because.")]);
        given().by(1).when(accept()).then([accepted("Because.")]);
        given().by(3).when(accept()).refused(campaign::Refusal::CampaignAuthorNeeded);
    }

    #[test]
    fn a_closed_campaign_is_decided_on_all_the_same() {
        let closed = given().and(Closed { campaign: campaign(1), author: member(2) });
        closed.when(accept()).then([accepted("Because.")]);
    }

    #[test]
    fn it_says_why_unless_records_do_not() {
        let mute = Accept { reason: String::new(), ..accept() };
        given().when(mute.clone()).refused(words::Refusal::Blank);
        given().imported().when(mute).then([accepted("")]);
    }

    #[test]
    fn a_decision_stands() {
        given().and(accepted("Because.")).when(accept()).refused(idea::Refusal::IdeaDecided);
        let reason = "So.".to_owned().into();
        let other = Declined { idea: idea(1), campaign: campaign(1), author: member(3), reason };
        given().and(other).when(accept()).refused(idea::Refusal::IdeaDecided);
    }

    #[test]
    fn a_merged_idea_names_the_one_that_goes_on() {
        given().merged(1, 2).when(accept()).refused_with(idea::Refusal::IdeaMerged, idea(2));
    }

    #[test]
    fn there_is_an_idea_to_decide_on() {
        Given::people().by(1).when(accept()).refused(idea::Refusal::NoSuchIdea);
    }
}
