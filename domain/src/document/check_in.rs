//! Check a document in: who has it gives it back, or a moderator takes it back for them; outside communities, its
//! author does.

use serde::Serialize;

use crate::audience::may_moderate;
use crate::decision::{Action, Facts};
use crate::document::{CheckedIn, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor gives a document back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckIn {
    /// Which.
    pub document: DocumentId,
}

impl Action for CheckIn {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        let community = document.audience.community();
        let Some(by) = document.checked_out else { return Ok(vec![]) };
        match community {
            _ if facts.actor.member() == Some(by) => {}
            Some(community) => may_moderate(facts, community)?,
            None => document.about().is_own_or_moderated(facts)?,
        }
        Ok(vec![CheckedIn { document: self.document, author: document.author, community, by }.into()])
    }
}
