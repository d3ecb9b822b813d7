//! Pass an idea on, to a community or to members: everybody may read it, these are to.

use serde::Serialize;

use crate::audience::{Audience, may_address};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{SharedOn, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor passes an idea on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareOn {
    /// Which.
    pub idea: IdeaId,
    /// Where, or to whom.
    pub audience: Audience,
}

impl Action for ShareOn {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.person()?;
        let idea = state.known()?;
        may_address(facts, &self.audience)?;
        let shared = SharedOn {
            idea: self.idea,
            campaign: idea.campaign,
            author: idea.author,
            audience: self.audience.clone(),
        };
        Ok(vec![shared.into()])
    }
}
