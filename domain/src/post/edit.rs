//! Edit a post: its author rewrites it.

use serde::Serialize;

use crate::audience::may_mention;
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{MemberId, PostId};
use crate::post::{Edited, State};
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, Topic};

/// The author rewrites a post: everything that can be edited, as it is to stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edit {
    /// Which.
    pub post: PostId,
    /// The text from now on.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// The revision of the post's stream at which the author read what they rewrite; whatever stands if absent.
    pub based_on: Option<u64>,
}

impl Action for Edit {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let post = state.standing(facts)?;
        post.about().is_own(facts)?;
        post.about().is_alive(facts)?;
        based_on(self.based_on, post.text_revision)?;
        words::required("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let edited = Edited {
            post: self.post,
            author: post.author,
            community: post.audience.community(),
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            body: self.body.clone().into(),
        };
        Ok(vec![edited.into()])
    }
}
