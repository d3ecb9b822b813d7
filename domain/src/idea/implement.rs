//! Mark an accepted idea as carried out, with what came of it.

use serde::Serialize;

use crate::campaign::may_decide;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{Implemented, Stage, State, not_merged};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// Who opened the campaign says that an accepted idea has been carried out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Implement {
    /// Which.
    pub idea: IdeaId,
    /// What came of it.
    pub outcome: String,
}

refusals! {
    NotAccepted = "IDEA_NOT_ACCEPTED", "Only an idea that was accepted can be carried out; accept it first.",
        "Seule une idée acceptée peut être réalisée ; acceptez-la d’abord.";
    AlreadyImplemented = "IDEA_ALREADY_IMPLEMENTED", "The idea has been carried out already; its outcome stands.",
        "L’idée a déjà été réalisée ; son résultat est acquis.";
}

impl Action for Implement {
    type State = State;
    const ABILITY: Ability = Ability::DecideCampaigns;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let idea = state.known()?;
        may_decide(facts, facts.campaign(idea.campaign)?.known()?)?;
        not_merged(facts, self.idea, idea)?;
        match idea.stage {
            Stage::Accepted => {}
            Stage::Implemented => return Err(Refusal::AlreadyImplemented.into()),
            _ => return Err(Refusal::NotAccepted.into()),
        }
        words::required("outcome", &self.outcome, BODY_MAX, facts.origin)?;
        let implemented = Implemented {
            idea: self.idea,
            campaign: idea.campaign,
            author: idea.author,
            outcome: self.outcome.clone().into(),
        };
        Ok(vec![implemented.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{self, Voting};
    use crate::given::{Given, campaign, idea, member};
    use crate::idea::{self, Accepted};

    fn submitted() -> Given {
        Given::people().campaign(1, Voting::Support).idea(1).by(2)
    }

    fn accepted() -> Given {
        let reason = "Yes.".to_owned().into();
        submitted().and(Accepted { idea: idea(1), campaign: campaign(1), author: member(3), reason })
    }

    fn implement() -> Implement {
        Implement { idea: idea(1), outcome: "Two hours a week.".to_owned() }
    }

    fn implemented() -> Implemented {
        let outcome = "Two hours a week.".to_owned().into();
        Implemented { idea: idea(1), campaign: campaign(1), author: member(3), outcome }
    }

    #[test]
    fn an_accepted_idea_is_carried_out_once() {
        accepted().when(implement()).then([implemented()]);
        accepted().and(implemented()).when(implement()).refused(Refusal::AlreadyImplemented);
        submitted().when(implement()).refused(Refusal::NotAccepted);
    }

    #[test]
    fn it_says_what_came_of_it() {
        accepted().when(Implement { outcome: " ".to_owned(), ..implement() }).refused(words::Refusal::Blank);
    }

    #[test]
    fn the_author_of_the_campaign_and_administrators_say_so_and_nobody_else() {
        accepted().by(1).when(implement()).then([implemented()]);
        accepted().by(3).when(implement()).refused(campaign::Refusal::CampaignAuthorNeeded);
    }

    #[test]
    fn a_merged_idea_names_the_one_that_goes_on() {
        submitted().idea(2).merged(1, 2).when(implement()).refused_with(idea::Refusal::IdeaMerged, idea(2));
    }

    #[test]
    fn there_is_an_idea_to_carry_out() {
        Given::people().by(1).when(implement()).refused(idea::Refusal::NoSuchIdea);
    }
}
