//! Carrying a whole journal elsewhere: to a file and back, or from any store to any empty one. What arrives has the
//! same ids, revisions, order, times and digests, and is compared at the end.

use std::collections::HashMap;
use std::io::{BufRead, Write};

use domain::event::Position;
use domain::stream::StreamName;
use journal::{Append, Error as JournalError, Journal, Keys, Proposed, Stored};

use crate::cloudevents::{self, NotAnEnvelope};

/// Why a journal could not be carried.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Where it was to go there is something already.
    #[error("the journal it would go to is not empty: choose an empty one")]
    NotEmpty,
    /// A line of a file is not what it should be.
    #[error("line {line}: {source}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        source: NotAnEnvelope,
    },
    /// An envelope does not match its digest, or leaves a hole in its stream.
    #[error("event {revision} of {stream}: {why}")]
    Broken {
        /// Its stream.
        stream: StreamName,
        /// Its place there.
        revision: u64,
        /// What is wrong.
        why: &'static str,
    },
    /// What arrived is not what left.
    #[error("event {revision} of {stream} did not arrive as it left")]
    Differs {
        /// Its stream.
        stream: StreamName,
        /// Its place there.
        revision: u64,
    },
    /// A journal could not be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A file could not be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// An envelope cannot be written as a line.
    #[error(transparent)]
    Envelope(#[from] NotAnEnvelope),
}

/// Events carried at a time.
const PAGE: usize = 2_000;

/// Copies every event of journals that share their keys, and those, to empty ones and compares the events afterwards;
/// answers with the number of events of each. Whoever uses what is copied may go on.
///
/// The events up to the end at the start are copied, then the keys, so every event that arrives finds its keys there.
pub(crate) async fn copy<const N: usize>(
    journals: [(&dyn Journal, &dyn Journal); N],
    (from_keys, to_keys): (&dyn Keys, &dyn Keys),
) -> Result<[u64; N], Error> {
    let mut copied = [0; N];
    for (_, to) in journals {
        if to.end().await? != Position::default() {
            return Err(Error::NotEmpty);
        }
    }
    for ((from, to), copied) in journals.into_iter().zip(&mut copied) {
        *copied = copy_events(from, to).await?;
    }
    copy_keys(from_keys, to_keys).await?;
    for ((from, to), copied) in journals.into_iter().zip(copied) {
        compare(from, to, copied).await?;
    }
    Ok(copied)
}

async fn copy_events(from: &dyn Journal, to: &dyn Journal) -> Result<u64, Error> {
    let end = from.end().await?;
    let mut after = Position::default();
    let mut copied = 0;
    while after < end {
        let mut page = from.read_all(after, PAGE).await?;
        page.events.retain(|stored| stored.position <= end);
        after = page.next;
        copied += page.events.len() as u64;
        append(to, page.events).await?;
    }
    Ok(copied)
}

/// Copies every key.
pub(crate) async fn copy_keys(from: &dyn Keys, to: &dyn Keys) -> Result<(), Error> {
    let mut after = None;
    loop {
        let slots = from.list(after, PAGE).await?;
        let Some((last, _)) = slots.last() else { return Ok(()) };
        after = Some(*last);
        to.restore(&slots).await?;
    }
}

async fn compare(from: &dyn Journal, to: &dyn Journal, count: u64) -> Result<(), Error> {
    let (mut left, mut right) = (Position::default(), Position::default());
    let mut compared = 0;
    while compared < count {
        let limit = PAGE.min((count - compared).try_into().unwrap_or(PAGE));
        let (there, here) = (from.read_all(left, limit).await?, to.read_all(right, limit).await?);
        (left, right) = (there.next, here.next);
        for (n, there) in there.events.iter().enumerate() {
            if here.events.get(n).is_none_or(|here| !same(there, here)) {
                return Err(Error::Differs { stream: there.stream.clone(), revision: there.revision });
            }
        }
        compared += there.events.len() as u64;
    }
    Ok(())
}

/// Whether two stores keep the same event: everything but its position.
fn same(a: &Stored, b: &Stored) -> bool {
    Stored { position: b.position, ..a.clone() } == *b
}

async fn append(to: &dyn Journal, events: Vec<Stored>) -> Result<(), Error> {
    let appends = events.into_iter().map(|stored| Append {
        stream: stored.stream,
        expected: stored.revision,
        recorded_at: stored.recorded_at,
        events: vec![Proposed {
            id: stored.id,
            kind: stored.kind,
            version: stored.version,
            occurred_at: stored.occurred_at,
            data: stored.data,
            metadata: stored.metadata,
            digest: stored.digest,
        }],
    });
    for answer in to.append(appends.collect()).await {
        answer?;
    }
    Ok(())
}

/// Writes every stored envelope as a line, and every key as a line of another file; answers with the number of
/// events.
pub(crate) async fn write(
    from: (&dyn Journal, &dyn Keys),
    mut events: impl Write + Send,
    mut keys: impl Write + Send,
) -> Result<u64, Error> {
    let end = from.0.end().await?;
    let mut after = Position::default();
    let mut written = 0;
    while after < end {
        let page = from.0.read_all(after, PAGE).await?;
        after = page.next;
        for stored in page.events.iter().filter(|stored| stored.position <= end) {
            writeln!(events, "{}", cloudevents::line(stored)?)?;
            written += 1;
        }
    }
    events.flush()?;
    let mut last = None;
    loop {
        let slots = from.1.list(last, PAGE).await?;
        let Some((owner, _)) = slots.last() else { break };
        last = Some(*owner);
        for (owner, slot) in &slots {
            writeln!(keys, "{}", cloudevents::key_line(*owner, slot)?)?;
        }
    }
    keys.flush()?;
    Ok(written)
}

/// Verifies a journal file: every envelope its digest and its place in its stream.
pub(crate) fn verify(events: impl BufRead) -> Result<u64, Error> {
    let mut next: HashMap<StreamName, u64> = HashMap::new();
    let mut verified = 0;
    for (n, line) in events.lines().enumerate() {
        let stored = cloudevents::stored(&line?).map_err(|source| Error::Line { line: n + 1, source })?;
        in_order(&stored, next.entry(stored.stream.clone()).or_default())?;
        verified += 1;
    }
    Ok(verified)
}

/// Reads a journal file that was verified, and its keys, into an empty journal.
pub(crate) async fn read(
    events: impl BufRead + Send,
    keys: impl BufRead + Send,
    to: (&dyn Journal, &dyn Keys),
) -> Result<u64, Error> {
    if to.0.end().await? != Position::default() {
        return Err(Error::NotEmpty);
    }
    let mut slots = Vec::with_capacity(PAGE);
    for (n, line) in keys.lines().enumerate() {
        slots.push(cloudevents::key(&line?).map_err(|source| Error::Line { line: n + 1, source })?);
        if slots.len() == PAGE {
            to.1.restore(&slots).await?;
            slots.clear();
        }
    }
    to.1.restore(&slots).await?;
    let mut batch = Vec::with_capacity(PAGE);
    let mut read = 0;
    for (n, line) in events.lines().enumerate() {
        batch.push(cloudevents::stored(&line?).map_err(|source| Error::Line { line: n + 1, source })?);
        read += 1;
        if batch.len() == PAGE {
            append(to.0, std::mem::take(&mut batch)).await?;
        }
    }
    append(to.0, batch).await?;
    Ok(read)
}

fn in_order(stored: &Stored, next: &mut u64) -> Result<(), Error> {
    let broken = |why| Error::Broken { stream: stored.stream.clone(), revision: stored.revision, why };
    if stored.revision != *next {
        return Err(broken("the event before it in its stream is missing"));
    }
    *next += 1;
    if journal::codec::digest(stored) == Some(stored.digest) {
        Ok(())
    } else {
        Err(broken("it does not match its digest: something of it was changed"))
    }
}
