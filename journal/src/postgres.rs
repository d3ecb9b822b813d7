//! The journal in PostgreSQL, for several nodes on one history. See `schema/journal/postgres.sql` for its tables.
//!
//! Every node has one writer: all appends that wait on it go into one transaction, under an advisory lock that all
//! nodes share and that is held until the commit. So positions appear in their order, whatever commits late, and a
//! dump that is restored goes on where it ended. A batch is one NOTIFY; followers also poll.

mod keys;
mod lease;
mod rows;
mod writer;

use std::str::FromStr;
use std::time::Duration;

use async_trait::async_trait;
use domain::event::Position;
use domain::stream::StreamName;
use futures::StreamExt;
use futures::stream::{self, BoxStream};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPool, PgPoolOptions};
use tokio::sync::{mpsc, oneshot, watch};

pub use keys::PostgresKeys;
pub use lease::PostgresLease;

use crate::port::{Append, Appended, Error, Journal, Page, Stored};
use writer::{Waiting, Writer};

/// Which of the two journals of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Acts and traces.
    History,
    /// Looks.
    Looks,
}

impl Part {
    /// The schema of the database that holds it.
    fn schema(self) -> &'static str {
        match self {
            Self::History => "passerelle",
            Self::Looks => "passerelle_looks",
        }
    }
}

/// A journal in a PostgreSQL database.
#[derive(Clone)]
pub struct PostgresJournal {
    pool: PgPool,
    writer: mpsc::Sender<Waiting>,
    end: watch::Receiver<i64>,
}

/// Appends that may wait on one node before callers do.
const WAITING_MAX: usize = 4_096;
/// Connections of one node, beside the writer's and the listener's.
const READERS: u32 = 8;
/// How often a follower looks by itself, should a notification be lost.
const POLL: Duration = Duration::from_secs(1);
/// Events a follower reads at a time.
const FOLLOW_PAGE: usize = 2_000;

impl PostgresJournal {
    /// Connects, and lays out the tables where there are none yet.
    pub async fn open(url: &str, part: Part) -> Result<Self, Error> {
        let options = connect_options(url, part)?;
        lay_out(&options, part).await?;
        Self::connected(options, part).await
    }

    /// Connects to read, beside whoever writes. PostgreSQL itself refuses whatever would write.
    pub async fn open_to_read(url: &str, part: Part) -> Result<Self, Error> {
        let options = connect_options(url, part)?.options([("default_transaction_read_only", "on")]);
        laid_out(&options).await?;
        Self::connected(options, part).await
    }

    async fn connected(options: PgConnectOptions, part: Part) -> Result<Self, Error> {
        let pool = PgPoolOptions::new().max_connections(READERS).connect_lazy_with(options.clone());
        let first = rows::end(&pool).await?;
        let (announce, end) = watch::channel(first);
        let (writer, waiting) = mpsc::channel(WAITING_MAX);
        tokio::spawn(Writer::new(options.clone(), part.schema(), announce.clone()).run(waiting));
        tokio::spawn(follow_end(pool.clone(), part.schema(), announce));
        Ok(Self { pool, writer, end })
    }

    /// The keys in the same database.
    pub fn keys(&self, entropy: std::sync::Arc<dyn crate::port::Entropy>) -> PostgresKeys {
        PostgresKeys::new(self.pool.clone(), entropy)
    }
}

fn connect_options(url: &str, part: Part) -> Result<PgConnectOptions, Error> {
    let options = PgConnectOptions::from_str(url).map_err(failed("reading the address of the database"))?;
    Ok(options.options([("search_path", part.schema()), ("synchronous_commit", "on")]))
}

async fn lay_out(options: &PgConnectOptions, part: Part) -> Result<(), Error> {
    use sqlx::{Connection, Executor, PgConnection};
    let doing = "laying out the tables of the journal";
    let mut connection =
        PgConnection::connect_with(options).await.map_err(failed("connecting to PostgreSQL"))?;
    let mut transaction = connection.begin().await.map_err(failed(doing))?;
    // Two nodes that start at once take turns: CREATE … IF NOT EXISTS alone does not make them.
    transaction
        .execute("SELECT pg_advisory_xact_lock(hashtext('passerelle layout'))")
        .await
        .map_err(failed(doing))?;
    let schema = match part {
        Part::History => "CREATE SCHEMA IF NOT EXISTS passerelle",
        Part::Looks => "CREATE SCHEMA IF NOT EXISTS passerelle_looks",
    };
    transaction.execute(schema).await.map_err(failed(doing))?;
    transaction.execute(include_str!("../../schema/journal/postgres.sql")).await.map_err(failed(doing))?;
    transaction.commit().await.map_err(failed(doing))
}

/// Refuses a database without the tables of a journal.
async fn laid_out(options: &PgConnectOptions) -> Result<(), Error> {
    use sqlx::{Connection, PgConnection, Row};
    let mut connection =
        PgConnection::connect_with(options).await.map_err(failed("connecting to PostgreSQL"))?;
    let asked = sqlx::query("SELECT to_regclass('events') IS NOT NULL").fetch_one(&mut connection).await;
    if asked.and_then(|row| row.try_get(0)).map_err(failed("looking for the journal"))? {
        Ok(())
    } else {
        let why = "there is none in this database yet; serve it or import into it first";
        Err(Error::failed("looking for the journal")(why.into()))
    }
}

/// Keeps the end current: woken by notifications, and by the clock should one be lost or the connection break.
async fn follow_end(pool: PgPool, schema: &'static str, announce: watch::Sender<i64>) {
    let mut listener = None;
    while !announce.is_closed() {
        if listener.is_none() {
            listener = listen(&pool, schema).await;
        }
        let woken = match &mut listener {
            Some(listener) => tokio::time::timeout(POLL, listener.recv()).await,
            None => {
                tokio::time::sleep(POLL).await;
                Ok(Err(sqlx::Error::PoolClosed))
            }
        };
        if matches!(woken, Ok(Err(_))) {
            listener = None;
        }
        if let Ok(end) = rows::end(&pool).await {
            announce.send_if_modified(|known| {
                end > *known && {
                    *known = end;
                    true
                }
            });
        }
    }
}

async fn listen(pool: &PgPool, schema: &str) -> Option<PgListener> {
    let mut listener = PgListener::connect_with(pool).await.ok()?;
    listener.listen(schema).await.ok()?;
    Some(listener)
}

/// Wraps an error of the database.
fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Error {
    move |error| match &error {
        sqlx::Error::Database(fault) if fault.code().as_deref() == Some("53100") => Error::Full,
        _ => Error::failed(doing)(error.into()),
    }
}

#[async_trait]
impl Journal for PostgresJournal {
    async fn append(&self, appends: Vec<Append>) -> Vec<Result<Appended, Error>> {
        let count = appends.len();
        let (answer, answered) = oneshot::channel();
        let gone = || Error::failed("appending")("the journal's writer has ended".into());
        if self.writer.send(Waiting { appends, answer }).await.is_err() {
            return (0..count).map(|_| Err(gone())).collect();
        }
        answered.await.unwrap_or_else(|_| (0..count).map(|_| Err(gone())).collect())
    }

    async fn read_stream(&self, stream: &StreamName, from: u64, limit: usize) -> Result<Vec<Stored>, Error> {
        rows::of_stream(&self.pool, stream, from, limit).await
    }

    async fn read_all(&self, after: Position, limit: usize) -> Result<Page, Error> {
        let end = rows::end(&self.pool).await?;
        let events = rows::after(&self.pool, after, limit).await?;
        let last = events.last().map(|stored| stored.position);
        let end = last.unwrap_or_default().max(Position(end.cast_unsigned()));
        let next = last.unwrap_or(after);
        Ok(Page { events, next, end })
    }

    fn subscribe(&self, after: Position) -> BoxStream<'static, Result<Page, Error>> {
        let state = Some((self.clone(), self.end.clone(), after));
        let pages = stream::unfold(state, |state| async move {
            let (journal, mut end, after) = state?;
            loop {
                end.mark_unchanged();
                match journal.read_all(after, FOLLOW_PAGE).await {
                    Err(error) => return Some((Err(error), None)),
                    Ok(page) if !page.events.is_empty() => {
                        let next = page.next;
                        return Some((Ok(page), Some((journal, end, next))));
                    }
                    Ok(_) => {}
                }
                // The end is watched by one task a node; the time-out is for the case that it ended.
                if let Ok(Err(_)) = tokio::time::timeout(POLL, end.changed()).await {
                    return None;
                }
            }
        });
        pages.boxed()
    }

    async fn end(&self) -> Result<Position, Error> {
        Ok(Position(rows::end(&self.pool).await?.cast_unsigned()))
    }
}
