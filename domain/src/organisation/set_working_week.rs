//! Say on which days of the week people work.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::organisation::{Refusal, State, WorkingWeekSet};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::time::{Day, Weekday};

/// An administrator says on which days of the week people work: until then, Monday to Friday.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SetWorkingWeek {
    /// The days, at least one.
    pub days: Vec<Weekday>,
    /// From which day on; today by default. It may have passed.
    pub from: Option<Day>,
    /// The revision at which the actor read them; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for SetWorkingWeek {
    type State = State;
    const ABILITY: Ability = Ability::ChangeSettings;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let settings = state.established()?;
        let days: BTreeSet<Weekday> = self.days.iter().copied().collect();
        if days.is_empty() {
            return Err(Refusal::NoWorkingDay.on("days").into());
        }
        let from = self.from.unwrap_or(facts.day);
        if state.calendar.week_on(from) == days {
            return Ok(vec![]);
        }
        based_on(self.based_on, settings.revision)?;
        Ok(vec![WorkingWeekSet { from, days: days.into_iter().collect() }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::Given;
    use crate::organisation::HolidaysChanged;

    fn set(days: &[Weekday], from: Option<&str>) -> SetWorkingWeek {
        SetWorkingWeek { days: days.to_vec(), from: from.map(|day| day.parse().unwrap()), based_on: None }
    }

    #[test]
    fn a_week_holds_from_a_day_on_each_day_once_and_in_order() {
        let expected = WorkingWeekSet {
            from: "2026-01-05".parse().unwrap(),
            days: vec![Weekday::Monday, Weekday::Saturday],
        };
        let twice = [Weekday::Saturday, Weekday::Monday, Weekday::Saturday];
        let given = Given::people().by(1);
        given.clone().when(set(&twice, Some("2026-01-05"))).then([expected.clone()]);
        given.and(expected).when(set(&twice, Some("2026-02-01"))).then_nothing();
    }

    #[test]
    fn monday_to_friday_is_how_it_is_without_saying() {
        use Weekday::*;
        let usual = [Monday, Tuesday, Wednesday, Thursday, Friday];
        Given::people().when(set(&usual, None)).then_nothing();
    }

    #[test]
    fn a_week_has_a_working_day_and_is_an_administrators() {
        Given::people().when(set(&[], None)).refused(Refusal::NoWorkingDay.on("days"));
        let given = Given::people().by(2);
        given.when(set(&[Weekday::Monday], None)).refused(decision::Refusal::AdministratorNeeded);
        Given::nothing().when(set(&[Weekday::Monday], None)).refused(Refusal::NotEstablished);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| SetWorkingWeek {
            based_on: Some(based_on),
            ..set(&[Weekday::Monday], Some("2026-01-05"))
        };
        let given = Given::people().and(HolidaysChanged { added: vec![Day(1)], removed: vec![] }).by(1);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given
            .when(upon(current))
            .then([WorkingWeekSet { from: "2026-01-05".parse().unwrap(), days: vec![Weekday::Monday] }]);
    }
}
