//! Sealing: one field of one event as ciphertext under the key of its owner.
//!
//! A sealed text is `commitment (32) ‖ nonce (12) ‖ ChaCha20-Poly1305(salt (16) ‖ json) ‖ tag (16)`.
//!
//! - The salt and the nonce are the first 28 bytes of HMAC-SHA-256, under the owner's key, over event id, length of
//!   the field's name, name, json: the same text in the same place seals to the same bytes, another text or place
//!   to unrelated ones, and no randomness is needed but the key's.
//! - The commitment is SHA-256(salt ‖ json). The digest of the event covers it, and not the ciphertext, so the
//!   digest verifies without the key; without the salt, which is under the key, it says nothing of the text.
//! - The additional data are event id ‖ commitment ‖ name: nothing can be moved to another event or field.

use chacha20poly1305::aead::AeadInPlace;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, Tag};
use domain::id::EventId;
use hmac::{Hmac, Mac};
use sha2::{Digest as _, Sha256};

use crate::port::Key;

const COMMITMENT: usize = 32;
const NONCE: usize = 12;
const SALT: usize = 16;
const TAG: usize = 16;
const TEXT: usize = COMMITMENT + NONCE + SALT;

/// Where a sealed text belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The event.
    pub event: EventId,
    /// The name of the field.
    pub field: &'a str,
}

impl Place<'_> {
    fn additional_data(self, commitment: &[u8]) -> Vec<u8> {
        [self.event.0.as_bytes(), commitment, self.field.as_bytes()].concat()
    }
}

/// HMAC-SHA-256 under an owner's key. The label keeps its uses apart.
pub(crate) fn mac(key: &Key, label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut block = [0; 64];
    block[..32].copy_from_slice(&key.0);
    let mut mac = <Hmac<Sha256> as Mac>::new(&block.into());
    mac.update(label.as_bytes());
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// Seals the JSON of a field.
pub fn seal(key: &Key, place: Place<'_>, json: &[u8]) -> Vec<u8> {
    let name = place.field.as_bytes();
    let drawn = mac(key, "seal", &[place.event.0.as_bytes(), &(name.len() as u64).to_be_bytes(), name, json]);
    let (salt, nonce) = (&drawn[..SALT], &drawn[SALT..SALT + NONCE]);
    let commitment = commit(salt, json);

    let mut sealed = Vec::with_capacity(TEXT + json.len() + TAG);
    sealed.extend_from_slice(&commitment);
    sealed.extend_from_slice(nonce);
    sealed.extend_from_slice(salt);
    sealed.extend_from_slice(json);
    let tag = ChaCha20Poly1305::new(&key.0.into()).encrypt_in_place_detached(
        Nonce::from_slice(nonce),
        &place.additional_data(&commitment),
        &mut sealed[COMMITMENT + NONCE..],
    );
    // The only error is a text beyond 256 GiB; an event is at most 1 MiB.
    sealed.extend_from_slice(&tag.unwrap_or_default());
    sealed
}

/// Opens a sealed text: its JSON, or `None` if any byte, the key or the place is not the one it was sealed with.
pub fn open(key: &Key, place: Place<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
    if sealed.len() < TEXT + TAG {
        return None;
    }
    let (head, tag) = sealed.split_at(sealed.len() - TAG);
    let (head, text) = head.split_at(COMMITMENT + NONCE);
    let (commitment, nonce) = head.split_at(COMMITMENT);
    let mut text = text.to_vec();
    ChaCha20Poly1305::new(&key.0.into())
        .decrypt_in_place_detached(
            Nonce::from_slice(nonce),
            &place.additional_data(commitment),
            &mut text,
            Tag::from_slice(tag),
        )
        .ok()?;
    let honest = commit(&text[..SALT], &text[SALT..]) == commitment;
    text.drain(..SALT);
    honest.then_some(text)
}

/// The commitment a sealed text begins with.
pub fn commitment(sealed: &[u8]) -> Option<&[u8; COMMITMENT]> {
    (sealed.len() >= TEXT + TAG).then(|| sealed.first_chunk()).flatten()
}

fn commit(salt: &[u8], json: &[u8]) -> [u8; COMMITMENT] {
    Sha256::new().chain_update(salt).chain_update(json).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const KEY: Key = Key([7; 32]);

    fn place(n: u128, field: &str) -> Place<'_> {
        Place { event: EventId(Uuid::from_u128(n)), field }
    }

    #[test]
    fn a_sealed_text_opens_in_its_place_alone() {
        let sealed = seal(&KEY, place(1, "body"), b"\"hello\"");
        assert_eq!(open(&KEY, place(1, "body"), &sealed).as_deref(), Some(&b"\"hello\""[..]));
        assert_eq!(open(&KEY, place(2, "body"), &sealed), None);
        assert_eq!(open(&KEY, place(1, "title"), &sealed), None);
        assert_eq!(open(&Key([8; 32]), place(1, "body"), &sealed), None);
    }

    #[test]
    fn no_byte_can_be_changed() {
        let sealed = seal(&KEY, place(1, "body"), b"1");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(open(&KEY, place(1, "body"), &changed), None, "byte {at}");
        }
        assert_eq!(open(&KEY, place(1, "body"), &sealed[..sealed.len() - 1]), None);
        assert_eq!(open(&KEY, place(1, "body"), b"short"), None);
    }

    #[test]
    fn the_same_text_looks_different_elsewhere() {
        let here = seal(&KEY, place(1, "body"), b"true");
        assert_eq!(here, seal(&KEY, place(1, "body"), b"true"));
        let there = seal(&KEY, place(2, "body"), b"true");
        assert_ne!(commitment(&here), commitment(&there));
    }
}
