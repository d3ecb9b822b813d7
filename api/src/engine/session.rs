//! A session of many commands in a row, as an import sends them: decided on the states of its own batch in front of
//! what is stored, and appended in order, a batch at a time, while the next batch is decided.

use std::collections::HashMap;
use std::sync::Arc;

use domain::decision::{Decision, Folded, Refusal};
use domain::event::{InputDigest, Position};
use domain::id::{DepartmentId, MemberId};
use domain::refusal::File;
use domain::stream::StreamName;
use domain::time::{Day, Time};
use journal::{Codec, Draft, Journal};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::decide::{Decided, Source, Submission, decide};
use super::walked::Walked;
use super::{Done, Engine, Error, digest, measured, pseudonym};

/// Commands in a row, by one writer, while nobody else writes.
pub struct Session<'a> {
    engine: &'a Engine,
    states: HashMap<StreamName, Walked>,
    begun: Time,
    now: Time,
    beyond: Beyond,
    journal_was_empty: bool,
    pending: Vec<Draft>,
    batch: usize,
    in_flight: Option<JoinHandle<Result<(), Error>>>,
}

/// What is stored beyond the time of the command in hand, on the streams it was decided on.
#[derive(Clone, Copy, Debug, Default)]
struct Beyond {
    live: bool,
    imported: bool,
}

/// Events appended together at most: a command's wait is not at stake here, the journal's is.
const BATCH_MAX: usize = 10_000;
/// Those appended together first; each batch has twice as many as the one before, so that appending and folding begin
/// early where there is little to import.
const BATCH_FIRST: usize = 500;
/// Folded streams kept: past this the session starts over from the journal.
const STATES_MAX: usize = 1_000_000;

impl Engine {
    /// Begins a session. Whoever begins one sees to it that nobody else writes to the journal meanwhile.
    pub async fn session(&self) -> Result<Session<'_>, Error> {
        Ok(Session {
            engine: self,
            states: HashMap::new(),
            begun: self.now(),
            now: Time::MIN,
            beyond: Beyond::default(),
            journal_was_empty: self.journal.end().await? == Position::default(),
            pending: Vec::with_capacity(BATCH_FIRST),
            batch: BATCH_FIRST,
            in_flight: None,
        })
    }
}

impl Session<'_> {
    /// Decides one command on what had happened by its time. What it causes is appended with the batch it falls in;
    /// see [`Session::flush`].
    pub async fn submit(&mut self, submission: &Submission) -> Result<Done, Error> {
        let decided = self.decide(submission).await?;
        match &decided.decision {
            Decision::Repeat => return Ok(Done::Repeated),
            Decision::Events(events) if events.is_empty() => return Ok(Done::Unchanged),
            Decision::Events(_) => {}
        }
        let Some(walked) = self.states.get_mut(&decided.stream) else {
            return Err(Error::UnknownStream(decided.stream));
        };
        decided.events.iter().for_each(|recorded| walked.evolve(recorded));
        self.pending.push(decided.draft(self.engine.now()));
        if self.pending.len() >= self.batch {
            self.send().await?;
        }
        Ok(Done::Recorded)
    }

    /// A stream as far as the session has come along it.
    pub async fn folded(&mut self, stream: &StreamName) -> Result<Arc<Folded>, Error> {
        self.fold(stream).await
    }

    async fn decide(&mut self, submission: &Submission) -> Result<Decided, Error> {
        self.now = submission.occurred_at;
        self.beyond = Beyond::default();
        let decided = decide(self, submission).await;
        match decided {
            // What an import met on its way is not to be undone by what it brings later; what is live is known.
            Err(Error::Refused(_)) if self.beyond.live && !self.beyond.imported => {
                self.now = Time::MAX;
                decide(self, submission).await
            }
            Ok(decided) if matches!(&decided.decision, Decision::Events(events) if !events.is_empty()) => {
                self.at_the_end(decided, submission).await
            }
            decided => decided,
        }
    }

    /// An event goes to the end of its stream, and not before what happened later.
    async fn at_the_end(&mut self, decided: Decided, submission: &Submission) -> Result<Decided, Error> {
        let Some(walked) = self.states.get_mut(&decided.stream) else {
            return Err(Error::UnknownStream(decided.stream));
        };
        let next = walked.folded().next;
        walked.finish();
        if walked.folded().newest().is_some_and(|newest| newest > submission.occurred_at) {
            return Err(Error::Refused(Refusal::LaterActExists.into()));
        }
        if walked.folded().next == next { Ok(decided) } else { decide(self, submission).await }
    }

    /// Appends what is pending and waits until the journal holds everything submitted so far.
    pub async fn flush(&mut self) -> Result<(), Error> {
        self.send().await?;
        self.arrived().await
    }

    /// Ends the session: everything is in the journal and in the views.
    pub async fn finish(mut self) -> Result<Position, Error> {
        self.flush().await?;
        self.engine.catch_up().await
    }

    async fn send(&mut self) -> Result<(), Error> {
        self.arrived().await?;
        if self.pending.is_empty() {
            return Ok(());
        }
        self.batch = (2 * self.batch).min(BATCH_MAX);
        let batch = std::mem::replace(&mut self.pending, Vec::with_capacity(self.batch));
        let journal = Arc::clone(&self.engine.journal);
        let codec = Arc::clone(&self.engine.codec);
        self.in_flight = Some(tokio::spawn(append(journal, codec, batch)));
        if self.states.len() > STATES_MAX {
            self.arrived().await?;
            self.states.clear();
            self.journal_was_empty = false;
        }
        Ok(())
    }

    async fn arrived(&mut self) -> Result<(), Error> {
        match self.in_flight.take() {
            Some(task) => task.await.unwrap_or(Err(Error::Ended)),
            None => Ok(()),
        }
    }
}

/// Appends events in order, each for itself, with one commit for all.
async fn append(journal: Arc<dyn Journal>, codec: Arc<Codec>, batch: Vec<Draft>) -> Result<(), Error> {
    let appends = codec.encode(batch).await?;
    for answer in measured::append(&*journal, appends).await {
        answer?;
    }
    Ok(())
}

impl Session<'_> {
    async fn begin(&self, stream: &StreamName) -> Result<Walked, Error> {
        let empty = Folded::empty(stream).ok_or_else(|| Error::UnknownStream(stream.clone()))?;
        if self.journal_was_empty {
            return Ok(Walked::at_end(empty));
        }
        Ok(Walked::along(empty, self.engine.read_recorded(stream).await?, self.begun))
    }
}

impl Source for Session<'_> {
    async fn fold(&mut self, stream: &StreamName) -> Result<Arc<Folded>, Error> {
        if !self.states.contains_key(stream) {
            let walked = self.begin(stream).await?;
            self.states.insert(stream.clone(), walked);
        }
        let Some(walked) = self.states.get_mut(stream) else {
            return Err(Error::UnknownStream(stream.clone()));
        };
        walked.reach(self.now);
        self.beyond.live |= walked.live_ahead();
        self.beyond.imported |= walked.imports_ahead();
        Ok(Arc::clone(walked.folded()))
    }

    async fn fold_own(&mut self, stream: &StreamName, submission: &Submission) -> Result<Arc<Folded>, Error> {
        self.fold(stream).await?;
        if let Some(walked) = self.states.get_mut(stream) {
            walked.meet(submission.actor.member(), submission.command_id);
        }
        self.fold(stream).await
    }

    async fn headcount(&mut self, department: DepartmentId) -> Result<u64, Error> {
        // Rare enough to bring the views up to date for: a department is being closed.
        self.flush().await?;
        self.engine.catch_up().await?;
        Ok(projections::directory::headcount(&self.engine.snapshot()?, department, self.engine.now())?)
    }

    async fn identity(&mut self, issuer: &str, subject: &str) -> Result<Option<MemberId>, Error> {
        self.flush().await?;
        self.engine.catch_up().await?;
        Ok(projections::identities::member(&self.engine.snapshot()?, issuer, subject)?)
    }

    async fn at_hand(&mut self, submission: &Submission, file: &File) -> Result<bool, Error> {
        self.engine.at_hand(submission, file).await
    }

    async fn pseudonym(&mut self, submission: &Submission, day: Day) -> Result<Uuid, Error> {
        pseudonym(&self.engine.codec, submission, day).await
    }

    async fn digest(&mut self, submission: &Submission) -> Result<InputDigest, Error> {
        digest(&self.engine.codec, submission).await
    }
}
