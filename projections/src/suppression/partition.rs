//! People sorted into blocks: two are in one block where nothing that is shown tells them apart.

use roaring::RoaringBitmap;

/// How many people of a part did something, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) acted: u32,
    pub(super) idle: u32,
}

impl Tally {
    pub(super) fn people(self) -> u32 {
        self.acted + self.idle
    }

    fn add(&mut self, acted: bool) {
        if acted {
            self.acted += 1;
        } else {
            self.idle += 1;
        }
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self { acted: self.acted - other.acted, idle: self.idle - other.idle }
    }
}

/// One question about people: who is asked about, and who did it.
#[derive(Clone, Debug, Default)]
pub(super) struct Question {
    pub(super) asked: RoaringBitmap,
    pub(super) acted: RoaringBitmap,
}

/// A block that a set divides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    block: u32,
    pub(super) inside: Tally,
    /// The rest of the block; nothing for the block of those who are in nothing shown, whose total nobody is told.
    pub(super) outside: Option<Tally>,
}

/// The block of those who are in no set so far.
const OUTSIDE: u32 = 0;
/// Who is not asked about.
const NOBODY: u32 = u32::MAX;

/// The blocks of one question.
#[derive(Clone, Debug)]
pub(super) struct Partition {
    /// By person.
    block: Vec<u32>,
    acted: Vec<bool>,
    /// By block.
    tallies: Vec<Tally>,
}

impl Partition {
    pub(super) fn new(question: &Question) -> Self {
        let people = question.asked.max().map_or(0, |last| last as usize + 1);
        let mut new = Self { block: vec![NOBODY; people], acted: vec![false; people], tallies: vec![] };
        let mut all = Tally::default();
        for person in &question.asked {
            let acted = question.acted.contains(person);
            new.block[person as usize] = OUTSIDE;
            new.acted[person as usize] = acted;
            all.add(acted);
        }
        new.tallies.push(all);
        new
    }

    /// What a set has in each block that it meets.
    pub(super) fn met(&self, set: &RoaringBitmap) -> Vec<(u32, Tally)> {
        let mut met = vec![Tally::default(); self.tallies.len()];
        let mut order = Vec::new();
        for person in set {
            let Some(&block) = self.block.get(person as usize).filter(|block| **block != NOBODY) else {
                continue;
            };
            let tally = &mut met[block as usize];
            if tally.people() == 0 {
                order.push(block);
            }
            tally.add(self.acted[person as usize]);
        }
        order.into_iter().map(|block| (block, met[block as usize])).collect()
    }

    /// The blocks that a set divides: none where it is a union of blocks, and so tells nothing new.
    pub(super) fn cuts(&self, set: &RoaringBitmap) -> Vec<Cut> {
        let cut = |(block, inside): (u32, Tally)| {
            let rest = self.tallies[block as usize].without(inside);
            let outside = (block != OUTSIDE).then_some(rest);
            (outside != Some(Tally::default())).then_some(Cut { block, inside, outside })
        };
        self.met(set).into_iter().filter_map(cut).collect()
    }

    /// Divides blocks by a set, as [`Self::cuts`] found them.
    pub(super) fn divide(&mut self, set: &RoaringBitmap, cuts: &[Cut]) {
        let mut became: Vec<u32> = (0..).take(self.tallies.len()).collect();
        for cut in cuts {
            became[cut.block as usize] = self.tallies.len() as u32;
            self.tallies.push(cut.inside);
            self.tallies[cut.block as usize] = self.tallies[cut.block as usize].without(cut.inside);
        }
        self.rename(set, &became);
    }

    /// Takes back the last division, which was by this set and these cuts.
    pub(super) fn unite(&mut self, set: &RoaringBitmap, cuts: &[Cut]) {
        let mut became: Vec<u32> = (0..).take(self.tallies.len()).collect();
        let first = self.tallies.len() - cuts.len();
        for (place, cut) in cuts.iter().enumerate() {
            became[first + place] = cut.block;
            let tally = &mut self.tallies[cut.block as usize];
            *tally = Tally { acted: tally.acted + cut.inside.acted, idle: tally.idle + cut.inside.idle };
        }
        self.tallies.truncate(first);
        self.rename(set, &became);
    }

    fn rename(&mut self, set: &RoaringBitmap, became: &[u32]) {
        for person in set {
            if let Some(block) = self.block.get_mut(person as usize).filter(|block| **block != NOBODY) {
                *block = became[*block as usize];
            }
        }
    }

    /// Between which counts a set lies, for one who knows how many acted in each block and no more.
    pub(super) fn bounds(&self, met: &[(u32, Tally)]) -> (u32, u32) {
        met.iter().fold((0, 0), |(from, to), (block, inside)| {
            if *block == OUTSIDE {
                return (from, to + inside.people());
            }
            let all = self.tallies[*block as usize];
            let others = all.people() - inside.people();
            (from + all.acted.saturating_sub(others), to + all.acted.min(inside.people()))
        })
    }

    /// Whether any of these blocks is part of something shown.
    pub(super) fn known(met: &[(u32, Tally)]) -> bool {
        met.iter().any(|(block, _)| *block != OUTSIDE)
    }

    /// Whether a set that met these blocks before meets one that was divided since.
    pub(super) fn touched(met: &[(u32, Tally)], cuts: &[Cut]) -> bool {
        met.iter().any(|(block, _)| cuts.iter().any(|cut| cut.block == *block))
    }
}

/// By how many the count of a set could be higher, and by how many lower, in worlds that agree in every block: pairs
/// of people of one block, one in the set and one not, of whom one acted.
pub(super) fn exchanges(cuts: &[Cut]) -> (u32, u32) {
    cuts.iter().fold((0, 0), |(up, down), Cut { inside, outside, .. }| match outside {
        Some(outside) => (up + inside.idle.min(outside.acted), down + inside.acted.min(outside.idle)),
        None => (up + inside.idle, down + inside.acted),
    })
}
