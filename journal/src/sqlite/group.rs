//! Group commit: one thread owns the writing connection, and all requests that wait share one transaction.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::file::failed;
use crate::port::Error;

/// The most requests in one transaction.
const TOGETHER: usize = 4_096;
/// How long, at most a few times, the thread waits for those who came together last time: short beside a commit.
const PATIENCE: Duration = Duration::from_micros(20);

/// What the thread does with requests.
pub(super) trait Work: Send + 'static {
    type Request: Send;
    type Answer: Send;
    /// Named in errors.
    const DOING: &'static str;

    fn db(&self) -> &Connection;
    /// The transaction has begun: nobody else can write.
    fn begun(&mut self) -> rusqlite::Result<()>;
    /// Does one request; an error takes the whole transaction back.
    fn act(&mut self, request: Self::Request) -> rusqlite::Result<Self::Answer>;
    /// What was done is durable.
    fn committed(&mut self) {}
    /// Nothing was done.
    fn undone(&mut self) {}
}

type Waiting<W> = (<W as Work>::Request, oneshot::Sender<Result<<W as Work>::Answer, Error>>);

/// Hands requests to the thread; when it is dropped, the thread finishes and is waited for.
pub(super) struct Group<W: Work> {
    requests: Option<Sender<Waiting<W>>>,
    thread: Option<JoinHandle<()>>,
}

impl<W: Work> Group<W> {
    pub(super) fn start(name: &str, mut work: W) -> Result<Self, Error> {
        let (requests, waiting) = channel();
        let thread = std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                let mut expected = 1;
                while let Some(batch) = next_batch(&waiting, expected) {
                    expected = batch.len();
                    commit(&mut work, batch);
                }
            })
            .map_err(|e| Error::failed("starting the writer of a journal")(e.into()))?;
        Ok(Self { requests: Some(requests), thread: Some(thread) })
    }

    pub(super) async fn ask(&self, request: W::Request) -> Result<W::Answer, Error> {
        let (answer, answered) = oneshot::channel();
        let gone = || Error::failed(W::DOING)("the writer of the journal has stopped".into());
        self.requests.as_ref().ok_or_else(gone)?.send((request, answer)).map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

impl<W: Work> Drop for Group<W> {
    fn drop(&mut self) {
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // It has no more to say: whoever waited has got an answer or an error.
            let _ = thread.join();
        }
    }
}

/// All that waits; `None` when nobody can ask any more.
///
/// Who was answered a moment ago asks again in the next. Without a pause the first of them would have a commit to
/// itself while the others wait for two, so as long as more come, as many as last time are waited for.
fn next_batch<T>(waiting: &Receiver<T>, expected: usize) -> Option<Vec<T>> {
    let mut batch = vec![waiting.recv().ok()?];
    let mut before = 0;
    loop {
        batch.extend(waiting.try_iter().take(TOGETHER - batch.len()));
        if batch.len() >= expected || batch.len() == before {
            return Some(batch);
        }
        before = batch.len();
        std::thread::sleep(PATIENCE);
    }
}

fn commit<W: Work>(work: &mut W, batch: Vec<Waiting<W>>) {
    let mut answers = Vec::with_capacity(batch.len());
    let mut requests = Vec::with_capacity(batch.len());
    for (request, answer) in batch {
        requests.push(request);
        answers.push(answer);
    }
    match transaction(work, requests) {
        Ok(done) => {
            work.committed();
            for (answer, done) in answers.into_iter().zip(done) {
                // Who asked may have given up; what was written stands.
                let _ = answer.send(Ok(done));
            }
        }
        Err(error) => {
            if !work.db().is_autocommit() && work.db().execute_batch("ROLLBACK").is_err() {
                tracing::error!(doing = W::DOING, "a transaction could not be taken back");
            }
            work.undone();
            let error = failed(W::DOING)(error);
            for answer in answers {
                let _ = answer.send(Err(error.clone()));
            }
        }
    }
}

fn transaction<W: Work>(work: &mut W, requests: Vec<W::Request>) -> rusqlite::Result<Vec<W::Answer>> {
    work.db().prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
    work.begun()?;
    let answers = requests.into_iter().map(|request| work.act(request)).collect::<Result<_, _>>()?;
    work.db().prepare_cached("COMMIT")?.execute([])?;
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_come_together_are_waited_for_and_nobody_else() {
        let (ask, waiting) = channel();
        ask.send(1).unwrap();
        assert_eq!(next_batch(&waiting, 64).unwrap(), [1], "whoever is alone is not kept");
        ask.send(1).unwrap();
        ask.send(2).unwrap();
        let late = std::thread::spawn(move || ask.send(3));
        let batch = next_batch(&waiting, 3).unwrap();
        let rest = if batch.len() < 3 { next_batch(&waiting, 2).unwrap() } else { vec![] };
        assert_eq!([batch, rest].concat(), [1, 2, 3], "in their order, each once");
        late.join().unwrap().unwrap();
        assert!(next_batch(&waiting, 3).is_none(), "nobody can ask any more");
    }
}
