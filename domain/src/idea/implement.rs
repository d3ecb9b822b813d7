//! Mark an accepted idea as carried out, with what came of it.

use serde::Serialize;

use crate::campaign::may_decide;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{Implemented, Stage, State, not_merged};
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
