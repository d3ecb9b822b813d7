//! What each version of each definition computes: one line each, with its name, its formula, the events it is computed
//! from and which of them count. A line that is there is never changed: another formula is another version.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use passerelle::definition;
use passerelle::http::Language;

use super::ADD;

/// What is computed, by the name and version of the definition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Definitions(BTreeMap<String, String>);

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen/definitions.txt")
}

impl Definitions {
    /// The lines that are kept.
    pub(crate) fn kept() -> Self {
        Self::parsed(&fs::read_to_string(path()).unwrap_or_default())
    }

    pub(crate) fn parsed(text: &str) -> Self {
        let line = |line: &str| {
            let (id, computed) = line.split_once(' ').expect("a line of a definition");
            (id.to_owned(), computed.to_owned())
        };
        Self(text.lines().map(line).collect())
    }

    /// The definitions of today.
    pub(crate) fn now() -> Self {
        let line = |definition: &definition::Definition| {
            let english = Language::English;
            let filters: Vec<_> = definition.filters.iter().map(|of| of.in_language(english)).collect();
            let days = definition.time_zone.in_language(english);
            let (formula, events) = (&definition.formula, definition.events.join(" "));
            (definition.id(), format!("{formula} | {events} | {} | {days}", filters.join(", ")))
        };
        Self(definition::all().values().map(line).collect())
    }

    /// What is wrong with the lines that are kept.
    pub(crate) fn faults(&self, now: &Self) -> Vec<String> {
        let fault = |(id, kept): (&String, &String)| match now.0.get(id) {
            Some(computed) if computed == kept => None,
            Some(_) => {
                Some(format!("{id} is computed otherwise than it was: write a new version of it beside it"))
            }
            None => Some(format!("{id} is gone: what was published by it could not be computed again")),
        };
        let missing = now.0.keys().filter(|id| !self.0.contains_key(*id));
        let missing = missing.map(|id| format!("{id} has no line in tests/frozen/definitions.txt: {ADD}"));
        self.0.iter().filter_map(fault).chain(missing).collect()
    }

    /// Keeps what is there, and adds what is not.
    pub(crate) fn write(mut self, now: Self) {
        for (id, computed) in now.0 {
            self.0.entry(id).or_insert(computed);
        }
        let text: String = self.0.iter().map(|(id, computed)| format!("{id} {computed}\n")).collect();
        fs::write(path(), text).unwrap();
    }
}
