//! Look at a post, a comment, a document or an idea: a trace, left once per local day.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::item;
use crate::policy::Ability;
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
    const ABILITY: Ability = Ability::Look;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::items::{published, shared, to};
    use crate::given::{Given, document, idea, member, post};
    use crate::post::{self, Kind};
    use crate::time::{Month, Time};

    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).and(shared(to([3]))).idea(1).by(3)
    }

    fn view(item: Item) -> View {
        View { item }
    }

    fn viewed(item: Item, author: u32) -> Viewed {
        let month: Month = "2026-03".parse().unwrap();
        Viewed { item, author: member(author), community: None, month, member: member(3).into() }
    }

    #[test]
    fn looking_at_any_item_leaves_a_trace_of_the_month() {
        for (item, author) in
            [(Item::Post(post(1)), 2), (Item::Document(document(1)), 2), (Item::Idea(idea(1)), 3)]
        {
            given().when(view(item)).then([viewed(item, author)]);
        }
    }

    #[test]
    fn once_a_day() {
        let item = Item::Post(post(1));
        given().and(viewed(item, 2)).when(view(item)).then_nothing();
    }

    #[test]
    fn and_again_the_next_day() {
        let item = Item::Post(post(1));
        let yesterday: Time = "2026-03-01T09:00:00Z".parse().unwrap();
        given().and_at(yesterday, viewed(item, 2)).when(view(item)).then([viewed(item, 2)]);
    }

    #[test]
    fn what_one_may_not_read_leaves_no_trace() {
        given().by(4).when(view(Item::Post(post(1)))).refused(post::Refusal::NoSuchPost);
    }
}
