//! A session of many commands in a row, as an import sends them: decided on the states of its own batch in front of
//! what is stored, and appended in order, a batch at a time, while the next batch is decided.

use std::collections::HashMap;
use std::sync::Arc;

use domain::decision::{Decision, Folded};
use domain::event::{InputDigest, Position};
use domain::id::DepartmentId;
use domain::stream::StreamName;
use domain::time::Day;
use journal::{Codec, Draft, Journal};
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::decide::{Source, Submission, decide};
use super::{Done, Engine, Error, digest, pseudonym};

/// Commands in a row, by one writer, while nobody else writes.
pub struct Session<'a> {
    engine: &'a Engine,
    states: HashMap<StreamName, Arc<Folded>>,
    journal_was_empty: bool,
    pending: Vec<Draft>,
    in_flight: Option<JoinHandle<Result<(), Error>>>,
}

/// Events appended together: a command's wait is not at stake here, the journal's is.
const BATCH: usize = 2_000;
/// Folded streams kept: past this the session starts over from the journal.
const STATES_MAX: usize = 1_000_000;

impl Engine {
    /// Begins a session. Whoever begins one sees to it that nobody else writes to the journal meanwhile.
    pub async fn session(&self) -> Result<Session<'_>, Error> {
        Ok(Session {
            engine: self,
            states: HashMap::new(),
            journal_was_empty: self.journal.end().await? == Position::default(),
            pending: Vec::with_capacity(BATCH),
            in_flight: None,
        })
    }
}

impl Session<'_> {
    /// Decides one command. What it causes is appended with the batch it falls in; see [`Session::flush`].
    pub async fn submit(&mut self, submission: &Submission) -> Result<Done, Error> {
        let decided = decide(self, submission).await?;
        match &decided.decision {
            Decision::Repeat => return Ok(Done::Repeated),
            Decision::Events(events) if events.is_empty() => return Ok(Done::Unchanged),
            Decision::Events(_) => {}
        }
        let folded = match self.states.get_mut(&decided.stream) {
            Some(folded) => Arc::make_mut(folded),
            None => return Err(Error::UnknownStream(decided.stream)),
        };
        decided.events.iter().for_each(|recorded| folded.evolve(recorded));
        self.pending.push(decided.draft(self.engine.now()));
        if self.pending.len() >= BATCH {
            self.send().await?;
        }
        Ok(Done::Recorded)
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
        let batch = std::mem::replace(&mut self.pending, Vec::with_capacity(BATCH));
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
    for answer in journal.append(appends).await {
        answer?;
    }
    Ok(())
}

impl Source for Session<'_> {
    async fn fold(&mut self, stream: &StreamName) -> Result<Arc<Folded>, Error> {
        if let Some(folded) = self.states.get(stream) {
            return Ok(Arc::clone(folded));
        }
        let folded = if self.journal_was_empty {
            Arc::new(Folded::empty(stream).ok_or_else(|| Error::UnknownStream(stream.clone()))?)
        } else {
            Arc::new(self.engine.read_folded(stream).await?)
        };
        self.states.insert(stream.clone(), Arc::clone(&folded));
        Ok(folded)
    }

    async fn headcount(&mut self, department: DepartmentId) -> Result<u64, Error> {
        // Rare enough to bring the views up to date for: a department is being closed.
        self.flush().await?;
        self.engine.catch_up().await?;
        Ok(projections::directory::headcount(&self.engine.snapshot()?, department, self.engine.now())?)
    }

    async fn pseudonym(&mut self, submission: &Submission, day: Day) -> Result<Uuid, Error> {
        pseudonym(&self.engine.codec, submission, day).await
    }

    async fn digest(&mut self, submission: &Submission) -> Result<InputDigest, Error> {
        digest(&self.engine.codec, submission).await
    }
}
