//! The one writer of a node: everything that waits goes into one transaction.

use std::collections::HashMap;

use domain::event::Position;
use domain::id::EventId;
use domain::stream::StreamName;
use domain::time::Time;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection, Row, query};
use tokio::sync::{mpsc, oneshot, watch};
use uuid::Uuid;

use super::failed;
use super::rows::bound;
use crate::port::{Append, Appended, Error, MAX_EVENT_BYTES};

/// Appends that wait, and who waits for them.
pub(super) struct Waiting {
    pub(super) appends: Vec<Append>,
    pub(super) answer: oneshot::Sender<Vec<Result<Appended, Error>>>,
}

pub(super) struct Writer {
    options: PgConnectOptions,
    schema: &'static str,
    announce: watch::Sender<i64>,
    connection: Option<PgConnection>,
}

/// Appends in one transaction at the most.
const BATCH_MAX: usize = 4_096;
const APPENDING: &str = "appending to the journal";

impl Writer {
    pub(super) fn new(options: PgConnectOptions, schema: &'static str, announce: watch::Sender<i64>) -> Self {
        Self { options, schema, announce, connection: None }
    }

    /// Writes until nobody holds the journal any more.
    pub(super) async fn run(mut self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut batch = Vec::new();
        while waiting.recv_many(&mut batch, BATCH_MAX).await > 0 {
            let appends: Vec<&Append> = batch.iter().flat_map(|waiting| &waiting.appends).collect();
            let mut answers = match self.write(&appends).await {
                // The connection may have broken before or after the commit: the ids tell, so try once more.
                Err(_) => self.write(&appends).await,
                written => written,
            };
            for Waiting { appends, answer } in batch.drain(..) {
                let own = match &mut answers {
                    Ok(answers) => answers.drain(..appends.len()).collect(),
                    Err(error) => appends.iter().map(|_| Err(error.clone())).collect(),
                };
                let _ = answer.send(own);
            }
        }
    }

    async fn write(&mut self, appends: &[&Append]) -> Result<Vec<Result<Appended, Error>>, Error> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => {
                PgConnection::connect_with(&self.options).await.map_err(failed("connecting to PostgreSQL"))?
            }
        };
        let (answers, end) = transact(&mut connection, self.schema, appends).await?;
        // Only a connection that answered well is used again.
        self.connection = Some(connection);
        self.announce.send_if_modified(|known| {
            end > *known && {
                *known = end;
                true
            }
        });
        Ok(answers)
    }
}

/// One transaction for all appends; answers each, and with the journal's end.
async fn transact(
    connection: &mut PgConnection,
    schema: &'static str,
    appends: &[&Append],
) -> Result<(Vec<Result<Appended, Error>>, i64), Error> {
    let mut transaction = connection.begin().await.map_err(failed(APPENDING))?;
    query("SELECT pg_advisory_xact_lock(hashtext($1))")
        .bind(schema)
        .execute(&mut *transaction)
        .await
        .map_err(failed(APPENDING))?;
    let mut heads = heads(&mut transaction, appends).await?;
    let row = query("SELECT coalesce(max(position), 0) FROM events").fetch_one(&mut *transaction).await;
    let mut end: i64 = row.and_then(|row| row.try_get(0)).map_err(failed(APPENDING))?;
    let mut answers = Vec::with_capacity(appends.len());
    let mut columns = Columns::default();
    for append in appends {
        let head = heads.get(&append.stream).copied().unwrap_or(0);
        answers.push(if let Err(error) = checked(append) {
            Err(error)
        } else if append.expected == head {
            heads.insert(append.stream.clone(), head + append.events.len() as u64);
            columns.push(append, &mut end);
            Ok(appended(append, end))
        } else {
            repeated(&mut transaction, append, &columns, head).await?
        });
    }
    if !columns.positions.is_empty() {
        columns.insert(&mut transaction).await?;
        let notify = query("SELECT pg_notify($1, $2)").bind(schema).bind(end.to_string());
        notify.execute(&mut *transaction).await.map_err(failed(APPENDING))?;
    }
    transaction.commit().await.map_err(failed(APPENDING))?;
    Ok((answers, end))
}

fn checked(append: &Append) -> Result<(), Error> {
    let bytes = append.events.iter().map(|event| event.data.len() + event.metadata.len()).max();
    match bytes {
        None => Err(Error::Empty),
        Some(bytes) if bytes > MAX_EVENT_BYTES => Err(Error::TooLarge { bytes }),
        Some(_) => Ok(()),
    }
}

fn appended(append: &Append, end: i64) -> Appended {
    Appended {
        first_revision: append.expected,
        position: Position(end.cast_unsigned()),
        recorded_at: append.recorded_at,
    }
}

/// How many events each stream holds.
async fn heads(
    connection: &mut PgConnection,
    appends: &[&Append],
) -> Result<HashMap<StreamName, u64>, Error> {
    let mut streams: Vec<&StreamName> = appends.iter().map(|append| &append.stream).collect();
    streams.sort_unstable();
    streams.dedup();
    let names: Vec<&str> = streams.iter().map(|stream| stream.as_str()).collect();
    let rows = query(
        "SELECT coalesce((SELECT revision + 1 FROM events WHERE stream = name ORDER BY revision DESC LIMIT 1), 0) \
         FROM unnest($1::text[]) WITH ORDINALITY AS asked (name, n) ORDER BY n",
    )
    .bind(names)
    .fetch_all(connection)
    .await
    .map_err(failed(APPENDING))?;
    let heads = rows.iter().map(|row| row.try_get::<i64, _>(0).map(i64::cast_unsigned));
    let heads: Vec<u64> = heads.collect::<Result<_, _>>().map_err(failed(APPENDING))?;
    Ok(streams.into_iter().cloned().zip(heads).collect())
}

/// The first answer, if the very same events stand there already; else the conflict.
async fn repeated(
    connection: &mut PgConnection,
    append: &Append,
    columns: &Columns<'_>,
    actual: u64,
) -> Result<Result<Appended, Error>, Error> {
    if let Some(first) = columns.repeated(append) {
        return Ok(Ok(first));
    }
    let rows = query(
        "SELECT event_id, position, recorded_at FROM events WHERE stream = $1 AND revision >= $2 ORDER BY revision \
         LIMIT $3",
    )
    .bind(append.stream.as_str())
    .bind(bound(append.expected))
    .bind(bound(append.events.len() as u64))
    .fetch_all(connection)
    .await
    .map_err(failed(APPENDING))?;
    let mut last = (0, 0);
    let mut same = rows.len() == append.events.len();
    for (row, event) in rows.iter().zip(&append.events) {
        let id: Uuid = row.try_get(0).map_err(failed(APPENDING))?;
        same &= EventId(id) == event.id;
        last = (row.try_get(1).map_err(failed(APPENDING))?, row.try_get(2).map_err(failed(APPENDING))?);
    }
    Ok(if same {
        let recorded_at = Time::try_from_micros(last.1).unwrap_or(append.recorded_at);
        Ok(Appended { recorded_at, ..appended(append, last.0) })
    } else {
        Err(Error::Conflict { actual })
    })
}

/// What is to be inserted, column by column.
#[derive(Default)]
struct Columns<'a> {
    positions: Vec<i64>,
    ids: Vec<Uuid>,
    streams: Vec<&'a str>,
    revisions: Vec<i64>,
    kinds: Vec<&'a str>,
    versions: Vec<i16>,
    occurred: Vec<i64>,
    recorded: Vec<i64>,
    data: Vec<&'a [u8]>,
    metadata: Vec<&'a [u8]>,
    digests: Vec<&'a [u8]>,
}

impl<'a> Columns<'a> {
    fn push(&mut self, append: &'a Append, end: &mut i64) {
        for (n, event) in append.events.iter().enumerate() {
            *end += 1;
            self.positions.push(*end);
            self.ids.push(event.id.0);
            self.streams.push(append.stream.as_str());
            self.revisions.push(bound(append.expected + n as u64));
            self.kinds.push(&event.kind);
            self.versions.push(event.version.cast_signed());
            self.occurred.push(event.occurred_at.micros());
            self.recorded.push(append.recorded_at.micros());
            self.data.push(&event.data);
            self.metadata.push(&event.metadata);
            self.digests.push(&event.digest.0);
        }
    }

    /// The same append earlier in this very transaction.
    fn repeated(&self, append: &Append) -> Option<Appended> {
        let at = self.ids.iter().position(|id| *id == append.events[0].id.0)?;
        let ids = self.ids.get(at..at + append.events.len())?;
        let same = self.streams[at] == append.stream.as_str()
            && self.revisions[at] == bound(append.expected)
            && ids.iter().zip(&append.events).all(|(id, event)| *id == event.id.0);
        let last = at + append.events.len() - 1;
        let recorded_at = Time::try_from_micros(self.recorded[last]).unwrap_or(append.recorded_at);
        same.then(|| Appended { recorded_at, ..appended(append, self.positions[last]) })
    }

    async fn insert(self, connection: &mut PgConnection) -> Result<(), Error> {
        query(
            "INSERT INTO events (position, event_id, stream, revision, kind, version, occurred_at, recorded_at, data, \
             metadata, digest) SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], \
             $6::smallint[], $7::bigint[], $8::bigint[], $9::bytea[], $10::bytea[], $11::bytea[])",
        )
        .bind(self.positions)
        .bind(self.ids)
        .bind(self.streams)
        .bind(self.revisions)
        .bind(self.kinds)
        .bind(self.versions)
        .bind(self.occurred)
        .bind(self.recorded)
        .bind(self.data)
        .bind(self.metadata)
        .bind(self.digests)
        .execute(connection)
        .await
        .map(|_| ())
        .map_err(failed(APPENDING))
    }
}
