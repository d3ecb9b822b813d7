//! People put together until enough of them did each thing and enough did not: blocks. How many of a block did what is
//! published, and nothing else is; what is said of any group is what anybody can work out from its blocks.
//!
//! First people are put together by headcount alone, along the tree of departments, into cells of at least five times
//! the threshold: fewer join the smallest cell of their department, or those of the department above. Then cells in
//! which too few did something, or all but few did, are put together with the smallest blocks of their department until
//! that can no longer be seen: at least twice the threshold did it, as many did not, and each of those put together may
//! have any of more counts than the threshold. What stays open is put together with what is above.
//!
//! Where something else is published of the same people, its blocks are taken whole in place of departments: blocks that
//! overlap would be subtracted from each other.
//!
//! Whoever knows these rules and all that is published is left, for every union of departments of which fewer than the
//! threshold did something or did not, with at least as many counts as the threshold (or all that its size allows). The
//! tests see to it by going through every world of small organisations.

use std::cmp::Reverse;

use roaring::RoaringBitmap;

use super::Threshold;

/// A department. Those that are above it come before it; the first is above all.
#[derive(Clone, Debug)]
pub struct Department {
    /// The place of the one above it.
    pub above: Option<usize>,
    /// Who is in it and in nothing below it.
    pub own: RoaringBitmap,
}

/// People of whom it is published how many are in each category, and no more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// The place of the department that they were put together in.
    pub at: usize,
    /// Who.
    pub people: RoaringBitmap,
    /// Who of them is in each category: everybody is in one.
    pub categories: Vec<RoaringBitmap>,
}

impl Block {
    pub(super) fn new(Cell { at, people }: Cell, categories: &[RoaringBitmap]) -> Self {
        let categories = categories.iter().map(|category| category & &people).collect();
        Self { at, people, categories }
    }

    /// How many are in each category.
    pub fn counts(&self) -> impl Iterator<Item = u64> + '_ {
        self.categories.iter().map(RoaringBitmap::len)
    }

    /// How many are in another category than there.
    pub(super) fn moved(&self, there: &Self) -> u64 {
        self.categories.iter().zip(&there.categories).map(|(here, there)| (here - there).len()).sum()
    }

    fn join(&mut self, other: &Self) {
        self.people |= &other.people;
        self.categories.resize_with(other.categories.len(), RoaringBitmap::new);
        self.categories.iter_mut().zip(&other.categories).for_each(|(here, there)| *here |= there);
    }

    /// Larger ones come first; the order of equal ones tells nothing of what they did.
    fn order(&self) -> (Reverse<u64>, Option<u32>) {
        (Reverse(self.people.len()), self.people.min())
    }
}

/// What is asked of blocks.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// The threshold.
    pub threshold: Threshold,
    /// The fewest people of a block, if not fewer than the threshold asks for.
    pub least: u64,
    /// What else must hold of a block.
    pub may: &'a dyn Fn(&Block) -> bool,
    /// What else is known of people.
    pub beside: Option<&'a dyn Beside>,
}

/// What is known of people besides, by something else that is published of them.
pub trait Beside {
    /// How many of whole blocks are in a category at most, where at least so many are in each other one; nothing where
    /// no such bound is known, or the count itself is.
    fn at_most(&self, people: &RoaringBitmap, category: usize, each: u64) -> Option<u64>;
}

impl Terms<'_> {
    /// Whether so many people are enough for counts of their own, whatever they did.
    pub(super) fn divides(&self, people: &RoaringBitmap, categories: &[RoaringBitmap]) -> bool {
        people.len() >= self.least.max(self.threshold.least(categories.len()))
    }

    /// Whether enough are in each category.
    pub(super) fn enough(&self, block: &Block) -> bool {
        let many = self.threshold.many();
        block.counts().all(|count| count >= many) && (self.may)(block)
    }

    /// Whether those put together may each have any of more counts than the threshold: in one category at least, in
    /// which all that are open may be those of whom too few are in it.
    fn hides(&self, block: &Block, open: &[Block], closed: &[Block]) -> bool {
        let (k, many) = (u64::from(self.threshold.people()), self.threshold.many());
        let least = many * closed.len() as u64;
        let hides = |(category, count): (usize, u64)| {
            let most: Option<u64> = closed.iter().map(|block| self.at_most(block, category)).sum();
            let Some(most) = most.filter(|_| count >= least) else { return false };
            let most = most + (many - 1) * (open.len() as u64 - 1);
            let (from, to) = (count.saturating_sub(most), (many - 1).min(count - least));
            to >= from + k
        };
        block.counts().enumerate().any(hides)
    }

    /// How many of a block are in a category at most, for whoever knows that many are in each.
    fn at_most(&self, block: &Block, category: usize) -> Option<u64> {
        let many = self.threshold.many();
        let most = block.people.len() - many * (block.categories.len() as u64 - 1);
        match self.beside {
            Some(beside) => Some(most.min(beside.at_most(&block.people, category, many)?)),
            None => Some(most),
        }
    }
}

/// People who stay together.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The place of the department that they were put together in.
    pub at: usize,
    /// Who.
    pub people: RoaringBitmap,
}

/// Puts people together by headcount, whatever they did. Those of one of `whole` stay together.
pub fn cells(
    departments: &[Department],
    whole: Vec<Cell>,
    enough: impl Fn(&RoaringBitmap) -> bool,
) -> Vec<Cell> {
    let mut few = vec![RoaringBitmap::new(); departments.len()];
    let mut cells: Vec<Vec<Cell>> = vec![vec![]; departments.len()];
    for cell in whole {
        if enough(&cell.people) {
            cells[cell.at].push(cell);
        } else {
            few[cell.at] |= cell.people;
        }
    }
    for place in (0..departments.len()).rev() {
        let (pooled, mut below) = (std::mem::take(&mut few[place]), std::mem::take(&mut cells[place]));
        let mut passed = RoaringBitmap::new();
        let smallest = below.iter_mut().min_by_key(|cell| (cell.people.len(), cell.people.min()));
        match smallest {
            _ if enough(&pooled) => below.push(Cell { at: place, people: pooled }),
            Some(smallest) if !pooled.is_empty() => {
                smallest.at = place;
                smallest.people |= pooled;
            }
            _ => passed = pooled,
        }
        match departments[place].above {
            Some(above) => {
                few[above] |= passed;
                cells[above].append(&mut below);
            }
            None => return below,
        }
    }
    vec![]
}

/// The blocks that cells make of people who are each in one category; none where too few are in one.
pub fn blocks(
    departments: &[Department],
    cells: &[Cell],
    categories: &[RoaringBitmap],
    terms: Terms<'_>,
) -> Vec<Block> {
    let mut closed: Vec<Vec<Block>> = vec![vec![]; departments.len()];
    let mut open = closed.clone();
    for cell in cells {
        let block = Block::new(cell.clone(), categories);
        let found = if terms.enough(&block) { &mut closed } else { &mut open };
        found[cell.at].push(block);
    }
    for place in (0..departments.len()).rev() {
        let (mut here, mut still) = (std::mem::take(&mut closed[place]), std::mem::take(&mut open[place]));
        if !still.is_empty() {
            close(place, (&mut here, &mut still), terms);
        }
        let Some(above) = departments[place].above else { return here };
        closed[above].append(&mut here);
        open[above].append(&mut still);
    }
    vec![]
}

/// Puts what is open together with the smallest blocks until it hides what it must; with all of them, and it stays open,
/// where it never does.
fn close(at: usize, (closed, open): (&mut Vec<Block>, &mut Vec<Block>), terms: Terms<'_>) {
    let mut all = Block { at, ..Block::default() };
    open.iter().for_each(|block| all.join(block));
    closed.sort_by_key(Block::order);
    let mut used: Vec<Block> = Vec::new();
    loop {
        let several = open.len() + used.len() > 1;
        if several && terms.enough(&all) && terms.hides(&all, open, &used) {
            open.clear();
            closed.push(all);
            return;
        }
        let Some(smallest) = closed.pop() else { break };
        all.join(&smallest);
        used.push(smallest);
    }
    open.append(&mut used);
}

/// Between which counts of a category a group lies, for whoever knows blocks.
pub fn bounds(blocks: &[Block], category: usize, group: &RoaringBitmap) -> (u64, u64) {
    let unknown = group.len() - blocks.iter().map(|block| block.people.intersection_len(group)).sum::<u64>();
    blocks.iter().fold((0, unknown), |(from, to), block| {
        let inside = block.people.intersection_len(group);
        let (count, outside) = (block.categories[category].len(), block.people.len() - inside);
        (from + count.saturating_sub(outside), to + count.min(inside))
    })
}

#[cfg(test)]
mod tests;
