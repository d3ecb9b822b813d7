//! Ideas as they stand.

use super::*;
use crate::batches::{cast, given, merged, submitted};
use crate::given::{History, campaign, history, idea, member};
use domain::idea::{Accepted, Implemented};
use domain::sealed::Sealed;

fn decided(given: History) -> History {
    let (campaign, author) = (campaign(1), member(3));
    given.and(Accepted { idea: idea(1), campaign, author, reason: Sealed::Gone }).and(Implemented {
        idea: idea(1),
        campaign,
        author,
        outcome: "Done.".to_owned().into(),
    })
}

#[test]
fn each_event_writes_also_when_the_reason_is_gone() {
    let given = decided(history().and(submitted(1))).and(merged(2, 1));
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put ideas idea=8:1 campaign=7:1 author=2:3 submitted_at=1700000001000000 stage=0 merged_into=- decided_at=- implemented_at=- edited_at=- revision=1 language=- topics=- mentions=- title="Idea 1" reason=- outcome=- body=""
    update ideas idea=8:1 stage=2 decided_at=1700000002000000 reason=-
    update ideas idea=8:1 stage=4 implemented_at=1700000003000000 outcome="Done."
    update ideas idea=8:2 merged_into=8:1
    "#);
}

#[test]
fn an_idea_shows_its_stage_its_tally_and_the_viewers_vote() {
    let given = decided(given().and(submitted(1)).and(submitted(2)).and(cast(1, 4, 1)));
    let snapshot = given.snapshot();
    let page = of_campaign(&snapshot, &Viewer::Member(member(4)), campaign(1), &Paging::first(1)).unwrap();
    let found = &page.rows[0];
    assert_eq!(
        (found.id, found.stage, found.own_vote, page.more),
        (idea(1), Stage::Implemented, Some(1), true)
    );
    assert_eq!((&found.reason, found.outcome.as_deref(), found.tally.score), (&None, Some("Done."), 1));
}

#[test]
fn pages_of_the_ranking_meet() {
    let given = given().and(submitted(1)).and(submitted(2)).and(submitted(3)).and(cast(2, 1, 1));
    let snapshot = given.snapshot();
    let first =
        rankings(&snapshot, &Viewer::Operator, &[campaign(1)], &Paging::first(2)).unwrap().remove(0).rows;
    let rest = Paging::after(first[1].rank(), 2);
    let rest = rankings(&snapshot, &Viewer::Operator, &[campaign(1)], &rest).unwrap().remove(0).rows;
    assert_eq!([first[0].id, first[1].id, rest[0].id], [idea(2), idea(1), idea(3)]);
}

#[test]
fn a_ranking_looks_up_no_row_of_its_tallies() {
    let plan = crate::given::plan(&given().snapshot(), &RANKING.sql(2, 3, false));
    assert!(plan.contains("t USING COVERING INDEX tallies_ranking"), "{plan}");
}
