//! Tokens of a provider: which are read, and what must hold of them (RFC 8725).

use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, decode, decode_header};
use serde::Deserialize;

use super::Error;

/// Signatures that are accepted: by keys that only the provider has. A token chooses among them, nothing else.
const ALGORITHMS: [Algorithm; 7] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// How far the provider's clock may be off, in seconds.
const LEEWAY: i64 = 30;

/// What a provider says of somebody.
#[derive(Clone, Debug, Deserialize)]
pub struct Claims {
    /// The subject: who it is, for this issuer.
    pub sub: String,
    exp: i64,
    nbf: Option<i64>,
    /// What was sent along when a browser left for the provider.
    pub(super) nonce: Option<String>,
    azp: Option<String>,
    /// An address of theirs.
    pub email: Option<String>,
    /// Whether the provider made sure that it is theirs.
    #[serde(default)]
    pub email_verified: bool,
}

impl Claims {
    /// Whether the token was issued to a client, where it says to whom.
    pub(super) fn is_for(&self, client_id: &str) -> bool {
        self.azp.as_deref().is_none_or(|azp| azp == client_id)
    }

    /// When the token ends, in seconds since 1970.
    pub fn until(&self) -> i64 {
        self.exp.saturating_add(LEEWAY)
    }

    /// The address that the provider vouches for.
    pub fn verified_email(&self) -> Option<&str> {
        self.email.as_deref().filter(|_| self.email_verified)
    }
}

/// The header of a token whose signature is of an accepted kind.
pub(super) fn header(token: &str) -> Result<Header, Error> {
    let header = decode_header(token).map_err(|_| Error::Invalid("not a token of a provider"))?;
    if ALGORITHMS.contains(&header.alg) && header.crit.is_none() {
        Ok(header)
    } else {
        Err(Error::Invalid("not signed in a way that is accepted"))
    }
}

/// The claims of a token that this key signed, of this issuer, for this audience, in its time.
pub(super) fn verified(
    token: &str,
    key: &DecodingKey,
    header: &Header,
    (issuer, audience, now): (&str, &str, i64),
) -> Result<Claims, Error> {
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(&[issuer]);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    // By the clock that everything else goes by, below.
    validation.validate_exp = false;
    let claims = decode::<Claims>(token, key, &validation)
        .map_err(|_| Error::Invalid("the token does not hold"))?
        .claims;
    if claims.until() <= now || claims.nbf.is_some_and(|nbf| nbf - LEEWAY > now) {
        return Err(Error::Invalid("the token is out of its time"));
    }
    if claims.sub.is_empty() {
        return Err(Error::Invalid("the token is of nobody"));
    }
    Ok(claims)
}
