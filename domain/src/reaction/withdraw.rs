//! Withdraw a reaction. One's own can always be taken back, whatever has become of what it was given to.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
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
