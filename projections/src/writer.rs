//! The writer: a batch and its checkpoint are one transaction, so all read models stand at one position.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use domain::event::{Position, Recorded};
use rusqlite::Connection;

use crate::batch::Batch;
use crate::checkpoint::Checkpoint;
use crate::error::Error;
use crate::file::{self, File};
use crate::flush::{Sql, flush};
use crate::registry;

/// The one writer of views. Dropped, it gives way to another.
#[derive(Debug)]
pub struct Writer {
    connection: Option<Connection>,
    file: Arc<File>,
    home: Arc<Mutex<Option<Connection>>>,
    sql: Sql,
    checkpoint: Checkpoint,
}

impl Drop for Writer {
    fn drop(&mut self) {
        *self.home.lock().unwrap_or_else(PoisonError::into_inner) = self.connection.take();
    }
}

impl Writer {
    pub(crate) fn new(
        connection: Connection,
        file: Arc<File>,
        home: Arc<Mutex<Option<Connection>>>,
    ) -> Result<Self, Error> {
        let read = Checkpoint::read(&connection);
        let mut writer = Self {
            connection: Some(connection),
            file,
            home,
            sql: Sql::default(),
            checkpoint: Checkpoint::default(),
        };
        match read {
            Ok(Some((_, checkpoint))) => writer.checkpoint = checkpoint,
            Ok(None) => return Err(Error::broken(&writer.file.path, "it says no position")),
            Err(error) => return Err(writer.file.error("reading the position of the views", error)),
        }
        Ok(writer)
    }

    /// Where the views stand.
    pub fn checkpoint(&self) -> Checkpoint {
        self.checkpoint
    }

    /// The position up to which every event is in the views.
    pub fn position(&self) -> Position {
        self.checkpoint.position
    }

    /// Folds and writes events that stand in the order of their positions; those already in the views are passed
    /// over. `upto` is how far the journal was read to find them.
    pub fn apply(&mut self, events: &[Recorded], upto: Position) -> Result<Checkpoint, Error> {
        let known = events.partition_point(|event| event.position <= self.checkpoint.position);
        self.write(&Batch::of(&events[known..], upto.max(self.checkpoint.position)))
    }

    /// Writes a batch folded elsewhere, which follows what the views hold.
    pub fn write(&mut self, batch: &Batch) -> Result<Checkpoint, Error> {
        let at = self.checkpoint.position;
        if let Some(first) = batch.first.filter(|first| *first <= at) {
            return Err(Error::OutOfOrder { at: at.0, first: first.0 });
        }
        self.file.check()?;
        let reached = Checkpoint {
            position: batch.reached.position.max(at),
            event: batch.reached.event.or(self.checkpoint.event),
            known_at: batch.reached.known_at.max(self.checkpoint.known_at),
            known_day: batch.reached.known_day.max(self.checkpoint.known_day),
        };
        if reached != self.checkpoint {
            self.commit(batch, reached).map_err(|error| self.file.error("writing the views", error))?;
            self.checkpoint = reached;
        }
        Ok(reached)
    }

    /// Copies the views to a file that is not there yet; false where somebody reads them at this moment.
    pub fn copy_to(&self, path: &Path) -> Result<bool, Error> {
        let Some(connection) = &self.connection else { return Ok(false) };
        let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
        let busy: bool = connection
            .query_row(sql, [], |row| row.get(0))
            .map_err(|error| self.file.error("copying the views", error))?;
        if !busy {
            file::copy(&self.file.path, path)?;
        }
        Ok(!busy)
    }

    fn commit(&mut self, batch: &Batch, reached: Checkpoint) -> rusqlite::Result<()> {
        let Some(connection) = &mut self.connection else { return Ok(()) };
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        flush(&transaction, &mut self.sql, &batch.writes)?;
        reached.write(&transaction, registry::fingerprint())?;
        transaction.commit()
    }
}
