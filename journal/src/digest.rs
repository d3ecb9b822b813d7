//! The digest of an event, and the canonical form it is taken over.
//!
//! SHA-256 over these, in this order. Integers are 64 bits, big-endian, two's complement; texts and byte strings
//! are preceded by their length in bytes as such an integer.
//!
//! | part | form |
//! | --- | --- |
//! | `passerelle.event.1` | text: which canonical form this is |
//! | stream | text |
//! | revision | integer |
//! | event id | 16 bytes |
//! | type | text |
//! | version | integer |
//! | occurred at | integer: microseconds since 1970-01-01T00:00:00Z |
//! | metadata | bytes as written |
//! | plain fields | bytes of the JSON object as written |
//! | for each sealed field, in the order written | its name as a text, its commitment as 32 bytes |
//!
//! Not in it: the position and `recorded_at`, which belong to one store, and ciphertext. So it verifies after a key
//! was destroyed and after a copy to another store.

use domain::id::EventId;
use domain::stream::StreamName;
use domain::time::Time;
use sha2::{Digest as _, Sha256};

use crate::port::Digest;

/// What a digest covers.
#[derive(Clone, Copy, Debug)]
pub struct Covered<'a> {
    /// The stream.
    pub stream: &'a StreamName,
    /// The place in it.
    pub revision: u64,
    /// The event.
    pub id: EventId,
    /// The declared name of its type.
    pub kind: &'a str,
    /// The version it is written in.
    pub version: u16,
    /// When it happened.
    pub occurred_at: Time,
    /// The metadata as written.
    pub metadata: &'a [u8],
    /// The plain fields as written.
    pub plain: &'a [u8],
}

impl Covered<'_> {
    /// The digest over this and the commitments of the sealed fields.
    pub fn digest<'s>(self, sealed: impl Iterator<Item = (&'s str, &'s [u8; 32])>) -> Digest {
        let mut sha = Sha256::new();
        text(&mut sha, b"passerelle.event.1");
        text(&mut sha, self.stream.as_str().as_bytes());
        sha.update(self.revision.to_be_bytes());
        sha.update(self.id.0.as_bytes());
        text(&mut sha, self.kind.as_bytes());
        sha.update(u64::from(self.version).to_be_bytes());
        sha.update(self.occurred_at.micros().to_be_bytes());
        text(&mut sha, self.metadata);
        text(&mut sha, self.plain);
        for (name, commitment) in sealed {
            text(&mut sha, name.as_bytes());
            sha.update(commitment);
        }
        Digest(sha.finalize().into())
    }
}

fn text(sha: &mut Sha256, bytes: &[u8]) {
    sha.update((bytes.len() as u64).to_be_bytes());
    sha.update(bytes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn the_canonical_form_never_changes() {
        let covered = Covered {
            stream: &StreamName::chart(),
            revision: 3,
            id: EventId(Uuid::from_u128(1)),
            kind: "chart.renamed",
            version: 1,
            occurred_at: Time::try_from_micros(1_000_000).unwrap(),
            metadata: b"{}",
            plain: b"{\"department\":1}",
        };
        let digest = covered.digest([("name", &[9; 32])].into_iter());
        assert_eq!(digest.to_string(), "fe2da32d50525aa649d71285b4b87cbafc65941b27099d495f75e47d0922ceee");
    }
}
