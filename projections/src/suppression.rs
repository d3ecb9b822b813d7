//! Which figures are shown: numbers of groups alone, and none from which a number of few people could be solved.
//!
//! [`shares`] decides how many of a group did something, [`totals`] sums and the cells of matrices. All groups of a
//! window and a cut are decided together, by what is handed in and nothing else: who asks, and what was asked before,
//! changes nothing.

mod partition;
pub mod shares;
pub mod totals;

/// The fewest people behind a number: k.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Threshold(u32);

impl Threshold {
    /// No organisation may go below it.
    pub const FLOOR: u32 = 5;

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

    /// Whether a group is large enough for figures of single days: ten times the threshold.
    #[must_use]
    pub fn admits_days(self, eligible: u64) -> bool {
        eligible >= 10 * u64::from(self.0)
    }
}

impl Default for Threshold {
    /// Ten people.
    fn default() -> Self {
        Self(10)
    }
}

/// What becomes of the figure of one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The number is shown.
    Shown,
    /// It is said between which counts it lies, both included. The same is said for every count between them.
    Band {
        /// The lowest.
        from: u64,
        /// The highest.
        to: u64,
    },
    /// What was said of it at the cut before is said again.
    Stands,
    /// Nothing is said but why.
    Hidden(Suppression),
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
