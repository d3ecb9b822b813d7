//! Keep a post, a comment, a document or an idea, to find it again.

use serde::Serialize;

use crate::bookmark::{Kept, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::item;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor keeps something that they may read. Keeping twice is keeping once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Keep {
    /// What.
    pub item: Item,
}

impl Action for Keep {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::bookmark(facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        item::standing(facts, self.item)?;
        if state.kept.contains(&self.item) {
            return Ok(vec![]);
        }
        Ok(vec![Kept { member, item: self.item.into() }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::items::{hidden, published, to};
    use crate::given::{Given, member, post};
    use crate::post::{self, Kind};
    use crate::sealed::Sealed;

    const POST: fn() -> Item = || Item::Post(post(1));

    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).by(3)
    }

    fn kept() -> Kept {
        Kept { member: member(3), item: POST().into() }
    }

    #[test]
    fn one_keeps_what_one_may_read() {
        given().when(Keep { item: POST() }).then([kept()]);
        given().by(4).when(Keep { item: POST() }).refused(post::Refusal::NoSuchPost);
        given().and(hidden(POST(), 2)).when(Keep { item: POST() }).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn keeping_twice_is_keeping_once() {
        given().and(kept()).when(Keep { item: POST() }).then_nothing();
        let forgotten = Kept { item: Sealed::Gone, ..kept() };
        given().and(forgotten).when(Keep { item: POST() }).then([kept()]);
    }

    #[test]
    fn a_service_keeps_nothing() {
        Given::people().when(Keep { item: POST() }).refused(crate::decision::Refusal::PersonNeeded);
    }
}
