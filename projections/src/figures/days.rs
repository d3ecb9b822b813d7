//! Who was active on which days, as bitmaps: different people over any days are unions of few of them.

use std::collections::{BTreeMap, HashMap};

use domain::time::Day;
use roaring::RoaringBitmap;

use super::deeds::Level;
use super::grid::Window;
use super::known::{Acts, Known};
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
#[derive(Clone, Debug)]
pub struct Days(BTreeMap<Day, Vec<Active>>);

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
        Ok(Self(days))
    }

    /// The different people who were active in a window at a level or one above it, as known at a cut.
    pub fn within(&self, window: Window, level: Level, cut: Day) -> RoaringBitmap {
        let mut members = RoaringBitmap::new();
        if window.first <= window.last {
            for active in self.0.range(window.first..=window.last).flat_map(|(_, active)| active) {
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

    /// On which day each person was first active at a level or above, as known at a cut.
    pub fn firsts(&self, level: Level, cut: Day) -> HashMap<u32, Day> {
        let (mut seen, mut firsts) = (RoaringBitmap::new(), HashMap::new());
        for day in self.0.keys() {
            let fresh = self.within(Window { first: *day, last: *day }, level, cut) - &seen;
            firsts.extend(fresh.iter().map(|number| (number, *day)));
            seen |= fresh;
        }
        firsts
    }

    /// The days after a window on which something of it was still learned, up to a cut.
    pub fn learned_late(&self, window: Window, cut: Day) -> impl Iterator<Item = Day> + '_ {
        let within = self.0.range(window.first..=window.last).flat_map(|(_, active)| active);
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
