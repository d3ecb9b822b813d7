//! Votes are counted as they change, and shown to those who may see them.

use super::*;
use crate::given::{History, history, member, post};
use domain::choice::{Changed, Made, Withdrawn};
use domain::poll::{Closed, Opened};
use domain::sealed::Sealed;

fn opened(results: Results, options: Sealed<Vec<String>>) -> Opened {
    Opened {
        post: post(1),
        author: member(1),
        community: None,
        option_count: 2,
        rule: Rule::Several,
        results,
        closes_at: None,
        options,
    }
}

fn yes_or_no(results: Results) -> History {
    history().and(opened(results, vec!["Yes".to_owned(), "No".to_owned()].into()))
}

fn made(by: u64, chosen: &[u32]) -> Made {
    Made { post: post(1), author: member(1), community: None, member: member(by), chosen: chosen.into() }
}

fn changed(by: u64, chosen: &[u32], was: &[u32]) -> Changed {
    let (post, author, member) = (post(1), member(1), member(by));
    Changed { post, author, community: None, member, chosen: chosen.into(), chosen_was: was.into() }
}

fn withdrawn(by: u64, was: &[u32]) -> Withdrawn {
    let (post, author, member) = (post(1), member(1), member(by));
    Withdrawn { post, author, community: None, member, chosen_was: was.into() }
}

/// The votes on each option as a member sees them, and whether they chose it.
fn seen(given: &History, by: u64) -> Vec<(Option<u64>, bool)> {
    let (snapshot, now) = (given.snapshot(), given.time());
    let poll = by_posts(&snapshot, &Viewer::Member(member(by)), &[post(1)]).unwrap().remove(0);
    poll.options.iter().map(|option| (poll.votes(option, now), option.own)).collect()
}

#[test]
fn each_event_writes_also_when_its_options_are_gone() {
    let given = history().and(opened(Results::Closed, Sealed::Gone)).and(made(2, &[2]));
    let given = given.and(changed(2, &[1, 2], &[2])).and(withdrawn(2, &[1, 2]));
    let given = given.and(Closed { post: post(1), author: member(1), community: None });
    insta::assert_snapshot!(given.writes(&PROJECTION), @r"
    put polls post=4:1 rule=1 results=1 opened_at=1700000001000000 closes_at=- closed_at=- voters=0
    update polls post=4:1 voters=+1
    update polls post=4:1 voters=-1
    update polls post=4:1 closed_at=1700000005000000
    put poll_options post=4:1 number=1 votes=0 text=-
    put poll_options post=4:1 number=2 votes=0 text=-
    update poll_options post=4:1 number=2 votes=+1
    update poll_options post=4:1 number=2 votes=-1
    update poll_options post=4:1 number=1 votes=+1
    update poll_options post=4:1 number=2 votes=+1
    update poll_options post=4:1 number=1 votes=-1
    update poll_options post=4:1 number=2 votes=-1
    put choices post=4:1 member=2:2 community=- chosen=2 at=1700000002000000
    put choices post=4:1 member=2:2 community=- chosen=3 at=1700000003000000
    delete choices post=4:1 member=2:2
    ");
}

#[test]
fn votes_are_counted_as_they_change() {
    let given = (2..=7).fold(yes_or_no(Results::Voted), |given, by| given.and(made(by, &[1])));
    let given = given.and(changed(2, &[1, 2], &[1])).and(changed(3, &[2], &[1])).and(withdrawn(4, &[1]));
    assert_eq!(seen(&given, 2), [(Some(4), true), (Some(2), true)]);
    assert_eq!(seen(&given, 3), [(Some(4), false), (Some(2), true)]);
}

#[test]
fn results_are_for_whoever_voted_and_for_all_once_it_is_closed() {
    let given = (2..=6).fold(yes_or_no(Results::Voted), |given, by| given.and(made(by, &[1])));
    assert_eq!(seen(&given, 2)[0], (Some(5), true));
    assert_eq!(seen(&given, 9)[0], (None, false));
    let closed = given.and(Closed { post: post(1), author: member(1), community: None });
    assert_eq!(seen(&closed, 9)[0], (Some(5), false));
}

#[test]
fn or_for_nobody_before_it_is_closed() {
    let given = (2..=6).fold(yes_or_no(Results::Closed), |given, by| given.and(made(by, &[1])));
    assert_eq!(seen(&given, 2)[0], (None, true));
    let closed = given.and(Closed { post: post(1), author: member(1), community: None });
    assert_eq!(seen(&closed, 2)[0], (Some(5), true));
}

#[test]
fn votes_of_fewer_than_five_are_not_told() {
    let given = (2..=5).fold(yes_or_no(Results::Voted), |given, by| given.and(made(by, &[1])));
    let closed = given.and(Closed { post: post(1), author: member(1), community: None });
    assert_eq!(seen(&closed, 2)[0], (None, true));
}
