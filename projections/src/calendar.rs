//! On which days people of the organisation work, as it was known at any cut.

use domain::event::{Event, Recorded};
use domain::organisation::{Calendar, Event as Organised};
use domain::time::{Day, Weekday};

use crate::projection::Projection;
use crate::table::{Layout, Table, put};
use crate::value::col;
use crate::writes::{KNOWN, Writes};
use crate::{Error, Snapshot, Viewer};

// What was said of days, in the order it was learned.
static CALENDAR: Table = Table {
    name: "calendar",
    key: &["position INTEGER NOT NULL", "day INTEGER NOT NULL"],
    columns: &["known INTEGER NOT NULL", "what INTEGER NOT NULL", "weekdays INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

/// Working days.
pub static PROJECTION: Projection = Projection { name: "calendar", version: 1, tables: &[&CALENDAR], fold };

/// What is said of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    /// From it on people work on these days of the week.
    Week,
    /// It is a public holiday.
    Holiday,
    /// It is none after all.
    NoHoliday,
}

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let mut say = |day: Day, what: What, weekdays: i64| {
        let (position, known) = (recorded.position, writes.known());
        put!(
            writes,
            CALENDAR { position: position, day: day, known: known, what: what as i64, weekdays: weekdays }
        );
    };
    match &recorded.event {
        Event::Organisation(Organised::WorkingWeekSet(e)) => {
            say(e.from, What::Week, e.days.iter().fold(0, |bits, day| bits | 1 << *day as i64));
        }
        Event::Organisation(Organised::HolidaysChanged(e)) => {
            e.added.iter().for_each(|day| say(*day, What::Holiday, 0));
            e.removed.iter().for_each(|day| say(*day, What::NoHoliday, 0));
        }
        _ => {}
    }
}

/// All that was said of working days: it tells of every cut.
#[derive(Clone, Debug, Default)]
pub struct History(Vec<Said>);

#[derive(Clone, Copy, Debug)]
struct Said {
    known: Day,
    day: Day,
    what: i64,
    weekdays: i64,
}

impl History {
    /// Reads what was known at a cut.
    pub fn read(snapshot: &Snapshot, cut: Day) -> Result<Self, Error> {
        let sql = "SELECT known, day, what, weekdays FROM calendar WHERE known <= ?1 ORDER BY position, day";
        let said = snapshot.rows(sql, &[cut.into()], |row| {
            Ok(Said { known: col(row, 0)?, day: col(row, 1)?, what: col(row, 2)?, weekdays: col(row, 3)? })
        })?;
        Ok(Self(said))
    }

    /// The working days as they were known at a cut.
    pub fn at(&self, cut: Day) -> Calendar {
        let mut calendar = Calendar::default();
        for Said { day, what, weekdays, .. } in self.0.iter().filter(|said| said.known <= cut) {
            if *what == What::Week as i64 {
                let on = |weekday: &Weekday| weekdays & (1 << *weekday as i64) != 0;
                calendar.set_week(*day, Weekday::ALL.into_iter().filter(on));
            } else if *what == What::Holiday as i64 {
                calendar.add_holiday(*day);
            } else {
                calendar.remove_holiday(*day);
            }
        }
        calendar
    }
}

/// The working days as they stand.
pub fn calendar(snapshot: &Snapshot, _viewer: &Viewer) -> Result<Calendar, Error> {
    Ok(History::read(snapshot, Day(i32::MAX))?.at(Day(i32::MAX)))
}

#[cfg(test)]
mod tests {
    use domain::organisation::{HolidaysChanged, WorkingWeekSet};

    use super::*;
    use crate::given::{History as Given, history};

    const DAY: i64 = 86_400;

    fn given() -> Given {
        let week = WorkingWeekSet { from: Day(19_600), days: vec![Weekday::Monday, Weekday::Sunday] };
        let added = HolidaysChanged { added: vec![Day(19_680), Day(19_690)], removed: vec![] };
        let removed = HolidaysChanged { added: vec![], removed: vec![Day(19_690)] };
        history().and(week).and(added).later(DAY).and(removed)
    }

    #[test]
    fn each_event_writes() {
        insta::assert_snapshot!(given().writes(&PROJECTION), @r#"
        put calendar position=1 day=19600 known=19675 what=0 weekdays=65
        put calendar position=2 day=19680 known=19675 what=1 weekdays=0
        put calendar position=2 day=19690 known=19675 what=1 weekdays=0
        put calendar position=3 day=19690 known=19676 what=2 weekdays=0
        "#);
    }

    #[test]
    fn what_was_said_later_was_not_known_before() {
        let given = given();
        let snapshot = given.snapshot();
        let at = |cut| {
            let history = History::read(&snapshot, Day(cut)).unwrap();
            // Whoever reads more knows the same of the cut.
            assert_eq!(history.at(Day(cut)), History::read(&snapshot, Day(i32::MAX)).unwrap().at(Day(cut)));
            history.at(Day(cut))
        };
        assert_eq!(at(19_674), Calendar::default());
        let holidays = |cut: i32| at(cut).holidays().iter().copied().collect::<Vec<_>>();
        assert_eq!(holidays(19_675), [Day(19_680), Day(19_690)]);
        assert_eq!(holidays(19_676), [Day(19_680)]);
        // Day 19,675 is a Tuesday.
        assert!(at(19_676).works(Day(19_674)) && !at(19_676).works(Day(19_675)));
        assert_eq!(calendar(&snapshot, &Viewer::Operator).unwrap(), at(19_676));
    }
}
