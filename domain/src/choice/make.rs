//! Vote in a poll: for the first time, or otherwise than before.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::choice::{Changed, Made, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::policy::Ability;
use crate::poll::{Poll, Rule, taking_votes};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor votes. The same vote again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Make {
    /// The post that the poll stands with.
    pub post: PostId,
    /// The options chosen, by their numbers from 1.
    pub chosen: Vec<u32>,
}

refusals! {
    ChooseOne = "CHOOSE_ONE", "Choose one option of this poll, or withdraw your vote.",
        "Choisissez une option de ce sondage, ou retirez votre vote.";
    ChooseSome = "CHOOSE_SOME", "Choose at least one option of this poll, or withdraw your vote.",
        "Choisissez au moins une option de ce sondage, ou retirez votre vote.";
}

impl Action for Make {
    type State = State;
    const ABILITY: Ability = Ability::Respond;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::choice(self.post, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let (poll, about) = taking_votes(facts, self.post)?;
        let chosen = self.of(poll)?;
        let (post, author, community) = (self.post, about.author, about.audience.community());
        Ok(match &state.standing {
            Some(was) if *was == chosen => vec![],
            Some(was) => {
                let chosen_was = was.clone();
                vec![Changed { post, author, community, member, chosen, chosen_was }.into()]
            }
            None => vec![Made { post, author, community, member, chosen }.into()],
        })
    }
}

impl Make {
    /// The options chosen, each once and in order; refused unless the poll has them and takes so many.
    fn of(&self, poll: &Poll) -> Result<Vec<u32>, Stop> {
        let chosen: BTreeSet<u32> = self.chosen.iter().copied().collect();
        let there = chosen.iter().all(|number| (1..=poll.option_count).contains(number));
        match poll.rule {
            Rule::One if !there || chosen.len() != 1 => Err(Refusal::ChooseOne.on("chosen").into()),
            Rule::Several if !there || chosen.is_empty() => Err(Refusal::ChooseSome.on("chosen").into()),
            _ => Ok(chosen.into_iter().collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::choice::Withdrawn;
    use crate::community::Access;
    use crate::given::items::{chosen, hidden, polled, published, to};
    use crate::given::{Given, community, in_community, member, post};
    use crate::id::Item;
    use crate::poll::{self, Opened};
    use crate::post::{self, Kind};

    fn given(rule: Rule) -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).and(polled(rule)).by(3)
    }

    fn make(chosen: &[u32]) -> Make {
        Make { post: post(1), chosen: chosen.into() }
    }

    fn changed(now: &[u32], was: &[u32]) -> Changed {
        let (post, author, member) = (post(1), member(2), member(3));
        Changed { post, author, community: None, member, chosen: now.into(), chosen_was: was.into() }
    }

    #[test]
    fn whoever_may_read_the_post_votes() {
        given(Rule::One).when(make(&[2])).then([chosen(3, &[2])]);
        given(Rule::One).by(2).when(make(&[2])).then([chosen(2, &[2])]);
        given(Rule::One).by(4).when(make(&[2])).refused(post::Refusal::NoSuchPost);
        given(Rule::One)
            .and(hidden(Item::Post(post(1)), 2))
            .when(make(&[2]))
            .refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn one_option_is_chosen_or_several_as_the_poll_has_it() {
        for wrong in [&[][..], &[0], &[3], &[1, 2]] {
            given(Rule::One).when(make(wrong)).refused(Refusal::ChooseOne);
        }
        for wrong in [&[][..], &[1, 3]] {
            given(Rule::Several).when(make(wrong)).refused(Refusal::ChooseSome);
        }
        given(Rule::Several).when(make(&[2, 1, 2])).then([chosen(3, &[1, 2])]);
    }

    #[test]
    fn a_changed_vote_says_what_it_was_and_the_same_is_none() {
        let given = given(Rule::One).and(chosen(3, &[2]));
        given.clone().when(make(&[2])).then_nothing();
        given.when(make(&[1])).then([changed(&[1], &[2])]);
    }

    #[test]
    fn after_one_was_taken_back_the_next_changes_nothing() {
        let (post, author, member) = (post(1), member(2), member(3));
        let withdrawn = Withdrawn { post, author, community: None, member, chosen_was: vec![2] };
        let given = given(Rule::One).and(chosen(3, &[2])).and(withdrawn);
        given.when(make(&[2])).then([chosen(3, &[2])]);
    }

    #[test]
    fn a_poll_that_has_ended_takes_no_vote() {
        let closes_at = Some("2026-03-02T09:00:00Z".parse().unwrap());
        let ends = Given::people().and(published(1, Kind::Update, to([3])));
        let ends = ends.and(Opened { closes_at, ..polled(Rule::One) }).by(3);
        ends.clone().when(make(&[1])).refused(poll::Refusal::PollClosed);
        ends.at("2026-03-02T08:59:59Z").when(make(&[1])).then([chosen(3, &[1])]);
        let closed = poll::Closed { post: post(1), author: member(2), community: None };
        given(Rule::One).and(closed).when(make(&[1])).refused(poll::Refusal::PollClosed);
    }

    #[test]
    fn nothing_new_in_an_archived_community() {
        let given =
            Given::people().community(1, Access::Open).and(published(1, Kind::Update, in_community(1)));
        let given = given.and(polled(Rule::One)).by(5);
        let there = Made { community: Some(community(1)), ..chosen(5, &[1]) };
        given.clone().when(make(&[1])).then([there]);
        given.archived(1).by(5).when(make(&[1])).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn a_post_without_a_poll_takes_no_vote_and_a_service_has_none() {
        let without = Given::people().and(published(1, Kind::Update, to([3])));
        without.clone().by(3).when(make(&[1])).refused(poll::Refusal::NoSuchPoll);
        without.when(make(&[1])).refused(crate::decision::Refusal::PersonNeeded);
    }
}
