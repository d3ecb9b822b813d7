//! Look at a post, a comment, a document or an idea: a trace, left once per local day.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::item;
use crate::refusal::Stop;
use crate::seen::{State, Viewed};
use crate::stream::StreamName;

/// The actor looks at something.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct View {
    /// At what.
    pub item: Item,
}

impl Action for View {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::seen(self.item.id(), facts.pseudonym)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let about = item::standing(facts, self.item)?;
        if state.on(facts.day) {
            return Ok(vec![]);
        }
        let viewed = Viewed {
            item: self.item,
            author: about.author,
            community: about.community(),
            month: facts.day.month(),
            member: member.into(),
        };
        Ok(vec![viewed.into()])
    }
}
