//! Whose acts are counted, what is apart, and how many different people there were.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::batches::{cast, submitted};
use crate::digest::digest;
use crate::given::{History, assert_indexed, department, history, member, organisation};
use domain::sealed::Sealed;
use domain::time::Month;

fn signed_in(member: Sealed<MemberId>) -> Event {
    seen::SignedIn { organisation: organisation(1), month: Month(24_000), member }.into()
}

fn acts() -> History {
    let given = history().by(2, 1).and(submitted(1)).and(cast(1, 2, 1)).and(cast(2, 2, 1));
    given.by_agent(Agent::Service).and(submitted(2)).by_agent(Agent::Person).and(signed_in(Sealed::Gone))
}

#[test]
fn people_are_counted_services_and_traces_apart_and_nobody_named_once_gone() {
    let given = acts();
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    upsert activity class=0 day=19675 member=2:2 department=1:1 act="idea.submitted" count=+1
    upsert activity class=0 day=19675 member=2:2 department=1:1 act="ballot.vote-cast" count=+1
    upsert activity class=0 day=19675 member=2:2 department=1:1 act="ballot.vote-cast" count=+1
    upsert activity class=1 day=19675 member=0:0 department=0:0 act="idea.submitted" count=+1
    upsert activity class=2 day=19675 member=0:0 department=0:0 act="seen.signed-in" count=+1
    upsert active_days class=0 day=19675 department=1:1 count=+1 members=+{"2:2"}
    upsert active_days class=0 day=19675 department=1:1 count=+1 members=+{"2:2"}
    upsert active_days class=0 day=19675 department=1:1 count=+1 members=+{"2:2"}
    upsert active_days class=1 day=19675 department=0:0 count=+1 members=+{}
    upsert active_days class=2 day=19675 department=0:0 count=+1 members=+{}
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

#[test]
fn a_day_says_how_much_was_done_and_by_how_many_who_can_be_named() {
    let day_after = acts().later(86_400).by(3, 2).and(submitted(3)).by(2, 2).and(signed_in(member(2).into()));
    let snapshot = day_after.snapshot();
    let (first, last) = (day_after.events[0].metadata.local_day, day_after.events[6].metadata.local_day);
    let of = |day, count, members| Total { day, count, members };
    let days =
        |counted| by_day(&snapshot, &Viewer::Operator, counted, (first, last), Within::Everywhere).unwrap();
    assert_eq!(days(Counted::Acts), [of(first, 3, 1), of(last, 1, 1)]);
    assert_eq!(days(Counted::Automatic), [of(first, 1, 0)]);
    assert_eq!(days(Counted::Traces), [of(first, 1, 0), of(last, 1, 1)]);
    assert_indexed(&snapshot, DAYS_SQL);
}

/// One thing that happens: what kind, by whom of which department, and how many hours after the one before.
type Act = (u8, u64, u64, i64);

fn happened(given: History, (kind, by, at, hours): Act) -> History {
    let given = given.later(hours * 3_600).by(by, at);
    match kind {
        0 => given.by_agent(Agent::Service).and(submitted(2)),
        1 => given.and(signed_in(Sealed::Gone)),
        2 => given.and(signed_in(member(by).into())),
        _ => given.and(cast(1, by, 1)),
    }
}

/// Who is named in the rows a member.
fn counted_plainly(rows: &[Activity], of: impl Fn(&Activity) -> bool) -> u64 {
    let named = rows.iter().filter(|row| of(row) && row.member != MemberId::default());
    named.map(|row| row.member).collect::<BTreeSet<_>>().len() as u64
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn different_people_are_as_many_as_the_rows_name(
        acts in prop::collection::vec((0..6u8, 1..9u64, 1..4u64, 0..30i64), 1..80),
        (skipped, taken) in (0..4i32, 0..12i32),
        size in 1..40usize,
    ) {
        // Nobody votes on what is not there yet.
        let given = acts.into_iter().fold(history().by(1, 1).and(submitted(1)), happened);
        let (one_batch, batches) = (given.views(), given.views_in_batches(size));
        let (snapshot, same) = (one_batch.views.snapshot().unwrap(), batches.views.snapshot().unwrap());
        prop_assert_eq!(digest(&snapshot).unwrap(), digest(&same).unwrap());
        let from = Day(given.events[0].metadata.local_day.0 + skipped);
        let days = (from, Day(from.0 + taken));
        let viewer = Viewer::Operator;
        for counted in [Counted::Acts, Counted::Automatic, Counted::Traces] {
            let rows = between(&snapshot, &viewer, counted, days).unwrap();
            let all = distinct_members(&snapshot, &viewer, counted, days, Within::Everywhere).unwrap();
            prop_assert_eq!(all, counted_plainly(&rows, |_| true));
            let by_department = distinct_members_by_department(&snapshot, &viewer, counted, days).unwrap();
            let plainly = (1..4).map(department).map(|d| (d, counted_plainly(&rows, |row| row.department == d)));
            let (two, row_in) = (BTreeSet::from([1, 2].map(department)), |row: &Activity| row.department != department(3));
            let in_two = distinct_members(&snapshot, &viewer, counted, days, Within::Departments(&two)).unwrap();
            prop_assert_eq!(in_two, counted_plainly(&rows, |row| row_in(row) && row.department != DepartmentId::default()));
            prop_assert_eq!(by_department, plainly.filter(|(_, members)| *members > 0).collect::<Vec<_>>());
            for total in by_day(&snapshot, &viewer, counted, days, Within::Everywhere).unwrap() {
                let of_day: Vec<_> = rows.iter().filter(|row| row.day == total.day).cloned().collect();
                prop_assert_eq!(total.members, counted_plainly(&of_day, |_| true));
                prop_assert_eq!(total.count, of_day.iter().map(|row| row.count).sum::<u64>());
            }
        }
    }
}
