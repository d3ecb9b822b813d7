//! Check a document out: nobody else revises it until it is checked in.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::{CheckedOut, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor takes a document to work on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckOut {
    /// Which.
    pub document: DocumentId,
}

impl Action for CheckOut {
    type State = State;
    const ABILITY: Ability = Ability::ReviseDocuments;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let by = facts.person()?;
        let document = state.standing(facts)?;
        document.may_write(facts)?;
        document.not_out_to_another(by)?;
        if document.checked_out == Some(by) {
            return Ok(vec![]);
        }
        let community = document.audience.community();
        Ok(vec![CheckedOut { document: self.document, author: document.author, community, by }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::document::{self, CheckedIn};
    use crate::given::items::{shared, to};
    use crate::given::{Given, document, in_community, member};

    fn given() -> Given {
        Given::people().and(shared(to([3, 4]))).by(3)
    }

    fn check_out() -> CheckOut {
        CheckOut { document: document(1) }
    }

    fn checked_out(by: u32) -> CheckedOut {
        CheckedOut { document: document(1), author: member(2), community: None, by: member(by) }
    }

    #[test]
    fn one_takes_it_at_a_time() {
        given().when(check_out()).then([checked_out(3)]);
        given().and(checked_out(3)).when(check_out()).then_nothing();
        given().and(checked_out(4)).when(check_out()).refused_with(document::Refusal::CheckedOut, member(4));
    }

    #[test]
    fn the_next_takes_it_once_it_is_back() {
        let back = CheckedIn { document: document(1), author: member(2), community: None, by: member(4) };
        given().and(checked_out(4)).and(back).when(check_out()).then([checked_out(3)]);
    }

    #[test]
    fn whoever_may_not_write_does_not_take_it() {
        given().by(5).when(check_out()).refused(document::Refusal::NoSuchDocument);
        let given = Given::people().community(1, Access::Open).and(shared(in_community(1))).by(3);
        given.when(check_out()).refused(audience::Refusal::NotInCommunity);
    }
}
