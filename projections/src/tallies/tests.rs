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
    let page = ideas::rankings(&given.snapshot(), &Viewer::Operator, &[campaign(1)], &Paging::first(10))
        .unwrap()
        .remove(0);
    page.rows.iter().map(|idea| (idea.id.0.as_u64_pair().1, idea.tally.score)).collect()
}

#[test]
fn each_event_writes() {
    let writes = history_of_votes().writes(&PROJECTION);
    insta::assert_snapshot!(writes, @r#"
    put tallies idea=8:1 campaign=7:1 submitted_at=1700000001000000 merged=0 penalty=0 agree=0 disagree=0 pass=0 sum=0 followed_agree=0 followed_disagree=0 followed_pass=0 followed_sum=0
    update tallies idea=8:1 penalty=+1 disagree=+1 sum=-1
    update tallies idea=8:1 penalty=-1 disagree=-1 sum=+1
    put votes idea=8:1 member=2:2 value=-1 at=1700000002000000 revision=2
    delete votes idea=8:1 member=2:2
    put merges idea=8:1 campaign=7:1 target=8:2
    execute merge 8:1 7:1
    "#);
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
