//! Unpin a post from the head of its community.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::post::{State, Unpinned};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator unpins a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unpin {
    /// Which.
    pub post: PostId,
}

impl Action for Unpin {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let (post, community) = state.pinnable(facts)?;
        if !post.pinned {
            return Ok(vec![]);
        }
        Ok(vec![Unpinned { post: self.post, author: post.author, community }.into()])
    }
}
