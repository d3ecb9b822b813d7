//! The two ports of this crate: a journal of events, and the keys that seal what is personal in them.
//!
//! Every adapter keeps every promise below; `tests/src/contract` shows each of them.
//!
//! 1. An append is atomic, and durable before it is acknowledged.
//! 2. A stale writer gets [`Error::Conflict`] and nothing is written.
//! 3. The same event ids appended again at the same place answer as the first time: a retry after a time-out is
//!    safe.
//! 4. Once a reader has passed position P, no event ever appears at or below P, however writers interleave.
//! 5. Pages say where they end; an empty page is not the end.
//! 6. Subscriptions catch up, then follow live, without gap or repeat.
//! 7. There is no update and no delete.
//! 8. An event over [`MAX_EVENT_BYTES`], a malformed stream name, a full disk: a clear error, nothing half-written,
//!    and the journal still opens.

use std::borrow::Cow;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use domain::event::Position;
use domain::id::EventId;
use domain::sealed::Owner;
use domain::stream::StreamName;
use domain::time::Time;
use futures::stream::BoxStream;

/// The most that the data and metadata of one event may hold together.
pub const MAX_EVENT_BYTES: usize = 1 << 20;

/// SHA-256 over the canonical form of an event.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest(pub [u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An event in its stored form, before it has a position. Every byte of it is kept as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Its id.
    pub id: EventId,
    /// The declared name of its type.
    pub kind: Cow<'static, str>,
    /// The version of its type.
    pub version: u16,
    /// When it happened.
    pub occurred_at: Time,
    /// Its plain and sealed fields.
    pub data: Vec<u8>,
    /// Who, when and why.
    pub metadata: Vec<u8>,
    /// Over all of the above and its place in the stream.
    pub digest: Digest,
}

/// Events to be appended to one stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// Where to.
    pub stream: StreamName,
    /// How many events the stream must hold, and so the revision of the first one appended.
    pub expected: u64,
    /// When they were learned of; a copy keeps the time of the original.
    pub recorded_at: Time,
    /// What to append; at least one.
    pub events: Vec<Proposed>,
}

/// Where appended events stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The revision of the first.
    pub first_revision: u64,
    /// The position of the last.
    pub position: Position,
    /// When they were learned of; a repeat answers with the first time.
    pub recorded_at: Time,
}

/// An event as a journal keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Where it stands in this store.
    pub position: Position,
    /// Its id.
    pub id: EventId,
    /// Its stream.
    pub stream: StreamName,
    /// Its place in the stream: 0, 1, 2 …
    pub revision: u64,
    /// The declared name of its type.
    pub kind: Cow<'static, str>,
    /// The version of its type it was written in.
    pub version: u16,
    /// When it happened.
    pub occurred_at: Time,
    /// Its plain and sealed fields, as written.
    pub data: Vec<u8>,
    /// Who, when and why, as written.
    pub metadata: Vec<u8>,
    /// When it was learned of.
    pub recorded_at: Time,
    /// As written.
    pub digest: Digest,
}

/// Consecutive events of all streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// In the order of their positions.
    pub events: Vec<Stored>,
    /// Where the next page begins after. It may be past the last event: `next < end` says that there is more, not
    /// the number of events.
    pub next: Position,
    /// The journal's end when the page was read.
    pub end: Position,
}

/// An append-only store of events in streams. One journal holds one organisation.
#[async_trait]
pub trait Journal: Send + Sync {
    /// Appends, in the order given. Each append stands for itself: one's conflict refuses no other. All that wait,
    /// from whatever caller, share one commit. [`Error::Failed`] may mean that it was written: retry with the same
    /// event ids.
    async fn append(&self, appends: Vec<Append>) -> Vec<Result<Appended, Error>>;

    /// At most `limit` events of a stream from a revision on; none of a stream that is not there.
    async fn read_stream(&self, stream: &StreamName, from: u64, limit: usize) -> Result<Vec<Stored>, Error>;

    /// At most `limit` events of all streams after a position; `Position(0)` is before the first.
    async fn read_all(&self, after: Position, limit: usize) -> Result<Page, Error>;

    /// Every event after a position, in pages that are not empty: first what is there, then what comes. The stream
    /// ends after an error; subscribe again after the last page that was handled.
    fn subscribe(&self, after: Position) -> BoxStream<'static, Result<Page, Error>>;

    /// The position of the last event.
    async fn end(&self) -> Result<Position, Error>;
}

/// A key of 256 bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key(pub [u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What there is of an owner's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The key.
    Key(Key),
    /// There was one; it was destroyed, and there will be no other.
    Destroyed,
    /// There never was one here.
    Missing,
}

/// The keys of a journal, one an owner. Every answer has one slot for each owner asked for, in the same order.
#[async_trait]
pub trait Keys: Send + Sync {
    /// The keys that exist.
    async fn get(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error>;

    /// The same, making the missing ones; they are durable before they are handed out, so before any event that
    /// needs them. Callers that ask at once get the same key.
    async fn get_or_create(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error>;

    /// Destroys keys for ever, leaving a mark in their place, also where there was none.
    async fn destroy(&self, owners: &[Owner]) -> Result<(), Error>;

    /// At most `limit` slots after an owner, in the order of owners: for copies.
    async fn list(&self, after: Option<Owner>, limit: usize) -> Result<Vec<(Owner, Slot)>, Error>;

    /// Puts copied slots in; one that differs from what is there fails.
    async fn restore(&self, slots: &[(Owner, Slot)]) -> Result<(), Error>;
}

/// Where keys and the ids of journals come from.
pub trait Entropy: Send + Sync {
    /// Fills with random bytes.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error>;
}

/// What can go wrong with a journal or its keys.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The stream holds another number of events than expected; nothing was written.
    #[error("the stream holds {actual} events, not as many as expected")]
    Conflict {
        /// How many it holds.
        actual: u64,
    },
    /// An event is larger than [`MAX_EVENT_BYTES`]; nothing was written.
    #[error("an event of {bytes} bytes is over the limit of {MAX_EVENT_BYTES}")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// An append without events; nothing was written.
    #[error("there is nothing to append")]
    Empty,
    /// No room is left on the disk, or within a limit upon it; nothing was written.
    #[error("the disk is full: nothing was recorded; make room and try again")]
    Full,
    /// A file or folder cannot be used.
    #[error("{}: {why}", path.display())]
    Unusable {
        /// Which.
        path: PathBuf,
        /// Why not, and what to do.
        why: &'static str,
    },
    /// An event or its key cannot be read.
    #[error("event {revision} of {stream}: {why}")]
    Unreadable {
        /// Its stream.
        stream: String,
        /// Its place there.
        revision: u64,
        /// What is wrong.
        why: String,
    },
    /// The key that would seal something was destroyed.
    #[error("the key was destroyed: nothing more can be recorded under it")]
    Destroyed,
    /// Something else; whether anything was written is unknown.
    #[error("{doing} failed: {source}")]
    Failed {
        /// What was attempted.
        doing: &'static str,
        /// Why it failed.
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    /// Wraps an error of what lies below.
    pub fn failed(doing: &'static str) -> impl FnOnce(Box<dyn std::error::Error + Send + Sync>) -> Self {
        move |source| Self::Failed { doing, source: source.into() }
    }
}
