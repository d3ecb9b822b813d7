//! React to a post, a comment, a document or an idea. A member has one reaction to a thing: another replaces it.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::Item;
use crate::item;
use crate::policy::Ability;
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
    const ABILITY: Ability = Ability::Respond;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given;
    use crate::given::items::{added, published, to};
    use crate::given::{comment, community, in_community, member, post};
    use crate::post::Kind;
    use crate::reaction::Withdrawn;

    fn given() -> given::Given {
        given::Given::people().and(published(1, Kind::Update, to([3]))).by(3)
    }

    fn give(reaction: Reaction) -> Give {
        Give { item: Item::Post(post(1)), reaction }
    }

    fn reacted(reaction: Reaction, reaction_was: Option<Reaction>) -> Given {
        Given {
            item: Item::Post(post(1)),
            author: member(2),
            community: None,
            member: member(3),
            reaction,
            reaction_was,
        }
    }

    #[test]
    fn one_reacts_to_what_one_may_read() {
        given().when(give(Reaction::Like)).then([reacted(Reaction::Like, None)]);
    }

    #[test]
    fn another_reaction_replaces_the_first_and_the_same_is_none() {
        let given = given().and(reacted(Reaction::Like, None));
        given.clone().when(give(Reaction::Like)).then_nothing();
        given.when(give(Reaction::Thanks)).then([reacted(Reaction::Thanks, Some(Reaction::Like))]);
    }

    #[test]
    fn after_one_was_withdrawn_the_next_replaces_nothing() {
        let withdrawn = Withdrawn {
            item: Item::Post(post(1)),
            author: member(2),
            community: None,
            member: member(3),
            reaction_was: Reaction::Like,
        };
        let given = given().and(reacted(Reaction::Like, None)).and(withdrawn);
        given.when(give(Reaction::Like)).then([reacted(Reaction::Like, None)]);
    }

    #[test]
    fn a_reaction_to_a_comment_names_its_author_and_community() {
        let given = given::Given::people().community(1, Access::Open);
        let given = given.and(published(1, Kind::Update, in_community(1))).and(added(1));
        let item = Item::Comment(comment(1));
        let given_to_comment = Given {
            item,
            author: member(3),
            community: Some(community(1)),
            member: member(5),
            ..reacted(Reaction::Useful, None)
        };
        given.by(5).when(Give { item, reaction: Reaction::Useful }).then([given_to_comment]);
    }

    #[test]
    fn nothing_new_in_an_archived_community() {
        let given = given::Given::people().community(1, Access::Open);
        let given = given.and(published(1, Kind::Update, in_community(1))).archived(1).by(3);
        given.when(give(Reaction::Like)).refused(audience::Refusal::CommunityArchived);
    }
}
