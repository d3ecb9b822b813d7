//! Carries commands out: each is decided and appended, and decided again where it met another upon its stream.

use domain::decision::Decision;
use domain::event::Position;
use domain::stream::StreamName;

use super::decide::{self, Decided};
use super::{BUSY_LOCKS, Done, Engine, Error, Submission, measured};

/// How often a command meets a conflict before it gives up.
const ATTEMPTS_MAX: usize = 20;

impl Engine {
    /// Has a command decided and recorded, without waiting for the views.
    pub(super) async fn carry_out(&self, submission: &Submission) -> Result<(Done, Position), Error> {
        if self.progress.borrow().full {
            return Err(journal::Error::Full.into());
        }
        if let Some(behind) = self.far_behind() {
            return Err(Error::ViewsBehind(behind));
        }
        let mut calm = None;
        for _ in 0..ATTEMPTS_MAX {
            let decided = decide::decide(&mut &*self, submission).await?;
            let stream = decided.stream.clone();
            match self.record(decided).await {
                Err(Error::Journal(journal::Error::Conflict { .. })) => {
                    measured::conflict();
                    self.states.forget(&stream);
                    if calm.is_none() {
                        calm = Some(self.busy[busy_lock(&stream)].lock().await);
                    }
                }
                recorded => return recorded,
            }
        }
        Err(Error::Busy(submission.command.name()))
    }

    async fn record(&self, decided: Decided) -> Result<(Done, Position), Error> {
        match &decided.decision {
            Decision::Repeat => return Ok((Done::Repeated, self.journal.end().await?)),
            Decision::Events(events) if events.is_empty() => {
                return Ok((Done::Unchanged, self.progress.borrow().position));
            }
            Decision::Events(_) => {}
        }
        let appends = self.codec.encode(vec![decided.draft(self.clock.now())]).await?;
        let answers = measured::append(&*self.journal, appends).await;
        let appended = answers.into_iter().next().ok_or(Error::Ended)??;
        decided.events.iter().for_each(|recorded| self.states.evolve(recorded));
        self.announce.send_if_modified(|progress| {
            progress.end = progress.end.max(appended.position);
            false
        });
        Ok((Done::Recorded, appended.position))
    }
}

fn busy_lock(stream: &StreamName) -> usize {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    BuildHasherDefault::<DefaultHasher>::default().hash_one(stream) as usize % BUSY_LOCKS
}
