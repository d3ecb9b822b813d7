//! Share a document: in a community, or with members.

use serde::Serialize;

use crate::audience::{Audience, addressed, may_mention};
use crate::decision::{Action, Facts};
use crate::document::source::Source;
use crate::document::{Shared, State};
use crate::event::Event;
use crate::id::{DocumentId, MemberId};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, Language, NAME_MAX, Topic};

/// The actor shares a document: its version 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Its id, if the sender chose one.
    pub document: Option<DocumentId>,
    /// Where, or with whom: at most 500 members, of whom each is named once and the author not at all.
    pub audience: Audience,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub contents: Source,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
}

refusals! {
    DocumentExists = "DOCUMENT_EXISTS",
        "There is a document with this id already; leave the id out or choose another.",
        "Un document porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
}

impl Action for Share {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::document(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.shared.is_some() {
            return Err(Refusal::DocumentExists.on("document").into());
        }
        let audience = addressed(facts, &self.audience, author)?;
        words::required("name", &self.name, NAME_MAX, facts.origin)?;
        let (contents, link) = self.contents.checked(facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let shared = Shared {
            document: self.id(facts),
            author,
            audience,
            contents,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            name: self.name.clone().into(),
            link: link.into(),
        };
        Ok(vec![shared.into()])
    }
}

impl Share {
    fn id(&self, facts: &Facts) -> DocumentId {
        self.document.unwrap_or(DocumentId(facts.new_id))
    }
}
