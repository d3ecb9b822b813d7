//! Who was active on which days, as bitmaps: different people over any days are unions of few of them.

use std::collections::{BTreeMap, HashMap};

use domain::time::Day;
use roaring::RoaringBitmap;

use super::deeds::Level;
use super::grid::Window;
use super::known::{Acts, Known};
use crate::value::{col, id};
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
    pub fn frequency(
        &self,
        windows: impl Iterator<Item = Window>,
        level: Level,
        cut: Day,
    ) -> HashMap<u32, u32> {
        let mut frequency = HashMap::new();
        for window in windows {
            for number in self.within(window, level, cut) {
                *frequency.entry(number).or_default() += 1;
            }
        }
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

/// How often somebody took part and contributed in each of some windows.
pub type Deeds = Vec<HashMap<u32, Done>>;

/// How often somebody did something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Acts upon what others made.
    pub participated: u64,
    /// What they made.
    pub contributed: u64,
}

impl Done {
    /// All acts.
    pub fn acts(self) -> u64 {
        self.participated + self.contributed
    }
}

/// How often each person took part and contributed in a window, by the acts that count, in each part of a number of
/// days.
pub fn deeds(snapshot: &Snapshot, known: &Known, window: Window, part: i32) -> Result<Deeds, Error> {
    let parts = usize::try_from((window.days() + part - 1) / part).unwrap_or_default();
    let mut deeds = vec![HashMap::<u32, Done>::new(); parts];
    let sql = "SELECT day, member, participated, contributed FROM figure_deeds
        WHERE day BETWEEN ?1 AND ?2 AND known <= ?3";
    let Acts { learned, passed } = known.acts;
    snapshot.rows(sql, &[window.first.into(), window.last.min(passed).into(), learned.into()], |row| {
        let (day, member): (Day, _) = (col(row, 0)?, id(row, 1)?);
        let place = usize::try_from((day.0 - window.first.0) / part).unwrap_or_default();
        if let (Some(part), Some(number)) = (deeds.get_mut(place), known.population.number(member)) {
            let done = part.entry(number).or_default();
            done.participated += col::<u64>(row, 2)?;
            done.contributed += col::<u64>(row, 3)?;
        }
        Ok(())
    })?;
    Ok(deeds)
}
