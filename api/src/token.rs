//! Bearer tokens: `pas_<id>.<secret>`. The id names the stream that says as whom the bearer acts; of the secret only
//! a hash is kept there.

use std::fmt::Write as _;
use std::sync::Arc;

use domain::decision::Actor;
use domain::id::{MemberId, TokenId};
use domain::time::Time;
use domain::token::issue::Issue;
use journal::Entropy;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::engine::{Engine, Error};
use crate::graphql::Caller;
use crate::http::{Authenticate, Unauthenticated};

const PREFIX: &str = "pas_";

/// A new token: what its bearer will send, and the command that issues it.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// To be shown once.
    pub text: String,
    /// To be sent to the engine.
    pub command: Issue,
}

impl NewToken {
    /// Makes a token that acts as a member, or as a service.
    pub fn try_new(
        entropy: &dyn Entropy,
        member: Option<MemberId>,
        until: Option<Time>,
    ) -> Result<Self, journal::Error> {
        let mut random = [0; 48];
        entropy.fill(&mut random)?;
        let (id, secret) = random.split_at(16);
        let token = TokenId(uuid::Builder::from_random_bytes(id.try_into().unwrap_or_default()).into_uuid());
        let secret = hex(secret);
        let text = format!("{PREFIX}{}.{secret}", token.0.simple());
        Ok(Self { text, command: Issue { token, member, secret_sha256: hash(&secret), until } })
    }
}

/// As whom the bearer of a token acts now; `None` for anything but a token that was issued, is not revoked and has
/// not ended.
pub async fn actor(engine: &Engine, text: &str) -> Result<Option<Actor>, Error> {
    let Some((id, secret)) = read(text) else { return Ok(None) };
    let state = engine.token(id).await?;
    let opens = |issued: &&domain::token::Issued| equal(&issued.secret_sha256, &hash(secret));
    Ok(state
        .valid(engine.now())
        .filter(opens)
        .map(|issued| issued.member.map_or(Actor::Service, Actor::Member)))
}

/// Knows the bearers of tokens by an engine's history.
#[derive(Clone)]
pub struct Bearer(pub Arc<Engine>);

impl Authenticate for Bearer {
    type Caller = Caller;

    async fn authenticate(&self, text: &str) -> Result<Caller, Unauthenticated> {
        match actor(&self.0, text).await {
            Ok(Some(actor)) => Ok(Caller { actor }),
            _ => Err(Unauthenticated),
        }
    }
}

/// The id of a token, whole or cut at its dot.
pub fn id(text: &str) -> Option<TokenId> {
    let id = text.strip_prefix(PREFIX)?;
    Uuid::try_parse(id.split('.').next()?).ok().map(TokenId)
}

fn read(text: &str) -> Option<(TokenId, &str)> {
    let (_, secret) = text.split_once('.')?;
    Some((id(text)?, secret)).filter(|(_, secret)| secret.len() == 64)
}

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Compares hashes in a time that does not depend on where they differ.
fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sevens;
    impl Entropy for Sevens {
        fn fill(&self, buffer: &mut [u8]) -> Result<(), journal::Error> {
            buffer.fill(7);
            Ok(())
        }
    }

    #[test]
    fn a_token_keeps_only_the_hash_of_its_secret() {
        let token = NewToken::try_new(&Sevens, None, None).unwrap();
        let (id, secret) = read(&token.text).unwrap();
        assert_eq!(id, token.command.token);
        assert_eq!(token.command.secret_sha256, hash(secret));
        assert!(!format!("{:?}", token.command).contains(secret));
    }

    #[test]
    fn what_is_no_token_names_none() {
        for text in ["", "pas_", "pas_x.y", "Bearer", "pas_07070707070747078707070707070707.short"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
