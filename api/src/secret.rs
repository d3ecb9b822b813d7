//! Secrets that open something: `prefix` id `.` secret, in one text. The id names what it opens; of the secret only a
//! hash is kept.

use std::fmt;

use journal::Entropy;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::hex::hex;

/// A secret just made: shown to whoever holds it, once.
pub struct Secret {
    /// The id of what it opens, random.
    pub id: Uuid,
    /// SHA-256 of the secret, in lower-case hexadecimal.
    pub sha256: String,
    /// What its holder sends.
    pub text: String,
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Secret").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Secret {
    /// A secret of 256 random bits for something new.
    pub fn try_new(prefix: &str, entropy: &dyn Entropy) -> Result<Self, journal::Error> {
        let mut id = [0; 16];
        entropy.fill(&mut id)?;
        Self::of(prefix, uuid::Builder::from_random_bytes(id).into_uuid(), entropy)
    }

    /// A secret of 256 random bits for something that has its id.
    pub fn of(prefix: &str, id: Uuid, entropy: &dyn Entropy) -> Result<Self, journal::Error> {
        let mut secret = [0; 32];
        entropy.fill(&mut secret)?;
        let secret = hex(&secret);
        Ok(Self { id, sha256: hash(&secret), text: format!("{prefix}{}.{secret}", id.simple()) })
    }
}

/// The id in a text, whole or cut at its dot.
pub(crate) fn id(prefix: &str, text: &str) -> Option<Uuid> {
    let id = text.strip_prefix(prefix)?;
    Uuid::try_parse(id.split('.').next()?).ok()
}

/// The id in a text, and the hash of the secret behind it.
pub(crate) fn read(prefix: &str, text: &str) -> Option<(Uuid, String)> {
    let (_, secret) = text.split_once('.')?;
    Some((id(prefix, text)?, hash(secret))).filter(|_| secret.len() == 64)
}

/// Compares hashes in a time that does not depend on where they differ.
pub(crate) fn equal(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
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
    fn what_is_shown_leads_to_what_is_kept_and_not_back() {
        let secret = Secret::try_new("pas_", &Sevens).unwrap();
        assert_eq!(read("pas_", &secret.text), Some((secret.id, secret.sha256.clone())));
        let (_, shown) = secret.text.split_once('.').unwrap();
        assert!(!format!("{secret:?} {}", secret.sha256).contains(shown));
    }

    #[test]
    fn what_is_no_secret_opens_nothing() {
        let other = Secret::try_new("pal_", &Sevens).unwrap().text;
        for text in ["", "pas_", "pas_x.y", "Bearer", "pas_07070707070747078707070707070707.short", &other] {
            assert_eq!(read("pas_", text), None, "{text}");
        }
    }
}
