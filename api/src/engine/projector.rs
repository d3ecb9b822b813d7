//! The projector: follows the journal and keeps the views, the folded states and the live updates behind it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::event::{Position, Recorded};
use domain::time::Time;
use futures::StreamExt;
use journal::{Codec, Journal};
use parking_lot::RwLock;
use projections::{Batch, Views, Writer};
use tokio::sync::{Notify, broadcast, mpsc, watch};

use super::measured;
use super::states::States;
use crate::clock::Clock;

/// How far the views have come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// They hold everything up to here.
    pub position: Position,
    /// The journal's end when it was last looked at.
    pub end: Position,
    /// When they were last known to be at the end.
    pub current_at: Time,
    /// Why they stopped, if they did: an event that cannot be read, or a view file that cannot be written.
    pub stopped: Option<String>,
}

impl Progress {
    /// How long the views have been behind the journal's end.
    pub fn behind(&self, now: Time) -> Duration {
        if self.position >= self.end && self.stopped.is_none() {
            return Duration::ZERO;
        }
        Duration::from_micros((now.micros() - self.current_at.micros()).try_into().unwrap_or(0))
    }
}

/// A batch that the views now hold.
pub type Projected = Arc<Vec<Recorded>>;

/// What the projector works on.
pub(super) struct Projector {
    pub(super) journal: Arc<dyn Journal>,
    pub(super) codec: Arc<Codec>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) states: Arc<States>,
    pub(super) folder: PathBuf,
    pub(super) views: Arc<RwLock<Views>>,
    /// Told by a reader that found the view file broken.
    pub(super) broken: Arc<Notify>,
    pub(super) progress: watch::Sender<Progress>,
    pub(super) live: broadcast::Sender<Projected>,
}

/// Why the projector stopped following.
enum Stopped {
    /// The view file is broken: it is to be built again.
    Broken,
    /// Nothing here can help: an operator has to.
    For(String),
}

impl From<projections::Error> for Stopped {
    fn from(error: projections::Error) -> Self {
        if error.is_broken() { Self::Broken } else { Self::For(error.to_string()) }
    }
}

impl From<journal::Error> for Stopped {
    fn from(error: journal::Error) -> Self {
        Self::For(error.to_string())
    }
}

/// Events read, decoded and folded, on their way to the view file.
struct Folded {
    batch: Batch,
    events: Vec<Recorded>,
    next: Position,
    end: Position,
}

/// Batches folded ahead while the one before is written.
const AHEAD: usize = 2;

impl Projector {
    /// Follows the journal until the engine is dropped, and builds a broken view file again.
    pub(super) async fn run(self, mut writer: Writer) {
        let this = Arc::new(self);
        loop {
            let reason = match this.follow(writer).await {
                Ok(()) => return,
                Err(Stopped::For(reason)) => reason,
                Err(Stopped::Broken) => match this.reopen() {
                    Ok(anew) => {
                        writer = anew;
                        continue;
                    }
                    Err(error) => error.to_string(),
                },
            };
            tracing::error!(reason, "the projector stopped; views stay at their last good position");
            this.progress.send_modify(|progress| progress.stopped = Some(reason));
            return;
        }
    }

    fn reopen(&self) -> Result<Writer, projections::Error> {
        tracing::warn!("the views file is broken; it is built again from the journal");
        let mut views = self.views.write();
        *views = Views::open(&self.folder)?;
        let writer = views.writer()?;
        self.progress.send_modify(|progress| progress.position = writer.position());
        Ok(writer)
    }

    /// Reading, decoding and folding go on while the batch before is written.
    async fn follow(self: &Arc<Self>, writer: Writer) -> Result<(), Stopped> {
        let (to_writer, folded) = mpsc::channel(AHEAD);
        let mut reading = tokio::spawn(Arc::clone(self).read(writer.position(), to_writer));
        let this = Arc::clone(self);
        let mut writing = tokio::task::spawn_blocking(move || this.write(writer, folded));
        let ended = |error: tokio::task::JoinError| Stopped::For(error.to_string());
        let stopped = tokio::select! {
            read = &mut reading => read.map_err(ended)?,
            written = &mut writing => written.map_err(ended)?,
            () = self.broken.notified() => Err(Stopped::Broken),
        };
        // The writer must have let go of the file before another opens it.
        reading.abort();
        let _ = reading.await;
        let _ = writing.await;
        stopped
    }

    async fn read(self: Arc<Self>, from: Position, to: mpsc::Sender<Folded>) -> Result<(), Stopped> {
        let mut pages = self.journal.subscribe(from);
        while let Some(page) = pages.next().await {
            let page = page?;
            let (next, end) = (page.next, page.end);
            let events = self.codec.decode(&page.events).await?;
            let batch = Batch::of(&events, next);
            if to.send(Folded { batch, events, next, end }).await.is_err() {
                break;
            }
        }
        Ok(())
    }

    fn write(&self, mut writer: Writer, mut folded: mpsc::Receiver<Folded>) -> Result<(), Stopped> {
        while let Some(Folded { batch, events, next, end }) = folded.blocking_recv() {
            writer.write(&batch)?;
            events.iter().for_each(|recorded| self.states.evolve(recorded));
            self.progress.send_modify(|progress| {
                progress.position = next;
                progress.end = progress.end.max(end);
                if next >= progress.end {
                    progress.current_at = self.clock.now();
                }
                measured::lag(progress.behind(self.clock.now()));
            });
            let _ = self.live.send(Arc::new(events));
        }
        Ok(())
    }
}
