//! Appending: heads are checked and rows inserted by one thread, within a transaction shared by all that wait.

use domain::event::Position;
use domain::stream::StreamName;
use domain::time::Time;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};
use tokio::sync::watch;

use super::group::Work;
use crate::port::{Append, Appended, Error, MAX_EVENT_BYTES, Proposed};
use crate::recent::Recent;

/// How many streams' lengths are remembered at least.
const HEADS: usize = 50_000;

const INSERT: &str = "INSERT INTO events
    (position, stream, revision, id, type, version, occurred_at, recorded_at, digest, metadata, data)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// The state of the writing thread.
pub(super) struct Writer {
    db: Connection,
    /// How many events a stream holds, including what the open transaction adds.
    heads: Recent<StreamName, u64>,
    /// The position of the last event, likewise.
    end: u64,
    /// SQLite's counter of commits by other processes, as of `heads` and `end`.
    others: Option<i64>,
    committed: watch::Sender<Position>,
}

impl Writer {
    pub(super) fn new(db: Connection, committed: watch::Sender<Position>) -> Self {
        Self { db, heads: Recent::new(HEADS), end: 0, others: None, committed }
    }

    fn append(&mut self, append: &Append) -> rusqlite::Result<Result<Appended, Error>> {
        if let Err(refused) = admissible(append) {
            return Ok(Err(refused));
        }
        let actual = self.head(&append.stream)?;
        if actual != append.expected {
            let repeat = if actual > append.expected { self.repeat(append)? } else { None };
            return Ok(repeat.ok_or(Error::Conflict { actual }));
        }
        let mut insert = self.db.prepare_cached(INSERT)?;
        let mut revision = append.expected;
        for event in &append.events {
            self.end += 1;
            bind(&mut insert, (self.end, revision), append, event)?;
            insert.raw_execute()?;
            revision += 1;
        }
        self.heads.put(append.stream.clone(), revision);
        Ok(Ok(Appended {
            first_revision: append.expected,
            position: Position(self.end),
            recorded_at: append.recorded_at,
        }))
    }

    fn head(&mut self, stream: &StreamName) -> rusqlite::Result<u64> {
        if let Some(head) = self.heads.get(stream) {
            return Ok(head);
        }
        let mut last = self
            .db
            .prepare_cached("SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1")?;
        let last: Option<u64> = last.query_row([stream.as_str()], |row| row.get(0)).optional()?;
        Ok(last.map_or(0, |last| last + 1))
    }

    /// The first answer, if exactly these events stand at this place already.
    fn repeat(&self, append: &Append) -> rusqlite::Result<Option<Appended>> {
        let mut there = self.db.prepare_cached(
            "SELECT id, position, recorded_at FROM events
             WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?",
        )?;
        let mut rows = there.query(params![append.stream.as_str(), append.expected, append.events.len()])?;
        let mut first = None;
        for event in &append.events {
            let Some(row) = rows.next()? else { return Ok(None) };
            if row.get_ref(0)?.as_blob()? != event.id.0.as_bytes() {
                return Ok(None);
            }
            first = Some((Position(row.get(1)?), super::rows::time(row.get(2)?)?));
        }
        let answer = |(position, recorded_at): (Position, Time)| Appended {
            first_revision: append.expected,
            position,
            recorded_at,
        };
        Ok(first.map(answer))
    }
}

impl Work for Writer {
    type Request = Vec<Append>;
    type Answer = Vec<Result<Appended, Error>>;
    const DOING: &'static str = "appending to the journal";

    fn db(&self) -> &Connection {
        &self.db
    }

    fn begun(&mut self) -> rusqlite::Result<()> {
        let others = self.db.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        if self.others != Some(others) {
            self.heads.clear();
            self.end = super::rows::end(&self.db)?.0;
            self.others = Some(others);
        }
        Ok(())
    }

    fn act(&mut self, appends: Vec<Append>) -> rusqlite::Result<Self::Answer> {
        appends.iter().map(|append| self.append(append)).collect()
    }

    fn committed(&mut self) {
        self.committed.send_replace(Position(self.end));
    }

    fn undone(&mut self) {
        self.others = None;
    }
}

fn admissible(append: &Append) -> Result<(), Error> {
    if append.events.is_empty() {
        return Err(Error::Empty);
    }
    let bytes = append.events.iter().map(|event| event.data.len() + event.metadata.len()).max().unwrap_or(0);
    if bytes > MAX_EVENT_BYTES { Err(Error::TooLarge { bytes }) } else { Ok(()) }
}

fn bind(
    insert: &mut CachedStatement<'_>,
    (position, revision): (u64, u64),
    append: &Append,
    event: &Proposed,
) -> rusqlite::Result<()> {
    insert.raw_bind_parameter(1, position)?;
    insert.raw_bind_parameter(2, append.stream.as_str())?;
    insert.raw_bind_parameter(3, revision)?;
    insert.raw_bind_parameter(4, &event.id.0.as_bytes()[..])?;
    insert.raw_bind_parameter(5, &*event.kind)?;
    insert.raw_bind_parameter(6, event.version)?;
    insert.raw_bind_parameter(7, event.occurred_at.micros())?;
    insert.raw_bind_parameter(8, append.recorded_at.micros())?;
    insert.raw_bind_parameter(9, &event.digest.0[..])?;
    insert.raw_bind_parameter(10, &*event.metadata)?;
    insert.raw_bind_parameter(11, &*event.data)
}
