//! Reading events from the table.

use domain::event::Position;
use domain::id::EventId;
use domain::stream::StreamName;
use domain::time::Time;
use sqlx::postgres::{PgPool, PgRow};
use sqlx::{Row, query};
use uuid::Uuid;

use super::failed;
use crate::port::{Digest, Error, Stored};

const READING: &str = "reading the journal";

/// The highest position, 0 before the first event.
pub(super) async fn end(pool: &PgPool) -> Result<i64, Error> {
    let row = query("SELECT coalesce(max(position), 0) FROM events").fetch_one(pool).await;
    row.and_then(|row| row.try_get(0)).map_err(failed(READING))
}

/// Events of all streams after a position.
pub(super) async fn after(pool: &PgPool, after: Position, limit: usize) -> Result<Vec<Stored>, Error> {
    let rows = query(
        "SELECT position, event_id, stream, revision, kind, version, occurred_at, recorded_at, data, metadata, \
         digest FROM events WHERE position > $1 ORDER BY position LIMIT $2",
    )
    .bind(bound(after.0))
    .bind(bound(limit as u64))
    .fetch_all(pool)
    .await;
    read(rows.map_err(failed(READING))?)
}

/// Events of one stream from a revision on.
pub(super) async fn of_stream(
    pool: &PgPool,
    stream: &StreamName,
    from: u64,
    limit: usize,
) -> Result<Vec<Stored>, Error> {
    let rows = query(
        "SELECT position, event_id, stream, revision, kind, version, occurred_at, recorded_at, data, metadata, \
         digest FROM events WHERE stream = $1 AND revision >= $2 ORDER BY revision LIMIT $3",
    )
    .bind(stream.as_str())
    .bind(bound(from))
    .bind(bound(limit as u64))
    .fetch_all(pool)
    .await;
    read(rows.map_err(failed(READING))?)
}

/// A number as PostgreSQL counts: what is beyond its range is beyond every row.
pub(super) fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn read(rows: Vec<PgRow>) -> Result<Vec<Stored>, Error> {
    rows.iter().map(|row| stored(row).map_err(failed(READING))).collect()
}

fn stored(row: &PgRow) -> Result<Stored, sqlx::Error> {
    let wrong = |what: &'static str| sqlx::Error::Decode(what.into());
    let time = |micros: i64| Time::try_from_micros(micros).map_err(|_| wrong("a time out of range"));
    let digest: Vec<u8> = row.try_get("digest")?;
    Ok(Stored {
        position: Position(row.try_get::<i64, _>("position")?.cast_unsigned()),
        id: EventId(row.try_get::<Uuid, _>("event_id")?),
        stream: StreamName::try_new(row.try_get("stream")?).map_err(|_| wrong("a malformed stream name"))?,
        revision: row.try_get::<i64, _>("revision")?.cast_unsigned(),
        kind: row.try_get::<String, _>("kind")?.into(),
        version: row.try_get::<i16, _>("version")?.cast_unsigned(),
        occurred_at: time(row.try_get("occurred_at")?)?,
        data: row.try_get("data")?,
        metadata: row.try_get("metadata")?,
        recorded_at: time(row.try_get("recorded_at")?)?,
        digest: Digest(digest.try_into().map_err(|_| wrong("a digest that is not 32 bytes long"))?),
    })
}
