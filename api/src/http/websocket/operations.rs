//! The operations that run on one socket, each under the id its client gave it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use futures::stream::{self, AbortHandle, BoxStream, SelectAll, StreamExt};

use super::super::answer::Answer;

/// What an operation has come to.
pub(super) enum Step {
    /// An answer.
    Answer(Answer),
    /// Its end.
    End,
}

/// An id may be used again once its operation has ended, so each run has a number of its own.
struct Run {
    number: u64,
    abort: AbortHandle,
}

/// The running operations of a socket. Dropping it ends them all.
#[derive(Default)]
pub(super) struct Operations {
    running: HashMap<Arc<str>, Run>,
    steps: SelectAll<BoxStream<'static, (Arc<str>, u64, Step)>>,
    started: u64,
}

impl Operations {
    /// How many run.
    pub(super) fn len(&self) -> usize {
        self.running.len()
    }

    /// Whether one runs under this id.
    pub(super) fn contains(&self, id: &str) -> bool {
        self.running.contains_key(id)
    }

    /// Starts one. The caller has made sure that none runs under its id.
    pub(super) fn start(&mut self, id: String, answers: BoxStream<'static, Answer>) {
        let id: Arc<str> = id.into();
        self.started += 1;
        let number = self.started;
        let (answers, abort) = stream::abortable(answers);
        self.running.insert(Arc::clone(&id), Run { number, abort });
        let steps = answers.map(Step::Answer).chain(stream::once(async { Step::End }));
        self.steps.push(steps.map(move |step| (Arc::clone(&id), number, step)).boxed());
    }

    /// Stops one, if it runs; nothing more is heard of it.
    pub(super) fn stop(&mut self, id: &str) {
        if let Some(run) = self.running.remove(id) {
            run.abort.abort();
        }
    }

    /// The next step of any; `None` when nothing runs. A refused operation has no further steps.
    pub(super) async fn next(&mut self) -> Option<(Arc<str>, Step)> {
        while let Some((id, number, step)) = self.steps.next().await {
            let Entry::Occupied(run) = self.running.entry(Arc::clone(&id)) else { continue };
            if run.get().number != number {
                continue;
            }
            let over = match &step {
                Step::Answer(answer) => answer.refusal().is_some(),
                Step::End => true,
            };
            if over {
                run.remove().abort.abort();
            }
            return Some((id, step));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Code, Language};
    use super::*;

    fn refused() -> Answer {
        Answer::refused(Code::BadRequest, Language::English)
    }

    #[tokio::test]
    async fn a_refused_operation_says_nothing_more() {
        let mut operations = Operations::default();
        operations.start("1".to_owned(), stream::iter([refused(), refused()]).boxed());
        assert!(matches!(operations.next().await, Some((_, Step::Answer(_)))));
        assert!(operations.next().await.is_none());
        assert_eq!(operations.len(), 0);
    }

    #[tokio::test]
    async fn a_stopped_operation_does_not_end_the_next_of_its_id() {
        let mut operations = Operations::default();
        operations.start("1".to_owned(), stream::iter([]).boxed());
        operations.stop("1");
        operations.start("1".to_owned(), stream::pending().boxed());
        assert!(futures::poll!(Box::pin(operations.next())).is_pending());
        assert!(operations.contains("1"));
    }
}
