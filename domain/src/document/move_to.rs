//! Move a document to another audience: another community, or other members.

use serde::Serialize;

use crate::audience::{Audience, addressed};
use crate::decision::{Action, Facts, based_on};
use crate::document::{Moved, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator moves a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MoveTo {
    /// Which.
    pub document: DocumentId,
    /// Where, or with whom, from now on; the author stays among those who read it.
    pub audience: Audience,
    /// The revision at which the actor read whom it was for; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for MoveTo {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        document.about().is_own_or_moderated(facts)?;
        document.not_archived()?;
        let audience = addressed(facts, &self.audience, document.author)?;
        if audience == document.audience {
            return Ok(vec![]);
        }
        based_on(self.based_on, document.revision)?;
        let moved = Moved {
            document: self.document,
            author: document.author,
            audience,
            audience_was: document.audience.clone(),
        };
        Ok(vec![moved.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::decision;
    use crate::document::{self, Archived};
    use crate::given::items::{shared, to};
    use crate::given::{Given, document, in_community, member};
    use crate::item;

    fn given() -> Given {
        Given::people().community(1, Access::Open).community(2, Access::Open).and(shared(in_community(1)))
    }

    fn move_to(audience: Audience) -> MoveTo {
        MoveTo { document: document(1), audience, based_on: None }
    }

    fn moved(audience_was: Audience, audience: Audience) -> Moved {
        Moved { document: document(1), author: member(2), audience, audience_was }
    }

    #[test]
    fn its_author_moves_it_where_they_may_write() {
        let given = given().by(2);
        given.clone().when(move_to(in_community(2))).refused(audience::Refusal::NotInCommunity);
        let given = given.joined(2, 2);
        given.when(move_to(in_community(2))).then([moved(in_community(1), in_community(2))]);
    }

    #[test]
    fn a_moderator_moves_it_and_its_author_still_reads_it() {
        let given = given().moderator(1, 4);
        given.clone().by(4).when(move_to(to([2, 3]))).then([moved(in_community(1), to([3]))]);
        given.by(3).when(move_to(to([3]))).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn an_addressee_does_not_move_it() {
        let given = Given::people().and(shared(to([3]))).by(3);
        given.when(move_to(to([3, 4]))).refused(item::Refusal::AuthorNeeded);
    }

    #[test]
    fn it_is_read_where_it_was_moved_to() {
        let given = Given::people().and(shared(to([3]))).and(moved(to([3]), to([4])));
        given.clone().by(3).when(move_to(to([3]))).refused(document::Refusal::NoSuchDocument);
        given.by(2).when(move_to(to([4]))).then_nothing();
    }

    #[test]
    fn an_archived_document_stays_where_it_is() {
        let archived = Archived { document: document(1), author: member(2), community: None };
        given().and(archived).by(2).when(move_to(to([3]))).refused(document::Refusal::DocumentArchived);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| MoveTo { based_on: Some(based_on), ..move_to(to([3, 4])) };
        let given = given().and(moved(in_community(1), to([3]))).by(2);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([moved(to([3]), to([3, 4]))]);
    }
}
