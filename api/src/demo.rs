//! An invented organisation in the format of the activity log: 1,200 people, eighteen months, and a coached project
//! that opens silos. The same bytes on every machine, for nothing is left to a clock, to floating point or to luck.
//!
//! `people` and `chart` say who there is, `spaces` and `texts` what they gather around and write. `story` goes through
//! the days by an agenda; what happens is decided at the moment it happens, against `world`, so every act obeys the
//! rules: `talk`, `papers`, `ballots`, `doors` and `follows` are the acts, `scenes` what is set beforehand, `lines` and `tables`
//! how it is written down.

mod answers;
mod ballots;
mod calendar;
mod chance;
mod chart;
mod doors;
mod follows;
mod lines;
mod papers;
mod people;
#[cfg(test)]
mod proof;
mod scenes;
mod spaces;
mod story;
mod tables;
mod talk;
mod texts;
mod world;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use domain::time::{Day, Time};

use crate::demo::calendar::{HOUR, Second, in_paris, time};
use crate::demo::chance::Chance;
use crate::demo::texts::Texts;
use crate::demo::world::World;

/// The language that people have their names in and write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    En,
    /// French.
    Fr,
}

/// The last day of the demonstration unless another is asked for: 2026-09-30.
pub const LAST_DAY: Day = Day(20_726);

/// Days from the first to the last: eighteen months.
const DAYS: i32 = 548;

/// What was invented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The first day.
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// People, including those who came later or left.
    pub members: usize,
    /// Activities by type.
    pub activities: BTreeMap<&'static str, usize>,
    /// When the coached project begins.
    pub project_starts: Time,
    /// The ids of the departments whose silos it opens.
    pub coached: Vec<&'static str>,
}

/// Invents the organisation up to the end of a day: its files by name, as `activity_log` reads them, and a summary.
pub fn files(language: Language, until: Day) -> (BTreeMap<String, Vec<u8>>, Summary) {
    let texts = Texts::of(language);
    let span = Span { first: Day(until.0 - DAYS + 1) };
    let mut chance = Chance::new(0x5061_7373_6572_656c);
    let people = people::invent(span, texts, &mut chance);
    let mut world = World::new(texts, span, chance, people);
    world.play();
    let summary = Summary {
        first: span.first,
        last: until,
        members: world.people.len(),
        activities: world.log.counts.clone(),
        project_starts: time(in_paris(span.day(chart::PROJECT_STARTS), 0)),
        coached: chart::COACHED.iter().map(|place| chart::DEPARTMENTS[*place].id).collect(),
    };
    let mut files = tables::write(&world);
    files.insert("activities.jsonl".to_owned(), world.log.text.into_bytes());
    (files, summary)
}

/// Writes the invented organisation into a folder, which is created if need be.
pub fn write(folder: &Path, language: Language, until: Day) -> io::Result<Summary> {
    let (files, summary) = files(language, until);
    std::fs::create_dir_all(folder)?;
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(summary)
}

/// The days of the demonstration, counted from 0.
#[derive(Clone, Copy)]
struct Span {
    first: Day,
}

impl Span {
    fn day(self, index: i32) -> Day {
        Day(self.first.0 + index)
    }

    /// Six in the morning of the first day: everybody who is there already counts from then.
    fn start(self) -> Second {
        in_paris(self.first, 6 * HOUR)
    }

    /// Nine in the evening of the last day: nothing happens from then on.
    fn end(self) -> Second {
        in_paris(self.day(DAYS - 1), 21 * HOUR)
    }

    /// The number of the day of an instant.
    fn index(self, at: Second) -> i32 {
        i32::try_from(at.div_euclid(calendar::DAY)).unwrap_or_default() - self.first.0
    }
}
