//! The contract of the journal: every promise of `journal::port`, run against every adapter.
//!
//! # To add an adapter
//! Implement [`Fixture`] for it in `tests/src/contract/` and add one line to `tests/tests/journal.rs`:
//! `journal_contract!(name, TheFixture);`. A fixture whose server is missing answers `None`; the tests then say so.

#![allow(missing_docs, reason = "the name of a test is the rule it shows")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

pub mod appends;
pub mod keys;
pub mod postgres;
pub mod processes;
pub mod readers;
pub mod sqlite;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use domain::id::EventId;
use domain::stream::StreamName;
use domain::time::Time;
use journal::{Append, Digest, Entropy, Error, Journal, Keys, Proposed};
use uuid::Uuid;

/// An adapter under test.
#[async_trait]
pub trait Fixture: Sized + Send + Sync + 'static {
    /// A new, empty store; `None` if what it needs is not there.
    async fn empty() -> Option<Self>;
    /// Where it is, for another process.
    fn address(&self) -> String;
    /// Opens the store at an address once more, beside whoever has it open.
    async fn open(address: &str) -> Store;
    /// Holds a writing transaction open in the middle of other appends until the answer is dropped.
    async fn hold(&self) -> Box<dyn Send>;
    /// Tries to change and to delete events with the store's own means, and says whether each was refused.
    async fn tamper(&self) -> Vec<bool>;
    /// Makes every connection of the store's users fail, if it has connections that can.
    async fn kill_connections(&self) {}
}

/// An open store.
#[derive(Clone)]
pub struct Store {
    /// Its events.
    pub journal: Arc<dyn Journal>,
    /// Their keys.
    pub keys: Arc<dyn Keys>,
}

/// Bytes that differ from call to call and need not be secret.
#[derive(Debug, Default)]
pub struct Counting(AtomicU64);

impl Entropy for Counting {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        for block in bytes.chunks_mut(8) {
            let n = self.0.fetch_add(1, Ordering::Relaxed) + (u64::from(std::process::id()) << 32);
            block.copy_from_slice(&n.to_le_bytes()[..block.len()]);
        }
        Ok(())
    }
}

/// An id that nothing else has.
pub fn fresh() -> Uuid {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    Uuid::new_v5(
        &Uuid::NAMESPACE_OID,
        format!("{}.{n}.{:?}", std::process::id(), std::time::Instant::now()).as_bytes(),
    )
}

/// A stream by name.
pub fn stream(name: &str) -> StreamName {
    StreamName::try_new(name).unwrap_or_else(|_| StreamName::chart())
}

/// Any instant.
pub fn at(second: u64) -> Time {
    Time::try_from_micros(second as i64 * 1_000_000).unwrap_or_default()
}

/// An event of any bytes: a journal does not read what it keeps.
pub fn event(id: Uuid) -> Proposed {
    Proposed {
        id: EventId(id),
        kind: "comment.removed".into(),
        version: 1,
        occurred_at: at(7),
        data: [b"data \0\xff ", &id.as_bytes()[..]].concat(),
        metadata: b"metadata \0\xff".to_vec(),
        digest: Digest([id.as_bytes()[0]; 32]),
    }
}

/// An append of that many new events.
pub fn append(name: &str, expected: u64, count: usize) -> Append {
    let events = (0..count).map(|_| event(fresh())).collect();
    Append { stream: stream(name), expected, recorded_at: at(expected + 1_000), events }
}

/// Appends by itself.
pub async fn one(journal: &dyn Journal, append: Append) -> Result<journal::Appended, Error> {
    journal.append(vec![append]).await.pop().unwrap_or(Err(Error::Empty))
}

/// Runs the whole contract against an adapter.
#[macro_export]
macro_rules! journal_contract {
    ($name:ident, $fixture:ty) => {
        $crate::journal_contract! { $name, $fixture:
            appends::an_append_is_there_when_the_store_is_opened_again,
            appends::events_are_kept_byte_for_byte,
            appends::a_stale_writer_is_told_and_writes_nothing,
            appends::a_conflict_refuses_no_other_append,
            appends::a_repeat_answers_as_the_first_time,
            appends::an_event_that_is_too_large_is_refused,
            appends::an_append_of_nothing_is_refused,
            appends::of_many_writers_to_one_place_one_wins,
            appends::nothing_is_changed_or_deleted,
            readers::pages_say_where_they_end,
            readers::no_event_appears_behind_a_reader,
            readers::a_transaction_held_open_hides_nothing,
            readers::a_subscription_has_no_gap_and_no_repeat,
            keys::all_who_ask_get_the_same_key,
            keys::a_destroyed_key_stays_destroyed,
            keys::keys_are_copied,
            processes::two_processes_record_once,
            processes::a_retry_after_a_kill_records_once,
            processes::killed_connections_lose_nothing,
        }
    };
    ($name:ident, $fixture:ty: $($module:ident::$test:ident,)+) => {
        mod $name {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
                async fn $test() {
                    use $crate::contract::Fixture;
                    match <$fixture>::empty().await {
                        Some(fixture) => $crate::contract::$module::$test(&fixture).await,
                        None => $crate::skipped::skipped(
                            concat!(stringify!($fixture), "::", stringify!($test)),
                            "what it needs is not there",
                        ),
                    }
                }
            )+

            /// Not a test by itself: what the tests with several processes run as a child.
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            #[ignore = "run by other tests as a child process"]
            async fn child() {
                $crate::contract::processes::child::<$fixture>().await;
            }
        }
    };
}
