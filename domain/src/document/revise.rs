//! Revise a document: a new version, made of the newest one and of no other.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::source::Source;
use crate::document::{Contents, Revised, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor hands in a new version of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revise {
    /// Of which document.
    pub document: DocumentId,
    /// What it holds.
    pub contents: Source,
    /// The number of the version it was made of; of whichever is newest if absent.
    pub based_on: Option<u32>,
}

refusals! {
    StaleVersion = "STALE_VERSION",
        "There is a newer version than the one yours was made of; take that, redo your change and send it again.",
        "Il existe une version plus récente que celle dont la vôtre est issue ; reprenez-la et refaites votre changement.";
}

impl Action for Revise {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let actor = facts.person()?;
        let document = state.standing(facts)?;
        document.may_write(facts)?;
        document.not_out_to_another(actor)?;
        let (contents, link) = self.contents.checked(facts.origin)?;
        // The same bytes are no new version. A link or nothing does not say whether what it stands for changed.
        if matches!(contents, Contents::File { .. }) && contents == document.contents {
            return Ok(vec![]);
        }
        if self.based_on.is_some_and(|version| version != document.number) {
            return Err(Refusal::StaleVersion.on("basedOn").with(document.number).into());
        }
        let revised = Revised {
            document: self.document,
            author: document.author,
            community: document.audience.community(),
            number: document.number + 1,
            contents,
            link: link.into(),
        };
        Ok(vec![revised.into()])
    }
}
