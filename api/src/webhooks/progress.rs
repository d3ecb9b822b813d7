//! How far deliveries have come, and since when they fail: a small file beside the views, written anew as a whole.

use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use domain::event::Position;
use domain::id::{EventId, WebhookId};
use domain::time::Time;
use journal::Journal;
use parking_lot::Mutex;
use projections::webhooks::Webhook;
use serde::{Deserialize, Serialize};

/// The file's name.
const FILE: &str = "webhooks.json";

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
    path: PathBuf,
    marks: Mutex<Marks>,
}

#[derive(Default)]
struct Marks {
    of: HashMap<WebhookId, Mark>,
    changed: bool,
}

impl Progress {
    /// What the file of a folder says; nothing where there is none or it cannot be read, so that deliveries repeat.
    pub(super) fn open(folder: &Path) -> Self {
        let path = folder.join(FILE);
        let of = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        Self { path, marks: Mutex::new(Marks { of: of.unwrap_or_default(), changed: false }) }
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

    /// Writes the file if something has changed: under another name, synced, then renamed, so that it is whole.
    pub(super) fn write(&self) {
        let of = {
            let mut marks = self.marks.lock();
            if !std::mem::take(&mut marks.changed) {
                return;
            }
            marks.of.clone()
        };
        if let Err(error) = self.try_write(&of) {
            tracing::warn!(%error, "how far webhooks have come is not written; deliveries would repeat");
            self.marks.lock().changed = true;
        }
    }

    fn try_write(&self, of: &HashMap<WebhookId, Mark>) -> std::io::Result<()> {
        let beside = self.path.with_extension("json.new");
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(&serde_json::to_vec(of)?)?;
        file.sync_data()?;
        std::fs::rename(beside, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const HOOK: WebhookId = WebhookId(Uuid::from_u64_pair(14, 1));

    fn later(minutes: i64) -> Time {
        Time::try_from_micros(minutes * 60_000_000).unwrap()
    }

    #[test]
    fn what_was_reached_and_since_when_it_fails_outlives_the_server() {
        let folder = std::env::temp_dir().join(format!("passerelle-progress-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let progress = Progress::open(&folder);
        progress.reached(HOOK, Position(7), EventId(Uuid::from_u64_pair(11, 7)));
        assert_eq!(progress.failed(HOOK, later(1)), later(1));
        assert_eq!(progress.failed(HOOK, later(2)), later(1), "since the first of them");
        progress.write();
        let again = Progress::open(&folder);
        assert_eq!(again.marks.lock().of[&HOOK].position, 7);
        assert_eq!(again.failed(HOOK, later(3)), later(1));
        again.taken(HOOK);
        assert_eq!(again.failed(HOOK, later(4)), later(4));
        std::fs::write(folder.join(FILE), "not JSON").unwrap();
        assert!(Progress::open(&folder).marks.lock().of.is_empty(), "then deliveries repeat");
        std::fs::remove_dir_all(folder).unwrap();
    }
}
