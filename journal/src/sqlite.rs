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
    writing: Writing,
    reader: Arc<Reader>,
    end: watch::Receiver<Position>,
}

/// Who may write.
enum Writing {
    /// This journal does.
    Here(Group<Writer>),
    /// Others may. Nobody tells the end, so followers look for themselves.
    Elsewhere(#[expect(dead_code, reason = "held so that followers go on")] watch::Sender<Position>),
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
        let writing = Writing::Here(Group::start("journal-writer", Writer::new(db, committed))?);
        Ok(Self { id, writing, reader: Arc::new(Reader::new(path)), end })
    }

    /// Opens the journal that is in a file to read it, beside whoever writes it. Appends are refused.
    pub async fn open_to_read(path: &Path) -> Result<Self, Error> {
        let path = path.to_owned();
        off_the_runtime(move || {
            let id = file::identify(&path, Kind::Journal)?;
            let (untold, end) = watch::channel(Position::default());
            Ok(Self { id, writing: Writing::Elsewhere(untold), reader: Arc::new(Reader::new(&path)), end })
        })
        .await
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
        let Writing::Here(writer) = &self.writing else {
            return vec![Err(self.reader.refusal()); count];
        };
        match writer.ask(appends).await {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::port::{Digest, Proposed};
    use domain::id::EventId;
    use domain::time::Time;

    fn append(expected: u64) -> Append {
        let event = Proposed {
            id: EventId(Uuid::from_u128(expected.into())),
            kind: "chart.renamed".into(),
            version: 1,
            occurred_at: Time::default(),
            data: vec![0; 10_000],
            metadata: Vec::new(),
            digest: Digest([0; 32]),
        };
        Append { stream: StreamName::chart(), expected, recorded_at: Time::default(), events: vec![event] }
    }

    #[tokio::test]
    async fn a_full_disk_is_said_and_loses_nothing() {
        let path = std::env::temp_dir().join(format!("passerelle-full-{}.db", std::process::id()));
        let (db, _) = file::open(&path, Kind::Journal, Uuid::nil()).unwrap();
        db.pragma_update(None, "max_page_count", 40).unwrap();
        let (committed, _end) = watch::channel(Position(0));
        let full = Group::start("full", Writer::new(db, committed)).unwrap();
        let mut written = 0;
        let error = loop {
            match full.ask(vec![append(written)]).await.map(|mut answers| answers.remove(0)) {
                Ok(Ok(_)) => written += 1,
                Ok(Err(error)) | Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::Full), "{error}");
        drop(full);

        let journal = SqliteJournal::open(&path, Uuid::nil()).await.unwrap();
        let read = journal.read_stream(&StreamName::chart(), 0, 1_000).await.unwrap();
        assert_eq!(read.len() as u64, written);
        assert!(journal.append(vec![append(written)]).await[0].is_ok(), "with room again, it goes on");
        drop(journal);
        std::fs::remove_file(path).unwrap();
    }
}
