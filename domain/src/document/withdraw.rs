//! Withdraw a document: nobody sees it any more.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::{State, Withdrawn};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator withdraws a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Withdraw {
    /// Which.
    pub document: DocumentId,
}

impl Action for Withdraw {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.readable(facts)?;
        document.about().is_own_or_moderated(facts)?;
        if document.withdrawn {
            return Ok(vec![]);
        }
        let community = document.audience.community();
        Ok(vec![Withdrawn { document: self.document, author: document.author, community }.into()])
    }
}
