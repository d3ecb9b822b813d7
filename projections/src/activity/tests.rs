//! Whose acts are counted, and what is apart.

use super::*;
use crate::batches::{cast, submitted};
use crate::given::{history, organisation};
use domain::sealed::Sealed;
use domain::time::Month;

#[test]
fn people_are_counted_services_and_traces_apart_and_nobody_named_once_gone() {
    let signed_in =
        seen::SignedIn { organisation: organisation(1), month: Month(24_000), member: Sealed::Gone };
    let given = history().by(2, 1).and(submitted(1)).and(cast(1, 2, 1)).and(cast(2, 2, 1));
    let given = given.by_agent(Agent::Service).and(submitted(2)).by_agent(Agent::Person).and(signed_in);
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    upsert activity class=0 day=19675 member=2:2 department=1:1 act="idea.submitted" count=+1
    upsert activity class=0 day=19675 member=2:2 department=1:1 act="ballot.vote-cast" count=+1
    upsert activity class=0 day=19675 member=2:2 department=1:1 act="ballot.vote-cast" count=+1
    upsert activity class=1 day=19675 member=0:0 department=0:0 act="idea.submitted" count=+1
    upsert activity class=2 day=19675 member=0:0 department=0:0 act="seen.signed-in" count=+1
    "#);
    let snapshot = given.snapshot();
    let day = given.events[0].metadata.local_day;
    let count = |counted| {
        let rows = between(&snapshot, &Viewer::Operator, counted, (day, day)).unwrap();
        rows.iter().map(|row| row.count).collect::<Vec<_>>()
    };
    assert_eq!(
        (count(Counted::Acts), count(Counted::Automatic), count(Counted::Traces)),
        (vec![2, 1], vec![1], vec![1])
    );
}
