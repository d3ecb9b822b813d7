//! React to a post, a comment, a document or an idea. A member has one reaction to a thing: another replaces it.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::item;
use crate::reaction::{Given, Reaction, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor reacts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Give {
    /// To what.
    pub item: Item,
    /// How.
    pub reaction: Reaction,
}

impl Action for Give {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::reaction(self.item, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let about = item::standing(facts, self.item)?;
        about.is_alive(facts)?;
        let reaction_was = state.standing.map(|standing| standing.reaction);
        if reaction_was == Some(self.reaction) {
            return Ok(vec![]);
        }
        let given = Given {
            item: self.item,
            author: about.author,
            community: about.community(),
            member,
            reaction: self.reaction,
            reaction_was,
        };
        Ok(vec![given.into()])
    }
}
