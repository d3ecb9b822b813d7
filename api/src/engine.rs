//! The engine: takes commands, has them decided by the rules on folded streams, appends what they cause to the
//! journal, and waits until the views have it.

mod access;
mod as_of;
mod decide;
mod files;
mod following;
mod look;
mod measured;
mod projector;
mod record;
mod search;
mod session;
mod sheets;
mod states;
mod walked;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::command::Command;
use domain::decision::{Actor, Folded};
use domain::event::{InputDigest, Position, Recorded};
use domain::id::{CommandId, DepartmentId, MemberId};
use domain::refusal::{File, Refused};
use domain::sealed::Owner;
use domain::stream::StreamName;
use domain::time::Day;
use journal::{Codec, Entropy, Journal};
use parking_lot::RwLock;
use projections::{Snapshot, Views};
use tokio::sync::{Notify, broadcast, watch};
use uuid::Uuid;

pub use as_of::{AsOf, Past};
use decide::Source;
pub use decide::Submission;
pub use following::{Following, Told};
pub use measured::describe_metrics;
pub use projector::Progress;
use projector::{Projected, Projector};
pub use session::Session;
pub use sheets::{About, keep_ahead};
use states::States;

use crate::clock::Clock;
use crate::files::Files;
use crate::looks::Looks;

/// Why a command did not come to an answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule says no.
    #[error("{}: {}", .0.code, .0.en)]
    Refused(Refused),
    /// The views, and with them the facts over many streams, are too far behind to decide on.
    #[error("the views are {} s behind the journal", .0.as_secs())]
    ViewsBehind(Duration),
    /// The stream kept changing under the command.
    #[error("{0} met too many conflicts")]
    Busy(&'static str),
    /// A rule asks for facts without end: a fault of ours.
    #[error("the rule of {0} asks for facts without end")]
    EndlessRule(&'static str),
    /// A stream name no subject answers to: a fault of ours.
    #[error("no subject keeps the stream {0}")]
    UnknownStream(StreamName),
    /// The journal could not do it.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// The views could not be read.
    #[error(transparent)]
    Views(#[from] projections::Error),
    /// What figures were at a position could not be folded.
    #[error("figures as of a position could not be folded: {0}")]
    NotFolded(String),
    /// A task of ours ended early.
    #[error("a task of the engine ended early")]
    Ended,
}

/// What a command came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Whether it was recorded now, earlier, or there was nothing to do.
    pub done: Done,
    /// Read answers at this position or after to see what it caused.
    pub position: Position,
    /// The views have it.
    pub projected: bool,
    /// The id of what it created, if it created something and brought no id.
    pub new_id: Uuid,
}

/// How a command was dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Its events were appended.
    Recorded,
    /// Its events were there already: this is a repeat.
    Repeated,
    /// There was nothing to do.
    Unchanged,
}

/// The parts of an engine.
pub struct Parts {
    /// The truth.
    pub journal: Arc<dyn Journal>,
    /// Who consulted what.
    pub looks: Arc<dyn Journal>,
    /// The stored form of events, with the keys.
    pub codec: Arc<Codec>,
    /// Where the view file is kept.
    pub folder: PathBuf,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from that nobody chose.
    pub entropy: Arc<dyn Entropy>,
}

/// The engine of one journal on this node.
pub struct Engine {
    journal: Arc<dyn Journal>,
    looks: Looks,
    files: Option<Arc<Files>>,
    codec: Arc<Codec>,
    views: Arc<RwLock<Views>>,
    sheets: sheets::Sheets,
    pasts: as_of::Pasts,
    broken: Arc<Notify>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    states: Arc<States>,
    progress: watch::Receiver<Progress>,
    announce: watch::Sender<Progress>,
    live: broadcast::Sender<Projected>,
    endings: broadcast::Sender<Option<MemberId>>,
    busy: Vec<tokio::sync::Mutex<()>>,
    projector: tokio::task::JoinHandle<()>,
    folder: PathBuf,
}

/// Folded streams kept: twice this at most.
const STATES_MAX: usize = 40_000;
/// Batches a slow subscriber may fall behind before it is told that it missed some.
const LIVE_BUFFER: usize = 256;
/// Events read at a time when a stream is folded.
const STREAM_PAGE: usize = 1_000;
/// Locks that calm commands upon the same busy stream, by its hash.
const BUSY_LOCKS: usize = 256;
/// How far the views may be behind before commands are refused.
const BEHIND_MAX: Duration = Duration::from_secs(5);
/// How long a command waits for the views.
const PROJECTION_WAIT: Duration = Duration::from_secs(2);

impl Engine {
    /// Starts following the journal.
    pub fn start(parts: Parts) -> Result<Self, Error> {
        let Parts { journal, looks, codec, folder, clock, entropy } = parts;
        let looks = Looks {
            journal: looks,
            codec: Arc::clone(&codec),
            clock: Arc::clone(&clock),
            entropy: Arc::clone(&entropy),
        };
        let views = Views::open(&folder)?;
        let writer = views.writer()?;
        let position = writer.position();
        let current_at = clock.now();
        let (announce, progress) =
            watch::channel(Progress { position, end: position, current_at, ..Progress::default() });
        let (live, _) = broadcast::channel(LIVE_BUFFER);
        let (endings, _) = broadcast::channel(LIVE_BUFFER);
        let states = Arc::new(States::new(STATES_MAX));
        let views = Arc::new(RwLock::new(views));
        let broken = Arc::new(Notify::new());
        let projector = Projector {
            journal: Arc::clone(&journal),
            codec: Arc::clone(&codec),
            clock: Arc::clone(&clock),
            states: Arc::clone(&states),
            folder: folder.clone(),
            views: Arc::clone(&views),
            broken: Arc::clone(&broken),
            progress: announce.clone(),
            live: live.clone(),
            endings: endings.clone(),
        };
        let projector = tokio::spawn(projector.run(writer));
        let busy = (0..BUSY_LOCKS).map(|_| tokio::sync::Mutex::new(())).collect();
        Ok(Self {
            journal,
            looks,
            files: None,
            codec,
            views,
            sheets: sheets::Sheets::default(),
            pasts: as_of::Pasts::within(folder.clone()),
            broken,
            clock,
            entropy,
            states,
            progress,
            announce,
            live,
            endings,
            busy,
            projector,
            folder,
        })
    }

    /// The time by the engine's clock.
    pub fn now(&self) -> domain::time::Time {
        self.clock.now()
    }

    /// An id that nobody chose: random, of version 4.
    pub fn random_id(&self) -> Result<Uuid, Error> {
        let mut bytes = [0; 16];
        self.entropy.fill(&mut bytes)?;
        Ok(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }

    /// The journal behind the engine.
    pub fn journal(&self) -> &Arc<dyn Journal> {
        &self.journal
    }

    /// The stored form of the journal's events.
    pub fn codec(&self) -> &Arc<Codec> {
        &self.codec
    }

    /// How far the views have come, now and from now on.
    pub fn progress(&self) -> watch::Receiver<Progress> {
        self.progress.clone()
    }

    /// How long the views have been behind the journal, when that is so long that commands are refused and answers
    /// say so.
    pub fn far_behind(&self) -> Option<Duration> {
        Some(self.progress.borrow().behind(self.clock.now())).filter(|behind| *behind > BEHIND_MAX)
    }

    /// One moment of the views, for all reads of one answer.
    pub fn snapshot(&self) -> Result<Snapshot, Error> {
        let snapshot = self.views.read().snapshot();
        if snapshot.as_ref().is_err_and(projections::Error::is_broken) {
            self.broken.notify_one();
        }
        Ok(snapshot?)
    }

    /// Waits until the views hold everything up to `position`; false when they did not come so far in time.
    pub async fn wait_for(&self, position: Position, at_most: Duration) -> bool {
        let mut progress = self.progress.clone();
        let reached = progress.wait_for(|p| p.position >= position || p.stopped.is_some());
        match tokio::time::timeout(at_most, reached).await {
            Ok(Ok(progress)) => progress.position >= position,
            _ => false,
        }
    }

    /// Waits until the views hold everything that the journal holds now, however long it takes.
    pub async fn catch_up(&self) -> Result<Position, Error> {
        let end = self.journal.end().await?;
        let mut progress = self.progress.clone();
        let reached = progress.wait_for(|p| p.position >= end || p.stopped.is_some()).await;
        if reached.is_ok_and(|p| p.position >= end) { Ok(end) } else { Err(Error::Ended) }
    }

    /// A command that nobody repeats: sent now, under a new id.
    pub fn submission(&self, actor: Actor, command: impl Into<Command>) -> Result<Submission, Error> {
        Ok(Submission::live(actor, command, CommandId(self.random_id()?), self.now()))
    }

    /// Has a command decided, recorded and projected.
    ///
    /// A conflict with another command upon the same stream is met by deciding again. A refusal is final.
    pub async fn handle(&self, submission: &Submission) -> Result<Outcome, Error> {
        let (done, position) = self.carry_out(submission).await?;
        let projected = self.wait_for(position, PROJECTION_WAIT).await;
        Ok(Outcome { done, position, projected, new_id: submission.new_id() })
    }

    async fn fold_stream(&self, stream: &StreamName) -> Result<Arc<Folded>, Error> {
        if let Some(folded) = self.states.get(stream) {
            return Ok(folded);
        }
        let folded = Arc::new(self.read_folded(stream).await?);
        self.states.put(stream.clone(), Arc::clone(&folded));
        Ok(folded)
    }

    async fn read_folded(&self, stream: &StreamName) -> Result<Folded, Error> {
        let mut folded = Folded::empty(stream).ok_or_else(|| Error::UnknownStream(stream.clone()))?;
        self.read_each(stream, |recorded| folded.evolve(&recorded)).await?;
        Ok(folded)
    }

    async fn read_recorded(&self, stream: &StreamName) -> Result<Vec<Recorded>, Error> {
        let mut events = vec![];
        self.read_each(stream, |recorded| events.push(recorded)).await?;
        Ok(events)
    }

    async fn read_each(&self, stream: &StreamName, mut take: impl FnMut(Recorded)) -> Result<(), Error> {
        let mut from = 0;
        loop {
            let stored = self.journal.read_stream(stream, from, STREAM_PAGE).await?;
            from += stored.len() as u64;
            let last = stored.len() < STREAM_PAGE;
            self.codec.decode(&stored).await?.into_iter().for_each(&mut take);
            if last {
                return Ok(());
            }
        }
    }
}

impl Source for &Engine {
    async fn fold(&mut self, stream: &StreamName) -> Result<Arc<Folded>, Error> {
        self.fold_stream(stream).await
    }

    async fn headcount(&mut self, department: DepartmentId) -> Result<u64, Error> {
        Ok(projections::directory::headcount(&self.snapshot()?, department, self.now())?)
    }

    async fn identity(&mut self, issuer: &str, subject: &str) -> Result<Option<MemberId>, Error> {
        Ok(projections::identities::member(&self.snapshot()?, issuer, subject)?)
    }

    async fn at_hand(&mut self, submission: &Submission, file: &File) -> Result<bool, Error> {
        Engine::at_hand(self, submission, file).await
    }

    async fn pseudonym(&mut self, submission: &Submission, day: Day) -> Result<Uuid, Error> {
        pseudonym(&self.codec, submission, day).await
    }

    async fn digest(&mut self, submission: &Submission) -> Result<InputDigest, Error> {
        digest(&self.codec, submission).await
    }
}

async fn pseudonym(codec: &Codec, submission: &Submission, day: Day) -> Result<Uuid, Error> {
    let member = submission.actor.member().unwrap_or_default();
    Ok(codec.keyring().pseudonym(Owner::Trace(day.month()), member).await?)
}

/// The digest of a command's input, keyed with the actor's own key so that it says nothing once that is destroyed.
async fn digest(codec: &Codec, submission: &Submission) -> Result<InputDigest, Error> {
    let owner = match submission.actor {
        Actor::Member(member) => Owner::Personal(member),
        Actor::Service | Actor::System => Owner::Content(Uuid::nil()),
    };
    let input = serde_json::to_vec(&submission.command)
        .map_err(|e| journal::Error::failed("writing a command")(e.into()))?;
    Ok(codec.keyring().fingerprint(owner, &input).await?)
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.projector.abort();
    }
}
