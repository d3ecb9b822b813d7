//! What is published over histories of three departments with sixty people each.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::super::adoption::{Phase, Segment, Step};
use super::super::deeds::Level;
use super::super::known::Known;
use super::super::tests::day_of;
use super::*;
use crate::batches::{given, registered, submitted};
use crate::given::{Built, History, department};
use domain::chart;
use domain::member as m;

const DAY: i64 = 86_400;
const K: Option<Threshold> = Threshold::try_new(5);
const LEVEL: ShareOf = ShareOf::Active(Level::Contributed);

/// Twelve weeks in which each week some contribute; late acts and people who move among them.
pub(in crate::figures) fn twelve_weeks(seed: u64) -> History {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let open = |n| chart::Opened {
        department: department(n),
        parent: Some(department(1)),
        name: "D".to_owned().into(),
    };
    let people = (3..=5).fold(given(), |history, n| history.and(open(n)));
    let member = |n: u64| registered(n, 3 + n % 3, "M".to_owned().into());
    let mut history = (10..190).fold(people, |history, n| history.and(member(n)));
    // From Monday 2023-11-20 on; the history begins on a Tuesday.
    history = history.later(5 * DAY);
    for week in 0..12 {
        let (share, late) = (rng.random_range(5..60), rng.random_range(0..3));
        for n in 10..190 {
            if rng.random_range(0..100) < share {
                history = history.by(n, 3 + n % 3).and(submitted(week * 1_000 + n));
            }
        }
        for n in 0..late * 30 {
            let by = 10 + n;
            history = history.by(by, 3 + by % 3).days_away(-9).and(submitted(week * 1_000 + 500 + n));
        }
        let mover = rng.random_range(10..190);
        let moved = m::Transferred {
            member: crate::given::member(mover),
            department: department(3 + (mover + 1) % 3),
            department_was: department(3 + mover % 3),
            valid_from: history.time(),
        };
        history = history.and(moved).later(7 * DAY);
    }
    history
}

fn sheet(built: &Built, known: &Arc<Known>, window: Window) -> Sheet {
    Sheet::new(built.views.clone(), Arc::clone(known), window, Chart::AsWas)
}

fn groups() -> Vec<Group> {
    let departments = [1, 3, 4, 5].map(|n| Group::Whole(department(n)));
    [&[Group::Organisation][..], &departments].concat()
}

/// What is published of a window to whoever knows so much.
fn told(built: &Built, known: &Arc<Known>, window: Window) -> Vec<Published<Proportion>> {
    let sheet = sheet(built, known, window);
    groups().into_iter().map(|group| sheet.share(LEVEL, group, K).unwrap()).collect()
}

/// What is told of each group holds of what it truly is.
fn holds_the_truth(told: &[Published<Proportion>], sheet: &Sheet) {
    for (told, group) in told.iter().zip(groups()) {
        let Published::Shown(truth) = sheet.share(LEVEL, group, None).unwrap() else { panic!("{group:?}") };
        let (from, to) = match told {
            Published::Shown(told) => (told.numerator, told.numerator),
            Published::Between(from, to) => (from.numerator, to.numerator),
            Published::Hidden(_) => (0, truth.denominator),
        };
        assert!((from..=to).contains(&truth.numerator), "{told:?} of {group:?}, truly {truth:?}");
    }
}

#[test]
fn a_window_says_nothing_before_it_is_over_and_at_a_later_cut_what_it_said_then() {
    let (mut shown, mut revised) = (0, 0);
    for seed in 0..12 {
        let history = twelve_weeks(seed);
        let built = history.views();
        let last = day_of(history.time());
        let read = |cut| Arc::new(Known::read(&built.views.snapshot().unwrap(), cut, &day_of).unwrap());
        let newest = read(last);
        for length in [Length::Week, Length::FourWeeks, Length::TwelveWeeks] {
            let newest_window = Window::containing(last, length).before(1);
            for window in (0..84 / length.days()).map(|back| newest_window.before(back)) {
                let open = told(&built, &read(Day(window.last.0 - 1)), window);
                assert!(
                    open.iter().all(|told| told.suppression() == Some(Suppression::WindowOpen)),
                    "{open:?}"
                );
                let (over, long_after) = (read(window.last), told(&built, &newest, window));
                let at_once = told(&built, &over, window);
                assert_eq!(at_once, told(&built, &newest.at(window.last), window), "{window:?}");
                let counts = |told: &[Published<Proportion>]| {
                    told.iter().filter(|told| told.shown().is_some()).count()
                };
                shown += counts(&at_once);
                revised += usize::from(at_once != long_after);
                holds_the_truth(&at_once, &sheet(&built, &over, window));
            }
        }
    }
    assert!(shown > 200 && revised > 5, "{shown} shown, {revised} revised");
}

#[test]
fn what_only_grows_is_rounded_for_everybody_alone() {
    let history = twelve_weeks(1);
    let built = history.views();
    let cut = day_of(history.time());
    let known = Arc::new(Known::read(&built.views.snapshot().unwrap(), cut, &day_of).unwrap());
    let sheet = sheet(&built, &known, Window::containing(cut, Length::FourWeeks).before(1));
    let contributed = |within| ShareOf::Step { to: Step::Contributed, within };
    for of in [contributed(None), contributed(Some(28))] {
        let told = sheet.share(of, Group::Organisation, K).unwrap();
        assert!(
            matches!(told, Published::Between(from, to) if from.numerator % 5 == 0 && to.numerator == from.numerator + 4),
            "{told:?}"
        );
        let of_department = sheet.share(of, Group::Whole(department(3)), K).unwrap();
        assert_eq!(of_department, Published::Hidden(Suppression::NotInGrid));
    }
    // By any other number of days it would tell of whom it took one more.
    let by_any = sheet.share(contributed(Some(29)), Group::Organisation, K).unwrap();
    assert_eq!(by_any, Published::Hidden(Suppression::NotInGrid));
}

#[test]
fn how_often_people_took_part_is_told_of_everybody_by_marks_with_many_between_them() {
    let (mut shown, mut between) = (0, 0);
    for seed in 0..12 {
        let history = twelve_weeks(seed);
        let built = history.views();
        let window = Window::containing(day_of(history.time()), Length::TwelveWeeks).before(1);
        let known = Known::read(&built.views.snapshot().unwrap(), window.last, &day_of).unwrap();
        let sheet = sheet(&built, &Arc::new(known), window);
        let of = |often, threshold| {
            sheet.share(ShareOf::Frequency(often), Group::Organisation, threshold).unwrap()
        };
        let mut exact = Vec::new();
        for often in 1..=12 {
            let Published::Shown(truth) = of(often, None) else { panic!("{often}") };
            match of(often, K) {
                Published::Shown(told) => exact.push((often, told.numerator)),
                Published::Between(from, to) => {
                    assert!((from.numerator..=to.numerator).contains(&truth.numerator), "{often}");
                    between += 1;
                }
                Published::Hidden(_) => {}
            }
        }
        let counts: Vec<u64> = exact.iter().map(|(_, count)| *count).chain([0]).collect();
        assert!(counts.windows(2).all(|two| two[0] - two[1] >= 10), "{exact:?}");
        shown += exact.len();
        let same = |often, other| {
            assert_eq!(of(often, K), sheet.share(other, Group::Organisation, K).unwrap());
        };
        same(1, PARTICIPATED);
        same(9, ShareOf::Habit);
        let of_department = sheet.share(ShareOf::Frequency(3), Group::Whole(department(3)), K).unwrap();
        assert_eq!(of_department, Published::Hidden(Suppression::NotInGrid));
    }
    assert!(shown > 20 && between > 40, "{shown} shown, {between} between");
}

/// Everything that compares a window with others.
fn comparing() -> impl Iterator<Item = ShareOf> {
    let phases = [Phase::New, Phase::Returning, Phase::Resurrecting, Phase::Dormant].map(ShareOf::Phase);
    let moves = Segment::ALL.into_iter().flat_map(|from| Segment::ALL.map(|to| ShareOf::Moved(from, to)));
    let ages = (0..3).flat_map(|back| (0..=back).map(move |after| (back, after)));
    let cohorts =
        ages.flat_map(|(back, after)| [ShareOf::Retained { back, after }, ShareOf::Departed { back, after }]);
    phases.into_iter().chain(moves).chain(cohorts)
}

#[test]
fn what_compares_windows_is_told_of_the_organisation_alone_and_never_changes() {
    let (mut told, mut shown) = (0, 0);
    for seed in 0..6 {
        let history = twelve_weeks(seed);
        let built = history.views();
        let last = day_of(history.time());
        let read = |cut| Arc::new(Known::read(&built.views.snapshot().unwrap(), cut, &day_of).unwrap());
        let newest = read(last);
        for length in [Length::Week, Length::FourWeeks] {
            let window = Window::containing(last, length).before(2);
            let (over, later) = (read(window.last), sheet(&built, &newest, window));
            let at_once = sheet(&built, &over, window);
            for of in comparing() {
                let share = at_once.share(of, Group::Organisation, K).unwrap();
                assert_eq!(share, later.share(of, Group::Organisation, K).unwrap(), "{of:?} of {window:?}");
                let department = at_once.share(of, Group::Whole(department(3)), K).unwrap();
                assert_eq!(department, Published::Hidden(Suppression::NotInGrid), "{of:?}");
                let truth = at_once.share(of, Group::Organisation, None).unwrap();
                let between = match share {
                    Published::Shown(told) => (told, told),
                    Published::Between(from, to) => (from, to),
                    Published::Hidden(_) => continue,
                };
                let Published::Shown(truth) = truth else { panic!("{of:?}") };
                let value = |of: Proportion| of.value().unwrap();
                let (from, to) = (value(between.0), value(between.1));
                assert!((from..=to).contains(&value(truth)), "{of:?}: {truth:?} told as {between:?}");
                told += 1;
                shown += usize::from(from == to);
            }
        }
    }
    assert!(told > 100 && shown > 10, "{told} told, {shown} as they are");
}
