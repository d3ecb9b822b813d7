//! Campaigns and the votes that stand in them.

use super::*;
use crate::batches::{cast, given, opened, submitted};
use crate::given::{campaign, history};
use domain::campaign::Closed;
use domain::sealed::Sealed;

#[test]
fn each_event_writes_also_when_its_name_is_gone() {
    let mut gone = history().and(opened(1));
    if let Event::Campaign(Campaigned::Opened(e)) = &mut gone.events[0].event {
        e.name = Sealed::Gone;
    }
    let closed = Closed { campaign: campaign(1), author: crate::given::member(1) };
    insta::assert_snapshot!(gone.and(submitted(1)).and(cast(1, 2, 1)).and(closed).writes(&PROJECTION), @r#"
    put campaigns campaign=7:1 author=2:1 voting=1 budget=- opened_at=1700000001000000 closes_at=- closed_at=- ideas=0 agree=0 disagree=0 pass=0 revision=1 language=- topics=- mentions=- name=-
    update campaigns campaign=7:1 ideas=+1
    update campaigns campaign=7:1 agree=+1
    update campaigns campaign=7:1 closed_at=1700000004000000
    "#);
}

#[test]
fn the_newest_campaign_stands_first_with_its_votes() {
    let given = given().and(opened(2)).and(submitted(1)).and(cast(1, 2, 1)).and(cast(1, 3, 0));
    let page = campaigns(&given.snapshot(), &Viewer::Operator, &Paging::first(9)).unwrap();
    assert_eq!((page.rows[0].id, page.rows[1].id), (campaign(2), campaign(1)));
    let one = &by_ids(&given.snapshot(), &Viewer::Operator, &[campaign(1)]).unwrap()[0];
    assert_eq!((one.ideas, one.agree, one.disagree, one.pass), (1, 1, 0, 1));
    assert!(one.is_open(given.time()));
}
