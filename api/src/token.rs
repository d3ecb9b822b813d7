//! Bearer tokens: `pas_<id>.<secret>`. The id names the stream that says as whom the bearer acts.

use domain::decision::Actor;
use domain::id::{MemberId, TokenId};
use domain::time::Time;
use domain::token::Scope;
use domain::token::issue::Issue;
use journal::Entropy;

use crate::engine::{Engine, Error};
use crate::graphql::Caller;
use crate::secret::{self, Secret};

/// What tokens begin with.
pub const PREFIX: &str = "pas_";

/// A new token: what its bearer will send, and the command that issues it.
#[derive(Debug)]
pub struct NewToken {
    /// To be shown once.
    pub secret: Secret,
    /// To be sent to the engine.
    pub command: Issue,
}

impl NewToken {
    /// Makes a token that acts as a member, or as a service.
    pub fn try_new(
        entropy: &dyn Entropy,
        member: Option<MemberId>,
        until: Option<Time>,
        scopes: Vec<Scope>,
    ) -> Result<Self, journal::Error> {
        let secret = Secret::try_new(PREFIX, entropy)?;
        let (token, secret_sha256) = (TokenId(secret.id), secret.sha256.clone());
        Ok(Self { secret, command: Issue { token, member, secret_sha256, until, scopes } })
    }
}

/// Who the bearer of a token is now, and until when; `None` for anything but a token that was issued, is not revoked, has not ended,
/// and whose member may act.
pub async fn caller(engine: &Engine, text: &str) -> Result<Option<(Caller, Option<Time>)>, Error> {
    let Some((id, sha256)) = secret::read(PREFIX, text) else { return Ok(None) };
    let state = engine.token(TokenId(id)).await?;
    let opens = |issued: &&domain::token::Issued| secret::equal(&issued.secret_sha256, &sha256);
    let Some(issued) = state.valid(engine.now()).filter(opens) else { return Ok(None) };
    let actor = issued.member.map_or(Actor::Service, Actor::Member);
    let caller = Caller::with(actor, &issued.scopes);
    Ok(engine.may_act(actor).await?.then_some((caller, issued.until)))
}

/// What a token is called where its secret is not told.
pub fn name(id: TokenId) -> String {
    format!("{PREFIX}{}", id.0.simple())
}

/// The id of a token, whole or cut at its dot.
pub fn id(text: &str) -> Option<TokenId> {
    secret::id(PREFIX, text).map(TokenId)
}
