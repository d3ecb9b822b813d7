//! The embedded adapter: a journal in one SQLite file, its keys in another.
//!
//! Write-ahead log with `synchronous = FULL`: a commit is on the disk before it is acknowledged. One thread writes;
//! readers have connections of their own and never wait for it. Several processes may share a file: what another
//! one wrote is seen when a transaction begins.

mod file;
mod group;
mod keys;
mod reader;
mod rows;
mod writer;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use domain::event::Position;
use domain::stream::StreamName;
use futures::stream::BoxStream;
use tokio::sync::watch;
use uuid::Uuid;

use self::file::{Kind, failed};
use self::group::Group;
pub use self::keys::SqliteKeys;
use self::reader::Reader;
use self::writer::Writer;
use crate::follow::{Pages, follow};
use crate::port::{Append, Appended, Error, Journal, Page, Stored};

/// A journal in a SQLite file.
pub struct SqliteJournal {
    id: Uuid,
    writer: Group<Writer>,
    reader: Arc<Reader>,
    end: watch::Receiver<Position>,
}

impl SqliteJournal {
    /// Opens the journal in a file, making one with the id `new` if there is none.
    pub async fn open(path: &Path, new: Uuid) -> Result<Self, Error> {
        let path = path.to_owned();
        off_the_runtime(move || Self::open_now(&path, new)).await
    }

    fn open_now(path: &Path, new: Uuid) -> Result<Self, Error> {
        let (db, id) = file::open(path, Kind::Journal, new)?;
        let (committed, end) = watch::channel(rows::end(&db).map_err(failed("reading the journal's end"))?);
        let writer = Group::start("journal-writer", Writer::new(db, committed))?;
        Ok(Self { id, writer, reader: Arc::new(Reader::new(path)), end })
    }

    /// The id of this journal, which its keys carry too.
    pub fn id(&self) -> Uuid {
        self.id
    }
}

#[async_trait]
impl Journal for SqliteJournal {
    async fn append(&self, appends: Vec<Append>) -> Vec<Result<Appended, Error>> {
        let count = appends.len();
        match self.writer.ask(appends).await {
            Ok(answers) => answers,
            Err(error) => vec![Err(error); count],
        }
    }

    async fn read_stream(&self, stream: &StreamName, from: u64, limit: usize) -> Result<Vec<Stored>, Error> {
        let stream = stream.clone();
        self.reader.read("reading a stream", move |db| rows::of_stream(db, &stream, from, limit)).await
    }

    async fn read_all(&self, after: Position, limit: usize) -> Result<Page, Error> {
        self.reader.page(after, limit).await
    }

    fn subscribe(&self, after: Position) -> BoxStream<'static, Result<Page, Error>> {
        follow(Arc::clone(&self.reader), self.end.clone(), after)
    }

    async fn end(&self) -> Result<Position, Error> {
        self.reader.read("reading the journal's end", rows::end).await
    }
}

/// Runs what blocks where it may.
async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(stopped) => Err(Error::failed("reading the journal")(stopped.into())),
    }
}
