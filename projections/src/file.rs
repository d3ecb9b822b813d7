//! The file that holds views: created, recognised, and watched while it is used.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::checkpoint::Checkpoint;
use crate::error::Error;
use crate::registry;
use crate::{bitmap, sliced};

/// Prepared statements kept by each connection.
const STATEMENTS_KEPT: usize = 256;

/// A views file as it was when it was opened, to notice when it is no longer that.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: PathBuf,
    identity: u64,
    /// The file only ever grows: the length it had at least.
    length: AtomicU64,
}

impl File {
    /// Creates the file if it is not there, and the tables if they are not.
    pub(crate) fn open(path: &Path) -> Result<(Self, Connection), Error> {
        let connection =
            Self::prepared(path).map_err(|error| Error::sqlite("opening the views", path, error))?;
        if !holds_our_tables(&connection) {
            return Err(Error::broken(path, "it holds other tables"));
        }
        let metadata = std::fs::metadata(path).map_err(|error| Error::file("opening the views", error))?;
        Ok((Self::seen(path, &metadata), connection))
    }

    /// The file as it is, if it is there and holds tables.
    pub(crate) fn open_to_read(path: &Path) -> Result<Option<Self>, Error> {
        let file = match std::fs::metadata(path) {
            Ok(metadata) => Self::seen(path, &metadata),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::file("opening the views", error)),
        };
        let connection = file.reader()?;
        match tables(&connection).map_err(|error| file.error("opening the views", error))? {
            0 => Ok(None),
            _ if holds_our_tables(&connection) => Ok(Some(file)),
            _ => Err(Error::broken(path, "it holds other tables")),
        }
    }

    fn seen(path: &Path, metadata: &Metadata) -> Self {
        Self { path: path.to_owned(), identity: identity(metadata), length: metadata.len().into() }
    }

    fn prepared(path: &Path) -> rusqlite::Result<Connection> {
        let connection = Connection::open(path)?;
        keep_statements(&connection)?;
        // `synchronous = NORMAL` loses at most the newest batches in a power cut, never consistency: they are folded
        // again. Recursive triggers stay off: no trigger of ours fires itself.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
             PRAGMA wal_autocheckpoint = 8000; PRAGMA temp_store = MEMORY;",
        )?;
        bitmap::define(&connection)?;
        sliced::define(&connection)?;
        if tables(&connection)? == 0 {
            let all: Vec<_> = std::iter::once(Checkpoint::SQL.to_owned()).chain(registry::sql()).collect();
            connection.execute_batch(&format!("BEGIN IMMEDIATE;\n{};", all.join(";\n")))?;
            Checkpoint::default().write(&connection, registry::fingerprint())?;
            connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);")?;
        }
        Ok(connection)
    }

    /// A connection that only reads.
    pub(crate) fn reader(&self) -> Result<Connection, Error> {
        let open = || {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(&self.path, flags)?;
            keep_statements(&connection)?;
            connection.execute_batch("PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;")?;
            Ok(connection)
        };
        open().map_err(|error| Error::sqlite("opening the views to read", &self.path, error))
    }

    /// Says so if the file was deleted, replaced or truncated since it was opened.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let metadata = match std::fs::metadata(&self.path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::broken(&self.path, "it was deleted"));
            }
            Err(error) => return Err(Error::file("looking at the views file", error)),
        };
        if identity(&metadata) != self.identity {
            return Err(Error::broken(&self.path, "another file stands in its place"));
        }
        if metadata.len() < self.length.fetch_max(metadata.len(), Ordering::Relaxed) {
            return Err(Error::broken(&self.path, "it was truncated"));
        }
        Ok(())
    }

    pub(crate) fn error(&self, doing: &'static str, error: rusqlite::Error) -> Error {
        // What fails on a file that was tampered with is told as that, whatever SQLite made of it.
        self.check().err().unwrap_or_else(|| Error::sqlite(doing, &self.path, error))
    }
}

/// Has statements prepared once. Beside a partial index SQLite would otherwise prepare a statement again each time
/// that other values are bound, in the hope of a better plan.
fn keep_statements(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// How many tables there are, ours or others, with what belongs to them.
fn tables(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
}

fn holds_our_tables(connection: &Connection) -> bool {
    let known = Checkpoint::read(connection);
    let tables = registry::tables().count() + 1; // and the checkpoint
    // What an index over words keeps its own tables in is left out.
    let count = "SELECT count(*) FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'";
    let found: rusqlite::Result<u32> = connection.query_row(count, [], |row| row.get(0));
    matches!(known, Ok(Some((fingerprint, _))) if fingerprint == registry::fingerprint())
        && found.is_ok_and(|found| found as usize == tables)
}

/// Copies a views file, which nobody writes, to where there is none.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let copied = || {
        let (mut from, mut to) = (std::fs::File::open(from)?, std::fs::File::create_new(to)?);
        std::io::copy(&mut from, &mut to)
    };
    copied().map(|_| ()).map_err(|error| Error::file("copying the views file", error))
}

/// Deletes a views file and what SQLite keeps beside it.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::file("removing a views file", error));
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn identity(_metadata: &Metadata) -> u64 {
    0
}
