//! Who is where, and what a late transfer corrects.

use super::*;
use crate::batches::{given, registered};
use crate::given::{History, department, history, member};
use domain::member::{Deactivated, Transferred};

fn transferred(valid_from: Time, to: u64) -> Transferred {
    let (department, department_was) = (department(to), department(1));
    Transferred { member: member(2), department, department_was, valid_from }
}

fn time(given: &History, seconds: i64) -> Time {
    Time::try_from_micros(given.time().micros() + seconds * 1_000_000).unwrap()
}

#[test]
fn each_event_writes() {
    let given = history().and(registered(2, 1, "Ana".to_owned().into()));
    let given = given.clone().and(transferred(given.time(), 2));
    let given = given.and(Deactivated { member: member(2), department: department(2) });
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put members member=2:2 registered_at=1700000001000000 account_at=- left_at=- listed_as="ana" revision=1 name="Ana" email=-
    update members member=2:2 revision=2
    update members member=2:2 left_at=1700000003000000
    put places member=2:2 valid_from=1700000001000000 department=1:1 taught_by=1
    put places member=2:2 valid_from=1700000001000000 department=1:2 taught_by=2
    "#);
}

#[test]
fn a_name_that_is_gone_is_not_there() {
    let given = history().and(registered(2, 1, Sealed::Gone));
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put members member=2:2 registered_at=1700000001000000 account_at=- left_at=- listed_as="" revision=1 name=- email=-
    put places member=2:2 valid_from=1700000001000000 department=1:1 taught_by=1
    "#);
    let found = members_by_ids(&given.snapshot(), &Viewer::Operator, &[member(2)]).unwrap();
    assert_eq!((&found[0].name, &found[0].email), (&None, &None));
}

#[test]
fn a_transfer_told_late_takes_its_place_among_those_known() {
    let given = given();
    let (sooner, later) = (time(&given, 10), time(&given, 20));
    let given = given.and(transferred(later, 2)).and(transferred(sooner, 1));
    let found = places(&given.snapshot(), &Viewer::Operator, &[member(2)]).unwrap();
    let ends: Vec<_> = found.iter().map(|place| (place.department, place.until)).collect();
    let (one, two) = (department(1), department(2));
    assert_eq!(ends, [(one, Some(sooner)), (one, Some(later)), (two, None)]);
    assert!(found[1].taught_by > found[2].taught_by);
    let at = |at| whereabouts(&given.snapshot(), &Viewer::Operator, &[member(2)], at).unwrap();
    assert_eq!(
        (at(Time::default()), at(sooner), at(later)),
        (vec![(member(2), one)], vec![(member(2), one)], vec![(member(2), two)])
    );
}

#[test]
fn a_department_counts_who_is_there_by_the_clock_and_has_not_left() {
    let given = given();
    let soon = time(&given, 10);
    let given =
        given.and(transferred(soon, 2)).and(Deactivated { member: member(4), department: department(1) });
    let snapshot = given.snapshot();
    let count = |n, at| headcount(&snapshot, department(n), at).unwrap();
    assert_eq!((count(1, given.time()), count(1, soon), count(2, soon)), (1, 0, 4));
    let listed = members_in(&snapshot, &Viewer::Operator, (&[department(2)], soon), &Paging::first(9))
        .unwrap()
        .remove(0);
    assert_eq!(listed.rows.len(), 4);
}

#[test]
fn members_are_listed_by_name() {
    let given = given().and(registered(6, 1, "ana".to_owned().into()));
    let page = members(&given.snapshot(), &Viewer::Operator, &Paging::first(2)).unwrap();
    assert_eq!((page.rows[0].id, page.rows[1].id, page.more), (member(6), member(1), true));
    assert_eq!(departments(&given.snapshot(), &Viewer::Operator).unwrap().len(), 2);
    assert_eq!(member_count(&given.snapshot(), &Viewer::Operator).unwrap(), 6);
}
