//! The gate: who a request comes from, by whatever it brings.

use std::sync::Arc;

use crate::engine::{Engine, Error};
use crate::graphql::Caller;
use crate::http::{Authenticate, Credential, NewSession, Offers, Unauthenticated};
use crate::{session, token};

/// Knows callers by an engine's history.
#[derive(Clone)]
pub struct Gate {
    engine: Arc<Engine>,
}

impl Gate {
    /// The gate of an engine.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { engine }
    }
}

/// Whoever is refused learns no reason; what broke on our side is logged.
fn known<T>(found: Result<Option<T>, Error>) -> Result<T, Unauthenticated> {
    if let Err(error) = &found
        && !matches!(error, Error::Refused(_))
    {
        tracing::error!(%error, "who is asking could not be found out");
    }
    found.ok().flatten().ok_or(Unauthenticated)
}

impl Authenticate for Gate {
    type Caller = Caller;

    async fn authenticate(&self, credential: &Credential) -> Result<Caller, Unauthenticated> {
        known(match credential {
            Credential::Bearer(text) => token::caller(&self.engine, text).await,
            Credential::Session(cookie) => session::caller(&self.engine, cookie).await,
        })
    }

    fn offers(&self) -> Offers {
        Offers { links: true, identity_provider: false }
    }

    async fn open_session(&self, link: &str) -> Result<NewSession, Unauthenticated> {
        let opened = session::open_by_link(&self.engine, link).await;
        known(opened.map(Some)).map(|cookie| NewSession { cookie, lasts: session::SESSION_LASTS })
    }

    async fn end_session(&self, cookie: &str) {
        if let Err(error) = session::end(&self.engine, cookie).await {
            tracing::error!(%error, "a session could not be ended");
        }
    }
}
