//! Rewrite an idea, as long as nobody has decided on it.

use serde::Serialize;

use crate::audience::may_mention;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{IdeaId, MemberId};
use crate::idea::{Revised, State, undecided};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, NAME_MAX, Topic};

/// The author rewrites an idea: everything that can be edited, as it is to stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revise {
    /// Which.
    pub idea: IdeaId,
    /// In a line.
    pub title: String,
    /// In full; a line may be enough.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// The revision of the idea's stream at which the text that was rewritten came about. Nothing is compared if
    /// it is absent.
    pub based_on: Option<u64>,
}

refusals! {
    AuthorNeeded = "AUTHOR_NEEDED", "Only the author of the idea may rewrite it; suggest the change to them.",
        "Seul l’auteur de l’idée peut la réécrire ; proposez-lui la modification.";
    StaleRevision = "STALE_REVISION", "The idea was rewritten meanwhile; read it again and redo the change.",
        "L’idée a été réécrite entre-temps ; relisez-la et refaites la modification.";
}

impl Action for Revise {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let idea = state.known()?;
        if facts.person()? != idea.author {
            return Err(Refusal::AuthorNeeded.into());
        }
        undecided(facts, self.idea, idea)?;
        if self.based_on.is_some_and(|base| base != idea.text_revision) {
            return Err(Refusal::StaleRevision.on("basedOn").with(idea.text_revision).into());
        }
        words::required("title", &self.title, NAME_MAX, facts.origin)?;
        words::optional("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let revised = Revised {
            idea: self.idea,
            campaign: idea.campaign,
            author: idea.author,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            title: self.title.clone().into(),
            body: self.body.clone().into(),
        };
        Ok(vec![revised.into()])
    }
}
