//! Who was active on which days, as bitmaps: different people over any days are unions of few of them.

use std::collections::BTreeMap;

use domain::time::Day;
use roaring::RoaringBitmap;

use super::deeds::Level;
use super::grid::Window;
use super::known::{Acts, Firsts, Known};
use crate::sliced::Sliced;
use crate::value::col;
use crate::{Error, Snapshot};

/// Who did something at a level, known since a day; the levels above are not among them.
#[derive(Clone, Debug)]
struct Active {
    known: Day,
    level: i64,
    members: RoaringBitmap,
}

/// Who was active on each day, as known at a cut; it tells of every cut before as well.
#[derive(Clone, Debug, Default)]
pub struct Days {
    days: BTreeMap<Day, Vec<Active>>,
    participated: Begun,
    contributed: Begun,
}

/// Who was active at a level or above for the first time: on which day by what was known on the day itself, and before
/// that by what was learned later.
#[derive(Clone, Debug, Default)]
struct Begun {
    in_time: Vec<(Day, RoaringBitmap)>,
    late: Vec<(Day, Active)>,
}

impl Begun {
    /// Everybody is in one of the first, and in those of the second that come before it.
    fn of(days: &BTreeMap<Day, Vec<Active>>, level: Level) -> Self {
        let (mut begun, mut seen) = (Self::default(), RoaringBitmap::new());
        for (day, active) in days {
            let mut fresh = RoaringBitmap::new();
            for active in active.iter().filter(|active| active.level >= level as i64) {
                if active.known <= *day {
                    fresh |= &active.members - &seen;
                } else if !active.members.is_subset(&seen) {
                    let active = Active { members: &active.members - &seen, ..*active };
                    begun.late.push((*day, active));
                }
            }
            if !fresh.is_empty() {
                seen |= &fresh;
                begun.in_time.push((*day, fresh));
            }
        }
        begun
    }

    fn firsts(&self, cut: Day) -> Firsts {
        let in_time = self.in_time.iter().take_while(|(day, _)| *day <= cut);
        let mut firsts: Firsts =
            in_time.flat_map(|(day, fresh)| fresh.iter().map(|number| (number, *day))).collect();
        for (day, active) in self.late.iter().filter(|(_, active)| active.known <= cut) {
            for number in &active.members {
                let first = firsts.entry(number).or_insert(*day);
                *first = (*first).min(*day);
            }
        }
        firsts
    }
}

impl Days {
    /// Reads all that was known at a cut.
    pub fn read(snapshot: &Snapshot, cut: Day) -> Result<Self, Error> {
        let mut days: BTreeMap<Day, Vec<Active>> = BTreeMap::new();
        let sql = "SELECT day, level, known, members FROM figure_active WHERE known <= ?1";
        snapshot.rows(sql, &[cut.into()], |row| {
            let active = Active { known: col(row, 2)?, level: col(row, 1)?, members: col(row, 3)? };
            days.entry(col(row, 0)?).or_default().push(active);
            Ok(())
        })?;
        let [participated, contributed] =
            [Level::Participated, Level::Contributed].map(|level| Begun::of(&days, level));
        Ok(Self { days, participated, contributed })
    }

    /// The different people who were active in a window at a level or one above it, as known at a cut.
    pub fn within(&self, window: Window, level: Level, cut: Day) -> RoaringBitmap {
        let mut members = RoaringBitmap::new();
        if window.first <= window.last {
            for active in self.days.range(window.first..=window.last).flat_map(|(_, active)| active) {
                if active.known <= cut && active.level >= level as i64 {
                    members |= &active.members;
                }
            }
        }
        members
    }

    /// On how many windows of a row each person was active at a level or above, as known at a cut.
    pub fn frequency(&self, windows: impl Iterator<Item = Window>, level: Level, cut: Day) -> Sliced {
        let mut frequency = Sliced::default();
        windows.for_each(|window| frequency.count(self.within(window, level, cut)));
        frequency
    }

    /// On which day each person first took part, as known at a cut.
    pub fn participated(&self, cut: Day) -> Firsts {
        self.participated.firsts(cut)
    }

    /// On which day each person first contributed, as known at a cut.
    pub fn contributed(&self, cut: Day) -> Firsts {
        self.contributed.firsts(cut)
    }

    /// On which day each of some people was first active at a level or above, from a day of their own on, by the acts
    /// that count.
    pub(super) fn firsts_since(
        &self,
        since: BTreeMap<Day, RoaringBitmap>,
        level: Level,
        Acts { learned, passed }: Acts,
    ) -> Firsts {
        let (mut waiting, mut firsts) = (RoaringBitmap::new(), Firsts::new());
        let Some((begin, _)) = since.first_key_value().filter(|(day, _)| **day <= passed) else {
            return firsts;
        };
        let days = self.days.range(*begin..=passed);
        let mut coming = since.iter().peekable();
        for (day, active) in days {
            if waiting.is_empty() && coming.peek().is_none() {
                break;
            }
            while let Some((_, people)) = coming.next_if(|(since, _)| *since <= day) {
                waiting |= people;
            }
            for active in active.iter().filter(|a| a.known <= learned && a.level >= level as i64) {
                let found = &waiting & &active.members;
                firsts.extend(found.iter().map(|number| (number, *day)));
                waiting -= found;
            }
        }
        firsts
    }

    /// The days after a window on which something of it was still learned, up to a cut.
    pub fn learned_late(&self, window: Window, cut: Day) -> impl Iterator<Item = Day> + '_ {
        let within = self.days.range(window.first..=window.last).flat_map(|(_, active)| active);
        within.map(|active| active.known).filter(move |known| *known > window.last && *known <= cut)
    }
}

/// How often each person acted at a level or above in each part of a window, by the acts that count. A part has so many
/// days.
pub fn done(
    snapshot: &Snapshot,
    known: &Known,
    (window, part): (Window, i32),
    level: Level,
) -> Result<Vec<Sliced>, Error> {
    let parts = usize::try_from((window.days() + part - 1) / part).unwrap_or_default();
    let mut done = vec![Sliced::default(); parts];
    let sql = "SELECT day, counts FROM figure_done
        WHERE day BETWEEN ?1 AND ?2 AND level >= ?3 AND known <= ?4";
    let Acts { learned, passed } = known.acts;
    let level = level as i64;
    let limits = [window.first.into(), window.last.min(passed).into(), level.into(), learned.into()];
    snapshot.rows(sql, &limits, |row| {
        let day: Day = col(row, 0)?;
        let place = usize::try_from((day.0 - window.first.0) / part).unwrap_or_default();
        if let Some(part) = done.get_mut(place) {
            part.add(&col(row, 1)?);
        }
        Ok(())
    })?;
    Ok(done)
}
