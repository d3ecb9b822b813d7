//! Somebody who sees all sums of acts that are published of a window, and solves for those that are not: linear programs
//! over what departments did to each other, and over what people of departments did in communities.

use std::collections::{BTreeSet, HashMap};

use domain::chart;
use domain::id::DepartmentId;
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome};

use super::*;
use crate::figures::matrix::Matrix;
use crate::figures::publish::Proportion;
use crate::figures::sums::{Counted, Told};
use crate::suppression::totals::Evidence;

const K: u32 = 5;
/// Two departments at the top, two below the first, one below the second, one below that.
const ABOVE: [Option<u64>; 6] = [None, Some(1), Some(1), None, Some(4), Some(5)];
const MEMBERS: u64 = 60;

/// Sixty people in six departments, of very different sizes.
fn organisation() -> (Built, Arc<Known>) {
    let mut history = crate::given::history();
    for (n, above) in (1..).zip(ABOVE) {
        let parent = above.map(department);
        history = history.and(chart::Opened { department: department(n), parent, name: Sealed::Gone });
    }
    for n in 1..=MEMBERS {
        let department = department(department_of(n));
        history = history.and(m::Registered {
            member: member(n),
            department,
            name: Sealed::Gone,
            email: Sealed::Gone,
        });
    }
    let history = history.later(40 * DAY).by(1, 1).and(submitted(1));
    let built = history.views();
    let known = known(&built, Window::containing(today(&history), Length::FourWeeks).before(1).last);
    (built, known)
}

fn department_of(member: u64) -> u64 {
    match member {
        1..=20 => 2,
        21..=27 => 3,
        28..=32 => 1,
        33..=45 => 4,
        46..=56 => 5,
        _ => 6,
    }
}

/// Which departments are in one with all below it.
fn within(top: u64) -> Vec<u64> {
    let is_below = |mut at: u64| loop {
        if at == top {
            return true;
        }
        match ABOVE[at as usize - 1] {
            Some(above) => at = above,
            None => return false,
        }
    };
    (1..=6).filter(|at| is_below(*at)).collect()
}

/// Unknowns, each not negative, and what is known of their sums.
#[derive(Default)]
struct System {
    least: Vec<f64>,
    sums: Vec<(Vec<usize>, ComparisonOp, f64)>,
}

impl System {
    fn says(&mut self, of: Vec<usize>, op: ComparisonOp, sum: u64) {
        self.sums.push((of, op, sum as f64));
    }

    fn optimum(&self, of: &[usize], direction: OptimizationDirection) -> Option<f64> {
        let mut problem = Problem::new(direction);
        let weight = |at: usize| if of.contains(&at) { 1.0 } else { 0.0 };
        let variables: Vec<_> = self
            .least
            .iter()
            .enumerate()
            .map(|(at, least)| problem.add_var(weight(at), (*least, f64::INFINITY)))
            .collect();
        for (of, op, sum) in &self.sums {
            problem.add_constraint(of.iter().map(|at| (variables[*at], 1.0)), *op, *sum);
        }
        match problem.solve() {
            Ok(SolveOutcome::Solution(solution)) => Some(solution.objective()),
            Err(microlp::Error::Unbounded) => None,
            other => panic!("{other:?}"),
        }
    }

    /// How far apart the sums are that some unknowns may have.
    fn width(&self, of: &[usize]) -> f64 {
        let least = self.optimum(of, OptimizationDirection::Minimize).expect("there is a least");
        // Without an upper bound it is as wide as can be.
        self.optimum(of, OptimizationDirection::Maximize).map_or(f64::INFINITY, |most| most - least)
    }
}

type Tie = (u64, u64, u64);

/// Where something passed there is a cell, shown or not; elsewhere nothing did, but between departments of few, of which
/// nothing is told.
fn named(system: &mut System, pairs: &[(u64, u64)], finest: &Matrix) {
    let own: HashMap<DepartmentId, u64> = (1..=6).map(|n| (department(n), n)).collect();
    let named: BTreeSet<(u64, u64)> =
        finest.cells.iter().map(|cell| (own[&cell.source], own[&cell.receiver])).collect();
    let small: Vec<u64> = finest.small.iter().map(|id| own[id]).collect();
    for (at, pair) in pairs.iter().enumerate() {
        if small.contains(&pair.0) || small.contains(&pair.1) {
            assert!(!named.contains(pair), "{pair:?} is told of few");
        } else if named.contains(pair) {
            system.least[at] = 1.0;
        } else {
            system.says(vec![at], ComparisonOp::Eq, 0);
        }
    }
}

/// What the cells of a matrix say, those that are there and those that are not.
fn cells(
    matrix: &Matrix,
    of: impl Fn(DepartmentId, DepartmentId) -> Vec<usize>,
    system: &mut System,
    (hidden, nothing): (&mut Vec<Vec<usize>>, &mut BTreeSet<usize>),
) {
    for cell in &matrix.cells {
        let unknowns = of(cell.source, cell.receiver);
        match cell.acts.shown() {
            Some(acts) => system.says(unknowns, ComparisonOp::Eq, *acts),
            None => hidden.push(unknowns),
        }
    }
    let each = |from: DepartmentId| matrix.departments.iter().map(move |to| (from, *to));
    for (from, to) in matrix.departments.iter().flat_map(|from| each(*from)) {
        let is_named = matrix.cells.iter().any(|cell| (cell.source, cell.receiver) == (from, to));
        if matrix.small.contains(&from) || matrix.small.contains(&to) {
            hidden.push(of(from, to));
        } else if !is_named {
            // Between many nothing passed, so it did not between few of them.
            nothing.extend(of(from, to));
        }
    }
}

/// What is published of ties, as equations over what passed between departments as they are.
fn seen(sheet: &Sheet, ties: &[Tie]) -> (System, Vec<(Vec<usize>, Evidence)>) {
    let pairs: Vec<(u64, u64)> = (1..=6).flat_map(|from| (1..=6).map(move |to| (from, to))).collect();
    let threshold = Threshold::try_new(K);
    let shown = |group, level| match sheet.matrix(group, (level, None), threshold).unwrap() {
        Published::Shown(matrix) => matrix,
        other => panic!("{other:?}"),
    };
    let mut system = System { least: vec![0.0; pairs.len()], sums: vec![] };
    named(&mut system, &pairs, &shown(Group::Organisation, 9));
    let (mut hidden, mut nothing) = (Vec::new(), BTreeSet::new());
    let tops = (1..=6).map(|n| (Some(n), Group::Whole(department(n))));
    for (top, group) in std::iter::once((None, Group::Organisation)).chain(tops) {
        for level in [1, 2, 3, 9] {
            let matrix = shown(group, level);
            let levels = sheet.groups().at_level(top.map(department), level);
            let of = |from: DepartmentId, to: DepartmentId| {
                let stands = |n: u64, whole| levels.get(&department(n)) == Some(&whole);
                let inside =
                    pairs.iter().enumerate().filter(|(_, (a, b))| stands(*a, from) && stands(*b, to));
                inside.map(|(at, _)| at).collect::<Vec<_>>()
            };
            cells(&matrix, of, &mut system, (&mut hidden, &mut nothing));
            if let Some(total) = matrix.total {
                let all = top.map_or_else(|| (1..=6).collect(), within);
                let inside = |(_, (a, b)): &(usize, &(u64, u64))| all.contains(a) && all.contains(b);
                system.says(
                    pairs.iter().enumerate().filter(inside).map(|(at, _)| at).collect(),
                    ComparisonOp::Eq,
                    total,
                );
            }
        }
        shares(sheet, &mut system, &pairs, (group, top.map(within)));
    }
    for n in 1..=6 {
        shares(sheet, &mut system, &pairs, (Group::Own(department(n)), Some(vec![n])));
    }
    let evidence = |unknowns: &Vec<usize>| {
        let of = |(from, to, _): &&Tie| {
            let pair = (department_of(*from), department_of(*to));
            unknowns.iter().any(|at| pairs[*at] == pair)
        };
        Evidence::of_ties(ties.iter().filter(of).map(|(from, to, count)| (*from as u32, *to as u32, *count)))
    };
    nothing.iter().for_each(|at| system.says(vec![*at], ComparisonOp::Eq, 0));
    hidden.retain(|unknowns| unknowns.iter().any(|at| !nothing.contains(at)));
    let hidden = hidden.into_iter().map(|unknowns| (unknowns.clone(), evidence(&unknowns))).collect();
    (system, hidden)
}

/// What the share of a group that leads out of it says.
fn shares(
    sheet: &Sheet,
    system: &mut System,
    pairs: &[(u64, u64)],
    (group, inside): (Group, Option<Vec<u64>>),
) {
    let of = |holds: &dyn Fn(bool, bool, bool) -> bool| {
        let holds = |(_, (from, to)): &(usize, &(u64, u64))| match &inside {
            None => holds(true, true, from != to),
            Some(inside) => holds(
                inside.contains(from),
                inside.contains(to),
                inside.contains(from) != inside.contains(to),
            ),
        };
        pairs.iter().enumerate().filter(holds).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let (all, out) = (of(&|from, to, _| from || to), of(&|_, _, out| out));
    let (lower, upper): (Proportion, Proportion) =
        match sheet.cross_department(group, Threshold::try_new(K)).unwrap() {
            Published::Shown(share) => {
                system.says(all, ComparisonOp::Eq, share.denominator);
                (share, share)
            }
            Published::Between(lower, upper) => (lower, upper),
            Published::Hidden(_) => return,
        };
    system.says(out.clone(), ComparisonOp::Ge, lower.numerator);
    system.says(out, ComparisonOp::Le, upper.numerator);
}

fn nothing_of_few_is_found(ties: &[Tie], (built, known): &(Built, Arc<Known>)) -> usize {
    let ties: Vec<Tie> = ties.iter().copied().filter(|(from, to, _)| from != to).collect();
    if ties.is_empty() {
        return 0;
    }
    let of = |n: u64| known.population.number(member(n)).unwrap();
    let passed = ties.iter().map(|(from, to, count)| (of(*from), of(*to), *count));
    let sheet = sheet(&built.views, known, Length::FourWeeks, Chart::AsWas);
    let sheet = sheet.with_exchange(Exchange::of_ties(passed, known.cut()));
    let (system, hidden) = seen(&sheet, &ties);
    let threshold = Threshold::try_new(K).unwrap();
    for (unknowns, evidence) in &hidden {
        if evidence.fault(threshold).is_some() {
            let width = system.width(unknowns);
            assert!(width >= f64::from(K) - 1e-6, "{width} of {unknowns:?}: {ties:?}");
        }
    }
    hidden.len()
}

/// Ties that favour some departments, so that some cells have many people behind them and others few.
fn drawn() -> impl Strategy<Value = Vec<Tie>> {
    let member = prop_oneof![3 => 1..=MEMBERS, 2 => 1..=20u64, 1 => 33..=45u64];
    prop::collection::vec((member.clone(), member, prop_oneof![4 => 1..3u64, 1 => 3..20u64]), 1..250)
}

/// What somebody did in a community, 0 for none: how much, and how much of it is what a share is about.
type Done = (u64, u64, u64, u64);

/// What people of departments did in communities, and more or less of it of one kind.
fn done() -> impl Strategy<Value = Vec<Done>> {
    let member = prop_oneof![3 => 1..=MEMBERS, 2 => 1..=20u64, 1 => 33..=45u64];
    let amount = prop_oneof![4 => 1..3u64, 1 => 3..20u64];
    let part = (0..4u64, amount).prop_map(|(part, amount)| (amount, amount * part.min(3) / 3));
    let each = (member, 0..4u64, part).prop_map(|(by, place, (amount, part))| (by, place, amount, part));
    prop::collection::vec(each, 1..120)
}

/// A group as its unknowns are: the departments in it, and the community, if it is one.
type Unknown = (Group, Vec<u64>, Option<u64>);

fn unknown_groups() -> Vec<Unknown> {
    let groups = (1..=6).flat_map(|n| {
        [(Group::Whole(department(n)), within(n), None), (Group::Own(department(n)), vec![n], None)]
    });
    let circles = (1..4).map(|n| (Group::Community(community(n)), (1..=6).collect(), Some(n)));
    std::iter::once((Group::Organisation, (1..=6).collect(), None)).chain(groups).chain(circles).collect()
}

/// What people did, by department and community, is solved for from all sums of groups that are published; of shares from
/// both parts of them.
fn no_sum_of_few_is_found(told: Told, done: &[Done], (built, known): &(Built, Arc<Known>)) -> usize {
    let sheet = sheet(&built.views, known, Length::FourWeeks, Chart::AsWas);
    let threshold = Threshold::try_new(K).unwrap();
    let counted = |&(by, place, amount, part): &Done| Counted {
        by: known.population.number(member(by)).unwrap(),
        day: known.cut(),
        community: (place > 0).then(|| community(place)),
        amount,
        part,
    };
    let decisions = sheet.decisions(told, &done.iter().map(counted).collect::<Vec<_>>(), threshold);
    // The unknowns of each department and community are the parts.
    let amounts = |&(.., amount, part): &Done| match told {
        Told::Sums => vec![amount],
        Told::Shares => vec![part, amount - part],
    };
    let parts = amounts(&(0, 0, 0, 0)).len();
    let mut system = System { least: vec![0.0; 24 * parts], sums: vec![] };
    let mut hidden = Vec::new();
    for (group, departments, place) in unknown_groups() {
        let is_of =
            |at: u64, within: u64| departments.contains(&at) && place.is_none_or(|place| place == within);
        let cells: Vec<usize> =
            (0..24).filter(|cell| is_of(*cell as u64 / 4 + 1, *cell as u64 % 4)).collect();
        let of: Vec<&Done> =
            done.iter().filter(|(by, place, ..)| is_of(department_of(*by), *place)).collect();
        let sets = (0..parts).map(|part| vec![part]).chain((parts > 1).then(|| vec![0, 1]));
        for set in sets {
            let unknowns: Vec<usize> =
                cells.iter().flat_map(|cell| set.iter().map(move |part| cell * parts + part)).collect();
            let amount = |done: &Done| set.iter().map(|part| amounts(done)[*part]).sum::<u64>();
            let evidence = Evidence::of_people(of.iter().map(|done| (done.0 as u32, amount(done))));
            match decisions.get(&group) {
                Some(None) => system.says(unknowns, ComparisonOp::Eq, evidence.sum()),
                _ if evidence.fault(threshold).is_some() => {
                    hidden.push((unknowns, departments.clone(), evidence.sum()));
                }
                _ => {}
            }
        }
    }
    nothing_is_solved(&system, &hidden, done);
    hidden.len()
}

/// That many people did nothing may be found.
fn nothing_is_solved(system: &System, hidden: &[(Vec<usize>, Vec<u64>, u64)], done: &[Done]) {
    let mut idle: Vec<u64> = Vec::new();
    for (unknowns, departments, sum) in hidden {
        let width = system.width(unknowns);
        if *sum == 0 && width < f64::from(K) {
            idle.extend(departments);
            continue;
        }
        assert!(width >= f64::from(K) - 1e-6, "{width} of {unknowns:?}: {done:?}");
    }
    let people = (1..=MEMBERS).filter(|n| idle.contains(&department_of(*n))).count();
    assert!(idle.is_empty() || people >= 2 * K as usize, "{people} did nothing: {done:?}");
}

fn tried(cases: u32) {
    let organisation = organisation();
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let found = std::cell::Cell::new([0; 3]);
    runner
        .run(&(drawn(), done()), |(ties, done)| {
            let now = [
                nothing_of_few_is_found(&ties, &organisation),
                no_sum_of_few_is_found(Told::Sums, &done, &organisation),
                no_sum_of_few_is_found(Told::Shares, &done, &organisation),
            ];
            found.set(std::array::from_fn(|at| found.get()[at] + now[at]));
            Ok(())
        })
        .unwrap();
    let found = found.get();
    assert!(found.iter().all(|found| *found > cases as usize), "something is hidden: {found:?}");
}

#[test]
fn no_sum_of_few_people_can_be_solved_from_all_that_is_published() {
    tried(60);
}

#[test]
#[ignore = "takes minutes"]
fn no_sum_of_few_people_can_be_solved_in_thousands_of_windows() {
    tried(5_000);
}
