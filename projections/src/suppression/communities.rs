//! Which communities' counts are published beside blocks: those from which nothing more can be worked out of fewer
//! people than many.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::id::CommunityId;
use roaring::RoaringBitmap;

use super::blocks::{Block, Cell, Terms};

/// The communities whose counts are published.
///
/// Their people are in cells that are blocks by themselves: why others were put together would tell of them. Whatever
/// they did, many people tell them from whole cells, and from cells and each larger one that may be shown, added or
/// taken off. And twice as many more as many could have done it, and as many fewer, by what blocks tell, and by that and
/// what each one shown before tells.
pub(super) fn published(
    (cells, blocks): (&[Cell], &[Block]),
    communities: &[(CommunityId, RoaringBitmap)],
    categories: &[RoaringBitmap],
    terms: Terms<'_>,
) -> BTreeMap<CommunityId, Block> {
    let many = terms.threshold.many();
    let alone = |block: &&Block| cells.iter().any(|cell| cell.people == block.people);
    let blocks: Vec<&Block> = blocks.iter().filter(alone).collect();
    let mut shown: Vec<(CommunityId, Block)> = Vec::new();
    for (id, people) in apart(cells, communities, categories, terms) {
        let community = Block::new(people, categories);
        let inside: u64 = blocks.iter().map(|block| block.people.intersection_len(&community.people)).sum();
        let mut others = std::iter::once(None).chain(shown.iter().map(|(_, other)| Some(other)));
        if inside == community.people.len()
            && terms.enough(&community)
            && others.all(|other| slack(&blocks, &community, other) >= 2 * many)
        {
            shown.push((id, community));
        }
    }
    shown.into_iter().collect()
}

/// The communities that many people tell from others and from cells, larger ones first.
fn apart(
    cells: &[Cell],
    communities: &[(CommunityId, RoaringBitmap)],
    categories: &[RoaringBitmap],
    terms: Terms<'_>,
) -> Vec<(CommunityId, RoaringBitmap)> {
    let asked = categories.iter().fold(RoaringBitmap::new(), |all, category| all | category);
    let communities = communities.iter().map(|(id, people)| (*id, people & &asked));
    let mut communities: Vec<_> =
        communities.filter(|(_, people)| terms.divides(people, categories)).collect();
    communities.sort_by_key(|(id, people)| (Reverse(people.len()), *id));
    let mut apart: Vec<(CommunityId, RoaringBitmap)> = Vec::new();
    for (id, people) in communities {
        let mut others = std::iter::once(None).chain(apart.iter().map(|(_, other)| Some(other)));
        if others.all(|other| telling(cells, &people, other) >= terms.threshold.many()) {
            apart.push((id, people));
        }
    }
    apart
}

/// How many of some people are in two sets, in one, in the other, in neither.
fn crossed(people: &RoaringBitmap, one: &RoaringBitmap, two: &RoaringBitmap) -> [u64; 4] {
    let (here, there) = (people & one, people & two);
    let both = here.intersection_len(&there);
    let (one, two) = (here.len() - both, there.len() - both);
    [both, one, two, people.len() - both - one - two]
}

/// By how few people a community differs from what can be made of whole cells and another, added or taken off.
fn telling(cells: &[Cell], people: &RoaringBitmap, other: Option<&RoaringBitmap>) -> u64 {
    let none = RoaringBitmap::new();
    let (mut less, mut more) = (0, 0);
    for cell in cells {
        let [both, one, two, neither] = crossed(&cell.people, people, other.unwrap_or(&none));
        less += cell.people.len() - one.max(two).max(neither + both);
        more += cell.people.len() - neither.max(both).max(one + two);
    }
    less.min(more)
}

/// By how much the count of a community could be higher and lower, for whoever knows blocks, or its sum and difference
/// with that of another.
fn slack(blocks: &[&Block], community: &Block, other: Option<&Block>) -> u64 {
    let none = RoaringBitmap::new();
    let people = other.map_or(&none, |other| &other.people);
    let acted = |block: &Block| block.categories[0].len().cast_signed();
    let slack = |sign: i64| {
        let (mut low, mut high) = (0, 0);
        for block in blocks {
            let [both, one, two, neither] = crossed(&block.people, &community.people, people);
            let mut parts = [(1 + sign, both), (1, one), (sign, two), (0, neither)];
            parts.sort_unstable();
            low += filled(block.categories[0].len(), parts.into_iter());
            high += filled(block.categories[0].len(), parts.into_iter().rev());
        }
        let now = acted(community) + sign * other.map_or(0, acted);
        (now - low).min(high - now)
    };
    slack(1).min(slack(-1)).max(0).cast_unsigned()
}

/// The weight of so many people taken from parts, the first first.
fn filled(mut people: u64, parts: impl Iterator<Item = (i64, u64)>) -> i64 {
    let taken = |(weight, size): (i64, u64)| {
        let some = size.min(people);
        people -= some;
        weight * some.cast_signed()
    };
    parts.map(taken).sum()
}
