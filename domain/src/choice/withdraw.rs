//! Take a vote in a poll back.

use serde::Serialize;

use crate::choice::{State, Withdrawn};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::policy::Ability;
use crate::poll::taking_votes;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor takes their vote back. Where none stands there is nothing to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Withdraw {
    /// The post that the poll stands with.
    pub post: PostId,
}

impl Action for Withdraw {
    type State = State;
    const ABILITY: Ability = Ability::Respond;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::choice(self.post, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let (_, post) = taking_votes(facts, self.post)?;
        let Some(was) = &state.standing else { return Ok(vec![]) };
        let withdrawn = Withdrawn {
            post: self.post,
            author: post.author,
            community: post.audience.community(),
            member,
            chosen_was: was.clone(),
        };
        Ok(vec![withdrawn.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::items::{chosen, polled, published, to};
    use crate::given::{Given, member, post};
    use crate::poll::{self, Rule};
    use crate::post::Kind;

    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).and(polled(Rule::One)).by(3)
    }

    fn withdraw() -> Withdraw {
        Withdraw { post: post(1) }
    }

    fn withdrawn() -> Withdrawn {
        let (post, author, member) = (post(1), member(2), member(3));
        Withdrawn { post, author, community: None, member, chosen_was: vec![2] }
    }

    #[test]
    fn a_vote_is_taken_back_and_says_what_it_was() {
        given().and(chosen(3, &[2])).when(withdraw()).then([withdrawn()]);
    }

    #[test]
    fn taking_back_twice_is_taking_back_once() {
        given().when(withdraw()).then_nothing();
        given().and(chosen(3, &[2])).and(withdrawn()).when(withdraw()).then_nothing();
    }

    #[test]
    fn a_closed_poll_keeps_its_votes() {
        let closed = poll::Closed { post: post(1), author: member(2), community: None };
        given().and(chosen(3, &[2])).and(closed).when(withdraw()).refused(poll::Refusal::PollClosed);
    }
}
