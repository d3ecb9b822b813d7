//! Remove a comment: its author takes it back, or a moderator takes it down. What answers it stays.

use serde::Serialize;

use crate::comment::{Removed, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommentId;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator removes a comment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remove {
    /// Which.
    pub comment: CommentId,
}

impl Action for Remove {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::comment(self.comment)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let (comment, about) = state.readable(facts)?;
        about.is_own_or_moderated(facts)?;
        if comment.removed {
            return Ok(vec![]);
        }
        let removed = Removed {
            comment: self.comment,
            author: comment.author,
            post: comment.post,
            community: about.community(),
        };
        Ok(vec![removed.into()])
    }
}
