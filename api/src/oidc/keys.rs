//! The keys with which a provider signs: kept, and asked for again when a token names one that is not among them.

use std::future::Future;
use std::sync::Arc;

use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{DecodingKey, Header};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::{ASKED_AGAIN, Error};

/// The keys as they were last published.
#[derive(Default)]
pub(super) struct Keys {
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    keys: Arc<[Jwk]>,
    asked_at: Option<Instant>,
}

impl Keys {
    /// The key that a token's header names. It names nothing else that counts: where keys are is known from the
    /// provider alone. One that is not known is asked for, at most every ten seconds; when that fails, the keys kept
    /// stay good.
    pub(super) async fn find<F>(&self, header: &Header, ask: impl FnOnce() -> F) -> Result<DecodingKey, Error>
    where
        F: Future<Output = Result<JwkSet, Error>>,
    {
        let mut kept = self.kept.lock().await;
        if let Some(key) = named(&kept.keys, header) {
            return read(key);
        }
        if kept.asked_at.is_some_and(|at| at.elapsed() < ASKED_AGAIN) {
            return Err(Error::Invalid("no key of the provider is so named"));
        }
        kept.asked_at = Some(Instant::now());
        kept.keys = ask().await?.keys.into();
        named(&kept.keys, header).ok_or(Error::Invalid("no key of the provider is so named")).and_then(read)
    }
}

/// The signing key of a name; without a name, the only one of them that there is for the algorithm.
fn named<'a>(keys: &'a [Jwk], header: &Header) -> Option<&'a Jwk> {
    let signs = |key: &&Jwk| !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
    let fits = |key: &&Jwk| {
        key.common
            .key_algorithm
            .is_none_or(|algorithm| format!("{algorithm:?}") == format!("{:?}", header.alg))
    };
    let mut fitting = keys.iter().filter(signs).filter(fits);
    match &header.kid {
        Some(kid) => fitting.find(|key| key.common.key_id.as_ref() == Some(kid)),
        None => fitting.next().filter(|_| fitting.next().is_none()),
    }
}

fn read(key: &Jwk) -> Result<DecodingKey, Error> {
    DecodingKey::from_jwk(key).map_err(|_| Error::Invalid("the provider's key cannot be read"))
}
