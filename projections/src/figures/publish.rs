//! A figure as it is published: as it is, between two, or not at all and why.

use crate::suppression::totals::Evidence;
use crate::suppression::{self, Threshold};

/// Why a figure is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suppression {
    /// The group is smaller than the threshold.
    GroupTooSmall,
    /// Fewer people than the threshold stand behind it.
    TooFewPeople,
    /// One person makes more than half of it.
    Dominated,
    /// Shown, it would give away another that is not.
    Complementary,
    /// There is no such figure in windows of this length, of groups like this, or by this chart.
    NotInGrid,
    /// There is too little data for a number.
    TooLittleData,
    /// Its window was not over at the cut, or what it waits for could still come.
    WindowOpen,
}

impl Suppression {
    /// Its name in receipts, which never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::GroupTooSmall => "GroupTooSmall",
            Self::TooFewPeople => "TooFewPeople",
            Self::Dominated => "Dominated",
            Self::Complementary => "Complementary",
            Self::NotInGrid => "NotInGrid",
            Self::TooLittleData => "TooLittleData",
            Self::WindowOpen => "WindowOpen",
        }
    }
}

impl From<suppression::Suppression> for Suppression {
    fn from(why: suppression::Suppression) -> Self {
        match why {
            suppression::Suppression::GroupTooSmall => Self::GroupTooSmall,
            suppression::Suppression::TooFewPeople => Self::TooFewPeople,
            suppression::Suppression::Dominated => Self::Dominated,
            suppression::Suppression::Complementary => Self::Complementary,
        }
    }
}

/// A figure as it is published.
#[derive(Clone, Debug, PartialEq)]
pub enum Published<T> {
    /// As it is.
    Shown(T),
    /// Somewhere between two, both included.
    Between(T, T),
    /// Not at all.
    Hidden(Suppression),
}

impl<T> Published<T> {
    /// What is shown as it is.
    pub fn shown(&self) -> Option<&T> {
        if let Self::Shown(value) = self { Some(value) } else { None }
    }

    /// What is made of it, as far as it is shown.
    pub fn map<U>(self, make: impl Fn(T) -> U) -> Published<U> {
        match self {
            Self::Shown(value) => Published::Shown(make(value)),
            Self::Between(lower, upper) => Published::Between(make(lower), make(upper)),
            Self::Hidden(why) => Published::Hidden(why),
        }
    }

    /// The same, where something can be made of all that is shown.
    pub fn transposed<U>(self, make: impl Fn(T) -> Option<U>) -> Option<Published<U>> {
        Some(match self {
            Self::Shown(value) => Published::Shown(make(value)?),
            Self::Between(lower, upper) => Published::Between(make(lower)?, make(upper)?),
            Self::Hidden(why) => Published::Hidden(why),
        })
    }

    /// Why nothing is shown.
    pub fn suppression(&self) -> Option<Suppression> {
        if let Self::Hidden(why) = self { Some(*why) } else { None }
    }
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proportion {
    /// For how many it holds.
    pub numerator: u64,
    /// How many it is about.
    pub denominator: u64,
}

impl Proportion {
    /// As it is, where nobody has to be protected: of nobody there is nothing to say.
    pub(super) fn published(self) -> Published<Self> {
        if self.denominator == 0 {
            Published::Hidden(Suppression::TooLittleData)
        } else {
            Published::Shown(self)
        }
    }

    /// Their quotient; nothing where it is about nobody.
    pub fn value(self) -> Option<f64> {
        (self.denominator > 0).then(|| self.numerator as f64 / self.denominator as f64)
    }
}

/// Who is behind a figure that is no share of people, each with an amount; whoever stands there twice with both.
pub(super) type Behind = Vec<(u32, u64)>;

/// A figure as it is published for a group of a size: as many people as the threshold stand behind it, of whom no one
/// makes more than half, in a group of at least twice as many.
pub(super) fn published<T>(
    behind: Behind,
    group: u64,
    threshold: Option<Threshold>,
    figure: T,
) -> Published<T> {
    let Some(threshold) = threshold else { return Published::Shown(figure) };
    if group < threshold.many() {
        return Published::Hidden(Suppression::GroupTooSmall);
    }
    let fault = Evidence::of_people(behind).fault(threshold);
    fault.map_or(Published::Shown(figure), |why| Published::Hidden(why.into()))
}
