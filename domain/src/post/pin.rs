//! Pin a post to the head of its community.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::post::{Pinned, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator pins a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pin {
    /// Which.
    pub post: PostId,
}

impl Action for Pin {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let (post, community) = state.pinnable(facts)?;
        if post.pinned {
            return Ok(vec![]);
        }
        Ok(vec![Pinned { post: self.post, author: post.author, community }.into()])
    }
}
