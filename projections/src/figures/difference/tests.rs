//! Parts of differences: each by itself, and together always the whole.

use domain::member as m;
use domain::time::Day;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::super::deeds::Level;
use super::super::grid::{Length, Window};
use super::super::groups::Group;
use super::super::known::Known;
use super::super::population::Chart;
use super::super::sheet::ShareOf;
use super::super::tests::day_of;
use super::*;
use crate::batches::{given, submitted};
use crate::given::{Built, History, department, member};

const DAY: i64 = 86_400;
const ACTIVE: Figure = Figure::Share(ShareOf::Active(Level::Contributed));

fn today(history: &History) -> Day {
    day_of(history.time())
}

fn transferred(n: u64, to: u64, was: u64, days_back: i64, history: &History) -> m::Transferred {
    let valid_from = Time::try_from_micros(history.time().micros() - days_back * DAY * 1_000_000).unwrap();
    let (department, department_was) = (department(to), department(was));
    m::Transferred { member: member(n), department, department_was, valid_from }
}

fn sheet(built: &Built, cut: Day, window: Window) -> Sheet {
    let known = Known::read(&built.views.snapshot().unwrap(), cut, &day_of).unwrap();
    Sheet::new(built.views.clone(), Arc::new(known), window, Chart::AsWas)
}

/// A figure at two cuts, and the parts of what lies between.
fn compared(
    built: &Built,
    window: Window,
    (first, last): (Day, Day),
    (figure, group): (Figure, Group),
) -> ([Proportion; 2], [(Cause, Change); 4]) {
    let end = |day: Day| Time::try_from_micros(i64::from(day.0 + 1) * DAY * 1_000_000).unwrap();
    let terms = |cut| Terms { group, threshold: None, until: end(cut), closed: [end(cut); 5], version: None };
    let (earlier, later) = (sheet(built, first, window), sheet(built, last, window));
    let ends = Ends { earlier: end(first), later: end(last) };
    let parts = explained(figure, (&earlier, &later), terms(first), ends).unwrap().unwrap();
    (
        [(earlier, first), (later, last)].map(|(sheet, cut)| counted(figure, &sheet, terms(cut)).unwrap()),
        parts,
    )
}

#[test]
fn a_transfer_dated_ninety_days_back_moves_that_member_and_their_acts_and_is_said_to() {
    // Members 1, 3 and 5 are in department 2, 2 and 4 in department 1, which is above it.
    let acts = given().later(100 * DAY).by(1, 2).and(submitted(1)).by(2, 1).and(submitted(2)).later(40 * DAY);
    let window = Window::containing(Day(today(&acts).0 - 40), Length::FourWeeks);
    let first = today(&acts);
    let acts = acts.later(DAY);
    let moved = transferred(2, 2, 1, 90, &acts);
    let acts = acts.and(moved);
    let built = acts.views();
    let cuts = (first, today(&acts));
    let (values, parts) = compared(&built, window, cuts, (ACTIVE, Group::Own(department(1))));
    assert_eq!(values.map(|value| (value.numerator, value.denominator)), [(1, 2), (0, 1)]);
    assert_eq!(parts[2], (Cause::Transfers, Change { numerator: -1, denominator: -1 }));
    assert_eq!([0, 1, 3].map(|at: usize| parts[at].1), [Change::default(); 3]);
    let (_, parts) = compared(&built, window, cuts, (ACTIVE, Group::Whole(department(1))));
    assert_eq!(parts.map(|(_, change)| change), [Change::default(); 4], "nobody left the whole");
}

#[test]
fn who_left_is_told_apart_from_who_moved() {
    let acts = given().later(10 * DAY).by(1, 2).and(submitted(1)).by(2, 1).and(submitted(2));
    let (first, window) = (today(&acts), Window::containing(today(&acts), Length::FourWeeks));
    let moved = transferred(2, 2, 1, 0, &acts.clone().later(DAY));
    let left = m::Deactivated { member: member(1), department: department(2) };
    let built = acts.later(DAY).and(left).and(moved).views();
    let of_two = (ACTIVE, Group::Own(department(2)));
    let (values, parts) = compared(&built, window, (first, Day(first.0 + 1)), of_two);
    assert_eq!(values.map(|value| (value.numerator, value.denominator)), [(1, 3), (1, 3)]);
    let one = |sign| Change { numerator: sign, denominator: sign };
    assert_eq!(parts[2..], [(Cause::Transfers, one(1)), (Cause::People, one(-1))]);
}

#[test]
fn late_acts_and_new_ones_are_told_apart() {
    let acts = given().later(10 * DAY).by(1, 2).and(submitted(1));
    let (first, window) = (today(&acts), Window::containing(today(&acts), Length::FourWeeks));
    let acts = acts.later(DAY).by(2, 1).and(submitted(2)).by(3, 2).days_away(-2).and(submitted(3));
    let built = acts.views();
    let (values, parts) = compared(&built, window, (first, today(&acts)), (ACTIVE, Group::Organisation));
    assert_eq!(values.map(|value| value.numerator), [1, 3]);
    assert_eq!(parts[..2].iter().map(|(_, change)| change.numerator).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn parts_add_up_over_random_histories() {
    let mut some = 0;
    for seed in 0..60 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut history = given().later(3 * DAY);
        let mut days = vec![];
        for number in 0..40 {
            let (by, to) = (rng.random_range(1..6), rng.random_range(1..3));
            history = history.later(rng.random_range(0..4) * DAY).by(by, 1 + by % 2);
            history = match rng.random_range(0..6) {
                0 => {
                    let moved = transferred(by, to, 1 + to % 2, rng.random_range(0..50), &history);
                    history.and(moved)
                }
                1 => history.and(m::Deactivated { member: member(by), department: department(to) }),
                2 => history.days_away(-rng.random_range(1..30)).and(submitted(100 + number)),
                _ => history.and(submitted(100 + number)),
            };
            days.push(today(&history));
        }
        let built = history.views();
        let (first, last) = (days[rng.random_range(5..30)], days[39]);
        let length = Length::ALL[rng.random_range(1..4)];
        let window = Window::containing(first, length);
        let figures = [
            "contributed-share",
            "habit",
            "activation",
            "headcount",
            "lifecycle:new",
            "participation-split",
            "cohort-retention:1-1",
            "cohort-retention:1-1-left",
            "shared-space-share",
            "cross-department-share",
            "ideas-implemented",
        ];
        for figure in figures.map(|name| name.parse::<Figure>().unwrap()) {
            for group in [Group::Organisation, Group::Own(department(1)), Group::Whole(department(2))] {
                let ([was, is], parts) = compared(&built, window, (first, last), (figure, group));
                let sum = parts.iter().fold(Change::default(), |sum, (_, part)| Change {
                    numerator: sum.numerator + part.numerator,
                    denominator: sum.denominator + part.denominator,
                });
                assert_eq!(sum, Change::between(was, is), "{figure} of {group:?}, {seed}");
                some += parts.iter().filter(|(_, part)| *part != Change::default()).count();
            }
        }
    }
    assert!(some > 300, "{some} parts");
}
