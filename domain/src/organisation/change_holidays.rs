//! Say which days are public holidays.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::organisation::{HolidaysChanged, Refusal, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::time::Day;

/// The most days that can be named at once: those of a hundred years of a country with many.
pub const DAYS_MAX: usize = 2_000;

/// An administrator says which days are public holidays.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ChangeHolidays {
    /// Days that are.
    pub add: Vec<Day>,
    /// Days that are not, though that was said.
    pub remove: Vec<Day>,
    /// The revision at which the actor read them; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for ChangeHolidays {
    type State = State;
    const ABILITY: Ability = Ability::ChangeSettings;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, _facts: &Facts) -> Result<Vec<Event>, Stop> {
        let settings = state.established()?;
        for (field, days) in [("add", &self.add), ("remove", &self.remove)] {
            if days.len() > DAYS_MAX {
                return Err(Refusal::TooManyDays.on(field).into());
            }
        }
        let (add, remove): (BTreeSet<Day>, BTreeSet<Day>) =
            (self.add.iter().copied().collect(), self.remove.iter().copied().collect());
        if let Some(day) = add.intersection(&remove).next() {
            return Err(Refusal::HolidayOrNot.on("remove").with(day).into());
        }
        let known = state.calendar.holidays();
        let added: Vec<Day> = add.difference(known).copied().collect();
        let removed: Vec<Day> = remove.intersection(known).copied().collect();
        if added.is_empty() && removed.is_empty() {
            return Ok(vec![]);
        }
        based_on(self.based_on, settings.revision)?;
        Ok(vec![HolidaysChanged { added, removed }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::Given;

    fn days(days: &[&str]) -> Vec<Day> {
        days.iter().map(|day| day.parse().unwrap()).collect()
    }

    fn change(add: &[&str], remove: &[&str]) -> ChangeHolidays {
        ChangeHolidays { add: days(add), remove: days(remove), based_on: None }
    }

    #[test]
    fn only_what_changes_is_recorded_each_day_once() {
        let added = HolidaysChanged { added: days(&["2026-05-01", "2026-05-08"]), removed: vec![] };
        let given = Given::people().by(1);
        let first = change(&["2026-05-08", "2026-05-01", "2026-05-08"], &["2026-12-25"]);
        given.clone().when(first).then([added.clone()]);
        let given = given.and(added);
        let second = change(&["2026-05-01", "2026-12-25"], &["2026-05-08"]);
        let expected = HolidaysChanged { added: days(&["2026-12-25"]), removed: days(&["2026-05-08"]) };
        given.clone().when(second).then([expected]);
        given.when(change(&["2026-05-01"], &[])).then_nothing();
    }

    #[test]
    fn a_day_is_a_holiday_or_not_and_few_are_named_at_once() {
        let both = change(&["2026-05-01"], &["2026-05-01"]);
        Given::people().when(both).refused(Refusal::HolidayOrNot.on("remove"));
        let many = ChangeHolidays { add: vec![Day(0); DAYS_MAX + 1], remove: vec![], based_on: None };
        Given::people().when(many).refused(Refusal::TooManyDays.on("add"));
    }

    #[test]
    fn holidays_are_an_administrators_to_say() {
        let given = Given::people().by(2);
        given.when(change(&["2026-05-01"], &[])).refused(decision::Refusal::AdministratorNeeded);
        Given::nothing().when(change(&["2026-05-01"], &[])).refused(Refusal::NotEstablished);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| ChangeHolidays { based_on: Some(based_on), ..change(&["2026-05-08"], &[]) };
        let given =
            Given::people().and(HolidaysChanged { added: days(&["2026-05-01"]), removed: vec![] }).by(1);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([HolidaysChanged { added: days(&["2026-05-08"]), removed: vec![] }]);
    }
}
