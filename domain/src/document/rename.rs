//! Rename a document. Whoever may work on it may.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::document::{Renamed, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, NAME_MAX};

/// The actor renames a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rename {
    /// Which.
    pub document: DocumentId,
    /// The name from now on.
    pub name: String,
    /// The revision of the document's stream at which the actor read the name; whatever stands if absent.
    pub based_on: Option<u64>,
}

impl Action for Rename {
    type State = State;
    const ABILITY: Ability = Ability::ReviseDocuments;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        document.may_write(facts)?;
        words::required("name", &self.name, NAME_MAX, facts.origin)?;
        if document.name.open() == Some(&self.name) {
            return Ok(vec![]);
        }
        based_on(self.based_on, document.revision)?;
        let renamed = Renamed {
            document: self.document,
            author: document.author,
            community: document.audience.community(),
            name: self.name.clone().into(),
            name_was: document.name.clone(),
        };
        Ok(vec![renamed.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::document::{self, CheckedOut};
    use crate::given::items::{shared, to};
    use crate::given::{Given, document, member};

    fn given() -> Given {
        Given::people().and(shared(to([3]))).by(3)
    }

    fn rename(name: &str, based_on: Option<u64>) -> Rename {
        Rename { document: document(1), name: name.to_owned(), based_on }
    }

    fn renamed(name_was: &str, name: &str) -> Renamed {
        Renamed {
            document: document(1),
            author: member(2),
            community: None,
            name: name.to_owned().into(),
            name_was: name_was.to_owned().into(),
        }
    }

    #[test]
    fn whoever_may_work_on_it_renames_it() {
        given().when(rename("budget.txt", None)).then([renamed("plan.txt", "budget.txt")]);
        given().by(4).when(rename("budget.txt", None)).refused(document::Refusal::NoSuchDocument);
        let archived = document::Archived { document: document(1), author: member(2), community: None };
        given().and(archived).when(rename("b.txt", None)).refused(document::Refusal::DocumentArchived);
    }

    #[test]
    fn a_new_name_says_what_it_was_and_the_same_is_none() {
        let given = given().and(renamed("plan.txt", "budget.txt"));
        given.clone().when(rename("budget.txt", Some(0))).then_nothing();
        given.when(rename("b.txt", None)).then([renamed("budget.txt", "b.txt")]);
    }

    #[test]
    fn a_name_given_upon_an_old_one_is_told_which_is_current() {
        let out = CheckedOut { document: document(1), author: member(2), community: None, by: member(2) };
        let given = given().and(renamed("plan.txt", "budget.txt")).and(out);
        given.clone().when(rename("b.txt", Some(0))).refused_with(decision::Refusal::StaleRevision, 1);
        given.when(rename("b.txt", Some(1))).then([renamed("budget.txt", "b.txt")]);
    }

    #[test]
    fn it_keeps_a_name() {
        given().when(rename(" ", None)).refused(words::Refusal::Blank);
        given().when(rename("a\nb\u{0}", None)).refused(words::Refusal::ControlCharacter);
        given().when(rename(&"a".repeat(NAME_MAX + 1), None)).refused(words::Refusal::TooLong);
    }
}
