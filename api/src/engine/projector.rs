//! The projector: follows the journal and keeps the views, the folded states and the live updates behind it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::event::{Position, Recorded};
use domain::id::MemberId;
use domain::time::Time;
use futures::StreamExt;
use journal::{Codec, Journal};
use parking_lot::RwLock;
use projections::{Batch, Views, Writer};
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio::task::JoinSet;

use super::access::ending;
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
    /// They wait for room on the disk.
    pub full: bool,
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
pub(super) type Projected = Arc<Vec<Recorded>>;

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
    pub(super) endings: broadcast::Sender<Option<MemberId>>,
}

/// Why the projector stopped following.
enum Stopped {
    /// The view file is broken: it is to be built again.
    Broken,
    /// The disk is full: it is to be tried again until there is room.
    Full,
    /// The journal could not be read just now, as when its server starts anew: it is to be tried again.
    Interrupted(String),
    /// Nothing here can help: an operator has to.
    For(String),
}

impl From<projections::Error> for Stopped {
    fn from(error: projections::Error) -> Self {
        match error {
            projections::Error::Broken { .. } => Self::Broken,
            projections::Error::Full => Self::Full,
            error => Self::For(error.to_string()),
        }
    }
}

impl From<journal::Error> for Stopped {
    fn from(error: journal::Error) -> Self {
        match error {
            journal::Error::Failed { .. } => Self::Interrupted(error.to_string()),
            error => Self::For(error.to_string()),
        }
    }
}

/// Events read, decoded and folded, on their way to the view file.
struct Folded {
    batch: Batch,
    events: Vec<Recorded>,
    next: Position,
    end: Position,
}

/// How long the projector waits before it tries an interrupted journal again.
const RETRY_PAUSE: Duration = Duration::from_millis(500);
/// How long a full disk is left before the views are tried again.
const ROOM_PAUSE: Duration = Duration::from_secs(1);
/// Batches folded ahead while the one before is written.
const AHEAD: usize = 1;

impl Projector {
    /// Follows the journal until the engine is dropped, builds a broken view file again, and waits for room.
    pub(super) async fn run(self, mut writer: Writer) {
        let this = Arc::new(self);
        loop {
            let anew = match this.follow(writer).await {
                Ok(()) => return,
                Err(Stopped::For(reason)) => Err(reason),
                Err(Stopped::Broken) => this.reopen().map_err(|error| error.to_string()),
                Err(Stopped::Interrupted(reason)) => {
                    tracing::warn!(reason, "the journal cannot be read; the projector tries again");
                    tokio::time::sleep(RETRY_PAUSE).await;
                    this.views.read().writer().map_err(|error| error.to_string())
                }
                Err(Stopped::Full) => this.when_there_is_room().await.map_err(|error| error.to_string()),
            };
            let reason = match anew {
                Ok(anew) => {
                    writer = anew;
                    continue;
                }
                Err(reason) => reason,
            };
            tracing::error!(reason, "the projector stopped; views stay at their last good position");
            measured::stopped();
            this.progress.send_modify(|progress| progress.stopped = Some(reason));
            return;
        }
    }

    async fn when_there_is_room(&self) -> Result<Writer, projections::Error> {
        tracing::warn!("the disk is full; the views wait until there is room");
        self.progress.send_modify(|progress| progress.full = true);
        tokio::time::sleep(ROOM_PAUSE).await;
        self.views.read().writer()
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
        // A set, since that ends with us: whoever drops the engine ends the reading too, and so the writing.
        let mut reading = JoinSet::new();
        reading.spawn(Arc::clone(self).read(writer.position(), to_writer));
        let this = Arc::clone(self);
        let mut writing = tokio::task::spawn_blocking(move || this.write(writer, folded));
        let ended = |error: tokio::task::JoinError| Stopped::For(error.to_string());
        // Whichever ends first, the writer must have let go of the file before another opens it.
        tokio::select! {
            Some(read) = reading.join_next() => {
                // What was read before the end is still written; why that fails explains more.
                writing.await.map_err(ended)??;
                read.map_err(ended)?
            }
            written = &mut writing => match written.map_err(ended)? {
                // It ends well when the reading has ended, and may be met before it: that one knows why.
                Ok(()) => reading.join_next().await.map_or(Ok(Ok(())), |read| read.map_err(ended))?,
                failed => {
                    reading.shutdown().await;
                    failed
                }
            },
            () = self.broken.notified() => {
                reading.shutdown().await;
                let _ = writing.await;
                Err(Stopped::Broken)
            }
        }
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
                progress.full = false;
                progress.end = progress.end.max(end);
                if next >= progress.end {
                    progress.current_at = self.clock.now();
                }
                measured::lag(progress.behind(self.clock.now()));
            });
            for whose in events.iter().filter_map(|recorded| ending(&recorded.event)) {
                let _ = self.endings.send(whose);
            }
            let _ = self.live.send(Arc::new(events));
        }
        Ok(())
    }
}
