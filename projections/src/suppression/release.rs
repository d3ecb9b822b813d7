//! What is published of one question in one window: the counts of blocks, and of whole communities beside them.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::id::CommunityId;
use roaring::RoaringBitmap;

use super::blocks::{Beside, Block, Department, Terms, blocks, bounds, cells};
use super::{Threshold, communities};

/// By which groups people are asked about.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// The departments.
    pub departments: Vec<Department>,
    /// The communities.
    pub communities: Vec<(CommunityId, RoaringBitmap)>,
}

/// The rules of one question.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The threshold.
    pub threshold: Threshold,
    /// The fewest people of a block, if the threshold does not ask for more.
    pub least: u64,
    /// What is published of the windows that make up this one: whoever did it in this did it in one of them.
    pub parts: Vec<Arc<Release>>,
    /// What is published of another question about the same people, whose blocks are not divided.
    pub within: Option<Within>,
}

/// What is published of another question about the same people.
#[derive(Clone, Debug)]
pub struct Within {
    /// It.
    pub release: Arc<Release>,
    /// For each category here, those there that it is part of; none where it is not part of any, or all of one.
    pub part_of: Vec<Vec<usize>>,
}

impl Beside for Within {
    fn at_most(&self, people: &RoaringBitmap, category: usize, each: u64) -> Option<u64> {
        let there = self.part_of.get(category).filter(|there| !there.is_empty())?;
        let all: u64 = there.iter().map(|there| self.release.bounds(*there, people).1).sum();
        let beside = self.part_of.iter().filter(|others| *others == there).count() as u64 - 1;
        Some(all.saturating_sub(beside * each))
    }
}

impl Rules {
    /// Those who stay together.
    fn whole(&self, departments: &[Department], asked: &RoaringBitmap) -> Vec<RoaringBitmap> {
        let Some(within) = &self.within else {
            return departments.iter().map(|department| &department.own & asked).collect();
        };
        let mut others = asked.clone();
        let blocks = within.release.blocks.iter().map(|block| &block.people & asked);
        let mut whole: Vec<RoaringBitmap> = blocks.inspect(|people| others -= people).collect();
        whole.push(others);
        whole
    }

    /// Whether so many people may be said to have done it: each of the windows that make up this one could have been
    /// without any of them, and whoever has left a block since could have been idle in it.
    fn leave_parts_open(&self, people: &RoaringBitmap, count: u64) -> bool {
        let most: Vec<u64> = self.parts.iter().map(|part| part.most(people)).collect();
        let all: u64 = most.iter().sum();
        let left = |block: &Block| {
            let left = (&block.people - people).len();
            (1..self.threshold.many()).contains(&left) && block.categories[0].len() > count
        };
        most.iter().all(|most| all - most >= count)
            && !self.parts.iter().flat_map(|part| &part.blocks).any(left)
    }
}

/// What is published of one question in one window. Everybody asked about is in one category; the first is of those who
/// did it.
#[derive(Clone, Debug, Default)]
pub struct Release {
    asked: RoaringBitmap,
    blocks: Vec<Block>,
    /// What was shown of each block before.
    before: Vec<Vec<Block>>,
    communities: BTreeMap<CommunityId, Block>,
    /// How many did it at most, where nothing is published.
    few: u64,
}

impl Release {
    /// Decides what is published.
    pub fn of(groups: &Groups, categories: &[RoaringBitmap], rules: &Rules) -> Self {
        let may = |block: &Block| rules.leave_parts_open(&block.people, block.categories[0].len());
        let beside = rules.within.as_ref().map(|within| within as &dyn Beside);
        let terms = Terms { threshold: rules.threshold, least: rules.least, may: &may, beside };
        let asked = categories.iter().fold(RoaringBitmap::new(), |all, category| all | category);
        let whole = rules.whole(&groups.departments, &asked);
        let cells = cells(&groups.departments, &whole, |people| terms.divides(people, categories));
        let blocks = blocks(&groups.departments, &cells, categories, terms);
        let few = if cells.is_empty() { u64::MAX } else { rules.threshold.many() - 1 };
        let mut release = Self { before: vec![vec![]; blocks.len()], asked, blocks, few, ..Self::default() };
        // Of communities nothing is said where nothing is of everybody, nor of two questions of which one tells of the
        // other.
        if categories.len() == 2 && rules.within.is_none() && !release.is_empty() {
            let communities = &groups.communities;
            release.communities =
                communities::published((&cells, &release.blocks), communities, categories, terms);
        }
        release
    }

    /// Takes up counts that were learned since, of those blocks alone that would be made of the same people again, and
    /// of which many changed since each time their counts were shown. Where nothing was published, all is taken up.
    pub fn revise(&mut self, fresh: Self, threshold: Threshold) {
        if self.blocks.is_empty() {
            *self = fresh;
            return;
        }
        for (block, before) in self.blocks.iter_mut().zip(&mut self.before) {
            let again = fresh.blocks.iter().find(|again| again.people == block.people);
            let Some(again) = again else { continue };
            let many = |then: &Block| then.moved(again) >= threshold.many();
            if many(block) && before.iter().all(many) {
                before.push(std::mem::replace(block, again.clone()));
            }
        }
    }

    /// Whether nothing is published.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Who is asked about.
    pub fn asked(&self) -> &RoaringBitmap {
        &self.asked
    }

    /// Between which counts of a category some people lie.
    pub fn bounds(&self, category: usize, people: &RoaringBitmap) -> (u64, u64) {
        bounds(&self.blocks, category, people)
    }

    /// A community, if its counts are published.
    pub fn community(&self, id: CommunityId) -> Option<&Block> {
        self.communities.get(&id)
    }

    /// How many of some people did it at most.
    fn most(&self, people: &RoaringBitmap) -> u64 {
        self.bounds(0, people).1.min(if self.is_empty() { self.few } else { u64::MAX })
    }
}

#[cfg(test)]
mod tests;
