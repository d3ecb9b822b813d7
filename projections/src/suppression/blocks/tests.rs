//! Blocks of departments, one rule at a time, then against whoever knows the rules.

use super::super::worlds::Organisation;
use super::*;

const ALWAYS: fn(&Block) -> bool = |_| true;

fn terms(k: u32) -> Terms<'static> {
    Terms { threshold: Threshold(k), least: 0, may: &ALWAYS, beside: None }
}

fn found(departments: &[Department], categories: &[RoaringBitmap], terms: Terms<'_>) -> Vec<Block> {
    let own = departments.iter().map(|department| department.own.clone());
    let whole = own.enumerate().map(|(at, people)| Cell { at, people }).collect();
    let cells = cells(departments, whole, |people| terms.divides(people, categories));
    blocks(departments, &cells, categories, terms)
}

/// Departments of so many people of whom so many did it, each with the one it is below.
fn decided(k: u32, departments: &[(Option<usize>, u32, u32)]) -> Vec<(u64, u64)> {
    let organisation = Organisation {
        sizes: departments.iter().map(|(_, people, _)| *people).collect(),
        above: departments.iter().map(|(above, ..)| *above).collect(),
    };
    let world: Vec<Vec<u32>> =
        departments.iter().map(|(_, people, acted)| vec![*acted, people - acted]).collect();
    let categories = organisation.categories(&world.iter().collect::<Vec<_>>());
    let blocks = found(&organisation.departments(), &categories, terms(k));
    let mut counts: Vec<_> = blocks.iter().map(|b| (b.people.len(), b.categories[0].len())).collect();
    counts.sort_unstable();
    counts
}

#[test]
fn a_department_is_a_block_where_many_did_it_and_many_did_not() {
    for (acted, expected) in [(9, vec![]), (10, vec![(40, 10)]), (30, vec![(40, 30)]), (31, vec![])] {
        assert_eq!(decided(5, &[(None, 40, acted)]), expected, "{acted} of 40");
    }
    assert_eq!(decided(5, &[(None, 24, 12)]), [], "too few people");
    assert_eq!(decided(5, &[(None, 25, 12)]), [(25, 12)]);
}

#[test]
fn few_people_are_put_together_with_the_smallest_department_beside_them() {
    let departments = [(None, 0, 0), (Some(0), 60, 30), (Some(0), 40, 20), (Some(0), 7, 0)];
    assert_eq!(decided(5, &departments), [(47, 20), (60, 30)]);
}

#[test]
fn few_who_did_it_are_put_together_with_the_smallest_block_of_their_department() {
    let of = |acted| [(None, 0, 0), (Some(0), 60, 30), (Some(0), 50, 20), (Some(0), 40, acted)];
    assert_eq!(decided(5, &of(10)), [(40, 10), (50, 20), (60, 30)]);
    assert_eq!(decided(5, &of(3)), [(60, 30), (90, 23)]);
    assert_eq!(decided(5, &of(38)), [(60, 30), (90, 58)]);
}

#[test]
fn more_is_put_together_where_it_could_be_worked_out_that_few_did_it() {
    // Ten of the other department at least did it: of thirteen there would be three to be had for the small one.
    let departments = [(None, 0, 0), (Some(0), 60, 30), (Some(0), 50, 10), (Some(0), 40, 3)];
    assert_eq!(decided(5, &departments), [(150, 43)]);
}

#[test]
fn the_number_of_a_department_is_known_where_anything_below_it_is() {
    let departments = [
        (None, 0, 0),
        (Some(0), 5, 0),
        (Some(1), 60, 30),
        (Some(1), 50, 2),
        (Some(0), 40, 12),
        (Some(4), 3, 3),
    ];
    assert_eq!(decided(5, &departments), [(43, 15), (115, 32)]);
}

#[test]
fn bounds_are_what_blocks_tell_of_people() {
    let block = |people: std::ops::Range<u32>, acted| {
        let (first, last) = (people.start, people.end);
        Block {
            at: 0,
            people: people.collect(),
            categories: vec![(first..first + acted).collect(), (first + acted..last).collect()],
        }
    };
    let known = [block(0..30, 10), block(30..60, 28)];
    for (people, expected) in
        [(0..60, (38, 38)), (0..25, (5, 10)), (25..35, (3, 10)), (60..64, (0, 4)), (0..5, (0, 5))]
    {
        assert_eq!(bounds(&known, 0, &people.clone().collect()), expected, "{people:?}");
    }
}

fn attacked(k: u32, categories: usize, seeds: std::ops::Range<u64>, worlds: u64) {
    for seed in seeds {
        let organisation = Organisation::random(seed, Threshold(k), categories as u32, worlds);
        let departments = organisation.departments();
        let questions: Vec<Vec<usize>> = (0..categories).map(|category| vec![category]).collect();
        let questions: Vec<&[usize]> = questions.iter().map(Vec::as_slice).collect();
        let published = |categories: &[RoaringBitmap]| {
            let blocks = found(&departments, categories, terms(k));
            let mut said: Vec<_> = blocks
                .iter()
                .map(|block| {
                    (block.people.clone().into_iter().collect::<Vec<_>>(), block.counts().collect::<Vec<_>>())
                })
                .collect();
            said.sort_unstable();
            said
        };
        let found =
            organisation.attacked((categories, &questions), &organisation.unions(), Threshold(k), published);
        assert_eq!(found, None, "k = {k}, {categories} categories, organisation {seed}");
    }
}

#[test]
fn of_no_union_of_departments_is_a_small_number_known_closely() {
    attacked(2, 2, 0..200, 2_000);
    attacked(3, 2, 0..40, 6_000);
}

#[test]
fn of_no_union_of_departments_is_a_small_number_of_one_of_three_categories_known_closely() {
    attacked(2, 3, 0..30, 6_000);
}

#[test]
#[ignore = "takes minutes"]
fn of_no_union_of_departments_in_thousands_of_organisations() {
    attacked(2, 2, 1_000..4_000, 20_000);
    attacked(3, 2, 1_000..2_000, 60_000);
    attacked(2, 3, 1_000..1_200, 100_000);
}
