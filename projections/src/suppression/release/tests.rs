//! Windows, revisions and communities, one rule at a time, then against whoever knows the rules.

use std::ops::Range;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::super::worlds::Organisation;
use super::*;

fn rules(k: u32) -> Rules {
    Rules { threshold: Threshold(k), least: 0, parts: vec![], within: None }
}

fn community(n: u128) -> CommunityId {
    CommunityId(uuid::Uuid::from_u128(n))
}

/// All that is told of a release.
type Told = (Vec<(Vec<u32>, Vec<u64>)>, Vec<(CommunityId, u64)>);

fn told(release: &Release) -> Told {
    let block = |block: &Block| (block.people.iter().collect(), block.counts().collect());
    let mut blocks: Vec<_> = release.blocks.iter().map(block).collect();
    blocks.sort_unstable();
    let communities = release.decided_by.as_ref().map(|question| question.groups.communities.as_slice());
    let of = |(id, _): &(CommunityId, _)| Some((*id, release.community(*id)?.categories[0].len()));
    (blocks, communities.unwrap_or_default().iter().filter_map(of).collect())
}

fn organisation(sizes: &[u32]) -> Organisation {
    let above = (0..sizes.len()).map(|part| (part > 0).then_some(0)).collect();
    Organisation { sizes: sizes.to_vec(), above }
}

fn groups(organisation: &Organisation) -> Arc<Groups> {
    with_circles(organisation, vec![])
}

fn with_circles(organisation: &Organisation, communities: Vec<(CommunityId, RoaringBitmap)>) -> Arc<Groups> {
    Arc::new(Groups { departments: organisation.departments(), communities })
}

/// People, of whom the first did it.
fn of(people: &[(Range<u32>, u32)]) -> Vec<RoaringBitmap> {
    let acted: RoaringBitmap =
        people.iter().flat_map(|(people, acted)| people.start..people.start + acted).collect();
    let all: RoaringBitmap = people.iter().flat_map(|(people, _)| people.clone()).collect();
    vec![acted.clone(), all - acted]
}

#[test]
fn a_community_is_shown_where_many_more_and_many_fewer_could_have_done_it() {
    let organisation = organisation(&[0, 60, 60]);
    let with = |acted: u32, people: RoaringBitmap| {
        let groups = with_circles(&organisation, vec![(community(1), people)]);
        let release = Release::of(&groups, of(&[(0..60, acted), (60..120, 30)]), rules(5));
        release.community(community(1)).map(|known| known.categories[0].len())
    };
    let across = || (10..50).chain(70..110).collect();
    assert_eq!(with(30, across()), Some(40));
    assert_eq!(with(3, across()), None, "in departments that are put together");
    assert_eq!(with(30, (0..55).collect()), None, "a department but for few");
    assert_eq!(with(30, (0..65).collect()), None, "a department and few more");
    assert_eq!(with(30, (20..40).collect()), None, "too few");
    assert_eq!(with(30, (0..28).chain(60..75).collect()), None, "all but few did it");
}

#[test]
fn a_longer_window_is_shown_where_each_part_of_it_could_have_been_without_them() {
    let organisation = organisation(&[60]);
    let acted = |first: u32, count: u32| {
        let acted: RoaringBitmap = (first..first + count).collect();
        vec![acted.clone(), organisation.people(0) - acted]
    };
    let release = |categories: &[RoaringBitmap], parts: &[&Release]| {
        let parts = parts.iter().map(|part| Arc::new((*part).clone())).collect();
        Release::of(&groups(&organisation), categories.to_vec(), Rules { parts, ..rules(5) })
    };
    let weeks = [(0, 20), (0, 25), (15, 20), (0, 3)].map(|(first, count)| release(&acted(first, count), &[]));
    let weeks: Vec<&Release> = weeks.iter().collect();
    let shown = |count| release(&acted(0, count), &weeks).bounds(0, &organisation.people(0));
    // Of 20, 25, 20 and at most 9 without the 25 there are 49, and without the 20 there are 54.
    assert_eq!([shown(35), shown(49), shown(50)], [(35, 35), (49, 49), (0, 60)]);
}

#[test]
fn what_was_shown_stands_until_many_changed() {
    let organisation = organisation(&[0, 60, 60]);
    let release = |acted: [u32; 2]| {
        let categories = of(&[(0..60, acted[0]), (60..120, acted[1])]);
        Release::of(&groups(&organisation), categories, rules(5))
    };
    let counts = |release: &Release| {
        [1, 2].map(|part| release.bounds(0, &organisation.people(part))).map(|(from, to)| (from, to))
    };
    let mut shown = release([20, 20]);
    shown.revise(release([29, 30]), Threshold(5));
    assert_eq!(counts(&shown), [(20, 20), (30, 30)]);
    // Ten more than was shown last, and as many as were shown first.
    shown.revise(release([31, 20]), Threshold(5));
    assert_eq!(counts(&shown), [(31, 31), (30, 30)]);
    // Put together they are another block.
    shown.revise(release([50, 55]), Threshold(5));
    assert_eq!(counts(&shown), [(31, 31), (30, 30)]);
    let mut nothing = release([3, 2]);
    assert!(nothing.is_empty());
    nothing.revise(release([20, 25]), Threshold(5));
    assert_eq!(counts(&nothing), [(20, 20), (25, 25)]);
}

/// Departments of several parts, and communities of some of them.
fn with_communities(seed: u64) -> (Organisation, Vec<Vec<usize>>) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut sizes, mut above) = (vec![0], vec![None]);
    for _ in 0..rng.random_range(1..=2) {
        let department = sizes.len();
        sizes.push(rng.random_range(2..=8));
        above.push(Some(0));
        for _ in 0..rng.random_range(1..=2) {
            sizes.push(rng.random_range(1..=8));
            above.push(Some(department));
        }
    }
    let parts = sizes.len();
    let some = |_| (1..parts).filter(|_| rng.random_range(0..3) > 0).collect();
    (Organisation { sizes, above }, (0..3).map(some).collect())
}

fn attacked_with_communities(seeds: Range<u64>) {
    for seed in seeds {
        let (organisation, communities) = with_communities(seed);
        if organisation.sizes.iter().map(|size| u64::from(size + 1)).product::<u64>() > 30_000 {
            continue;
        }
        let people = |parts: &Vec<usize>| {
            parts.iter().fold(RoaringBitmap::new(), |all, part| all | organisation.people(*part))
        };
        let circles = (0..).map(community).zip(communities.iter().map(people)).collect();
        let groups = with_circles(&organisation, circles);
        let below = |top: usize| {
            let within = |part: &usize| *part == top || organisation.above[*part] == Some(top);
            (0..organisation.sizes.len()).filter(within).collect::<Vec<_>>()
        };
        let mut sets: Vec<Vec<usize>> = (1..organisation.sizes.len()).map(|part| vec![part]).collect();
        sets.extend((1..organisation.sizes.len()).map(below));
        sets.extend(communities.iter().filter(|parts| !parts.is_empty()).cloned());
        let published =
            |categories: &[RoaringBitmap]| told(&Release::of(&groups, categories.to_vec(), rules(2)));
        let found = organisation.attacked((2, &[&[0], &[1]]), &sets, Threshold(2), published);
        assert_eq!(found, None, "organisation {seed}, {communities:?}");
    }
}

#[test]
fn of_no_group_is_a_small_number_known_closely_beside_communities() {
    attacked_with_communities(0..250);
}

#[test]
#[ignore = "takes minutes"]
fn of_no_group_is_a_small_number_known_closely_beside_communities_in_thousands_of_organisations() {
    attacked_with_communities(250..3_000);
}

#[test]
fn of_no_union_of_departments_is_a_small_number_known_closely_in_windows_that_nest() {
    for seed in 0..40 {
        let organisation = Organisation::random(seed, Threshold(2), 4, 40_000);
        let groups = groups(&organisation);
        // In neither window, in the first, in the second, in both.
        let published = |people: &[RoaringBitmap]| {
            let [neither, first, second, both] = [&people[0], &people[1], &people[2], &people[3]];
            let weeks = [vec![first | both, neither | second], vec![second | both, neither | first]];
            let weeks = weeks.map(|categories| Arc::new(Release::of(&groups, categories, rules(2))));
            let parts = weeks.to_vec();
            let longer = vec![first | second | both, neither.clone()];
            let longer = Release::of(&groups, longer, Rules { parts, ..rules(2) });
            [&weeks[0], &weeks[1], &longer].map(told)
        };
        let questions: [&[usize]; 6] = [&[1, 3], &[0, 2], &[2, 3], &[0, 1], &[1, 2, 3], &[0]];
        let found = organisation.attacked((4, &questions), &organisation.unions(), Threshold(2), published);
        assert_eq!(found, None, "organisation {seed}");
    }
}

#[test]
fn of_no_union_of_departments_is_a_small_number_known_closely_where_categories_are_put_together() {
    for seed in 0..40 {
        let organisation = Organisation::random(seed, Threshold(2), 3, 10_000);
        let groups = groups(&organisation);
        let published = |people: &[RoaringBitmap]| {
            let finest = Release::of(&groups, people.to_vec(), rules(2));
            if !finest.is_empty() {
                return told(&finest);
            }
            told(&Release::of(&groups, vec![&people[0] | &people[1], people[2].clone()], rules(2)))
        };
        let questions: [&[usize]; 3] = [&[0], &[1], &[2]];
        let found = organisation.attacked((3, &questions), &organisation.unions(), Threshold(2), published);
        assert_eq!(found, None, "organisation {seed}");
    }
}

/// A question, and one about those alone who did that: people did neither, the first, or both.
fn found_within(organisation: &Organisation) -> Option<String> {
    let groups = groups(organisation);
    let published = |people: &[RoaringBitmap]| {
        let first = Release::of(&groups, vec![&people[1] | &people[2], people[0].clone()], rules(2));
        let within = Within { release: Arc::new(first.clone()), part_of: vec![vec![0], vec![]] };
        let within = (!first.is_empty()).then_some(within);
        let both = vec![people[2].clone(), &people[0] | &people[1]];
        let both = Release::of(&groups, both, Rules { within, ..rules(2) });
        [told(&first), told(&both)]
    };
    let questions: [&[usize]; 4] = [&[1, 2], &[0], &[2], &[0, 1]];
    organisation.attacked((3, &questions), &organisation.unions(), Threshold(2), published)
}

/// A question, and one that divides those who did it: people did it in the one way, in the other, or did not.
fn found_divided(organisation: &Organisation) -> Option<String> {
    let groups = groups(organisation);
    let published = |people: &[RoaringBitmap]| {
        let first = Release::of(&groups, vec![&people[0] | &people[1], people[2].clone()], rules(2));
        if first.is_empty() {
            return [told(&first), Told::default()];
        }
        let part_of = vec![vec![0], vec![0], vec![]];
        let within = Some(Within { release: Arc::new(first.clone()), part_of });
        [told(&first), told(&Release::of(&groups, people.to_vec(), Rules { within, ..rules(2) }))]
    };
    let questions: [&[usize]; 4] = [&[0], &[1], &[2], &[0, 1]];
    organisation.attacked((3, &questions), &organisation.unions(), Threshold(2), published)
}

fn attacked_by_two_questions(seeds: Range<u64>, worlds: u64) {
    for seed in seeds {
        let organisation = Organisation::random(seed, Threshold(2), 3, worlds);
        assert_eq!(found_within(&organisation), None, "organisation {seed}");
        assert_eq!(found_divided(&organisation), None, "organisation {seed}");
    }
}

#[test]
fn of_no_union_of_departments_is_a_small_number_known_closely_by_two_questions() {
    attacked_by_two_questions(0..40, 10_000);
    // Found out where it is not known that whoever is in a category did the other thing too.
    attacked_by_two_questions(1_114..1_115, 100_000);
}

#[test]
#[ignore = "takes minutes"]
fn of_no_union_of_departments_is_a_small_number_known_closely_by_two_questions_in_many_organisations() {
    attacked_by_two_questions(1_000..1_400, 100_000);
    // Found out where the two questions are asked of other blocks.
    assert_eq!(found_divided(&organisation(&[0, 14, 14, 15])), None);
}
