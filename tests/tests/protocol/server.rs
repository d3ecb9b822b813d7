//! Real servers for one test each, and the tokens they know.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::Executor;
use passerelle::http::{Authenticate, Settings, Transport, Unauthenticated};
use passerelle_tests::server::Server;

/// The token that is always accepted.
pub(super) const TOKEN: &str = "test-token";
/// A token that is accepted twice, for the start of a socket and one operation, and revoked then.
const SHORT_LIVED: &str = "short-lived";

/// Who asks.
#[derive(Clone)]
pub(super) struct Caller(pub(super) &'static str);

/// Serves an executor to who holds one of the tokens.
pub(super) async fn start(executor: impl Executor, settings: Settings) -> Server {
    of(Transport::new(executor, tokens(), settings)).await
}

/// Serves a transport.
pub(super) async fn of<E: Executor, A: Authenticate>(transport: Transport<E, A>) -> Server {
    Server::of(transport).await.unwrap()
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
