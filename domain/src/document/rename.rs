//! Rename a document. Whoever may work on it may.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::document::{Renamed, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, NAME_MAX};

/// The actor renames a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rename {
    /// Which.
    pub document: DocumentId,
    /// The name from now on.
    pub name: String,
    /// The revision of the document's stream at which the actor read the name; whatever stands if absent.
    pub based_on: Option<u64>,
}

impl Action for Rename {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        document.may_write(facts)?;
        words::required("name", &self.name, NAME_MAX, facts.origin)?;
        if document.name.open() == Some(&self.name) {
            return Ok(vec![]);
        }
        based_on(self.based_on, document.name_revision)?;
        let renamed = Renamed {
            document: self.document,
            author: document.author,
            community: document.audience.community(),
            name: self.name.clone().into(),
            name_was: document.name.clone(),
        };
        Ok(vec![renamed.into()])
    }
}
