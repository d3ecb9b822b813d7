//! What is published of one question in one window: the counts of blocks, and of whole communities beside them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use domain::id::CommunityId;
use roaring::{MultiOps, RoaringBitmap};

use super::blocks::{Beside, Block, Cell, Department, Terms, blocks, bounds, cells};
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
    fn whole(&self, departments: &[Department], asked: &RoaringBitmap) -> Vec<Cell> {
        let Some(within) = &self.within else {
            let own = departments.iter().map(|department| &department.own & asked);
            return own.enumerate().map(|(at, people)| Cell { at, people }).collect();
        };
        let mut others = asked.clone();
        let blocks = within.release.blocks.iter();
        let blocks = blocks.map(|block| Cell { at: block.at, people: &block.people & asked });
        let mut whole: Vec<Cell> = blocks.inspect(|cell| others -= &cell.people).collect();
        whole.push(Cell { at: 0, people: others });
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
            && !self.parts.iter().any(|part| part.of_people(people).is_none() && part.blocks.iter().any(left))
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
    /// What communities are decided by, where they are: few ask for them.
    decided_by: Option<Box<Question>>,
    communities: OnceLock<BTreeMap<CommunityId, Block>>,
    /// How many did it at most, where nothing is published.
    few: u64,
}

/// What is decided: people in categories, by groups, under rules.
#[derive(Clone, Debug)]
struct Question {
    groups: Arc<Groups>,
    categories: Vec<RoaringBitmap>,
    rules: Rules,
}

impl Question {
    /// Cells by headcount, and the blocks they make.
    fn decide<T>(&self, then: impl FnOnce(&[Cell], Vec<Block>, Terms<'_>) -> T) -> T {
        let Self { groups, categories, rules } = self;
        let may = |block: &Block| rules.leave_parts_open(&block.people, block.categories[0].len());
        let beside = rules.within.as_ref().map(|within| within as &dyn Beside);
        let terms = Terms { threshold: rules.threshold, least: rules.least, may: &may, beside };
        let whole = rules.whole(&groups.departments, &self.asked());
        let cells = cells(&groups.departments, whole, |people| terms.divides(people, categories));
        let blocks = blocks(&groups.departments, &cells, categories, terms);
        then(&cells, blocks, terms)
    }

    fn asked(&self) -> RoaringBitmap {
        self.categories.iter().union()
    }
}

impl Release {
    /// Decides what is published.
    pub fn of(groups: &Arc<Groups>, categories: Vec<RoaringBitmap>, rules: Rules) -> Self {
        let question = Question { groups: Arc::clone(groups), categories, rules };
        let few = question.rules.threshold.many() - 1;
        let (blocks, few) = question.decide(|cells, blocks, _| {
            let few = if cells.is_empty() { u64::MAX } else { few };
            (blocks, few)
        });
        let (before, asked) = (vec![vec![]; blocks.len()], question.asked());
        // Of communities nothing is said where nothing is of everybody, nor of two questions of which one tells of the
        // other.
        let alone = question.categories.len() == 2 && question.rules.within.is_none();
        let decided_by = (alone && !blocks.is_empty()).then(|| Box::new(question));
        Self { asked, blocks, before, decided_by, communities: OnceLock::new(), few }
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

    /// The blocks that make up some people; nothing where one holds others as well.
    pub fn made_of(&self, people: &RoaringBitmap) -> Option<Vec<&RoaringBitmap>> {
        let blocks: Vec<_> = self.blocks.iter().map(|block| &block.people).collect();
        let blocks: Vec<_> = blocks.into_iter().filter(|block| !block.is_disjoint(people)).collect();
        let whole = blocks.iter().all(|block| block.is_subset(people));
        let all: u64 = blocks.iter().map(|block| block.len()).sum();
        (whole && all > 0 && all == self.asked.intersection_len(people)).then_some(blocks)
    }

    /// A community, if its counts are published.
    pub fn community(&self, id: CommunityId) -> Option<&Block> {
        let question = self.decided_by.as_ref()?;
        let published = || {
            question.decide(|cells, blocks, terms| {
                communities::published(
                    (cells, &blocks),
                    &question.groups.communities,
                    &question.categories,
                    terms,
                )
            })
        };
        self.communities.get_or_init(published).get(&id)
    }

    /// The block of just these people.
    fn of_people(&self, people: &RoaringBitmap) -> Option<&Block> {
        let (count, first) = (people.len(), people.min());
        let alike = |block: &&Block| block.people.len() == count && block.people.min() == first;
        self.blocks.iter().filter(alike).find(|block| block.people == *people)
    }

    /// How many of some people did it at most.
    fn most(&self, people: &RoaringBitmap) -> u64 {
        if let Some(block) = self.of_people(people) {
            return block.categories[0].len();
        }
        self.bounds(0, people).1.min(if self.is_empty() { self.few } else { u64::MAX })
    }
}

#[cfg(test)]
mod tests;
