//! Turns: as many figures are computed, and receipts written, at once as there are processors, whoever asks for them.

use std::sync::LazyLock;

use tokio::sync::{AcquireError, Semaphore};

use crate::graphql::failure::Failure;

/// Those of all figures.
pub(super) static TURNS: LazyLock<Turns> =
    LazyLock::new(|| Turns::at_once(std::thread::available_parallelism().map_or(1, usize::from)));

/// Whose turn it is.
pub(super) struct Turns(Semaphore);

fn closed(error: AcquireError) -> Failure {
    Failure::Internal(error.to_string())
}

impl Turns {
    fn at_once(at_once: usize) -> Self {
        Self(Semaphore::new(at_once))
    }

    /// Computes where waiting is no harm to others. Who waits no longer leaves the turn to what still computes.
    pub(super) async fn compute<T: Send + 'static>(
        &'static self,
        compute: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = self.0.acquire().await.map_err(closed)?;
        let computed = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            compute()
        });
        computed.await.map_err(|error| Failure::Internal(error.to_string()))
    }

    /// Waits for something that takes a turn.
    pub(super) async fn wait<F: Future>(&self, work: F) -> Result<F::Output, Failure> {
        let _turn = self.0.acquire().await.map_err(closed)?;
        Ok(work.await)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn who_waits_no_longer_leaves_the_turn_to_what_still_computes() {
        static ONE: LazyLock<Turns> = LazyLock::new(|| Turns::at_once(1));
        let (go, waits) = mpsc::channel();
        let long = ONE.compute(move || waits.recv());
        assert!(tokio::time::timeout(Duration::from_millis(20), long).await.is_err(), "it computes");
        assert_eq!(ONE.0.available_permits(), 0);
        go.send(()).unwrap();
        assert_eq!(ONE.compute(|| 7).await.unwrap(), 7);
    }

    #[tokio::test]
    async fn no_more_wait_at_once_than_there_are_turns() {
        let (turns, now, most) = (Turns::at_once(2), AtomicUsize::new(0), AtomicUsize::new(0));
        let work = || async {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            tokio::task::yield_now().await;
            now.fetch_sub(1, Ordering::SeqCst);
        };
        futures::future::join_all((0..9).map(|_| turns.wait(work()))).await;
        assert_eq!(most.load(Ordering::SeqCst), 2);
    }
}
