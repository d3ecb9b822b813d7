//! Snapshots: everything a query reads stands at one position.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use domain::event::Position;
use rusqlite::{Connection, Row};

use crate::checkpoint::Checkpoint;
use crate::error::Error;
use crate::file::File;
use crate::value::Value;

/// Connections that wait for their next snapshot.
pub(crate) struct Pool {
    file: Arc<File>,
    idle: Mutex<Vec<Connection>>,
}

/// Where each statement that is read with is logged, at the level `trace`, without the values bound.
pub const STATEMENTS: &str = "passerelle::statements";

/// Connections kept while idle; more are opened when more snapshots live at once.
const IDLE_KEPT: usize = 8;

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("file", &self.file).finish_non_exhaustive()
    }
}

impl Pool {
    pub(crate) fn new(file: Arc<File>) -> Self {
        Self { file, idle: Mutex::new(Vec::new()) }
    }

    pub(crate) fn snapshot(pool: &Arc<Self>) -> Result<Snapshot, Error> {
        pool.file.check()?;
        let idle = pool.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| pool.file.reader(), Ok)?;
        let begun = begin(&connection).map_err(|error| pool.file.error("beginning a snapshot", error))?;
        let checkpoint = begun.ok_or_else(|| Error::broken(&pool.file.path, "it says no position"))?;
        Ok(Snapshot { connection: Mutex::new(Some(connection)), checkpoint, pool: Arc::clone(pool) })
    }
}

fn begin(connection: &Connection) -> rusqlite::Result<Option<Checkpoint>> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    Ok(Checkpoint::read(connection)?.map(|(_, checkpoint)| checkpoint))
}

/// The views at one position, for as long as it lives. It may be shared between threads; its queries take turns.
/// Short-lived: while it lives, SQLite cannot shorten its log.
pub struct Snapshot {
    connection: Mutex<Option<Connection>>,
    checkpoint: Checkpoint,
    pool: Arc<Pool>,
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("checkpoint", &self.checkpoint).finish_non_exhaustive()
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        let Some(connection) = self.connection.get_mut().unwrap_or_else(PoisonError::into_inner).take()
        else {
            return;
        };
        let ended = connection.prepare_cached("COMMIT").and_then(|mut commit| commit.execute([])).is_ok();
        let mut idle = self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if ended && idle.len() < IDLE_KEPT {
            idle.push(connection);
        }
    }
}

impl Snapshot {
    /// The position everything in it stands at.
    pub fn position(&self) -> Position {
        self.checkpoint.position
    }

    /// The position, the last event and what is known.
    pub fn checkpoint(&self) -> Checkpoint {
        self.checkpoint
    }

    /// Runs a query. Unless it is very long it is prepared once a connection, so its text should be one of few.
    pub(crate) fn rows<T>(
        &self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let found: Vec<T> = self.with(|connection| {
            let values = rusqlite::params_from_iter(values);
            match sql.len() {
                ..=LONGEST_KEPT => connection.prepare_cached(sql)?.query_map(values, read)?.collect(),
                _ => connection.prepare(sql)?.query_map(values, read)?.collect(),
            }
        })?;
        tracing::trace!(target: STATEMENTS, rows = found.len(), sql);
        Ok(found)
    }

    /// Runs a query for its first row.
    pub(crate) fn row<T>(
        &self,
        sql: &str,
        values: &[Value],
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        self.rows(sql, values, read)
            .map(|mut rows| if rows.is_empty() { None } else { Some(rows.swap_remove(0)) })
    }

    /// Runs a query that ends in `IN (…)` for many ids: `sql` has `{ids}` in the place of the list, behind the
    /// values bound first. Rows come in no order; ids that lead nowhere are left out.
    pub(crate) fn by_ids<T>(
        &self,
        sql: &str,
        first: &[Value],
        ids: impl IntoIterator<Item = impl Into<Value>>,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut ids: Vec<Value> = ids.into_iter().map(Into::into).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(MOST_IDS) {
            // Few lengths, so few statements: the rest repeats the last id.
            let length = LENGTHS.into_iter().find(|length| chunk.len() <= *length).unwrap_or(MOST_IDS);
            let sql = sql.replace("{ids}", &vec!["?"; length].join(","));
            let padding = chunk.last().into_iter().cycle().take(length - chunk.len());
            let values: Vec<Value> = first.iter().chain(chunk).chain(padding).cloned().collect();
            found.extend(self.rows(&sql, &values, &mut read)?);
        }
        Ok(found)
    }

    /// Runs the queries of several kinds as one, each for ids of its own, of which there are as many as on a page. `read`
    /// is told the number of the kind that a row is of.
    pub(crate) fn by_ids_of_kinds<T>(
        &self,
        first: &[Value],
        kinds: &[(usize, &ByIds, Vec<Value>)],
        mut read: impl FnMut(usize, &Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let most = kinds.iter().map(|(_, _, ids)| ids.len()).max().unwrap_or(0);
        let length = LENGTHS.into_iter().find(|length| most <= *length).unwrap_or(most);
        let columns = kinds.iter().map(|(_, by_ids, _)| by_ids.columns).max().unwrap_or(0);
        let (mut arms, mut values) = (vec![], first.to_vec());
        for (kind, by_ids, ids) in kinds {
            let places = (1..=length).map(|place| format!("?{}", values.len() + place));
            let sql = by_ids.sql.replace("{ids}", &places.collect::<Vec<_>>().join(","));
            let filled = ", NULL".repeat(columns - by_ids.columns);
            arms.push(format!("SELECT *{filled}, {kind} FROM ({sql})"));
            values.extend(ids.iter().cloned().chain(std::iter::repeat(Value::Null)).take(length));
        }
        if arms.is_empty() {
            return Ok(vec![]);
        }
        self.rows(&arms.join(" UNION ALL "), &values, |row| read(row.get(columns)?, row))
    }

    pub(crate) fn with<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        // The connection is there until the snapshot is dropped.
        let result = connection.as_ref().map_or(Err(rusqlite::Error::InvalidQuery), query);
        result.map_err(|error| self.pool.file.error("querying the views", error))
    }
}

/// A query for things of one kind that ends in `IN ({ids})`, and how many columns it has.
pub(crate) struct ByIds {
    pub(crate) sql: &'static str,
    pub(crate) columns: usize,
}

const LENGTHS: [usize; 7] = [1, 4, 20, 100, 500, 2_500, MOST_IDS];
const MOST_IDS: usize = 12_500;

/// Longer statements are prepared anew each time: kept, each would take megabytes.
const LONGEST_KEPT: usize = 64 * 1024;
