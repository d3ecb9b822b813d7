//! Start to look at an idea, and let everybody know.

use serde::Serialize;

use crate::campaign::may_decide;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{ReviewStarted, Stage, State, undecided};
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
