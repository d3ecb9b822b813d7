//! A real server for one test, whatever its schema.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::Executor;
use passerelle::http::{Settings, Transport, Unauthenticated, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// The token that is always accepted.
pub(super) const TOKEN: &str = "test-token";
/// A token that is accepted twice, for the start of a socket and one operation, and revoked then.
const SHORT_LIVED: &str = "short-lived";

/// Who asks.
#[derive(Clone)]
pub(super) struct Caller(pub(super) &'static str);

/// A server that stops when the test says so or ends.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    served: JoinHandle<std::io::Result<()>>,
}

impl Server {
    /// Serves an executor.
    pub(super) async fn start(executor: impl Executor, settings: Settings) -> Self {
        Self::of(Transport::new(executor, tokens(), settings)).await
    }

    /// Serves a transport.
    pub(super) async fn of<E: Executor, A: passerelle::http::Authenticate>(
        transport: Transport<E, A>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let served = tokio::spawn(serve(listener, transport, async {
            let _ = stopped.await;
        }));
        Self { address, stop: Some(stop), served }
    }

    /// Stops it and waits for its end.
    pub(super) async fn stop(mut self) {
        drop(self.stop.take());
        self.served.await.unwrap().unwrap();
    }
}

/// Who holds which token.
pub(super) fn tokens() -> impl Fn(&str) -> Result<Caller, Unauthenticated> + Clone + Send + Sync + 'static {
    let uses = Arc::new(AtomicUsize::new(0));
    move |token| match token {
        TOKEN => Ok(Caller("alice")),
        SHORT_LIVED if uses.fetch_add(1, Ordering::Relaxed) < 2 => Ok(Caller("bob")),
        _ => Err(Unauthenticated),
    }
}
