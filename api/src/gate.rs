//! The gate: who a request comes from, by whatever it brings.

use std::sync::Arc;

use domain::command::Command;
use domain::decision::Actor;
use domain::id::MemberId;
use domain::member::link_identity::LinkIdentity;
use domain::member::open_account::OpenAccount;
use projections::{Viewer, directory, identities};

use crate::engine::{Engine, Error};
use crate::graphql::Caller;
use crate::http::{Authenticate, Credential, NewSession, Offers, Unauthenticated};
use crate::oidc::{self, Claims, Departure, Provider, Returned};
use crate::{session, token};

/// Knows callers by an engine's history, and by an identity provider if there is one.
#[derive(Clone)]
pub struct Gate {
    engine: Arc<Engine>,
    provider: Option<Arc<Provider>>,
    links: bool,
}

/// Nobody, or nobody who can be made out: what broke on our side or the provider's is logged, and whoever is refused
/// learns no reason.
struct Unknown;

impl From<Unknown> for Unauthenticated {
    fn from(_: Unknown) -> Self {
        Self
    }
}

impl From<Error> for Unknown {
    fn from(error: Error) -> Self {
        if !matches!(error, Error::Refused(_)) {
            tracing::error!(%error, "who is asking could not be found out");
        }
        Self
    }
}

impl From<projections::Error> for Unknown {
    fn from(error: projections::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<oidc::Error> for Unknown {
    fn from(error: oidc::Error) -> Self {
        match error {
            oidc::Error::Invalid(why) => tracing::debug!(why, "an identity does not hold"),
            error => tracing::warn!(%error, "the identity provider is of no help"),
        }
        Self
    }
}

impl Gate {
    /// The gate of an engine, with tokens and sign-in links.
    pub fn new(engine: Arc<Engine>) -> Self {
        Self { engine, provider: None, links: true }
    }

    /// With an identity provider; with `links` or without.
    pub fn with_provider(self, provider: Option<Provider>, links: bool) -> Self {
        Self { provider: provider.map(Arc::new), links, ..self }
    }

    async fn of_bearer(&self, text: &str) -> Result<Caller, Unknown> {
        if text.starts_with(token::PREFIX) {
            return token::caller(&self.engine, text).await?.ok_or(Unknown);
        }
        let provider = self.provider.as_ref().ok_or(Unknown)?;
        let claims = provider.bearer(text, self.seconds()).await?;
        let member = identities::member(&self.engine.snapshot()?, provider.issuer(), &claims.sub)?;
        let actor = Actor::Member(member.ok_or(Unknown)?);
        if self.engine.may_act(actor).await? { Ok(Caller::of(actor)) } else { Err(Unknown) }
    }

    async fn arrive(&self, kept: &str, returned: &Returned) -> Result<String, Unknown> {
        let provider = self.provider.as_ref().ok_or(Unknown)?;
        let claims = provider.arrive(kept, returned, self.seconds()).await?;
        let known = identities::member(&self.engine.snapshot()?, provider.issuer(), &claims.sub)?;
        let member = match known {
            Some(member) => member,
            None => self.recognise(provider, claims).await?,
        };
        // Whoever signs in for the first time has their account opened by that.
        self.send(OpenAccount { member }).await?;
        Ok(session::open_for(&self.engine, member).await?)
    }

    /// Links somebody whom the provider names for the first time with the one member of the address it vouches for.
    async fn recognise(&self, provider: &Provider, claims: Claims) -> Result<MemberId, Unknown> {
        let address = claims.verified_email().filter(|_| provider.links_by_email()).ok_or(Unknown)?;
        let found = directory::members_by_email(&self.engine.snapshot()?, &Viewer::Operator, address)?;
        let [person] = &found[..] else { return Err(Unknown) };
        let (issuer, subject) = (provider.issuer().to_owned(), claims.sub);
        self.send(LinkIdentity { member: person.id, issuer, subject }).await?;
        Ok(person.id)
    }

    async fn send(&self, command: impl Into<Command>) -> Result<(), Unknown> {
        self.engine.handle(&self.engine.submission(Actor::System, command)?).await?;
        Ok(())
    }

    /// The time, in seconds since 1970.
    fn seconds(&self) -> i64 {
        self.engine.now().micros() / 1_000_000
    }
}

fn known(caller: Result<Option<Caller>, Error>) -> Result<Caller, Unknown> {
    caller?.ok_or(Unknown)
}

fn lasting(cookie: String) -> NewSession {
    // Longer than the session unless it is used: how long it lasts is for the server to know.
    NewSession { cookie, lasts: domain::session::LONGEST }
}

impl Authenticate for Gate {
    type Caller = Caller;

    async fn authenticate(&self, credential: &Credential) -> Result<Caller, Unauthenticated> {
        let caller = match credential {
            Credential::Bearer(text) => self.of_bearer(text).await,
            Credential::Session(cookie) => known(session::used_by(&self.engine, cookie).await),
        };
        Ok(caller?)
    }

    async fn still_holds(&self, credential: &Credential) -> bool {
        match credential {
            Credential::Bearer(text) => self.of_bearer(text).await.is_ok(),
            Credential::Session(cookie) => known(session::caller(&self.engine, cookie).await).is_ok(),
        }
    }

    fn offers(&self) -> Offers {
        Offers { links: self.links, identity_provider: self.provider.is_some() }
    }

    async fn open_session(&self, link: &str) -> Result<NewSession, Unauthenticated> {
        if !self.links {
            return Err(Unauthenticated);
        }
        Ok(session::open_by_link(&self.engine, link).await.map(lasting).map_err(Unknown::from)?)
    }

    async fn depart(&self) -> Result<Departure, Unauthenticated> {
        let provider = self.provider.as_ref().ok_or(Unauthenticated)?;
        Ok(provider.depart(self.engine.entropy()).await.map_err(Unknown::from)?)
    }

    async fn arrive(&self, kept: &str, returned: &Returned) -> Result<NewSession, Unauthenticated> {
        Ok(Self::arrive(self, kept, returned).await.map(lasting)?)
    }

    async fn end_session(&self, cookie: &str) {
        if let Err(error) = session::end(&self.engine, cookie).await {
            tracing::error!(%error, "a session could not be ended");
        }
    }
}
