//! Check a document in: who has it gives it back, or a moderator takes it back for them; outside communities, its
//! author does.

use serde::Serialize;

use crate::audience::may_in;
use crate::decision::{Action, Facts};
use crate::document::{CheckedIn, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor gives a document back.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CheckIn {
    /// Which.
    pub document: DocumentId,
}

impl Action for CheckIn {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let document = state.standing(facts)?;
        let community = document.audience.community();
        let Some(by) = document.checked_out else { return Ok(vec![]) };
        match community {
            _ if facts.actor.member() == Some(by) => {}
            Some(community) => may_in(facts, community, Self::ABILITY)?,
            None => document.about().is_own_or_moderated(facts)?,
        }
        Ok(vec![CheckedIn { document: self.document, author: document.author, community, by }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::{self, Audience};
    use crate::community::Access;
    use crate::document::{Archived, CheckedOut};
    use crate::given::items::{shared, to};
    use crate::given::{Given, community, document, in_community, member};
    use crate::id::CommunityId;
    use crate::item;

    fn given(audience: Audience) -> Given {
        let community = audience.community();
        let out = CheckedOut { document: document(1), author: member(2), community, by: member(3) };
        Given::people().community(1, Access::Open).and(shared(audience)).and(out)
    }

    fn check_in() -> CheckIn {
        CheckIn { document: document(1) }
    }

    fn checked_in(community: Option<CommunityId>) -> CheckedIn {
        CheckedIn { document: document(1), author: member(2), community, by: member(3) }
    }

    #[test]
    fn who_has_it_gives_it_back() {
        given(to([3, 4])).by(3).when(check_in()).then([checked_in(None)]);
        given(to([3, 4])).by(4).when(check_in()).refused(item::Refusal::AuthorNeeded);
        given(in_community(1)).by(3).when(check_in()).then([checked_in(Some(community(1)))]);
    }

    #[test]
    fn a_moderator_takes_it_back_and_its_author_does_where_there_is_none() {
        let given_there = given(in_community(1)).moderator(1, 4);
        given_there.clone().by(4).when(check_in()).then([checked_in(Some(community(1)))]);
        given_there.by(2).when(check_in()).refused(audience::Refusal::ModeratorNeeded);
        given(to([3])).by(2).when(check_in()).then([checked_in(None)]);
    }

    #[test]
    fn what_is_in_needs_no_check_in() {
        given(to([3])).and(checked_in(None)).by(2).when(check_in()).then_nothing();
    }

    #[test]
    fn also_what_was_archived_meanwhile() {
        let archived = Archived { document: document(1), author: member(2), community: None };
        given(to([3])).and(archived).by(3).when(check_in()).then([checked_in(None)]);
    }
}
