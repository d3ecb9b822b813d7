//! Archive a document: it can be read, and stays as it is.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::{Archived, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator archives a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Archive {
    /// Which.
    pub document: DocumentId,
}

impl Action for Archive {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        document.about().is_own_or_moderated(facts)?;
        if document.archived {
            return Ok(vec![]);
        }
        let community = document.audience.community();
        Ok(vec![Archived { document: self.document, author: document.author, community }.into()])
    }
}
