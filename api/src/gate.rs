//! The gate: who a request comes from, by whatever it brings.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use domain::command::Command;
use domain::decision::Actor;
use domain::id::MemberId;
use domain::member::link_identity::LinkIdentity;
use domain::member::open_account::OpenAccount;
use domain::time::Time;
use futures::future::BoxFuture;
use projections::{Viewer, directory, identities};
use tokio::time::sleep;
use uuid::Uuid;

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

    /// Whom a credential stands for now, and until when if nothing happens.
    async fn standing_for(&self, credential: &Credential) -> Result<(Caller, Option<Time>), Unknown> {
        let text = match credential {
            Credential::Session(cookie) => {
                return session::caller(&self.engine, cookie).await?.ok_or(Unknown);
            }
            Credential::Bearer(text) => text,
        };
        if text.starts_with(token::PREFIX) {
            return token::caller(&self.engine, text).await?.ok_or(Unknown);
        }
        let provider = self.provider.as_ref().ok_or(Unknown)?;
        let claims = provider.bearer(text, self.seconds()).await?;
        let member = identities::member(&self.engine.snapshot()?, provider.issuer(), &claims.sub)?;
        let actor = Actor::Member(member.ok_or(Unknown)?);
        let until = Time::try_from_micros(claims.until().saturating_mul(1_000_000)).ok();
        if self.engine.may_act(actor).await? { Ok((Caller::of(actor), until)) } else { Err(Unknown) }
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

fn lasting(cookie: String) -> NewSession {
    // Longer than the session unless it is used: how long it lasts is for the server to know.
    NewSession { cookie, lasts: domain::session::LONGEST }
}

impl Authenticate for Gate {
    type Caller = Caller;

    async fn authenticate(&self, credential: &Credential) -> Result<Caller, Unauthenticated> {
        let caller = match credential {
            Credential::Bearer(_) => self.standing_for(credential).await?.0,
            Credential::Session(cookie) => {
                session::used_by(&self.engine, cookie).await.map_err(Unknown::from)?.ok_or(Unknown)?
            }
        };
        Ok(caller)
    }

    fn member(&self, caller: &Caller) -> Option<Uuid> {
        caller.actor.member().map(|MemberId(member)| member)
    }

    async fn still_holds(&self, credential: &Credential) -> bool {
        self.standing_for(credential).await.is_ok()
    }

    fn doubt(&self, credential: &Credential) -> BoxFuture<'static, ()> {
        let mut endings = self.engine.endings();
        let (gate, credential) = (self.clone(), credential.clone());
        Box::pin(async move {
            // Boxed, so that whoever waits holds no room for it.
            let Ok((caller, until)) = Box::pin(gate.standing_for(&credential)).await else { return };
            let left = until.map(|until| until.micros() - gate.engine.now().micros());
            drop((gate, credential));
            let over = async {
                match left {
                    Some(micros) => sleep(Duration::from_micros(micros.try_into().unwrap_or(0))).await,
                    None => pending().await,
                }
            };
            // Whoever missed some of them asks as well.
            let ended = async { while endings.recv().await.is_ok_and(|of| of != caller.actor.member()) {} };
            tokio::select! { () = over => {}, () = ended => {} }
        })
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
