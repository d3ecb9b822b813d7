//! Every world of a small organisation, and what somebody finds who knows all that is published in one of them, who
//! belongs where, and the rules themselves: that it is one of the worlds in which the same is published.

use std::collections::HashMap;
use std::hash::Hash;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use roaring::RoaringBitmap;

use super::Threshold;
use super::blocks::Department;

/// An organisation whose people differ in nothing but the part they are in.
#[derive(Clone, Debug)]
pub(super) struct Organisation {
    /// How many people each part has.
    pub(super) sizes: Vec<u32>,
    /// The part above each.
    pub(super) above: Vec<Option<usize>>,
}

impl Organisation {
    /// One of so many worlds at most.
    pub(super) fn random(seed: u64, threshold: Threshold, categories: u32, worlds: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (k, least) = (threshold.people(), threshold.least(2) as u32);
        loop {
            let parts = rng.random_range(1..=6);
            let above = (0..parts).map(|part| (part > 0).then(|| rng.random_range(0..part)));
            let above: Vec<_> = above.collect();
            let size = |_| match rng.random_range(0..4) {
                0 => 0,
                1 => rng.random_range(1..=2 * k),
                2 => rng.random_range(least / 2..=least),
                _ => rng.random_range(least..=least + 2 * k),
            };
            let sizes: Vec<u32> = (0..parts).map(size).collect();
            let of = |size: &u32| (1..categories).map(|n| u64::from(size + n)).product::<u64>();
            let all = sizes.iter().map(|size| of(size) / (1..u64::from(categories)).product::<u64>());
            if all.fold(1, u64::saturating_mul) <= worlds && sizes.iter().any(|size| *size > 0) {
                return Self { sizes, above };
            }
        }
    }

    /// The people of a part.
    pub(super) fn people(&self, part: usize) -> RoaringBitmap {
        let first: u32 = self.sizes[..part].iter().sum();
        (first..first + self.sizes[part]).collect()
    }

    /// The parts as departments.
    pub(super) fn departments(&self) -> Vec<Department> {
        let department = |part: usize| Department { above: self.above[part], own: self.people(part) };
        (0..self.sizes.len()).map(department).collect()
    }

    /// Every union of parts.
    pub(super) fn unions(&self) -> Vec<Vec<usize>> {
        let parts = |set: u32| (0..self.sizes.len()).filter(move |part| set >> part & 1 == 1).collect();
        (1..1 << self.sizes.len()).map(parts).collect()
    }

    /// Who is in each category where so many of each part are.
    pub(super) fn categories(&self, world: &[&Vec<u32>]) -> Vec<RoaringBitmap> {
        let mut categories = vec![RoaringBitmap::new(); world[0].len()];
        let mut next = 0;
        for counts in world {
            for (category, count) in categories.iter_mut().zip(*counts) {
                category.insert_range(next..next + count);
                next += count;
            }
        }
        categories
    }

    /// Looks for people of whom somebody knows too closely how many did something.
    ///
    /// `publish` tells what is published where people are in these categories, and `questions` which categories
    /// together are asked about. A finding is a set of parts of which fewer people than the threshold may have done
    /// something, while fewer different counts than the threshold are possible.
    pub(super) fn attacked<K: Hash + Eq>(
        &self,
        (categories, questions): (usize, &[&[usize]]),
        sets: &[Vec<usize>],
        threshold: Threshold,
        publish: impl Fn(&[RoaringBitmap]) -> K,
    ) -> Option<String> {
        let choices: Vec<Vec<Vec<u32>>> =
            self.sizes.iter().map(|size| compositions(*size, categories)).collect();
        let mut found: HashMap<K, Vec<u128>> = HashMap::new();
        let mut at = vec![0; choices.len()];
        loop {
            let world: Vec<&Vec<u32>> = choices.iter().zip(&at).map(|(of, at)| &of[*at]).collect();
            let possible = found
                .entry(publish(&self.categories(&world)))
                .or_insert_with(|| vec![0; sets.len() * questions.len()]);
            let each = sets.iter().flat_map(|set| questions.iter().map(move |question| (set, question)));
            for (possible, (set, question)) in possible.iter_mut().zip(each) {
                let of = |part: &usize| question.iter().map(|category| world[*part][*category]).sum::<u32>();
                *possible |= 1 << set.iter().map(of).sum::<u32>();
            }
            let Some(next) = (0..at.len()).find(|part| at[*part] + 1 < choices[*part].len()) else { break };
            at[next] += 1;
            at[..next].fill(0);
        }
        let close = |(set, possible): (&Vec<usize>, u128)| {
            let size: u32 = set.iter().map(|part| self.sizes[*part]).sum();
            let k = threshold.people();
            let (from, to) = (possible.trailing_zeros(), 127 - possible.leading_zeros());
            let too_close = from < k && to - from + 1 < k.min(size + 1);
            too_close.then(|| format!("{self:?}: of {set:?} there are {from} to {to}"))
        };
        let all = found.values().flat_map(|possible| {
            let each = sets.iter().flat_map(|set| std::iter::repeat_n(set, questions.len()));
            each.zip(possible.iter().copied())
        });
        all.filter(|(set, _)| set.iter().any(|part| self.sizes[*part] > 0)).find_map(close)
    }
}

/// Every way to divide people among categories.
fn compositions(people: u32, categories: usize) -> Vec<Vec<u32>> {
    if categories == 1 {
        return vec![vec![people]];
    }
    let with = |first: u32| {
        let rest = compositions(people - first, categories - 1).into_iter();
        rest.map(move |rest| std::iter::once(first).chain(rest).collect())
    };
    (0..=people).flat_map(with).collect()
}
