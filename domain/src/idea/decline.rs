//! Decline an idea, with the reason.

use serde::Serialize;

use crate::campaign::may_decide;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{Declined, State, undecided};
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
