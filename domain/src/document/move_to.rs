//! Move a document to another audience: another community, or other members.

use serde::Serialize;

use crate::audience::{Audience, addressed};
use crate::decision::{Action, Facts};
use crate::document::{Moved, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator moves a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MoveTo {
    /// Which.
    pub document: DocumentId,
    /// Where, or with whom, from now on; the author stays among those who read it.
    pub audience: Audience,
}

impl Action for MoveTo {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        document.about().is_own_or_moderated(facts)?;
        document.not_archived()?;
        let audience = addressed(facts, &self.audience, document.author)?;
        if audience == document.audience {
            return Ok(vec![]);
        }
        let moved = Moved {
            document: self.document,
            author: document.author,
            audience,
            audience_was: document.audience.clone(),
        };
        Ok(vec![moved.into()])
    }
}
