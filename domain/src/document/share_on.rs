//! Pass a document on, to a community or to members. It draws their attention; it lets nobody read what they could not.

use serde::Serialize;

use crate::audience::{Audience, addressed};
use crate::decision::{Action, Facts};
use crate::document::{SharedOn, State};
use crate::event::Event;
use crate::id::DocumentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor passes a document on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShareOn {
    /// Which.
    pub document: DocumentId,
    /// Where, or to whom.
    pub audience: Audience,
}

impl Action for ShareOn {
    type State = State;
    const ABILITY: Ability = Ability::Publish;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::document(self.document)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let sharer = facts.person()?;
        let document = state.standing(facts)?;
        let shared = SharedOn {
            document: self.document,
            author: document.author,
            community: document.audience.community(),
            audience: addressed(facts, &self.audience, sharer)?,
        };
        Ok(vec![shared.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::document;
    use crate::given::items::{shared as shared_first, to};
    use crate::given::{Given, community, document, in_community, member};

    fn given() -> Given {
        Given::people().community(1, Access::Open).and(shared_first(in_community(1))).by(3)
    }

    fn share(audience: Audience) -> ShareOn {
        ShareOn { document: document(1), audience }
    }

    fn shared(audience: Audience) -> SharedOn {
        SharedOn { document: document(1), author: member(2), community: Some(community(1)), audience }
    }

    #[test]
    fn who_may_read_it_passes_it_on_to_others() {
        given().when(share(to([3, 5, 4, 5]))).then([shared(to([5, 4]))]);
        given().when(share(to([3]))).refused(audience::Refusal::NobodyAddressed);
    }

    #[test]
    fn it_is_passed_on_to_communities_one_is_in() {
        let given = given().community(2, Access::Open);
        given.clone().when(share(in_community(2))).refused(audience::Refusal::NotInCommunity);
        given.joined(2, 3).when(share(in_community(2))).then([shared(in_community(2))]);
    }

    #[test]
    fn what_one_may_not_read_one_does_not_pass_on() {
        let given = Given::people().and(shared_first(to([5]))).by(3);
        given.when(share(to([4]))).refused(document::Refusal::NoSuchDocument);
    }
}
