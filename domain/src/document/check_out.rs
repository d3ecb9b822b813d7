//! Check a document out: nobody else revises it until it is checked in.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::{CheckedOut, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor takes a document to work on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckOut {
    /// Which.
    pub document: DocumentId,
}

impl Action for CheckOut {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let by = facts.person()?;
        let document = state.standing(facts)?;
        document.may_write(facts)?;
        document.not_out_to_another(by)?;
        if document.checked_out == Some(by) {
            return Ok(vec![]);
        }
        let community = document.audience.community();
        Ok(vec![CheckedOut { document: self.document, author: document.author, community, by }.into()])
    }
}
