//! How unequally people, or departments, contribute.

use std::marker::PhantomData;

use super::bootstrap::percentile;
use super::interval::Interval;

/// Everyone who could have contributed: zeros are included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Everyone;

/// Only those who contributed: zeros are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contributors;

/// How many contributions each of a population made. The type says whether zeros are included, since with them a
/// figure of inequality mostly measures how many take part at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts<Population> {
    /// From the lightest to the heaviest.
    sorted: Vec<u64>,
    of: PhantomData<Population>,
}

/// The Gini coefficient of a population's counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gini<Population> {
    /// Σ(2i−n−1)xᵢ ÷ (n·Σx) over the sorted counts: 0 where all are equal, below 1 − 1/n however unequal.
    pub value: f64,
    /// The value × n/(n−1), which can reach 1 however few are counted; `None` for one alone.
    pub corrected: Option<f64>,
    of: PhantomData<Population>,
}

/// The 90-9-1 split of a population (Nielsen 2006).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participation {
    /// Who contributed nothing.
    pub silent: u64,
    /// Who contributed and is not among the heaviest.
    pub some: u64,
    /// The heaviest hundredth of everyone, rounded up to whole people, as far as they contributed.
    pub heaviest: u64,
    /// The contributions of all.
    pub contributions: u64,
    /// The contributions of the heaviest.
    pub by_heaviest: u64,
}

impl Participation {
    /// The share of all contributions that the heaviest made, 0 to 1.
    pub fn share_of_heaviest(&self) -> Option<f64> {
        share(self.by_heaviest, self.contributions)
    }
}

impl<Population> Counts<Population> {
    fn of(mut counts: Vec<u64>) -> Self {
        counts.sort_unstable();
        Self { sorted: counts, of: PhantomData }
    }

    /// How many people, or departments, are counted.
    pub fn population(&self) -> u64 {
        self.sorted.len() as u64
    }

    /// How much they contributed together.
    pub fn contributions(&self) -> u64 {
        self.sorted.iter().sum()
    }

    /// How unequal the counts are; `None` where nothing was contributed.
    pub fn gini(&self) -> Option<Gini<Population>> {
        let n = self.sorted.len() as i128;
        let ranked = (1..).zip(&self.sorted).map(|(i, &count)| (2 * i - n - 1) * i128::from(count));
        let spread: i128 = ranked.sum();
        let total = i128::from(self.contributions());
        let value = (total > 0).then(|| spread as f64 / (n * total) as f64)?;
        let corrected = (n > 1).then(|| spread as f64 / ((n - 1) * total) as f64);
        Some(Gini { value, corrected, of: PhantomData })
    }

    /// Where the Gini coefficient of a population that this is a sample of lies, by the bootstrap.
    pub fn gini_interval(&self, seed: u64) -> Option<Interval> {
        let n = i128::from(self.population());
        percentile(self.sorted.len(), seed, |drawn| {
            let (mut spread, mut total, mut before) = (0_i128, 0_i128, 0_i128);
            for (count, times) in self.sorted.iter().zip(drawn) {
                let (count, times) = (i128::from(*count), i128::from(*times));
                // Σ(2i − n − 1) over the places that the value takes.
                spread += times * (2 * before + times - n) * count;
                total += times * count;
                before += times;
            }
            (total > 0).then(|| spread as f64 / (n * total) as f64)
        })
    }

    /// The share of contributions that the heaviest make, 0 to 1; how many hundredths of the population those are is
    /// rounded up to whole people. `None` where nothing was contributed.
    pub fn top_share(&self, hundredths: u64) -> Option<f64> {
        share(self.by_heaviest(self.part(hundredths)), self.contributions())
    }

    /// The smallest number that makes at least half of the contributions: the elephant factor of departments (CHAOSS),
    /// the bus factor of people. `None` where nothing was contributed.
    pub fn elephant_factor(&self) -> Option<u64> {
        let total = self.contributions();
        let mut so_far = 0;
        let reached = self.sorted.iter().rev().position(|count| {
            so_far += count;
            2 * so_far >= total
        });
        reached.filter(|_| total > 0).map(|position| position as u64 + 1)
    }

    fn part(&self, hundredths: u64) -> u64 {
        (self.population() * hundredths).div_ceil(100)
    }

    fn by_heaviest(&self, heaviest: u64) -> u64 {
        self.sorted.iter().rev().take(heaviest as usize).sum()
    }
}

impl Counts<Everyone> {
    /// The counts of everyone, those who made none included.
    pub fn of_everyone(counts: Vec<u64>) -> Self {
        Self::of(counts)
    }

    /// The counts of those who contributed.
    pub fn contributors(&self) -> Counts<Contributors> {
        Counts::of(self.sorted.iter().copied().filter(|&count| count > 0).collect())
    }

    /// Who contributes nothing, some and most.
    pub fn participation(&self) -> Participation {
        let contributors = self.sorted.iter().filter(|&&count| count > 0).count() as u64;
        let heaviest = self.part(1).min(contributors);
        Participation {
            silent: self.population() - contributors,
            some: contributors - heaviest,
            heaviest,
            contributions: self.contributions(),
            by_heaviest: self.by_heaviest(heaviest),
        }
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn near(value: f64, expected: f64) -> bool {
        (value - expected).abs() < 1e-12
    }

    fn ten() -> Counts<Everyone> {
        Counts::of_everyone(vec![2, 0, 24, 0, 1, 4, 0, 1, 8, 0])
    }

    #[test]
    fn ten_people_are_as_unequal_as_computed_independently() {
        let everyone = ten().gini().unwrap();
        assert!(near(everyone.value, 0.745), "{everyone:?}");
        assert!((everyone.corrected.unwrap() - 0.827_778).abs() < 5e-7, "{everyone:?}");
        assert!(near(ten().contributors().gini().unwrap().value, 0.575));
        assert!(near(ten().top_share(10).unwrap(), 0.6));
        assert_eq!(
            ten().participation(),
            Participation { silent: 4, some: 5, heaviest: 1, contributions: 40, by_heaviest: 24 }
        );
        assert!(near(ten().participation().share_of_heaviest().unwrap(), 0.6));
    }

    #[test]
    fn the_interval_of_inequality_is_the_one_another_program_draws() {
        // The bounds of 60,000 samples drawn in Python; of 999 the standard error of a bound is about 0.01.
        let contributors = ten().contributors().gini_interval(1).unwrap();
        assert!((contributors.lower - 0.2083).abs() < 0.04, "{contributors:?}");
        assert!((contributors.upper - 0.6398).abs() < 0.04, "{contributors:?}");
        let everyone = ten().gini_interval(1).unwrap();
        assert!((everyone.lower - 0.4795).abs() < 0.04, "{everyone:?}");
        assert!((everyone.upper - 0.84).abs() < 0.04, "{everyone:?}");
        assert_eq!(ten().gini_interval(1), Some(everyone));
        assert_eq!(Counts::of_everyone(vec![0; 9]).gini_interval(1), None);
    }

    #[test]
    fn the_heaviest_hundredth_is_rounded_up_and_made_of_contributors() {
        let mut counts = vec![0; 399];
        counts.extend([5, 3]);
        let split = Counts::of_everyone(counts.clone()).participation();
        assert_eq!((split.silent, split.some, split.heaviest, split.by_heaviest), (399, 0, 2, 8));
        counts.extend([1; 4]);
        let split = Counts::of_everyone(counts).participation();
        assert_eq!((split.silent, split.some, split.heaviest, split.by_heaviest), (399, 1, 5, 11));
    }

    #[test]
    fn the_elephant_factor_counts_until_half_is_reached() {
        let factor = |counts: &[u64]| Counts::of_everyone(counts.to_vec()).elephant_factor();
        // The examples of chaoss/wg-risk: elephant-factor.md, then contributor-absence-factor.md.
        assert_eq!((factor(&[1; 8]), factor(&[7, 1, 1, 1, 1, 1, 1, 1])), (Some(4), Some(1)));
        assert_eq!(factor(&[1000, 202, 90, 33, 332, 343, 42, 433]), Some(2));
        assert_eq!(factor(&[5, 3, 2]), Some(1));
        assert_eq!(factor(&[4, 3, 2]), Some(2));
        assert_eq!(factor(&[1, 1, 1, 1, 1]), Some(3));
        assert_eq!((factor(&[0, 0]), factor(&[])), (None, None));
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        let nothing = Counts::of_everyone(vec![0, 0]);
        assert_eq!((nothing.gini(), nothing.top_share(10)), (None, None));
        assert_eq!(nothing.participation().share_of_heaviest(), None);
        assert_eq!(Counts::of_everyone(vec![7]).gini().unwrap().corrected, None);
    }

    proptest! {
        #[test]
        fn inequality_lies_below_one_and_knows_no_unit(counts in vec(0_u64..1_000_000, 1..60), times in 1_u64..1000) {
            let scaled = Counts::of_everyone(counts.iter().map(|count| count * times).collect());
            let counts = Counts::of_everyone(counts);
            prop_assume!(counts.contributions() > 0);
            let (one, other) = (counts.gini().unwrap(), scaled.gini().unwrap());
            prop_assert!((0.0..1.0).contains(&one.value));
            prop_assert!(one.corrected.is_none_or(|corrected| (0.0..=1.0).contains(&corrected)));
            prop_assert!(near(one.value, other.value));
            prop_assert!(counts.contributors().gini().unwrap().value <= one.value + 1e-12);
        }

        #[test]
        fn giving_from_the_rich_to_the_poor_lessens_inequality(counts in vec(0_u64..1000, 2..40)) {
            let before = Counts::of_everyone(counts);
            let mut after = before.sorted.clone();
            let last = after.len() - 1;
            prop_assume!(after[last] >= after[0] + 2);
            after[0] += 1;
            after[last] -= 1;
            prop_assert!(Counts::of_everyone(after).gini().unwrap().value < before.gini().unwrap().value);
        }
    }
}
