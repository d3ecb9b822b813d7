//! How far views have come.

use domain::event::{Agent, Metadata, Origin, Position, Recorded};
use domain::id::EventId;
use domain::time::{Day, Time};
use rusqlite::{Connection, OptionalExtension, params};

use crate::value::{Value, col, maybe_id};

/// Where views stand: a prefix of a journal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checkpoint {
    /// The position up to which every event is in the views.
    pub position: Position,
    /// The last event folded, to tell a journal from another.
    pub event: Option<EventId>,
    /// The newest time that the events so far taught: what `asOf` and `--until` compare with.
    pub known_at: Option<Time>,
    /// The local day of that time: the cut from which on figures hold these events.
    pub known_day: Option<Day>,
}

/// When an event became known: when it was recorded if it is live, when it happened if it is imported. What the
/// system sets up by itself raises nothing.
pub fn learned_at(event: &Recorded) -> Option<Time> {
    match (event.metadata.origin, event.metadata.agent) {
        (Origin::Import, _) => Some(event.metadata.occurred_at),
        (Origin::Live, Agent::System) => None,
        (Origin::Live, _) => Some(event.recorded_at),
    }
}

/// On which local day an event became known: what is recorded live is recorded as it happens.
pub fn learned_on(metadata: &Metadata) -> Option<Day> {
    let taught = (metadata.origin, metadata.agent) != (Origin::Live, Agent::System);
    taught.then_some(metadata.local_day)
}

impl Checkpoint {
    pub(crate) const SQL: &str = "CREATE TABLE checkpoint (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        fingerprint TEXT NOT NULL, position INTEGER NOT NULL, event BLOB, known_at INTEGER, known_day INTEGER) STRICT";

    /// One event further.
    pub(crate) fn pass(&mut self, event: &Recorded) {
        self.position = event.position;
        self.event = Some(event.id);
        self.known_at = self.known_at.max(learned_at(event));
        self.known_day = self.known_day.max(learned_on(&event.metadata));
    }

    pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Option<(String, Self)>> {
        let sql = "SELECT fingerprint, position, event, known_at, known_day FROM checkpoint";
        let mut statement = connection.prepare_cached(sql)?;
        let read = |row: &rusqlite::Row<'_>| {
            let position = Position(col(row, 1)?);
            let (known_at, known_day) = (col(row, 3)?, col(row, 4)?);
            Ok((col(row, 0)?, Self { position, event: maybe_id(row, 2)?, known_at, known_day }))
        };
        statement.query_row([], read).optional()
    }

    pub(crate) fn write(&self, connection: &Connection, fingerprint: &str) -> rusqlite::Result<()> {
        let sql = "INSERT INTO checkpoint VALUES (1, ?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET
            position = excluded.position, event = excluded.event, known_at = excluded.known_at,
            known_day = excluded.known_day";
        let (position, event) = (Value::from(self.position), Value::from(self.event));
        let (known_at, known_day) = (Value::from(self.known_at), Value::from(self.known_day));
        connection.prepare_cached(sql)?.execute(params![
            fingerprint,
            position,
            event,
            known_at,
            known_day
        ])?;
        Ok(())
    }
}
