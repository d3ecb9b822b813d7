//! Pass a document on, to a community or to members. It draws their attention; it lets nobody read what they could not.

use serde::Serialize;

use crate::audience::{Audience, addressed};
use crate::decision::{Action, Facts};
use crate::document::{SharedOn, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor passes a document on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareOn {
    /// Which.
    pub document: DocumentId,
    /// Where, or to whom.
    pub audience: Audience,
}

impl Action for ShareOn {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let sharer = facts.person()?;
        let document = state.standing(facts)?;
        let shared = SharedOn {
            document: self.document,
            author: document.author,
            community: document.audience.community(),
            audience: addressed(facts, &self.audience, sharer)?,
        };
        Ok(vec![shared.into()])
    }
}
