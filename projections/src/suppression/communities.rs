//! Which communities' counts are published beside blocks: those from which nothing more can be worked out of fewer
//! people than many.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use domain::id::CommunityId;
use roaring::{MultiOps, RoaringBitmap};

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
    // In the order of cells; those that were put together with others hold nobody here.
    let alone = |cell: &Cell| blocks.iter().find(|block| block.people == cell.people);
    let alone: Vec<Option<&Block>> = cells.iter().map(alone).collect();
    let acted: Vec<u64> =
        alone.iter().map(|block| block.map_or(0, |block| block.categories[0].len())).collect();
    let mut shown: Vec<(Spread, Block)> = Vec::new();
    for spread in apart(cells, communities, categories, terms) {
        let inside = spread.parts.iter().zip(&alone).all(|(part, alone)| part.is_empty() || alone.is_some());
        let community = Block::new(Cell { at: 0, people: spread.people.clone() }, categories);
        if !inside || !terms.enough(&community) {
            continue;
        }
        let count = |block: &Block| block.categories[0].len().cast_signed();
        let slack = |other: Option<&(Spread, Block)>| {
            let (crossed, theirs) =
                (other.map(|(spread, _)| spread), other.map_or(0, |(_, block)| count(block)));
            let crossed: Vec<_> = spread.crossed(cells, crossed).zip(&acted).collect();
            let of = |sign| slack(&crossed, count(&community) + sign * theirs, sign);
            of(1).min(of(-1))
        };
        let mut others = std::iter::once(None).chain(shown.iter().map(Some));
        if others.all(|other| slack(other) >= 2 * many) {
            shown.push((spread, community));
        }
    }
    shown.into_iter().map(|(spread, community)| (spread.id, community)).collect()
}

/// A community by cells.
struct Spread {
    id: CommunityId,
    people: RoaringBitmap,
    /// Who of it is in each cell.
    parts: Vec<RoaringBitmap>,
}

/// How many of a cell are in two communities, in the one, in the other, in neither.
type Crossed = [u64; 4];

impl Spread {
    fn crossed<'a>(
        &'a self,
        cells: &'a [Cell],
        other: Option<&'a Self>,
    ) -> impl Iterator<Item = Crossed> + 'a {
        self.parts.iter().zip(cells).enumerate().map(move |(at, (here, cell))| {
            let there = other.map(|other| &other.parts[at]);
            let both = there.map_or(0, |there| here.intersection_len(there));
            let (one, two) = (here.len() - both, there.map_or(0, RoaringBitmap::len) - both);
            [both, one, two, cell.people.len() - both - one - two]
        })
    }

    /// By how few people it differs from what can be made of whole cells and another, added or taken off.
    fn telling(&self, cells: &[Cell], other: Option<&Self>) -> u64 {
        let differing = |[both, one, two, neither]: Crossed| {
            let all = both + one + two + neither;
            (all - one.max(two).max(neither + both), all - neither.max(both).max(one + two))
        };
        let all = self.crossed(cells, other).map(differing);
        let (less, more) = all.fold((0, 0), |(less, more), cell| (less + cell.0, more + cell.1));
        less.min(more)
    }
}

/// The communities that many people tell from others and from cells, larger ones first.
fn apart(
    cells: &[Cell],
    communities: &[(CommunityId, RoaringBitmap)],
    categories: &[RoaringBitmap],
    terms: Terms<'_>,
) -> Vec<Spread> {
    let asked = categories.iter().union();
    let communities = communities.iter().map(|(id, people)| (*id, people & &asked));
    let mut communities: Vec<_> =
        communities.filter(|(_, people)| terms.divides(people, categories)).collect();
    communities.sort_by_key(|(id, people)| (Reverse(people.len()), *id));
    let mut apart: Vec<Spread> = Vec::new();
    for (id, people) in communities {
        let parts = cells.iter().map(|cell| &cell.people & &people).collect();
        let spread = Spread { id, people, parts };
        let mut others = std::iter::once(None).chain(apart.iter().map(Some));
        if others.all(|other| spread.telling(cells, other) >= terms.threshold.many()) {
            apart.push(spread);
        }
    }
    apart
}

/// By how much the count of a community, or its sum (or difference) with that of another, could be higher and lower for
/// whoever knows how many did it in each cell.
fn slack(cells: &[(Crossed, &u64)], now: i64, sign: i64) -> u64 {
    let (mut low, mut high) = (0, 0);
    for ([both, one, two, neither], acted) in cells {
        let mut parts = [(1 + sign, *both), (1, *one), (sign, *two), (0, *neither)];
        parts.sort_unstable();
        low += filled(**acted, parts.into_iter());
        high += filled(**acted, parts.into_iter().rev());
    }
    (now - low).min(high - now).max(0).cast_unsigned()
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
