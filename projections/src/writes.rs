//! What folds hand out: writes as values. They are gathered over a batch, merged row by row, and flushed in the order
//! of their keys, so that a batch of any size leaves the same rows.

use std::fmt;

use domain::time::Day;

use crate::numbers::Named;
use crate::table::Table;
use crate::value::Value;

/// A statement over many rows, executed where it stands among the writes: what came before is flushed first.
#[derive(Debug)]
pub struct Statement {
    /// Its name.
    pub name: &'static str,
    /// Its SQL, with `?1`, `?2` … for the values bound.
    pub sql: &'static [&'static str],
}

/// The cut from which on a row counts: the newest local day of what the journal had taught when its event came, which
/// the batch knows of itself and the checkpoint of all batches before.
pub(crate) const KNOWN: (&str, &str) =
    ("known", "max(?, coalesce((SELECT known_day FROM checkpoint), -719162))");

/// The first day there is: what the system sets up before anything is known.
const FIRST_DAY: Day = Day(-719_162);

/// What is done to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Put,
    Update,
    Upsert,
    Delete,
}

/// One write: what is done, and where in the table's values its row begins.
#[derive(Clone, Copy, Debug)]
struct Write {
    kind: Kind,
    start: usize,
}

/// The writes to one table between two statements.
#[derive(Debug)]
pub(crate) struct Rows {
    pub(crate) table: &'static Table,
    values: Vec<Value>,
    writes: Vec<Write>,
}

impl Rows {
    fn begin(&mut self, kind: Kind) {
        self.writes.push(Write { kind, start: self.values.len() });
    }

    fn key(&self, write: Write) -> &[Value] {
        &self.values[write.start..write.start + self.table.key.len()]
    }

    fn row(&self, write: Write) -> &[Value] {
        &self.values[write.start..write.start + self.table.width()]
    }

    /// The merged writes, in the order of their keys; the few that cannot be merged into one stay in their order.
    pub(crate) fn merged(&self) -> impl Iterator<Item = (Kind, &[Value])> {
        self.writes.iter().map(|write| (write.kind, self.row(*write)))
    }

    fn merge(&mut self) {
        let mut writes = std::mem::take(&mut self.writes);
        writes.sort_by(|a, b| self.key(*a).cmp(self.key(*b)));
        for write in writes {
            match self.writes.last().copied() {
                Some(last) if self.key(last) == self.key(write) => match merged(last.kind, write.kind) {
                    Some(Merge::Replace) => {
                        self.writes.pop();
                        self.writes.push(write);
                    }
                    Some(Merge::Change) => self.change(last, write),
                    None => self.writes.push(write),
                },
                _ => self.writes.push(write),
            }
        }
    }

    fn change(&mut self, last: Write, by: Write) {
        for place in self.table.key.len()..self.table.width() {
            let by = std::mem::replace(&mut self.values[by.start + place], Value::Keep);
            self.values[last.start + place].changed(by);
        }
    }
}

/// How two writes to one row become one.
enum Merge {
    /// The second alone counts.
    Replace,
    /// The second changes what the first writes.
    Change,
}

fn merged(first: Kind, second: Kind) -> Option<Merge> {
    match (first, second) {
        (_, Kind::Put | Kind::Delete) => Some(Merge::Replace),
        (Kind::Put, _) | (Kind::Update, Kind::Update) | (Kind::Upsert, _) => Some(Merge::Change),
        // What was deleted is upserted from defaults; what may be there is updated and then upserted.
        (Kind::Update | Kind::Delete, _) => None,
    }
}

/// The writes up to a statement, and that statement; after the last there is none.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    pub(crate) tables: Vec<Rows>,
    pub(crate) then: Option<(&'static Statement, Vec<Value>)>,
}

/// Everything that a batch of events writes.
#[derive(Debug)]
pub struct Writes {
    done: Vec<Segment>,
    open: Segment,
    named: Named,
    known: Day,
}

impl Default for Writes {
    fn default() -> Self {
        Self::new()
    }
}

impl Writes {
    /// Nothing yet.
    pub fn new() -> Self {
        Self { done: Vec::new(), open: Segment::default(), named: Named::default(), known: FIRST_DAY }
    }

    /// From here on it is known what was learned by a local day; nothing, where no event has taught any.
    pub(crate) fn know(&mut self, day: Option<Day>) {
        self.known = day.unwrap_or(FIRST_DAY);
    }

    /// The local day by which what is written now is known, as far as this batch tells: for a column that is
    /// looked up with [`KNOWN`].
    pub(crate) fn known(&self) -> Day {
        self.known
    }

    /// Writes a whole row, in place of the one with its key if there is one.
    pub fn put<const N: usize>(&mut self, table: &'static Table, row: [Value; N]) {
        // Entities are numbered in the order of events, which merging does not keep.
        row.iter().for_each(|value| self.named.note(value));
        let rows = self.rows(table);
        rows.begin(Kind::Put);
        rows.values.extend(row);
    }

    /// Changes columns, by their places, of the row with this key, if there is one.
    pub fn update<const K: usize, const N: usize>(
        &mut self,
        table: &'static Table,
        key: [Value; K],
        changes: [(usize, Value); N],
    ) {
        self.change(Kind::Update, table, key, changes);
    }

    /// The same, upon a row of defaults where there is none.
    pub fn upsert<const K: usize, const N: usize>(
        &mut self,
        table: &'static Table,
        key: [Value; K],
        changes: [(usize, Value); N],
    ) {
        self.change(Kind::Upsert, table, key, changes);
    }

    /// Deletes the row with this key, if there is one.
    pub fn delete<const K: usize>(&mut self, table: &'static Table, key: [Value; K]) {
        self.change(Kind::Delete, table, key, []);
    }

    /// Executes a statement, after what was written so far and before what is written next.
    pub fn execute<const N: usize>(&mut self, statement: &'static Statement, values: [Value; N]) {
        let mut segment = std::mem::take(&mut self.open);
        segment.then = Some((statement, values.into()));
        self.done.push(segment);
    }

    /// Merges what is written to each row into one write where it can be, in the order of keys.
    pub(crate) fn merge(&mut self) {
        for segment in self.done.iter_mut().chain([&mut self.open]) {
            segment.tables.iter_mut().for_each(Rows::merge);
        }
    }

    /// The entities that stand for numbers, in the order of events.
    pub(crate) fn named(&self) -> &Named {
        &self.named
    }

    /// The segments in the order they are flushed.
    pub(crate) fn segments(&self) -> impl Iterator<Item = &Segment> {
        self.done.iter().chain([&self.open])
    }

    fn change<const K: usize, const N: usize>(
        &mut self,
        kind: Kind,
        table: &'static Table,
        key: [Value; K],
        changes: [(usize, Value); N],
    ) {
        key.iter().chain(changes.iter().map(|(_, value)| value)).for_each(|value| self.named.note(value));
        let rows = self.rows(table);
        rows.begin(kind);
        let start = rows.values.len();
        rows.values.extend(key);
        rows.values.resize(start + table.width(), Value::Keep);
        for (place, value) in changes {
            rows.values[start + place].changed(value);
        }
    }

    fn rows(&mut self, table: &'static Table) -> &mut Rows {
        let tables = &mut self.open.tables;
        let place = tables.iter().position(|rows| std::ptr::eq(rows.table, table)).unwrap_or_else(|| {
            tables.push(Rows { table, values: Vec::new(), writes: Vec::new() });
            tables.len() - 1
        });
        &mut tables[place]
    }
}

/// One write a line: what is done, the table, the columns it touches.
impl fmt::Display for Writes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in self.segments() {
            segment.tables.iter().try_for_each(|rows| rows.fmt(f))?;
            if let Some((statement, values)) = &segment.then {
                write!(f, "execute {}", statement.name)?;
                values.iter().try_for_each(|value| write!(f, " {value}"))?;
                writeln!(f)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (kind, row) in self.merged() {
            write!(f, "{} {}", format!("{kind:?}").to_lowercase(), self.table.name)?;
            for (place, value) in row.iter().enumerate().filter(|(_, value)| **value != Value::Keep) {
                write!(f, " {}={value}", self.table.column(place))?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Layout, delete, put, update, upsert};

    static THINGS: Table = Table {
        name: "things",
        key: &["thing INTEGER NOT NULL"],
        columns: &["name TEXT", "number INTEGER NOT NULL DEFAULT 0"],
        layout: Layout::Clustered,
        also: &[],
        looked_up: &[],
    };

    fn merged(write: impl FnOnce(&mut Writes)) -> String {
        let mut writes = Writes::new();
        write(&mut writes);
        writes.merge();
        writes.to_string()
    }

    #[test]
    fn writes_to_a_row_become_one() {
        let text = merged(|w| {
            put!(w, THINGS { thing: 2, name: "two", number: 0 });
            update!(w, THINGS [1] { number += 1 });
            update!(w, THINGS [2] { number += 5, name = "deux" });
            update!(w, THINGS [1] { number += 2 });
            upsert!(w, THINGS [3] { number += 1 });
            upsert!(w, THINGS [3] { number += 1 });
            put!(w, THINGS { thing: 4, name: "four", number: 0 });
            delete!(w, THINGS[4]);
        });
        insta::assert_snapshot!(text, @r#"
        update things thing=1 number=+3
        put things thing=2 name="deux" number=5
        upsert things thing=3 number=+2
        delete things thing=4
        "#);
    }

    #[test]
    fn what_cannot_be_merged_stays_in_its_order() {
        let text = merged(|w| {
            delete!(w, THINGS[1]);
            upsert!(w, THINGS [1] { number += 1 });
            update!(w, THINGS [1] { name = "one" });
            update!(w, THINGS [2] { name = "two" });
            upsert!(w, THINGS [2] { number += 1 });
        });
        insta::assert_snapshot!(text, @r#"
        delete things thing=1
        upsert things thing=1 name="one" number=+1
        update things thing=2 name="two"
        upsert things thing=2 number=+1
        "#);
    }
}
