//! Pass a post on, to a community or to members. It draws their attention; it lets nobody read what they could not.

use serde::Serialize;

use crate::audience::{Audience, addressed};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::post::{SharedOn, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor passes a post on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareOn {
    /// Which.
    pub post: PostId,
    /// Where, or to whom.
    pub audience: Audience,
}

impl Action for ShareOn {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let sharer = facts.person()?;
        let post = state.standing(facts)?;
        let shared = SharedOn {
            post: self.post,
            author: post.author,
            community: post.audience.community(),
            audience: addressed(facts, &self.audience, sharer)?,
        };
        Ok(vec![shared.into()])
    }
}
