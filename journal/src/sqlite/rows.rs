//! Reading rows back as stored events.

use domain::event::Position;
use domain::id::EventId;
use domain::stream::StreamName;
use domain::time::Time;
use rusqlite::types::Type;
use rusqlite::{Connection, Params, Row};
use uuid::Uuid;

use crate::port::{Digest, Page, Stored};
use crate::types::kind;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT position, stream, revision, id, type, version, occurred_at, recorded_at, digest, metadata, data
             FROM events ",
            $rest
        )
    };
}

/// The position of the last event.
pub(super) fn end(db: &Connection) -> rusqlite::Result<Position> {
    let mut end = db.prepare_cached("SELECT coalesce(max(position), 0) FROM events")?;
    end.query_row([], |row| row.get(0)).map(Position)
}

/// Events of a stream from a revision on.
pub(super) fn of_stream(
    db: &Connection,
    stream: &StreamName,
    from: u64,
    limit: usize,
) -> rusqlite::Result<Vec<Stored>> {
    let from = i64::try_from(from).unwrap_or(i64::MAX);
    let sql = select!("WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?");
    read(db, sql, (stream.as_str(), from, limit), limit)
}

/// Events of all streams after a position.
pub(super) fn page(db: &Connection, after: Position, limit: usize) -> rusqlite::Result<Page> {
    let snapshot = db.unchecked_transaction()?;
    let end = end(&snapshot)?;
    let from = i64::try_from(after.0).unwrap_or(i64::MAX);
    let sql = select!("WHERE position > ? ORDER BY position LIMIT ?");
    let events = read(&snapshot, sql, (from, limit), limit)?;
    let next = events.last().map_or(after, |last| last.position);
    Ok(Page { events, next, end })
}

fn read(db: &Connection, sql: &str, bound: impl Params, limit: usize) -> rusqlite::Result<Vec<Stored>> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(bound)?;
    let mut events: Vec<Stored> = Vec::with_capacity(limit.min(1_024));
    while let Some(row) = rows.next()? {
        let event = stored(row, events.last())?;
        events.push(event);
    }
    Ok(events)
}

fn stored(row: &Row<'_>, before: Option<&Stored>) -> rusqlite::Result<Stored> {
    let name = row.get_ref(1)?.as_bytes()?;
    let stream = match before {
        Some(before) if before.stream.as_str().as_bytes() == name => before.stream.clone(),
        _ => std::str::from_utf8(name)
            .map_err(|e| wrong(1, e))
            .and_then(|name| StreamName::try_new(name).map_err(|e| wrong(1, e)))?,
    };
    Ok(Stored {
        position: Position(row.get(0)?),
        stream,
        revision: row.get(2)?,
        id: EventId(Uuid::from_bytes(row.get(3)?)),
        kind: kind(row.get_ref(4)?.as_bytes()?),
        version: row.get(5)?,
        occurred_at: time(row.get(6)?)?,
        recorded_at: time(row.get(7)?)?,
        digest: Digest(row.get(8)?),
        metadata: row.get_ref(9)?.as_blob()?.to_vec(),
        data: row.get_ref(10)?.as_blob()?.to_vec(),
    })
}

/// A time as it is kept.
pub(super) fn time(micros: i64) -> rusqlite::Result<Time> {
    Time::try_from_micros(micros).map_err(|e| wrong(6, e))
}

fn wrong(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, Type::Blob, Box::new(error))
}
