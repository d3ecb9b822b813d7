//! How far deliveries have come, and since when they fail: kept beside the journal with the lease of whoever delivers,
//! and written anew as a whole.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use domain::event::Position;
use domain::id::{EventId, WebhookId};
use domain::time::Time;
use journal::{Held, Journal, Lease};
use parking_lot::Mutex;
use projections::webhooks::Webhook;
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

/// For how long it counts that this node was told it has the lease: less than until another may be given it.
const HELD_FOR: Duration = Duration::from_secs(8);

/// Where deliveries to one webhook stand. The event says to which journal the position belongs.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Mark {
    position: u64,
    event: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failing_since: Option<Time>,
}

/// How far each has come.
pub(super) struct Progress {
    lease: Arc<dyn Lease>,
    marks: Mutex<Marks>,
    held_at: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Marks {
    of: HashMap<WebhookId, Mark>,
    /// They are those of whoever delivered last.
    read: bool,
    changed: bool,
}

impl Progress {
    /// Known with this lease; not read yet.
    pub(super) fn of(lease: Arc<dyn Lease>) -> Self {
        Self { lease, marks: Mutex::default(), held_at: Mutex::default() }
    }

    /// Whether this node delivers: [`Held::Anew`] when it begins to, with what whoever did before has come to. Where
    /// that cannot be read, deliveries repeat.
    pub(super) async fn hold(&self) -> Result<Held, journal::Error> {
        let asked_at = Instant::now();
        let held = self.lease.hold().await.inspect_err(|_| self.marks.lock().read = false)?;
        *self.held_at.lock() = (held != Held::Elsewhere).then_some(asked_at);
        let read = held == Held::Still && self.marks.lock().read;
        if held == Held::Elsewhere || read {
            return Ok(held);
        }
        let kept = self.lease.read().await?;
        let of = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        *self.marks.lock() = Marks { of, read: true, changed: false };
        Ok(Held::Anew)
    }

    /// Whether this node delivers at this moment: one that was frozen does not know yet whether it still does.
    pub(super) fn holds(&self) -> bool {
        self.held_at.lock().is_some_and(|at| at.elapsed() < HELD_FOR)
    }

    /// After which position deliveries go on: the one reached, if it is of this journal, else that of the registration.
    pub(super) async fn position(
        &self,
        journal: &dyn Journal,
        webhook: &Webhook,
    ) -> Result<Position, journal::Error> {
        let mark = self.marks.lock().of.get(&webhook.id).copied();
        let Some(mark) = mark.filter(|mark| mark.position > 0) else {
            return Ok(webhook.registered_position);
        };
        let page = journal.read_all(Position(mark.position - 1), 1).await?;
        let there = page.events.first();
        let same = there.is_some_and(|event| event.position.0 == mark.position && event.id == mark.event);
        Ok(if same { Position(mark.position) } else { webhook.registered_position })
    }

    /// An event was dealt with.
    pub(super) fn reached(&self, webhook: WebhookId, position: Position, event: EventId) {
        let mut marks = self.marks.lock();
        let mark = marks.of.entry(webhook).or_default();
        (mark.position, mark.event) = (position.0, event);
        marks.changed = true;
    }

    /// A delivery was taken, or nothing is to be delivered any more: nothing fails now.
    pub(super) fn taken(&self, webhook: WebhookId) {
        let mut marks = self.marks.lock();
        if marks.of.get_mut(&webhook).and_then(|mark| mark.failing_since.take()).is_some() {
            marks.changed = true;
        }
    }

    /// A delivery failed; since when they do.
    pub(super) fn failed(&self, webhook: WebhookId, now: Time) -> Time {
        let mut marks = self.marks.lock();
        marks.changed = true;
        *marks.of.entry(webhook).or_default().failing_since.get_or_insert(now)
    }

    /// Keeps it, if something has changed.
    pub(super) async fn write(&self) {
        let of = {
            let mut marks = self.marks.lock();
            if !std::mem::take(&mut marks.changed) {
                return;
            }
            marks.of.clone()
        };
        let written = match serde_json::to_vec(&of) {
            Ok(bytes) => self.lease.write(&bytes).await,
            Err(_) => return,
        };
        if let Err(error) = written {
            tracing::warn!(%error, "how far webhooks have come is not written; deliveries would repeat");
            self.marks.lock().changed = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use journal::FolderLease;
    use uuid::Uuid;

    use super::*;

    const HOOK: WebhookId = WebhookId(Uuid::from_u64_pair(14, 1));

    fn later(minutes: i64) -> Time {
        Time::try_from_micros(minutes * 60_000_000).unwrap()
    }

    #[tokio::test]
    async fn what_was_reached_and_since_when_it_fails_outlives_the_server() {
        let folder = std::env::temp_dir().join(format!("passerelle-progress-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let open = async || {
            let progress = Progress::of(Arc::new(FolderLease::within(&folder, "webhooks")));
            assert_eq!(progress.hold().await.unwrap(), Held::Anew);
            assert_eq!(progress.hold().await.unwrap(), Held::Still);
            progress
        };
        let progress = open().await;
        progress.reached(HOOK, Position(7), EventId(Uuid::from_u64_pair(11, 7)));
        assert_eq!(progress.failed(HOOK, later(1)), later(1));
        assert_eq!(progress.failed(HOOK, later(2)), later(1), "since the first of them");
        progress.write().await;
        let again = open().await;
        assert_eq!(again.marks.lock().of[&HOOK].position, 7);
        assert_eq!(again.failed(HOOK, later(3)), later(1));
        again.taken(HOOK);
        assert_eq!(again.failed(HOOK, later(4)), later(4));
        std::fs::write(folder.join("webhooks.json"), "not JSON").unwrap();
        assert!(open().await.marks.lock().of.is_empty(), "then deliveries repeat");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
