//! Show an item again that was hidden.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::moderation::{Restored, State, judged, within};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX};

/// Somebody who moderates shows a hidden item again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Restore {
    /// What.
    pub item: Item,
    /// Why.
    pub reason: String,
}

impl Action for Restore {
    type State = State;
    const ABILITY: Ability = Ability::Judge;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::moderation(self.item)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let about = judged(facts, self.item)?;
        if !state.hidden {
            return Ok(vec![]);
        }
        words::required("reason", &self.reason, BODY_MAX, facts.origin)?;
        let (post, campaign) = within(facts, self.item)?;
        let restored = Restored {
            item: self.item,
            author: about.author,
            community: about.community(),
            post,
            campaign,
            reason: self.reason.clone().into(),
        };
        Ok(vec![restored.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::Access;
    use crate::given::items::{hidden, published};
    use crate::given::{Given, community, in_community, member, post};
    use crate::moderation::Refusal;
    use crate::post::{self, Kind};

    fn given() -> Given {
        let given = Given::people().community(1, Access::Open).moderator(1, 2).moderator(1, 4);
        given.and(published(1, Kind::Update, in_community(1))).and(hidden(Item::Post(post(1)), 2))
    }

    fn restore() -> Restore {
        Restore { item: Item::Post(post(1)), reason: "It was a quotation".to_owned() }
    }

    fn restored() -> Restored {
        Restored {
            item: Item::Post(post(1)),
            author: member(2),
            community: Some(community(1)),
            post: None,
            campaign: None,
            reason: "It was a quotation".to_owned().into(),
        }
    }

    #[test]
    fn another_than_its_author_shows_it_again() {
        given().by(4).when(restore()).then([restored()]);
        given().by(2).when(restore()).refused(Refusal::OwnItem);
        given().by(3).when(restore()).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn what_is_not_hidden_stays_as_it_is() {
        given().and(restored()).by(4).when(restore()).then_nothing();
    }

    #[test]
    fn it_takes_a_reason() {
        given().by(4).when(Restore { reason: String::new(), ..restore() }).refused(words::Refusal::Blank);
    }
}
