//! Which figures are shown: numbers of groups alone, and none from which a number of few people could be solved.
//!
//! [`blocks`] and [`release`] decide how many of a group did something, [`totals`] sums and the cells of matrices. All
//! groups of a window are decided together, by what is handed in and nothing else: who asks, and what was asked before,
//! changes nothing.

use domain::organisation::THRESHOLDS;

pub mod blocks;
mod communities;
pub mod release;
pub mod totals;
#[cfg(test)]
mod worlds;

/// The fewest people behind a number: k.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Threshold(u32);

impl Threshold {
    /// No organisation may go below it.
    pub const FLOOR: u32 = *THRESHOLDS.start();

    /// A threshold of so many people; nothing below [`Self::FLOOR`].
    #[must_use]
    pub const fn try_new(people: u32) -> Option<Self> {
        if people >= Self::FLOOR { Some(Self(people)) } else { None }
    }

    /// How many people.
    #[must_use]
    pub fn people(self) -> u32 {
        self.0
    }

    /// As many as it takes for a count to be published: twice the threshold, so that of any set of people either as
    /// many as the threshold did something, or as many counts as the threshold are possible.
    pub(crate) fn many(self) -> u64 {
        2 * u64::from(self.0)
    }

    /// Between which counts one of so many people is said to lie where it is rounded: as many as the threshold.
    pub(crate) fn rounded(self, count: u64, people: u64) -> (u64, u64) {
        let step = u64::from(self.0);
        let from = (count - count % step).min((people + 1).saturating_sub(step));
        (from, (from + step - 1).min(people))
    }

    /// The fewest people whose counts in so many categories are decided by themselves: enough for many in each, and it
    /// is open for as many as the threshold in which they are.
    fn least(self, categories: usize) -> u64 {
        self.many() * categories as u64 + u64::from(self.0)
    }
}

impl Default for Threshold {
    /// Ten people.
    fn default() -> Self {
        Self(10)
    }
}

/// Why nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suppression {
    /// The group has too few people for any number, whatever they did.
    GroupTooSmall,
    /// Fewer people than the threshold stand behind it, or none.
    TooFewPeople,
    /// One person makes more than half of it.
    Dominated,
    /// It could be subtracted from what is shown, to find a number of few people: its own or another's. Which of the
    /// two is not said.
    Complementary,
}
