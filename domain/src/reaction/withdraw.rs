//! Withdraw a reaction. One's own can always be taken back, whatever has become of what it was given to.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::policy::Ability;
use crate::reaction::{State, Withdrawn};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor withdraws their reaction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Withdraw {
    /// From what.
    pub item: Item,
}

impl Action for Withdraw {
    type State = State;
    const ABILITY: Ability = Ability::Respond;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::reaction(self.item, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let Some(standing) = state.standing else { return Ok(vec![]) };
        let withdrawn = Withdrawn {
            item: self.item,
            author: standing.author,
            community: standing.community,
            member,
            reaction_was: standing.reaction,
        };
        Ok(vec![withdrawn.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given;
    use crate::given::items::{published, to};
    use crate::given::{member, post};
    use crate::post::Kind;
    use crate::reaction::{Given, Reaction};

    fn withdraw() -> Withdraw {
        Withdraw { item: Item::Post(post(1)) }
    }

    fn withdrawn() -> Withdrawn {
        Withdrawn {
            item: Item::Post(post(1)),
            author: member(2),
            community: None,
            member: member(3),
            reaction_was: Reaction::Like,
        }
    }

    fn given() -> given::Given {
        let reacted = Given {
            item: Item::Post(post(1)),
            author: member(2),
            community: None,
            member: member(3),
            reaction: Reaction::Like,
            reaction_was: None,
        };
        given::Given::people().and(published(1, Kind::Update, to([3]))).and(reacted).by(3)
    }

    #[test]
    fn a_withdrawn_reaction_says_what_it_was() {
        given().when(withdraw()).then([withdrawn()]);
    }

    #[test]
    fn also_from_what_was_removed_since() {
        given().without_post(1).when(withdraw()).then([withdrawn()]);
    }

    #[test]
    fn without_a_reaction_there_is_nothing_to_withdraw() {
        given().and(withdrawn()).when(withdraw()).then_nothing();
        given().by(2).when(withdraw()).then_nothing();
    }
}
