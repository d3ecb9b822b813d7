//! Remove a post: its author takes it back, or a moderator takes it down.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::post::{Removed, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator removes a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remove {
    /// Which.
    pub post: PostId,
}

impl Action for Remove {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let post = state.readable(facts)?;
        post.about().is_own_or_moderated(facts)?;
        if post.removed {
            return Ok(vec![]);
        }
        let community = post.audience.community();
        Ok(vec![Removed { post: self.post, author: post.author, community }.into()])
    }
}
