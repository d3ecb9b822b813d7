//! Real servers for one test each, and the tokens they know.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::Executor;
use passerelle::http::{Authenticate, Credential, Settings, Transport, Unauthenticated};
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
pub(super) fn tokens() -> impl Authenticate<Caller = Caller> {
    let uses = Arc::new(AtomicUsize::new(0));
    move |credential: &Credential| match bearer(credential) {
        TOKEN => Ok(Caller("alice")),
        SHORT_LIVED if uses.fetch_add(1, Ordering::Relaxed) < 2 => Ok(Caller("bob")),
        _ => Err(Unauthenticated),
    }
}

/// The token of who brings one.
fn bearer(credential: &Credential) -> &str {
    if let Credential::Bearer(token) = credential { token } else { "" }
}

/// The one token is a caller's.
pub(super) fn token_of<C: Clone + Send + Sync + 'static>(caller: C) -> impl Authenticate<Caller = C> {
    move |credential: &Credential| match bearer(credential) {
        TOKEN => Ok(caller.clone()),
        _ => Err(Unauthenticated),
    }
}
