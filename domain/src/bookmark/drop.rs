//! Keep something no more.

use serde::Serialize;

use crate::bookmark::{Dropped, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor keeps something no more, also when they may not read it any longer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drop {
    /// What.
    pub item: Item,
}

impl Action for Drop {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::bookmark(facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        if !state.kept.contains(&self.item) {
            return Ok(vec![]);
        }
        Ok(vec![Dropped { member, item: self.item.into() }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bookmark::Kept;
    use crate::given::items::{published, to};
    use crate::given::{Given, member, post};
    use crate::post::Kind;

    fn given() -> Given {
        let kept = Kept { member: member(3), item: Item::Post(post(1)).into() };
        Given::people().and(published(1, Kind::Update, to([3]))).and(kept).by(3)
    }

    fn drop() -> Drop {
        Drop { item: Item::Post(post(1)) }
    }

    fn dropped() -> Dropped {
        Dropped { member: member(3), item: Item::Post(post(1)).into() }
    }

    #[test]
    fn also_what_was_removed_since() {
        given().when(drop()).then([dropped()]);
        given().without_post(1).when(drop()).then([dropped()]);
    }

    #[test]
    fn what_is_not_kept_needs_no_dropping() {
        given().and(dropped()).when(drop()).then_nothing();
        given().by(4).when(drop()).then_nothing();
    }
}
