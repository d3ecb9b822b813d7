//! Walks a journal and reports every fault by stream and revision.

use std::collections::HashMap;

use domain::event::Position;
use domain::stream::StreamName;

use crate::codec::{Codec, Fault};
use crate::port::{Error, Journal, Stored};

/// How many events are read at a time.
const PAGE: usize = 2_000;

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The stream it was found in.
    pub stream: StreamName,
    /// The event in it.
    pub revision: u64,
    /// What is wrong.
    pub wrong: Wrong,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "event {} of {}: {}", self.revision, self.stream, self.wrong)
    }
}

/// What can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The event itself is not as it was written, or does not read.
    #[error(transparent)]
    Event(#[from] Fault),
    /// Another revision should come here.
    #[error("revision {expected} should come here")]
    Revision {
        /// Which.
        expected: u64,
    },
    /// It does not stand after the event before it.
    #[error("it stands at position {} which is not after {}", .at.0, .before.0)]
    Order {
        /// Its position.
        at: Position,
        /// The position of the event before.
        before: Position,
    },
}

/// Checks everything that a journal holds at the start: digests, revisions without a hole, order, known types, that
/// every event reads. Answers how many events there are.
pub async fn check(
    journal: &dyn Journal,
    codec: &Codec,
    mut report: impl FnMut(Finding) + Send,
) -> Result<u64, Error> {
    let mut next: HashMap<StreamName, u64> = HashMap::new();
    let end = journal.end().await?;
    let mut before = Position(0);
    let mut events = 0;
    loop {
        let after = before;
        let mut page = journal.read_all(after, PAGE).await?;
        page.events.retain(|stored| stored.position <= end);
        let faults = codec.verify(&page.events).await?;
        for (stored, fault) in page.events.iter().zip(faults) {
            let mut found = |wrong| {
                report(Finding { stream: stored.stream.clone(), revision: stored.revision, wrong });
            };
            fault.map(Wrong::Event).into_iter().for_each(&mut found);
            misplaced(stored, before, &mut next).into_iter().for_each(&mut found);
            before = before.max(stored.position);
            events += 1;
        }
        before = before.max(page.next);
        if before >= end || before == after {
            return Ok(events);
        }
    }
}

fn misplaced(stored: &Stored, before: Position, next: &mut HashMap<StreamName, u64>) -> Option<Wrong> {
    let expected = next.entry(stored.stream.clone()).or_insert(0);
    let wanted = std::mem::replace(expected, stored.revision + 1);
    if stored.revision != wanted {
        Some(Wrong::Revision { expected: wanted })
    } else if stored.position <= before {
        Some(Wrong::Order { at: stored.position, before })
    } else {
        None
    }
}
