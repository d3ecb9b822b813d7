//! Withdraw a document: nobody sees it any more.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::{State, Withdrawn};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator withdraws a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Withdraw {
    /// Which.
    pub document: DocumentId,
}

impl Action for Withdraw {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.readable(facts)?;
        document.about().is_own_or_moderated(facts)?;
        if document.withdrawn {
            return Ok(vec![]);
        }
        let community = document.audience.community();
        Ok(vec![Withdrawn { document: self.document, author: document.author, community }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::document;
    use crate::given::items::{shared, to};
    use crate::given::{Given, community, document, in_community, member};
    use crate::item;

    fn given() -> Given {
        Given::people().community(1, Access::Open).and(shared(in_community(1)))
    }

    fn withdraw() -> Withdraw {
        Withdraw { document: document(1) }
    }

    fn withdrawn() -> Withdrawn {
        Withdrawn { document: document(1), author: member(2), community: Some(community(1)) }
    }

    #[test]
    fn its_author_or_a_moderator_withdraws_it() {
        given().by(2).when(withdraw()).then([withdrawn()]);
        given().moderator(1, 4).by(4).when(withdraw()).then([withdrawn()]);
        given().joined(1, 3).by(3).when(withdraw()).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn an_addressee_does_not() {
        let given = Given::people().and(shared(to([3]))).by(3);
        given.when(withdraw()).refused(item::Refusal::AuthorNeeded);
    }

    #[test]
    fn withdrawing_twice_is_withdrawing_once() {
        given().and(withdrawn()).by(2).when(withdraw()).then_nothing();
    }

    #[test]
    fn also_what_was_archived() {
        let archived = document::Archived { document: document(1), author: member(2), community: None };
        given().and(archived).by(2).when(withdraw()).then([withdrawn()]);
    }
}
