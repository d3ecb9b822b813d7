//! Figures over histories: of whom they are, as of when, and that nothing learned later changes what was known.

mod adoption;
mod attack;
mod histories;
mod ideas;
mod protected;
mod spaces;
mod spread;

use std::sync::Arc;

use domain::event::Event;
use domain::member as m;
use domain::time::{Day, Time};
use proptest::prelude::*;

use super::adoption::{Phase, Segment, Step};
use super::deeds::{How, Level};
use super::exchange::{Exchange, Pairs};
use super::figure::{Figure, Terms, Value};
use super::grid::{Length, Window};
use super::groups::Group;
use super::indices::IndexOf;
use super::known::Known;
use super::population::Chart;
use super::publish::{Published, Suppression};
use super::sheet::{FLOWS, ShareOf, Sheet};
use super::waits::{InTime, WaitFor};
use histories::{furnished, happened};

use crate::Views;
use crate::batches::{commented, given, published, registered, submitted};
use crate::given::{Built, History, community, department, member};
use crate::suppression::Threshold;
use domain::audience::Audience;
use domain::sealed::Sealed;

const DAY: i64 = 86_400;

pub(super) fn day_of(at: Time) -> Day {
    Day::from(at.utc().date_naive())
}

fn today(history: &History) -> Day {
    day_of(history.time())
}

fn known(built: &Built, cut: Day) -> Arc<Known> {
    Arc::new(Known::read(&built.views.snapshot().unwrap(), cut, &day_of).unwrap())
}

fn sheet(views: &Views, known: &Arc<Known>, length: Length, chart: Chart) -> Sheet {
    let window = Window::containing(known.cut(), length);
    Sheet::new(views.clone(), Arc::clone(known), window, chart)
}

fn transferred(n: u64, to: u64, was: u64, valid_from: Time) -> Event {
    let (department, department_was) = (department(to), department(was));
    m::Transferred { member: member(n), department, department_was, valid_from }.into()
}

/// Every share of people there is.
fn shares() -> Vec<ShareOf> {
    let steps = [Step::Access, Step::Activated, Step::Contributed, Step::Habit];
    let soon = [Step::Activated, Step::Contributed].map(|to| ShareOf::Step { to, within: Some(9) });
    let steps = steps.map(|to| ShareOf::Step { to, within: None });
    let phases = [Phase::New, Phase::Returning, Phase::Resurrecting, Phase::Dormant].map(ShareOf::Phase);
    let levels = [Level::Consumed, Level::Participated, Level::Contributed].map(ShareOf::Active);
    let segments = Segment::ALL.map(ShareOf::Segment);
    let moves = Segment::ALL.map(|from| ShareOf::Moved(from, Segment::Low));
    let often = [1, 3, 10].map(ShareOf::Frequency);
    let others = [ShareOf::Access, ShareOf::Activated, ShareOf::Habit, ShareOf::Silent];
    let cohorts = [(2, 1), (1, 1), (0, 0)]
        .map(|(back, after)| [ShareOf::Retained { back, after }, ShareOf::Departed { back, after }]);
    [&steps[..], &soon, &phases, &levels, &segments, &moves, &often, &others, &cohorts.concat()].concat()
}

#[test]
fn a_transfer_dated_back_moves_that_member_alone_and_their_acts_of_those_days() {
    // Members 1 and 3 are in department 2, member 2 in department 1.
    let post = published(1, Audience::Community(community(1)), Sealed::Gone);
    let acts = given().later(100 * DAY).by(1, 2).and(post).later(DAY).by(2, 1).and(commented(1, 1, None));
    let acts = acts.by(3, 2).and(commented(2, 1, None)).later(40 * DAY);
    let back = Time::try_from_micros(acts.time().micros() - 90 * DAY * 1_000_000).unwrap();
    let told = acts.clone().and(transferred(2, 2, 1, back));
    let cells = |history: &History, chart| {
        let built = history.views();
        let known = known(&built, today(&told));
        let snapshot = built.views.snapshot().unwrap();
        let all = Window { first: Day(0), last: known.cut() };
        let exchange = Exchange::read(&snapshot, &known, all, &FLOWS).unwrap();
        let levels = [1, 2].map(|n| (department(n), department(n))).into();
        let cells = Pairs::of(exchange.between(&known.population, chart)).acts_at(&levels);
        cells.into_iter().map(|((_, to), acts)| (to == department(1), acts)).collect::<Vec<_>>()
    };
    assert_eq!(cells(&acts, Chart::AsWas), [(true, 1), (false, 1)]);
    assert_eq!(cells(&told, Chart::AsWas), [(false, 2)]);
    assert_eq!(cells(&told, Chart::Restated), [(false, 2)]);
    // On the day itself nobody knew.
    assert_eq!(cells(&told, Chart::AsRecorded), [(true, 1), (false, 1)]);
}

#[test]
fn views_of_nothing_but_figures_know_when_and_where_contents_were_published() {
    // Member 1 goes from department 2 to 1 before anything is published.
    let post = published(1, Audience::Community(community(1)), Sealed::Gone);
    let moved = transferred(1, 1, 2, given().later(9 * DAY).time());
    let acts = given().later(10 * DAY).and(moved).by(1, 1).and(post).later(DAY).by(3, 2);
    let acts = acts.and(commented(1, 1, None)).later(DAY);
    let told = |built: Built| figures_told(&built.views, &known(&built, today(&acts)), Length::FourWeeks);
    assert_eq!(told(acts.views_of_figures()), told(acts.views()));
}

#[test]
fn as_recorded_a_move_that_is_told_late_does_not_end_a_later_one() {
    let at = |acts: &History, back: i64| {
        Time::try_from_micros(acts.time().micros() - back * DAY * 1_000_000).unwrap()
    };
    let acts = given().later(50 * DAY);
    let acts = acts.clone().and(transferred(2, 3, 1, at(&acts, 0))).later(10 * DAY);
    let acts =
        acts.clone().and(transferred(2, 2, 1, at(&acts, 40))).later(10 * DAY).by(1, 1).and(submitted(1));
    let built = acts.views();
    let known = known(&built, today(&acts));
    let on = |day: i32, chart| {
        let day = Day(today(&acts).0 - day);
        known.population.department(known.population.number(member(2)).unwrap(), day, chart)
    };
    // From the 20th day in department 2, as was learned on the 60th; from the 50th in department 3.
    let told = |days: [i32; 3], chart| days.map(|day| on(day, chart)).map(Option::unwrap);
    assert_eq!(told([60, 45, 5], Chart::AsWas), [1, 2, 3].map(department));
    assert_eq!(told([60, 45, 5], Chart::AsRecorded), [1, 1, 3].map(department));
}

#[test]
fn contributions_stay_with_the_department_in_which_they_were_made() {
    let moved = |acts: History| acts.clone().and(transferred(1, 3, 2, acts.time()));
    let acts = furnished().by(1, 2).and(submitted(1)).and(submitted(2)).later(DAY);
    let acts = moved(acts).by(1, 3).and(submitted(3)).by(2, 1).and(submitted(4));
    let elephant = Figure::Index(IndexOf::Elephant);
    let of = |group| match shown(&acts, Length::FourWeeks, elephant, group) {
        Published::Shown(Value::Index(index)) => (index.value as u64, index.count),
        other => panic!("{other:?}"),
    };
    // Two of four in department 2, one in each other.
    assert_eq!(of(Group::Organisation), (1, Some(3)));
    assert_eq!(of(Group::Own(department(2))), (1, Some(1)));
}

#[test]
fn where_a_threshold_protects_people_few_are_not_told() {
    let acts = given().by(1, 1).and(submitted(1));
    let built = acts.views();
    let known = known(&built, today(&acts));
    let sheet = sheet(&built.views, &known, Length::Week, Chart::AsWas);
    let of = ShareOf::Active(Level::Contributed);
    let hidden = sheet.share(of, Group::Organisation, Some(Threshold::default())).unwrap();
    assert!(hidden.suppression().is_some());
    let shown = sheet.share(of, Group::Organisation, None).unwrap();
    assert!(matches!(shown, Published::Shown(shown) if shown.numerator == 1));
}

#[test]
fn sums_are_told_by_departments_as_they_were_alone() {
    let acts = given().by(1, 1).and(submitted(1)).later(40 * DAY).and(submitted(2));
    let built = acts.views();
    let known = known(&built, today(&acts));
    let window = Window::containing(known.cut(), Length::FourWeeks).before(1);
    let told = |chart, figure: Figure, group| {
        let sheet = Sheet::new(built.views.clone(), Arc::clone(&known), window, chart);
        let terms = Terms { threshold: Some(Threshold::default()), ..terms(group, &known) };
        figure.of(&sheet, terms).unwrap().suppression()
    };
    let (department, everybody) = (Group::Whole(department(1)), Group::Organisation);
    for chart in [Chart::Restated, Chart::AsRecorded] {
        for (figure, group) in [
            (Figure::InTime(InTime::Answered), department),
            (Figure::Matrix(1, None), everybody),
            (Figure::CrossDepartment, everybody),
        ] {
            assert_eq!(told(chart, figure, group), Some(Suppression::NotInGrid), "{figure}");
            assert_ne!(told(Chart::AsWas, figure, group), Some(Suppression::NotInGrid), "{figure}");
        }
        let heaviest = Figure::Index(IndexOf::Heaviest);
        assert_ne!(
            told(chart, heaviest, everybody),
            Some(Suppression::NotInGrid),
            "people are everybody anyway"
        );
    }
    let first = Figure::Wait(WaitFor::Contribution);
    assert_eq!(told(Chart::AsWas, first, department), Some(Suppression::NotInGrid));
    assert_ne!(told(Chart::AsWas, first, everybody), Some(Suppression::NotInGrid));
}

/// What sheets tell of everybody, by each chart and group, and whom shares are about.
fn told(views: &Views, known: &Arc<Known>, length: Length) -> Vec<String> {
    let sheet = sheet(views, known, length, Chart::AsRecorded);
    let splits = shares().into_iter().map(|of| format!("{:?}", sheet.split(of).unwrap()));
    splits.chain(figures_told(views, known, length)).collect()
}

fn figures_told(views: &Views, known: &Arc<Known>, length: Length) -> Vec<String> {
    let sheets =
        [Chart::AsRecorded, Chart::AsWas, Chart::Restated].map(|chart| sheet(views, known, length, chart));
    let groups = [
        Group::Organisation,
        Group::Whole(department(1)),
        Group::Own(department(1)),
        Group::Whole(department(2)),
        Group::Whole(department(3)),
        Group::Community(community(1)),
    ];
    let tell = |figure: Figure| {
        let each = sheets.iter().flat_map(|sheet| {
            groups.map(|group| format!("{figure}: {:?}", figure.of(sheet, terms(group, known)).unwrap()))
        });
        each.collect::<Vec<_>>()
    };
    let terms = terms(Group::Organisation, known);
    let chance = sheets.iter().flat_map(|sheet| {
        let drawn = [Figure::Index(IndexOf::Gini { zeros: true }), Figure::Wait(WaitFor::Contribution)];
        let drawn = drawn.map(|figure| format!("{figure}: {:?}", sheet.interval(figure, terms).unwrap()));
        drawn.into_iter().chain([format!("{:?}", sheet.permutation(terms).unwrap())])
    });
    every().flat_map(tell).chain(chance).collect()
}

/// Every share of people, and of all other figures at least one.
fn every() -> impl Iterator<Item = Figure> {
    let to = [1, 2, 3].map(department);
    let diffusion = to.into_iter().flat_map(|to| {
        let how = [How::Exposed, How::TookPart].map(|how| Figure::Diffusion { how, to });
        how.into_iter().chain([Figure::Brokers { leaving: 1, to }])
    });
    let others = [Figure::Index(IndexOf::Gini { zeros: true }), Figure::Index(IndexOf::Heaviest)];
    let plain = Figure::plain().filter(|figure| !matches!(figure, Figure::Share(_)));
    shares().into_iter().map(Figure::Share).chain(plain).chain(others).chain(diffusion)
}

fn terms(group: Group, known: &Known) -> Terms {
    let until = Time::try_from_micros(i64::from(known.cut().0 + 1) * DAY * 1_000_000).unwrap();
    Terms { group, threshold: None, until, closed: [until; 5], version: None }
}

/// A figure of the window that the last day of a history is in, as known then, with nothing hidden.
fn shown(history: &History, length: Length, figure: Figure, group: Group) -> Published<Value> {
    let built = history.views();
    let known = known(&built, today(history));
    let sheet = sheet(&built.views, &known, length, Chart::AsWas);
    figure.of(&sheet, terms(group, &known)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn figures_of_a_cut_are_those_of_the_journal_as_it_was_then(
        acts in prop::collection::vec((0..20u8, 1..6u64, 1..4u64, 0..9i64, 0..40i64), 1..40),
        back in 0..60i32,
        length in prop::sample::select(Length::ALL.to_vec()),
    ) {
        let whole = acts.into_iter().zip(100..).fold(furnished(), happened);
        let cut = Day(today(&whole).0 - back);
        let mut newest = None;
        let prefix = whole.events.iter().take_while(|event| {
            newest = newest.max(Some(event.metadata.local_day));
            newest <= Some(cut)
        });
        let mut then = whole.clone();
        then.events = prefix.cloned().collect();
        prop_assume!(!then.events.is_empty());
        let (whole, then, alone) = (whole.views_in_batches(7), then.views(), then.views_of_figures());
        let now = known(&whole, cut);
        prop_assert_eq!(told(&whole.views, &now, length), told(&then.views, &known(&then, cut), length));
        // So are those of views of nothing but figures, in which people have other numbers.
        let figures = figures_told(&alone.views, &known(&alone, cut), length);
        prop_assert_eq!(figures_told(&whole.views, &now, length), figures);
        // So are those that a later cut tells of an earlier one.
        let later = known(&whole, Day(cut.0 + 90)).at(cut);
        prop_assert_eq!(told(&whole.views, &now, length), told(&whole.views, &later, length));
    }
}
