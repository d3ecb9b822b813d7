//! What each projection makes of the frozen journal: one line each, with its name, its version and the digest of its rows.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use domain::event::Recorded;
use passerelle_tests::log::Scratch;
use projections::digest::of_projection;
use projections::{Views, registry};

use super::ADD;

/// The lines, in the order of the registry.
pub(crate) struct Rows(Vec<Line>);

struct Line {
    name: String,
    version: u32,
    digest: String,
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen/projections.txt")
}

impl Rows {
    /// The lines that are kept.
    pub(crate) fn kept() -> Self {
        Self::parsed(&fs::read_to_string(path()).unwrap_or_default())
    }

    pub(crate) fn parsed(text: &str) -> Self {
        let line = |line: &str| {
            let words: Vec<&str> = line.split(' ').collect();
            let [name, version, digest] = words[..] else { panic!("not a line of a projection: {line}") };
            Line { name: name.to_owned(), version: version.parse().unwrap(), digest: digest.to_owned() }
        };
        Self(text.lines().map(line).collect())
    }

    /// What the code of today makes of events.
    pub(crate) fn of(events: &[Recorded]) -> Self {
        let folder = Scratch::new().unwrap();
        let views = Views::open(folder.path()).unwrap();
        views.writer().unwrap().apply(events, events[events.len() - 1].position).unwrap();
        let snapshot = views.snapshot().unwrap();
        let line = |projection: &&projections::projection::Projection| {
            let mut digest = String::new();
            for byte in of_projection(&snapshot, projection).unwrap() {
                write!(digest, "{byte:02x}").unwrap();
            }
            Line { name: projection.name.to_owned(), version: projection.version, digest }
        };
        Self(registry::ALL.iter().map(line).collect())
    }

    /// Projections whose rows are others now while their version is the same.
    pub(crate) fn changed(&self, now: &Self) -> Vec<String> {
        let same = |line: &Line, other: &Line| line.name == other.name && line.version == other.version;
        let changed = now
            .0
            .iter()
            .filter(|line| self.0.iter().any(|kept| same(kept, line) && kept.digest != line.digest));
        let said = |line: &Line| {
            format!(
                "{} makes other rows of the frozen journal than its version {} did: raise `version` in its \
                 `Projection`, so that views are built anew, then {ADD}",
                line.name, line.version
            )
        };
        changed.map(said).collect()
    }

    /// What is wrong with the lines that are kept.
    pub(crate) fn faults(&self, now: &Self) -> Vec<String> {
        let of = |rows: &Self, wanted: &Line| {
            rows.0.iter().any(|line| line.name == wanted.name && line.version == wanted.version)
        };
        let without = now.0.iter().filter(|line| !of(self, line));
        let without = without.map(|line| {
            format!("{} {} has no line in tests/frozen/projections.txt: {ADD}", line.name, line.version)
        });
        let stale = self.0.iter().filter(|line| !now.0.iter().any(|there| there.name == line.name));
        let stale = stale.map(|line| format!("{}: there is no such projection; {ADD}", line.name));
        self.changed(now).into_iter().chain(without).chain(stale).collect()
    }

    pub(crate) fn write(&self) {
        let line = |Line { name, version, digest }: &Line| format!("{name} {version} {digest}\n");
        fs::write(path(), self.0.iter().map(line).collect::<String>()).unwrap();
    }
}
