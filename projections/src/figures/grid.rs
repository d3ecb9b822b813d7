//! The grid of windows: local days, ISO weeks, and periods of 4 and 12 whole weeks counted from Monday 2001-01-01, so
//! that windows nest and every figure belongs to one of few.

use domain::time::Day;

/// Monday 2001-01-01, from which weeks and periods are counted.
const FIRST_MONDAY: i32 = 11_323;

/// How long a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// A local day.
    Day,
    /// An ISO week, from Monday.
    Week,
    /// Four whole weeks.
    FourWeeks,
    /// Twelve whole weeks.
    TwelveWeeks,
}

impl Length {
    /// Every length, the shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::FourWeeks, Self::TwelveWeeks];

    /// The length of a window of the grid.
    pub fn of(window: Window) -> Self {
        Self::ALL.into_iter().find(|length| length.days() >= window.days()).unwrap_or(Self::TwelveWeeks)
    }

    /// The next shorter one.
    pub fn shorter(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|length| *length < self)
    }

    /// In days.
    pub fn days(self) -> i32 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::FourWeeks => 28,
            Self::TwelveWeeks => 84,
        }
    }
}

/// A window: some days in a row, the first and the last included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
}

impl Window {
    /// The window of the grid that a day is in.
    pub fn containing(day: Day, length: Length) -> Self {
        let days = length.days();
        let into = (day.0 - FIRST_MONDAY).rem_euclid(days);
        Self { first: Day(day.0 - into), last: Day(day.0 - into + days - 1) }
    }

    /// How many days it has.
    pub fn days(self) -> i32 {
        self.last.0 - self.first.0 + 1
    }

    /// The window of the same length just before; `back` windows before.
    pub fn before(self, back: i32) -> Self {
        let by = self.days() * back;
        Self { first: Day(self.first.0 - by), last: Day(self.last.0 - by) }
    }

    /// What of it has passed at the end of a day.
    pub fn until(self, day: Day) -> Self {
        Self { first: self.first, last: self.last.min(day) }
    }

    /// Whether a day is in it.
    pub fn contains(self, day: Day) -> bool {
        self.first <= day && day <= self.last
    }

    /// The windows of a shorter length in it, the first first.
    pub fn divided(self, length: Length) -> impl DoubleEndedIterator<Item = Self> {
        let days = length.days();
        let window = move |n| {
            let first = Day(self.first.0 + n * days);
            Self { first, last: Day(first.0 + days - 1) }
        };
        (0..self.days() / days).map(window)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn window(first: &str, last: &str) -> Window {
        Window { first: day(first), last: day(last) }
    }

    #[test]
    fn weeks_begin_on_monday_and_periods_are_counted_from_the_first_of_2001() {
        assert_eq!(day("2001-01-01").0, FIRST_MONDAY);
        let of = |on, length| Window::containing(day(on), length);
        assert_eq!(of("2026-11-26", Length::Week), window("2026-11-23", "2026-11-29"));
        assert_eq!(of("2001-01-28", Length::FourWeeks), window("2001-01-01", "2001-01-28"));
        assert_eq!(of("2000-12-31", Length::FourWeeks), window("2000-12-04", "2000-12-31"));
        assert_eq!(of("2001-01-29", Length::TwelveWeeks), window("2001-01-01", "2001-03-25"));
    }

    #[test]
    fn windows_nest_and_follow_each_other() {
        for on in ["1999-12-31", "2026-02-28", "2026-11-26"].map(day) {
            for pair in Length::ALL.windows(2) {
                let (short, long) = (Window::containing(on, pair[0]), Window::containing(on, pair[1]));
                assert!(long.contains(short.first) && long.contains(short.last));
                assert!(long.divided(pair[0]).any(|within| within == short));
                assert_eq!(short.before(1).last.0 + 1, short.first.0);
            }
        }
        let period = Window::containing(day("2026-11-26"), Length::FourWeeks);
        let weeks: Vec<_> = period.divided(Length::Week).collect();
        assert_eq!((weeks.len(), weeks[0].first, weeks[3].last), (4, period.first, period.last));
    }
}
