//! One person: all that was learned of where they were and since when they could act.

use domain::id::{DepartmentId, MemberId};
use domain::time::Day;

use super::Chart;

/// Something held from a day on, and was known since another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Since<T> {
    pub(super) from: Day,
    pub(super) known: Day,
    pub(super) what: T,
}

/// One person, and all that was learned of them.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Who.
    pub(super) id: MemberId,
    /// The accounts they got, the first first.
    pub(super) accounts: Vec<Since<()>>,
    /// Whether they were there, by the first day of each.
    pub(super) presence: Vec<Since<bool>>,
    /// Their departments, in the order in which they were in them; from one moment on, in the one learned last.
    pub(super) places: Vec<Since<DepartmentId>>,
}

impl Person {
    pub(super) fn new(id: MemberId) -> Self {
        Self { id, accounts: Vec::new(), presence: Vec::new(), places: Vec::new() }
    }

    pub(super) fn is_present(&self, day: Day, cut: Day) -> bool {
        let known = self.presence.iter().rev().find(|since| since.from <= day && since.known <= cut);
        known.is_some_and(|since| since.what)
    }

    /// The first day on which they are there no more at the end of a day; none while they are, or if they never were.
    pub(super) fn left(&self, day: Day, cut: Day) -> Option<Day> {
        let known = self.presence.iter().filter(|since| since.from <= day && since.known <= cut);
        let changes: Vec<_> = known.collect();
        let last_there = changes.iter().rposition(|since| since.what)?;
        changes.get(last_there + 1).map(|since| since.from)
    }

    /// Before the first department that is known they were in the first.
    pub(super) fn department(&self, day: Day, chart: Chart, cut: Day) -> Option<DepartmentId> {
        let known = || self.places.iter().filter(|place| place.known <= cut);
        let found = match chart {
            Chart::AsRecorded => known().rfind(|place| place.from <= day && place.known <= day),
            Chart::AsWas => known().rfind(|place| place.from <= day),
            Chart::Restated => known().rfind(|place| place.from <= cut),
        };
        found.or_else(|| known().next()).map(|place| place.what)
    }
}

/// Where somebody was, for as long as anything is known of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Home {
    /// There is nobody of this number.
    #[default]
    Nobody,
    /// In one department, which is known since a day.
    Sole(Day, DepartmentId),
    /// In several, or it is not known where.
    Several,
}

impl Home {
    pub(super) fn of(person: &Option<Person>) -> Self {
        match person.as_ref().map(|person| &*person.places) {
            None => Self::Nobody,
            Some([Since { known, what, .. }]) => Self::Sole(*known, *what),
            Some(_) => Self::Several,
        }
    }
}
