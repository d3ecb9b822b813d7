//! Sessions of members in browsers: the one-time links that open them, and the cookies that hold them.

pub(crate) mod letter;

use std::time::Duration;

use domain::command::Command;
use domain::decision::Actor;
use domain::id::{MemberId, SessionId};
use domain::member::sign_in::SignIn;
use domain::session::end::End;
use domain::session::offer::Offer;
use domain::session::open::{Grounds, Open};
use domain::session::prolong::Prolong;
use domain::time::Time;
use journal::Entropy;

use crate::engine::{Engine, Error};
use crate::graphql::Caller;
use crate::secret::{self, Secret};

const LINK: &str = "pal_";
const SESSION: &str = "pss_";

/// How long a sign-in link waits to be used.
pub const LINK_LASTS: Duration = Duration::from_secs(10 * 60);
/// How long a session lasts after it was used last.
pub const SESSION_LASTS: Duration = Duration::from_secs(12 * 60 * 60);

/// A new sign-in link: what its holder opens, and the command that offers it.
#[derive(Debug)]
pub struct NewLink {
    /// To be shown once.
    pub secret: Secret,
    /// To be sent to the engine.
    pub command: Offer,
}

impl NewLink {
    /// Makes a link for a member.
    pub fn try_new(entropy: &dyn Entropy, member: MemberId, now: Time) -> Result<Self, journal::Error> {
        let secret = Secret::try_new(LINK, entropy)?;
        let (session, secret_sha256) = (SessionId(secret.id), secret.sha256.clone());
        Ok(Self { secret, command: Offer { session, member, secret_sha256, until: now.later(LINK_LASTS) } })
    }

    /// The address to open. What stands behind `#` is sent to no server and kept in no log.
    pub fn address(&self, site: &str) -> String {
        format!("{}/sign-in#{}", site.trim_end_matches('/'), self.secret.text)
    }
}

/// Opens the session of a link; answers with the text of its cookie. Refused in the same words whatever is wrong.
pub async fn open_by_link(engine: &Engine, link: &str) -> Result<String, Error> {
    let (id, sha256) = secret::read(LINK, link).ok_or_else(|| Error::Refused(no_link()))?;
    open(engine, Secret::of(SESSION, id, engine.entropy())?, Grounds::Link(sha256)).await
}

/// Opens a session for somebody whom an identity provider vouches for; answers with the text of its cookie.
pub async fn open_for(engine: &Engine, member: MemberId) -> Result<String, Error> {
    open(engine, Secret::try_new(SESSION, engine.entropy())?, Grounds::Identity(member)).await
}

async fn open(engine: &Engine, secret: Secret, grounds: Grounds) -> Result<String, Error> {
    let session = SessionId(secret.id);
    let until = engine.now().later(SESSION_LASTS);
    let command = Open { session, grounds, secret_sha256: secret.sha256, until };
    send(engine, Actor::System, command).await?;
    if let (Some(member), Some(organisation)) =
        (engine.browser_session(session).await?.member(), engine.organisation().await?)
    {
        send(engine, Actor::Member(member), SignIn { organisation }).await?;
    }
    Ok(secret.text)
}

/// Whose session a cookie holds now that it is used, which prolongs it.
pub async fn used_by(engine: &Engine, cookie: &str) -> Result<Option<Caller>, Error> {
    let caller = caller(engine, cookie).await?.map(|(caller, _)| caller);
    if let (Some(_), Some(session)) = (&caller, id(cookie)) {
        let until = engine.now().later(SESSION_LASTS);
        if engine.browser_session(session).await?.prolonged(until).is_some()
            && let Err(error) = send(engine, Actor::System, Prolong { session, until }).await
        {
            tracing::warn!(%error, "a session was not prolonged");
        }
    }
    Ok(caller)
}

/// Whose session a cookie holds now, and until when if it is not used; `None` for anything but one that is open and
/// whose member may act.
pub async fn caller(engine: &Engine, cookie: &str) -> Result<Option<(Caller, Option<Time>)>, Error> {
    let Some((id, sha256)) = secret::read(SESSION, cookie) else { return Ok(None) };
    let state = engine.browser_session(SessionId(id)).await?;
    let opens = |opened: &&domain::session::Opened| secret::equal(&opened.secret_sha256, &sha256);
    let Some(opened) = state.valid(engine.now()).filter(opens) else { return Ok(None) };
    let actor = Actor::Member(opened.member);
    let until = state.lasts.map(|(_, until)| until);
    Ok(engine.may_act(actor).await?.then_some((Caller::of(actor), until)))
}

/// What a session is called where its secret is not told.
pub fn name(id: SessionId) -> String {
    format!("{SESSION}{}", id.0.simple())
}

/// The id of a session, by what it is called.
pub fn id(text: &str) -> Option<SessionId> {
    secret::id(SESSION, text).map(SessionId)
}

/// Ends the session that a cookie holds, if it holds one.
pub async fn end(engine: &Engine, cookie: &str) -> Result<(), Error> {
    let Some((caller, _)) = caller(engine, cookie).await? else { return Ok(()) };
    let Some(session) = id(cookie) else { return Ok(()) };
    send(engine, caller.actor, End { session }).await
}

async fn send(engine: &Engine, actor: Actor, command: impl Into<Command>) -> Result<(), Error> {
    engine.handle(&engine.submission(actor, command)?).await.map(drop)
}

fn no_link() -> domain::refusal::Refused {
    domain::session::open::Refusal::SignInRefused.into()
}
