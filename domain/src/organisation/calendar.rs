//! On which days people of an organisation work: days of the week, which may change from a day on, without public
//! holidays.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::{Day, Weekday};

/// The working days of an organisation: Monday to Friday until it says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    weeks: BTreeMap<Day, BTreeSet<Weekday>>,
    holidays: BTreeSet<Day>,
}

const USUAL: [Weekday; 5] =
    [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

impl Calendar {
    /// From a day on people work on these days of the week.
    pub fn set_week(&mut self, from: Day, days: impl IntoIterator<Item = Weekday>) {
        self.weeks.insert(from, days.into_iter().collect());
    }

    /// A day is a public holiday.
    pub fn add_holiday(&mut self, day: Day) {
        self.holidays.insert(day);
    }

    /// A day is no public holiday after all.
    pub fn remove_holiday(&mut self, day: Day) {
        self.holidays.remove(&day);
    }

    /// The days of the week on which people work, on a day.
    pub fn week_on(&self, day: Day) -> BTreeSet<Weekday> {
        self.weeks.range(..=day).next_back().map_or_else(|| USUAL.into(), |(_, days)| days.clone())
    }

    /// The weeks that were set, by the day from which each holds.
    pub fn weeks(&self) -> &BTreeMap<Day, BTreeSet<Weekday>> {
        &self.weeks
    }

    /// The public holidays.
    pub fn holidays(&self) -> &BTreeSet<Day> {
        &self.holidays
    }

    /// Whether people work on a day.
    pub fn works(&self, day: Day) -> bool {
        let weekday = day.weekday();
        let set = self.weeks.range(..=day).next_back();
        set.map_or_else(|| USUAL.contains(&weekday), |(_, days)| days.contains(&weekday))
            && !self.holidays.contains(&day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn people_work_from_monday_to_friday_until_something_else_is_said() {
        let calendar = Calendar::default();
        // Monday 2026-11-23 to Sunday.
        let week = (0..7).map(|n| calendar.works(Day(day("2026-11-23").0 + n)));
        assert_eq!(week.collect::<Vec<_>>(), [true, true, true, true, true, false, false]);
    }

    #[test]
    fn another_week_holds_from_its_day_on_and_nobody_works_on_a_holiday() {
        let mut calendar = Calendar::default();
        calendar.set_week(day("2026-11-25"), [Weekday::Saturday, Weekday::Monday]);
        calendar.add_holiday(day("2026-11-28"));
        let works = |on| calendar.works(day(on));
        assert!(works("2026-11-24") && !works("2026-11-25") && !works("2026-11-28"));
        assert!(works("2026-11-30") && works("2026-12-05"));
        calendar.remove_holiday(day("2026-11-28"));
        assert!(calendar.works(day("2026-11-28")));
    }
}
