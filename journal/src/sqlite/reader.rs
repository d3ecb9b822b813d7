//! Reading: a pool of connections that cannot write.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::event::Position;
use parking_lot::Mutex;
use rusqlite::Connection;

use super::file::{failed, open_to_read};
use super::{off_the_runtime, rows};
use crate::follow::Pages;
use crate::port::{Error, Page};

/// How many idle connections are kept.
const IDLE: usize = 8;

/// Read-only connections to one file.
pub(super) struct Reader {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Reader {
    pub(super) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), idle: Mutex::default() }
    }

    /// What a writer is told where the file was opened to be read.
    pub(super) fn refusal(&self) -> Error {
        Error::Unusable {
            path: self.path.clone(),
            why: "it was opened to be read, so nothing can be written",
        }
    }

    /// Reads with a connection of its own.
    pub(super) async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        doing: &'static str,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        let this = Arc::clone(self);
        off_the_runtime(move || this.read_now(query).map_err(failed(doing))).await
    }

    fn read_now<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let idle = self.idle.lock().pop();
        let db = idle.map_or_else(|| open_to_read(&self.path), Ok)?;
        let result = query(&db)?;
        let mut idle = self.idle.lock();
        if idle.len() < IDLE {
            idle.push(db);
        }
        Ok(result)
    }
}

#[async_trait::async_trait]
impl Pages for Arc<Reader> {
    async fn page(&self, after: Position, limit: usize) -> Result<Page, Error> {
        self.read("reading the journal", move |db| rows::page(db, after, limit)).await
    }
}
