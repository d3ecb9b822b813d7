//! Each rule of shares by itself, with a threshold of five.

use std::ops::Range;

use super::*;

const K: Option<Threshold> = Threshold::try_new(5);
const HIDDEN: Decision = Decision::Hidden(Suppression::Complementary);

/// People, of whom the first acted.
fn cell(people: Range<u32>, acted: u32) -> Cell {
    let first = people.start;
    Cell { eligible: people.collect(), acted: (first..first + acted).collect() }
}

fn united(cells: &[Cell]) -> Cell {
    let all = everybody(cells.iter());
    Cell { eligible: all.asked, acted: all.acted }
}

fn group(kind: Kind, cell: Cell) -> Group {
    Group { kind, cell, within: vec![] }
}

/// A department with all below it, then the departments below.
fn family(parts: &[Cell]) -> Vec<Group> {
    let parts = parts.iter().cloned();
    [united(&parts.clone().collect::<Vec<_>>())]
        .into_iter()
        .chain(parts)
        .map(|cell| group(Kind::Department, cell))
        .collect()
}

#[test]
fn a_number_is_shown_where_enough_acted_and_enough_did_not() {
    let alone = |people, acted| decide(K, &[group(Kind::Department, cell(0..people, acted))])[0];
    for acted in 0..=20 {
        let expected = match acted {
            0..=4 => Decision::Band { from: 0, to: 4 },
            5..=15 => Decision::Shown,
            _ => Decision::Band { from: 16, to: 20 },
        };
        assert_eq!(alone(20, acted), expected, "{acted} of 20");
    }
    assert_eq!(alone(9, 4), Decision::Band { from: 0, to: 4 });
    assert_eq!(alone(9, 5), Decision::Band { from: 5, to: 9 });
    for acted in 0..=8 {
        assert_eq!(alone(8, acted), Decision::Hidden(Suppression::GroupTooSmall), "{acted} of 8");
    }
}

#[test]
fn what_is_hidden_below_a_number_has_another_beside_it() {
    let decided = decide(K, &family(&[cell(0..30, 15), cell(30..50, 10), cell(50..70, 2)]));
    assert_eq!(decided, [Decision::Shown, Decision::Shown, HIDDEN, HIDDEN]);
    let decided = decide(K, &family(&[cell(0..30, 15), cell(30..50, 10), cell(50..70, 10)]));
    assert_eq!(decided, [Decision::Shown; 4]);
}

#[test]
fn a_small_group_is_not_found_by_subtraction() {
    let decided = decide(K, &family(&[cell(0..30, 15), cell(30..50, 10), cell(50..53, 1)]));
    assert_eq!(
        decided,
        [Decision::Shown, Decision::Shown, HIDDEN, Decision::Hidden(Suppression::GroupTooSmall)]
    );
}

#[test]
fn the_rest_beside_a_secret_leaves_it_as_many_counts_as_the_threshold() {
    // Together 6 of 20, which could be shown; but of the three beside it at most three acted.
    let decided = decide(K, &family(&[cell(0..30, 15), cell(30..47, 4), cell(47..50, 2)]));
    assert_eq!(decided[..3], [Decision::Shown, HIDDEN, HIDDEN]);
}

#[test]
fn communities_that_leave_one_person_over_are_not_shown() {
    let half = |people: Range<u32>| Cell {
        acted: people.clone().filter(|person| person % 2 == 0).collect(),
        eligible: people.collect(),
    };
    let groups = [0..41, 0..20, 20..40].map(|people| group(Kind::Community, half(people)));
    assert_eq!(decide(K, &groups), [Decision::Shown, Decision::Shown, HIDDEN]);
}

#[test]
fn another_chart_is_shown_where_many_moved_or_nobody() {
    let was = family(&[cell(0..30, 15), cell(30..60, 15)]);
    let redrawn = |moved: &[u32]| {
        let mut now = was[1].cell.clone();
        for person in moved {
            now.eligible.insert(*person);
            now.acted.extend(was[2].cell.acted.contains(*person).then_some(*person));
        }
        let groups = [was.clone(), vec![group(Kind::Redrawn, now)]].concat();
        decide(K, &groups)[3]
    };
    assert_eq!(redrawn(&[]), Decision::Shown);
    assert_eq!(redrawn(&[30, 31, 50]), HIDDEN);
    assert_eq!(redrawn(&[30, 31, 32, 33, 34, 50, 51, 52, 53, 54]), Decision::Shown);
}

#[test]
fn a_window_does_not_tell_the_one_part_of_it_that_is_hidden() {
    let week = |parts: Vec<Within>| {
        let group = Group { within: vec![parts], ..group(Kind::Department, cell(0..60, 20)) };
        decide(K, &[group])[0]
    };
    assert_eq!(week(vec![Within::Shown(9), Within::Shown(9), Within::AtMost(60)]), HIDDEN);
    assert_eq!(week(vec![Within::Shown(9), Within::Shown(11), Within::AtMost(60)]), Decision::Shown);
    assert_eq!(week(vec![Within::Shown(9), Within::AtMost(60), Within::AtMost(60)]), Decision::Shown);
    assert_eq!(week(vec![Within::Shown(9), Within::Shown(9)]), Decision::Shown);
}

/// What becomes of departments once more acted: their first people stand before, so many more after.
fn revised(parts: &[(Range<u32>, u32, u32)]) -> Vec<Decision> {
    let before =
        family(&parts.iter().map(|(people, then, _)| cell(people.clone(), *then)).collect::<Vec<_>>());
    let now = family(
        &parts.iter().map(|(people, then, late)| cell(people.clone(), then + late)).collect::<Vec<_>>(),
    );
    assert_eq!(decide(K, &before), vec![Decision::Shown; before.len()]);
    revise(K, &now, &[before.into_iter().map(|group| Some(group.cell)).collect()])
}

#[test]
fn a_number_stands_until_enough_people_changed() {
    use Decision::{Shown, Stands};
    assert_eq!(revised(&[(0..40, 10, 6), (40..80, 10, 5)]), [Shown; 3]);
    assert_eq!(revised(&[(0..40, 10, 4), (40..80, 10, 0)]), [Stands; 3]);
    assert_eq!(revised(&[(0..40, 10, 8), (40..80, 10, 1)]), [Shown, Stands, Stands]);
    assert_eq!(revised(&[(0..40, 10, 8), (40..80, 10, 0)]), [Shown, Shown, Stands]);
}

#[test]
fn what_was_not_shown_first_is_not_shown_later() {
    let now = family(&[cell(0..40, 20), cell(40..80, 20)]);
    let was = family(&[cell(0..40, 10), cell(40..80, 10)]);
    let mut before: Vec<Option<Cell>> = was.into_iter().map(|group| Some(group.cell)).collect();
    before[2] = None;
    assert_eq!(revise(K, &now, &[before])[2], Decision::Stands);
}

#[test]
fn without_a_threshold_everything_is_shown() {
    let groups = family(&[cell(0..2, 1), cell(2..3, 0)]);
    assert_eq!(decide(None, &groups), [Decision::Shown; 3]);
    assert_eq!(revise(None, &groups, &[]), [Decision::Shown; 3]);
}
