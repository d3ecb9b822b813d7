//! Acknowledge an announcement: once, and its author need not.

use serde::Serialize;

use crate::acknowledgement::{Given, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::post::Kind;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor acknowledges an announcement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Give {
    /// Which.
    pub post: PostId,
}

refusals! {
    NotAnAnnouncement = "NOT_AN_ANNOUNCEMENT", "Only an announcement is acknowledged; react to the post instead.",
        "Seule une annonce se confirme ; réagissez plutôt à la publication.";
}

impl Action for Give {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::acknowledgement(self.post, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let post = facts.post(self.post)?.standing(facts)?;
        if post.kind != Kind::Announcement {
            return Err(Refusal::NotAnAnnouncement.into());
        }
        if state.given || post.author == member {
            return Ok(vec![]);
        }
        let community = post.audience.community();
        Ok(vec![Given { post: self.post, author: post.author, community, member }.into()])
    }
}
