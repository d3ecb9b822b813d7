//! Archive a document: it can be read, and stays as it is.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::document::{Archived, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator archives a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Archive {
    /// Which.
    pub document: DocumentId,
}

impl Action for Archive {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        document.about().is_own_or_moderated(facts)?;
        if document.archived {
            return Ok(vec![]);
        }
        let community = document.audience.community();
        Ok(vec![Archived { document: self.document, author: document.author, community }.into()])
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

    fn archive() -> Archive {
        Archive { document: document(1) }
    }

    fn archived() -> Archived {
        Archived { document: document(1), author: member(2), community: Some(community(1)) }
    }

    #[test]
    fn its_author_or_a_moderator_archives_it() {
        given().by(2).when(archive()).then([archived()]);
        given().moderator(1, 4).by(4).when(archive()).then([archived()]);
        given().joined(1, 3).by(3).when(archive()).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn an_addressee_does_not() {
        let given = Given::people().and(shared(to([3]))).by(3);
        given.when(archive()).refused(item::Refusal::AuthorNeeded);
    }

    #[test]
    fn archiving_twice_is_archiving_once() {
        given().and(archived()).by(2).when(archive()).then_nothing();
    }

    #[test]
    fn what_was_withdrawn_is_not_archived() {
        let withdrawn = document::Withdrawn { document: document(1), author: member(2), community: None };
        given().and(withdrawn).by(2).when(archive()).refused(document::Refusal::NoSuchDocument);
    }
}
