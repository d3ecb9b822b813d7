//! How contents spread between departments, on how few people that rests, and what is looked for in vain.

use domain::community::{Access, AccessChanged};
use domain::membership::Joined;

use super::histories::{answered, asked, furnished, reacted, searched, viewed, written};
use super::*;
use crate::figures::publish::{Proportion, Suppression};
use crate::figures::waits::Waits;
use crate::flow::Kind;

// Members 1, 3 and 5 are in department 2, 2 and 4 in department 1 above it, 6 in department 3 beside them.
const COMMUNITY: Group = Group::Community(domain::id::CommunityId(uuid::Uuid::from_u64_pair(3, 1)));
const OURS: Group = Group::Whole(domain::id::DepartmentId(uuid::Uuid::from_u64_pair(1, 1)));

fn waits(history: &History, how: How) -> Waits {
    let figure = Figure::Diffusion { how, to: department(3) };
    match shown(history, Length::FourWeeks, figure, OURS) {
        Published::Shown(Value::Waits(waits)) => waits,
        other => panic!("{other:?}"),
    }
}

fn reach(history: &History, days: u32) -> (u64, u64) {
    match shown(history, Length::FourWeeks, Figure::Reach(days), Group::Organisation) {
        Published::Shown(Value::Proportion(Proportion { numerator, denominator })) => {
            (numerator, denominator)
        }
        other => panic!("{other:?}"),
    }
}

/// Two posts of member 1 on Monday 2023-11-27, a week before the end of four.
fn two_posts() -> History {
    let acts = furnished().later(13 * DAY).by(1, 2).and(written(1, 1, 1)).and(written(2, 1, 1));
    let window = Window::containing(today(&acts), Length::FourWeeks);
    assert_eq!(window.last, Day(today(&acts).0 + 6));
    acts
}

#[test]
fn what_one_department_publishes_takes_time_to_reach_another() {
    let acts = two_posts().by(2, 1).and(viewed(2, 2)).later(2 * DAY).by(6, 3).and(viewed(1, 6));
    let acts = acts.later(3 * DAY).and(answered(1, 1, 6)).later(DAY).by(2, 1).and(viewed(2, 2));
    let exposed = waits(&acts, How::Exposed);
    assert_eq!((exposed.count, exposed.happened, exposed.curve.median()), (2, 1, Some(2 * DAY as u64)));
    let took_part = waits(&acts, How::TookPart);
    assert_eq!((took_part.happened, took_part.curve.steps()[0].time), (1, 5 * DAY as u64));
}

#[test]
fn what_a_department_may_not_see_does_not_wait_for_it() {
    let access = Access::Request;
    let closed = AccessChanged { community: community(1), access, access_was: Access::Open };
    let acts = two_posts().and(closed);
    let figure = Figure::Diffusion { how: How::Exposed, to: department(3) };
    let hidden = shown(&acts, Length::FourWeeks, figure, OURS);
    assert_eq!(hidden, Published::Hidden(Suppression::TooLittleData));
    let inside = acts.and(Joined { community: community(1), member: member(6) });
    assert_eq!(waits(&inside, How::Exposed).count, 2);
}

#[test]
fn a_department_is_not_compared_with_a_part_of_it() {
    let figure = Figure::Diffusion { how: How::Exposed, to: department(2) };
    let hidden = shown(&two_posts(), Length::FourWeeks, figure, OURS);
    assert_eq!(hidden, Published::Hidden(Suppression::NotInGrid));
}

#[test]
fn of_those_who_could_be_reached_so_many_are_within_days_of_what_is_old_enough() {
    // Six people, one of whom is the author of both.
    let acts = two_posts().later(DAY).by(2, 1).and(viewed(1, 2)).later(5 * DAY).by(6, 3).and(viewed(1, 6));
    let acts = acts.and(viewed(2, 6)).and(written(3, 1, 1));
    assert_eq!([reach(&acts, 1), reach(&acts, 6)], [(1, 10), (3, 10)]);
    // The third is as old as no day.
    assert_eq!(reach(&acts, 0), (0, 15));
}

fn brokers(history: &History, leaving: u32, threshold: Option<Threshold>) -> Published<f64> {
    let built = history.views();
    let known = known(&built, today(history));
    let sheet = sheet(&built.views, &known, Length::FourWeeks, Chart::AsWas);
    let found = sheet.broker_dependency((OURS, department(3)), leaving, threshold).unwrap();
    found.map(|index| index.value)
}

#[test]
fn contact_between_departments_that_rests_on_one_is_lost_with_them() {
    // Post 1 is of member 1: all contact is with them.
    let acts = two_posts().by(6, 3).and(answered(1, 1, 6));
    assert_eq!(brokers(&acts, 0, None), Published::Shown(0.0));
    assert_eq!(brokers(&acts, 1, None), Published::Shown(1.0));
    let hidden = brokers(&acts, 1, Some(Threshold::default()));
    assert_eq!(hidden, Published::Hidden(Suppression::GroupTooSmall));
}

#[test]
fn of_few_who_would_leave_only_a_quarter_is_told() {
    // Members 101 to 130 of department 2 each know one of 131 to 160 of department 3.
    let register = |history: History, n: u64| {
        history.and(crate::batches::registered(n, if n <= 130 { 2 } else { 3 }, Sealed::Gone))
    };
    let people = (101..=160).fold(furnished(), register).later(13 * DAY);
    let acts = (101..=130).fold(people, |acts, n| {
        let letter = domain::post::Published {
            post: crate::given::post(n),
            author: member(n),
            kind: domain::post::Kind::Update,
            audience: Audience::Members(vec![member(n + 30)]),
            language: None,
            mentions: vec![],
            topics: vec![],
            pinned: false,
            body: Sealed::Gone,
        };
        acts.by(n, 2).and(letter)
    });
    let told = |leaving| brokers(&acts, leaving, Some(Threshold::default()));
    assert_eq!(told(9), Published::Between(0.25, 0.5));
    assert_eq!(told(15), Published::Shown(0.5));
}

#[test]
fn the_index_of_a_department_is_of_its_people_whoever_came_first() {
    // Member 1 is tied to one of their own department, to one above it and to one beside it.
    let answers = two_posts().by(3, 2).and(answered(1, 1, 3)).by(2, 1).and(answered(2, 1, 2));
    let acts = answers.by(6, 3).and(answered(3, 1, 6));
    let index = |group| match shown(&acts, Length::FourWeeks, Figure::Index(IndexOf::ExternalInternal), group)
    {
        Published::Shown(Value::Index(index)) => (3.0 * index.value).round(),
        other => panic!("{other:?}"),
    };
    let own = [1, 2, 3].map(|n| index(Group::Own(department(n))));
    assert_eq!(own, [3.0, 1.0, 3.0]);
    assert_eq!(index(OURS), -1.0);
    // Of one person it is of their ties: 1 has one within, 3 has no other.
    let one = [1, 3, 6].map(|n| index(Group::Member(member(n))));
    assert_eq!(one, [1.0, -3.0, 3.0]);
    // In a community, of the ties between those inside.
    let joined = [2, 3].map(|n| Joined { community: community(1), member: member(n) });
    let acts = joined.into_iter().fold(acts.clone(), History::and);
    let inside = shown(&acts, Length::FourWeeks, Figure::Index(IndexOf::ExternalInternal), COMMUNITY);
    assert!(matches!(inside, Published::Shown(Value::Index(index)) if index.value == 0.0), "{inside:?}");
}

fn demand(history: &History) -> Vec<(u64, u64, u64)> {
    let found = shown(history, Length::FourWeeks, Figure::UnmetDemand(1), Group::Organisation);
    let Published::Shown(Value::Matrix(matrix)) = found else { panic!("{found:?}") };
    let number = |id: domain::id::DepartmentId| (1..4).find(|n| department(*n) == id).unwrap();
    let cell = |cell: &crate::figures::matrix::Entry| {
        (number(cell.source), number(cell.receiver), *cell.acts.shown().unwrap())
    };
    matrix.cells.iter().map(cell).collect()
}

#[test]
fn what_is_looked_for_and_never_acted_upon_is_demand_without_flow() {
    let acts = two_posts().by(6, 3).and(viewed(1, 6)).and(viewed(2, 6)).and(searched(6, 2)).and(asked(3, 6));
    // Two looks, a search that found what is below department 1, a question where member 1 is.
    assert_eq!(demand(&acts), [(1, 3, 4)]);
    // Within a department there is no demand at another; what is acted upon flows.
    assert_eq!(demand(&acts.clone().by(2, 1).and(searched(2, 2)).and(viewed(1, 2))), [(1, 3, 4)]);
    assert_eq!(demand(&acts.and(answered(1, 1, 6))), []);
}

#[test]
fn kinds_of_acts_add_up_to_all_that_passed() {
    let addressed = published(4, Audience::Members(vec![member(2), member(6)]), Sealed::Gone);
    let acts = two_posts().by(1, 2).and(addressed).by(2, 1).and(answered(5, 1, 2)).and(reacted(1, 2));
    let acts = acts.by(6, 3).and(reacted(2, 6)).and(viewed(1, 6));
    let total = |kind| match shown(&acts, Length::FourWeeks, Figure::Matrix(1, kind), Group::Organisation) {
        Published::Shown(Value::Matrix(matrix)) => {
            let cells: u64 = matrix.cells.iter().filter_map(|cell| cell.acts.shown()).sum();
            assert_eq!(matrix.total, Some(cells));
            cells
        }
        other => panic!("{other:?}"),
    };
    let kinds = [Kind::Addressed, Kind::Commented, Kind::Reacted, Kind::SharedOn].map(Some);
    assert_eq!(kinds.map(total), [2, 1, 2, 0]);
    assert_eq!(total(None), 5);
}
