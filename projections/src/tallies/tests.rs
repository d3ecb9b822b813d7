//! What votes come to, with merges and without.

use super::*;
use crate::batches::{cast, given, merged, submitted, withdrawn};
use crate::given::{History, campaign, idea};
use crate::{Paging, ideas};

fn three() -> History {
    given().and(submitted(1)).and(submitted(2)).and(submitted(3))
}

fn tally_of(given: &History, n: u64) -> Tally {
    ideas::by_ids(&given.snapshot(), &Viewer::Operator, &[idea(n)]).unwrap()[0].tally
}

fn ranked(given: &History) -> Vec<(u64, i64)> {
    let page = ideas::ranking(&given.snapshot(), &Viewer::Operator, campaign(1), &Paging::first(10)).unwrap();
    page.rows.iter().map(|idea| (idea.id.0.as_u64_pair().1, idea.tally.score)).collect()
}

#[test]
fn each_event_writes() {
    let writes = history_of_votes().writes(&PROJECTION);
    insta::assert_snapshot!(writes, @"");
}

fn history_of_votes() -> History {
    crate::given::history().and(submitted(1)).and(cast(1, 2, -1)).and(withdrawn(1, 2, -1)).and(merged(1, 2))
}

#[test]
fn the_ranking_goes_by_score_then_the_earlier_submission() {
    let given = three().and(cast(3, 1, 1)).and(cast(2, 1, -1)).and(cast(2, 2, 0));
    assert_eq!(ranked(&given), [(3, 1), (1, 0), (2, -1)]);
}

#[test]
fn a_merge_counts_each_member_once_their_own_vote_first_else_the_latest() {
    let given = three()
        .and(cast(1, 1, 1))
        .and(cast(2, 1, -1))
        .and(cast(1, 2, -1))
        .and(cast(2, 2, 1))
        .and(cast(3, 2, -1))
        .and(cast(1, 4, 1))
        .and(merged(1, 2))
        .and(merged(2, 3));
    let tally = tally_of(&given, 3);
    assert_eq!((tally.own.disagree, tally.own.agree), (1, 0), "member 2 voted on the idea itself");
    assert_eq!((tally.followed.disagree, tally.followed.agree), (1, 1), "member 1's latest, and member 4's");
    assert_eq!(ranked(&given), [(3, -1)]);
}

#[test]
fn an_own_vote_outweighs_what_follows_and_taken_back_lets_it_count_again() {
    let given = three().and(cast(1, 1, 1)).and(merged(1, 2)).and(cast(2, 1, -1));
    assert_eq!(tally_of(&given, 2).score, -1);
    let given = given.and(withdrawn(2, 1, -1));
    assert_eq!((tally_of(&given, 2).score, tally_of(&given, 2).followed.agree), (1, 1));
}

#[test]
fn the_least_of_a_circle_goes_on() {
    let given = three().and(cast(1, 1, 1)).and(cast(2, 2, 1)).and(merged(1, 2)).and(merged(2, 1));
    assert_eq!(ranked(&given), [(1, 2), (3, 0)]);
}

#[test]
fn a_members_votes_are_found_by_idea() {
    let given = three().and(cast(1, 1, 1)).and(cast(2, 1, -1));
    let member = crate::given::member(1);
    let votes = votes_of(&given.snapshot(), &Viewer::Operator, member, &[idea(2), idea(3)]).unwrap();
    assert_eq!(votes, [(idea(2), -1)]);
}
