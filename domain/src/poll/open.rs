//! Open a poll with a post: its author does, once a post.

use std::collections::HashSet;

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::{Event, Origin};
use crate::id::PostId;
use crate::policy::Ability;
use crate::poll::{Opened, Results, Rule, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;
use crate::words::{self, NAME_MAX};

/// The author of a post opens a poll with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Open {
    /// With which post.
    pub post: PostId,
    /// What can be chosen, in order: 2 to 10.
    pub options: Vec<String>,
    /// How many a voter chooses.
    pub rule: Rule,
    /// From when on results are shown.
    pub results: Results,
    /// When it ends, if that is set.
    pub closes_at: Option<Time>,
}

/// The fewest and the most options of a poll.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=10;

refusals! {
    PollExists = "POLL_EXISTS", "There is a poll with this post already; publish another post for another poll.",
        "Cette publication a déjà un sondage ; publiez-en une autre pour un autre sondage.";
    NotSoManyOptions = "NOT_SO_MANY_OPTIONS", "Give 2 to 10 options.", "Donnez de 2 à 10 options.";
    OptionsAlike = "OPTIONS_ALIKE", "Two options say the same; keep one of them.",
        "Deux options disent la même chose ; gardez-en une.";
    PollEndsInThePast = "POLL_ENDS_IN_THE_PAST", "Choose an end in the future.", "Choisissez une fin à venir.";
}

impl Action for Open {
    type State = State;
    const ABILITY: Ability = Ability::Revise;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::poll(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let post = facts.post(self.post)?.standing(facts)?;
        post.about().is_own(facts)?;
        post.about().is_alive(facts)?;
        if state.opened.is_some() {
            return Err(Refusal::PollExists.into());
        }
        self.can_be_chosen_from(facts.origin)?;
        if self.closes_at.is_some_and(|end| end <= facts.now) {
            return Err(Refusal::PollEndsInThePast.on("closesAt").into());
        }
        let opened = Opened {
            post: self.post,
            author: post.author,
            community: post.audience.community(),
            option_count: self.options.len() as u32,
            rule: self.rule,
            results: self.results,
            closes_at: self.closes_at,
            options: self.options.clone().into(),
        };
        Ok(vec![opened.into()])
    }
}

impl Open {
    fn can_be_chosen_from(&self, origin: Origin) -> Result<(), Stop> {
        if !OPTIONS.contains(&self.options.len()) {
            return Err(Refusal::NotSoManyOptions.on("options").into());
        }
        for option in &self.options {
            words::required("options", option, NAME_MAX, origin)?;
        }
        let different: HashSet<&str> = self.options.iter().map(|option| option.trim()).collect();
        // Records whose texts were erased say nothing of any option.
        if different.len() < self.options.len() && origin == Origin::Live {
            return Err(Refusal::OptionsAlike.on("options").into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::items::{polled, published, to};
    use crate::given::{Given, community, in_community, post};
    use crate::item;
    use crate::post::{self, Kind};

    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).by(2)
    }

    fn open(options: &[&str]) -> Open {
        let options = options.iter().map(|option| (*option).to_owned()).collect();
        Open { post: post(1), options, rule: Rule::One, results: Results::Voted, closes_at: None }
    }

    #[test]
    fn the_author_of_a_post_opens_one_poll_with_it() {
        given().when(open(&["Yes", "No"])).then([polled(Rule::One)]);
        given().by(3).when(open(&["Yes", "No"])).refused(item::Refusal::AuthorNeeded);
        given().by(4).when(open(&["Yes", "No"])).refused(post::Refusal::NoSuchPost);
        given().and(polled(Rule::One)).when(open(&["A", "B"])).refused(Refusal::PollExists);
    }

    #[test]
    fn it_has_2_to_10_different_options_that_say_something() {
        given().when(open(&["Yes"])).refused(Refusal::NotSoManyOptions);
        given().when(open(&["x"; 11])).refused(Refusal::NotSoManyOptions);
        given().when(open(&["Yes", " Yes "])).refused(Refusal::OptionsAlike);
        given().when(open(&["Yes", " "])).refused(words::Refusal::Blank);
    }

    #[test]
    fn records_whose_texts_are_gone_are_polls_all_the_same() {
        let erased = Opened { options: vec![String::new(), String::new()].into(), ..polled(Rule::One) };
        given().imported().when(open(&["", ""])).then([erased]);
    }

    #[test]
    fn it_ends_in_the_future_if_it_ends() {
        let ends = |at: &str| Open { closes_at: Some(at.parse().unwrap()), ..open(&["Yes", "No"]) };
        given().when(ends("2026-03-02T09:00:00Z")).refused(Refusal::PollEndsInThePast);
        let closes_at = Some("2026-03-03T09:00:00Z".parse().unwrap());
        given().when(ends("2026-03-03T09:00:00Z")).then([Opened { closes_at, ..polled(Rule::One) }]);
    }

    #[test]
    fn nothing_new_in_an_archived_community() {
        let given =
            Given::people().community(1, Access::Open).and(published(1, Kind::Update, in_community(1)));
        let there = Opened { community: Some(community(1)), ..polled(Rule::One) };
        given.clone().by(2).when(open(&["Yes", "No"])).then([there]);
        given.archived(1).by(2).when(open(&["Yes", "No"])).refused(audience::Refusal::CommunityArchived);
    }
}
