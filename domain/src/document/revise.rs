//! Revise a document: a new version, made of the newest one and of no other.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::source::Source;
use crate::document::{Contents, Revised, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
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
    const ABILITY: Ability = Ability::ReviseDocuments;

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
        self.contents.at_hand(facts)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::document::{self, Archived, CheckedOut, source as contents};
    use crate::given::items::{file, shared, source, to};
    use crate::given::{Given, community, document, in_community, member};

    fn given() -> Given {
        Given::people().and(shared(to([3, 4]))).by(3)
    }

    fn revise(based_on: Option<u32>) -> Revise {
        let (sha256, media_type) = ("0b".repeat(32), "text/plain".to_owned());
        Revise { document: document(1), contents: Source::File { sha256, size: 8, media_type }, based_on }
    }

    fn revised(number: u32) -> Revised {
        let (sha256, media_type) = ("0b".repeat(32), "text/plain".to_owned());
        Revised {
            document: document(1),
            author: member(2),
            community: None,
            number,
            contents: Contents::File { sha256, size: 8, media_type },
            link: None.into(),
        }
    }

    fn checked_out(by: u32) -> CheckedOut {
        CheckedOut { document: document(1), author: member(2), community: None, by: member(by) }
    }

    #[test]
    fn author_and_addressees_revise_what_is_between_them() {
        given().when(revise(Some(1))).then([revised(2)]);
        given().by(2).when(revise(None)).then([revised(2)]);
        given().by(5).when(revise(None)).refused(document::Refusal::NoSuchDocument);
    }

    #[test]
    fn members_of_a_community_revise_what_is_in_it() {
        let given = Given::people().community(1, Access::Open).and(shared(in_community(1))).by(3);
        given.clone().when(revise(None)).refused(audience::Refusal::NotInCommunity);
        let revised = Revised { community: Some(community(1)), ..revised(2) };
        given.joined(1, 3).when(revise(None)).then([revised]);
    }

    #[test]
    fn a_version_made_of_an_old_one_is_told_which_is_current() {
        let other = Contents::File { sha256: "0c".repeat(32), size: 9, media_type: "text/plain".to_owned() };
        let given = given().and(Revised { contents: other, ..revised(2) });
        given.clone().when(revise(Some(1))).refused_with(Refusal::StaleVersion, 2);
        given.clone().when(revise(Some(3))).refused_with(Refusal::StaleVersion, 2);
        given.when(revise(Some(2))).then([revised(3)]);
    }

    #[test]
    fn nobody_revises_what_another_has_checked_out() {
        let given = given().and(checked_out(4));
        given.clone().when(revise(None)).refused_with(document::Refusal::CheckedOut, member(4));
        given.by(4).when(revise(None)).then([revised(2)]);
    }

    #[test]
    fn an_archived_document_has_no_new_version() {
        let archived = Archived { document: document(1), author: member(2), community: None };
        given().and(archived).when(revise(None)).refused(document::Refusal::DocumentArchived);
    }

    #[test]
    fn the_same_bytes_are_no_new_version() {
        given().when(Revise { contents: source(), ..revise(None) }).then_nothing();
        let given = given().and(revised(2));
        given.clone().when(revise(Some(1))).then_nothing();
        let back = Revised { contents: file(), ..revised(3) };
        given.when(Revise { contents: source(), ..revise(None) }).then([back]);
    }

    #[test]
    fn a_new_version_holds_a_file_that_its_author_has_at_hand() {
        given().without_files().when(revise(None)).refused(contents::Refusal::NotUploaded);
    }

    #[test]
    fn a_link_is_a_new_version_each_time() {
        let url = "https://example.org/plan".to_owned();
        let linked =
            |number| Revised { contents: Contents::Link, link: Some(url.clone()).into(), ..revised(number) };
        let link = Revise { contents: Source::Link { url: url.clone() }, ..revise(None) };
        given().and(linked(2)).when(link).then([linked(3)]);
    }
}
