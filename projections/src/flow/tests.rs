//! From whose content, to whom.

use std::collections::BTreeSet;

use super::*;
use crate::batches::{commented, given, published};
use crate::given::{History, community, department, history, member, post};
use domain::member::Transferred;
use domain::sealed::Sealed;
use domain::time::Month;

fn acts(given: History) -> History {
    let given = given.by(1, 2).and(published(1, Audience::Members(vec![member(2), member(3)]), Sealed::Gone));
    let (author, community) = (member(1), Some(community(1)));
    let viewed = seen::Viewed {
        item: Item::Post(post(1)),
        author,
        community,
        month: Month(24_000),
        member: Sealed::Gone,
    };
    given.by(2, 1).and(commented(1, 1, None)).and(viewed)
}

#[test]
fn each_event_writes_also_when_who_saw_it_is_gone() {
    insta::assert_snapshot!(acts(history()).writes(&PROJECTION), @r#"
    upsert flow day=19675 known=19675 source=#2:1 source_department=4:1 published_on=4:1 receiver=#2:2 kind=0 count=+1
    upsert flow day=19675 known=19675 source=#2:1 source_department=4:1 published_on=4:1 receiver=#2:3 kind=0 count=+1
    upsert flow day=19675 known=19675 source=#2:1 source_department=4:1 published_on=4:1 receiver=#2:2 kind=2 count=+1
    upsert flow day=19675 known=19675 source=#2:1 source_department=4:1 published_on=4:1 receiver=#0:0 kind=1 count=+1
    "#);
}

#[test]
fn the_matrix_goes_from_the_department_of_publication_to_that_of_the_day() {
    let given = acts(given());
    let day_of = |at: Time| Day::from(at.utc().date_naive());
    let day = day_of(given.time());
    let within = |given: &History, within: Within<'_>| {
        let cells = matrix(&given.snapshot(), &Viewer::Operator, (day, day), within, &day_of).unwrap();
        cells.iter().map(|cell| (cell.source, cell.receiver, cell.kind, cell.count)).collect::<Vec<_>>()
    };
    let cells = |given: &History| within(given, Within::Everywhere);
    let (nobody, one, two) = (DepartmentId::default(), department(1), department(2));
    let expected = [
        (two, nobody, Kind::Viewed, 1),
        (two, one, Kind::Addressed, 1),
        (two, one, Kind::Commented, 1),
        (two, two, Kind::Addressed, 1),
    ];
    assert_eq!(cells(&given), expected);
    assert_eq!(within(&given, Within::Departments(&BTreeSet::from([one]))), expected[1..3]);
    // Told late that member 2 had been elsewhere on that day, the matrix follows.
    let valid_from = given.time();
    let moved = Transferred { member: member(2), department: two, department_was: one, valid_from };
    assert_eq!(cells(&given.and(moved))[1], (two, two, Kind::Addressed, 2));
}
