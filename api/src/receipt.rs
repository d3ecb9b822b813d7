//! Receipts of figures: which figure, of what, from which events, and what was said, signed by the organisation's key.
//!
//! A receipt is a JSON Web Signature in its compact form (RFC 7515) with Ed25519 (`EdDSA`, RFC 8037), so that whoever
//! has the public key can check it with any library. The digest of the inputs is keyed: it tells nothing of them to
//! whoever does not have the journal's keys.

pub mod inputs;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::{EventId, OrganisationId};
use domain::sealed::Owner;
use domain::time::Day;
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use hmac::{Hmac, Mac as _};
use journal::{Codec, Journal, Stored};
use projections::figures::figure::{Figure, Reach, Value};
use projections::figures::indices::Index;
use projections::figures::publish::{Proportion, Published};
use projections::figures::waits::Waits;
use projections::suppression::Threshold;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;

use self::inputs::Reading;
use crate::engine::About;
use crate::figures::Written;
use crate::hex::hex;

/// What a receipt says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Claim {
    /// Whose figure it is.
    pub organisation: OrganisationId,
    /// Which figure: `habit`, `usage-segment:power`.
    pub figure: String,
    /// The version of its definition.
    pub version: u32,
    /// The first day of the window.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// By which chart: `as-was`.
    pub chart: String,
    /// For whom: `organisation`, `department:ID`, `department-alone:ID` or `community:ID`.
    pub group: String,
    /// The last day that was known.
    pub cut: Day,
    /// The last event that was, where not all of that day were.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub as_of: Option<EventId>,
    /// The fewest people behind it; nothing where ids stand for nobody.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub threshold: Option<u32>,
    /// What was said: the figure, between what it lies, or why it is hidden.
    pub value: serde_json::Value,
    /// From what, unless it is hidden.
    #[serde(flatten)]
    pub inputs: Option<Inputs>,
}

/// The events that a figure was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inputs {
    /// How many.
    pub inputs: u64,
    /// HMAC-SHA256 over their ids and digests in the order of the journal, in hexadecimal.
    pub digest: String,
    /// The last event that was read, whether it counts or not.
    pub last_event: Option<EventId>,
    /// Where that stood in the journal that was read: in another it may stand elsewhere. Older receipts do not say.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub last_position: Option<u64>,
}

impl Inputs {
    /// Whether others are the same, wherever they stand.
    pub fn are(&self, others: &Self) -> bool {
        Self { last_position: None, ..self.clone() } == Self { last_position: None, ..others.clone() }
    }
}

/// Why a receipt is not one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// It is no text of that form.
    #[error("this is no receipt: it has three parts in base64url, joined by dots")]
    Malformed,
    /// Somebody else signed it, or it was changed.
    #[error("the receipt was not signed by this organisation as it stands")]
    NotSigned,
}

impl Unverified {
    /// The same in French.
    pub fn french(self) -> &'static str {
        match self {
            Self::Malformed => {
                "ce n’est pas un reçu : il a trois parties en base64url, jointes par des points"
            }
            Self::NotSigned => "le reçu, tel qu’il est, n’a pas été signé par cette organisation",
        }
    }
}

/// The key with which an organisation signs, and the one with which it digests inputs. Both are made of a key of the
/// journal, so every node and every copy with the keys has them.
pub struct Seal {
    signing: SigningKey,
    inputs: [u8; 32],
}

impl Seal {
    /// The seal of an organisation.
    pub async fn of(codec: &Codec, organisation: OrganisationId) -> Result<Self, journal::Error> {
        let owner = Owner::Content(organisation.0);
        let signing = codec.keyring().secret(owner, "receipts").await?;
        let inputs = codec.keyring().secret(owner, "inputs of figures").await?;
        Ok(Self { signing: SigningKey::from_bytes(&signing), inputs })
    }

    /// The public key, to check receipts with elsewhere.
    pub fn public_key(&self) -> String {
        hex(self.signing.verifying_key().as_bytes())
    }

    /// Writes the receipt of a figure, with its inputs unless it is hidden.
    pub async fn receipt(
        &self,
        journal: &dyn Journal,
        organisation: OrganisationId,
        (about, version): (About<'_>, u32),
        published: &Published<Value>,
    ) -> Result<(String, Claim), journal::Error> {
        let About { sheet, figure, group, threshold, as_of } = about;
        let (window, cut) = (sheet.window, sheet.known.cut());
        let inputs = match published {
            Published::Hidden(_) => None,
            _ => {
                let reach = figure.reach(group, (window, cut), threshold.is_some());
                Some(inputs(journal, self, (figure, version), (reach, as_of)).await?)
            }
        };
        let claim = Claim {
            organisation,
            figure: figure.to_string(),
            version,
            first: window.first,
            last: window.last,
            chart: Written(sheet.chart).to_string(),
            group: Written(group).to_string(),
            cut,
            as_of,
            threshold: threshold.map(Threshold::people),
            value: said(published),
            inputs,
        };
        Ok((self.sign(&claim), claim))
    }

    /// To take inputs together under the organisation's key.
    pub fn taken(&self) -> Result<Taken, journal::Error> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.inputs).map_err(|_| journal::Error::Empty)?;
        Ok(Taken { mac, count: 0 })
    }

    /// Signs what a receipt says.
    fn sign(&self, claim: &Claim) -> String {
        let part = |json: String| URL_SAFE_NO_PAD.encode(json);
        let header = part(json!({"alg": "EdDSA", "typ": "passerelle-receipt"}).to_string());
        let signed = format!("{header}.{}", part(json!(claim).to_string()));
        let signature = URL_SAFE_NO_PAD.encode(self.signing.sign(signed.as_bytes()).to_bytes());
        format!("{signed}.{signature}")
    }

    /// What a receipt says, if it was signed so.
    pub fn verify(&self, receipt: &str) -> Result<Claim, Unverified> {
        verify(&self.signing.verifying_key(), receipt)
    }
}

fn verify(key: &VerifyingKey, receipt: &str) -> Result<Claim, Unverified> {
    let (signed, signature) = receipt.trim().rsplit_once('.').ok_or(Unverified::Malformed)?;
    let (_, claim) = signed.split_once('.').ok_or(Unverified::Malformed)?;
    let bytes = |part| URL_SAFE_NO_PAD.decode(part).map_err(|_| Unverified::Malformed);
    let signature = Signature::from_slice(&bytes(signature)?).map_err(|_| Unverified::Malformed)?;
    key.verify(signed.as_bytes(), &signature).map_err(|_| Unverified::NotSigned)?;
    serde_json::from_slice(&bytes(claim)?).map_err(|_| Unverified::Malformed)
}

/// What was said of a figure, as a receipt keeps it.
pub fn said(published: &Published<Value>) -> serde_json::Value {
    match published {
        Published::Shown(value) => json!({"shown": shown(value)}),
        Published::Between(lower, upper) => json!({"between": [shown(lower), shown(upper)]}),
        Published::Hidden(why) => json!({"hidden": why.name()}),
    }
}

fn shown(value: &Value) -> serde_json::Value {
    match value {
        Value::Count(count) => json!(count),
        Value::Proportion(Proportion { numerator, denominator }) => {
            json!({"numerator": numerator, "denominator": denominator})
        }
        Value::Index(Index { value, count, baseline }) => {
            json!({"value": value, "count": count, "expected": baseline.map(|baseline| baseline.expected)})
        }
        Value::Waits(Waits { curve, count, happened }) => {
            json!({"median": curve.median(), "count": count, "happened": happened})
        }
        Value::Matrix(matrix) => {
            let cell = |acts: &Published<u64>| match acts {
                Published::Shown(acts) => json!(acts),
                _ => json!(null),
            };
            let cells = matrix.cells.iter().map(|c| json!([c.source.0, c.receiver.0, cell(&c.acts)]));
            json!({"total": matrix.total, "cells": cells.collect::<Vec<_>>()})
        }
    }
}

/// Reads the journal as far as a figure reaches and takes together what it is computed from, by a version of its
/// definition.
async fn inputs(
    journal: &dyn Journal,
    seal: &Seal,
    figure: (Figure, u32),
    (reach, until): (Reach, Option<EventId>),
) -> Result<Inputs, journal::Error> {
    let mut reading = Reading::of(journal, figure, reach).until(until);
    let mut taken = seal.taken()?;
    while let Some(found) = reading.next().await? {
        found.iter().for_each(|input| taken.take(&input.stored));
    }
    Ok(taken.together(&reading))
}

/// Inputs as they are taken together.
pub struct Taken {
    mac: Hmac<Sha256>,
    count: u64,
}

impl Taken {
    /// One input more, in the order of the journal.
    pub fn take(&mut self, input: &Stored) {
        self.mac.update(input.id.0.as_bytes());
        self.mac.update(&input.digest.0);
        self.count += 1;
    }

    /// What a receipt says of all of them, once they are read.
    pub fn together(self, reading: &Reading<'_>) -> Inputs {
        let last = reading.last();
        Inputs {
            inputs: self.count,
            digest: hex(&self.mac.finalize().into_bytes()),
            last_event: last.map(|(event, _)| event),
            last_position: last.map(|(_, position)| position.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seal(byte: u8) -> Seal {
        Seal { signing: SigningKey::from_bytes(&[byte; 32]), inputs: [byte; 32] }
    }

    fn claim() -> Claim {
        Claim {
            organisation: OrganisationId::default(),
            figure: "habit".to_owned(),
            version: 1,
            first: Day(20_000),
            last: Day(20_027),
            chart: "as-was".to_owned(),
            group: "organisation".to_owned(),
            cut: Day(20_030),
            as_of: None,
            threshold: Some(10),
            value: json!({"hidden": "TooFewPeople"}),
            inputs: None,
        }
    }

    #[test]
    fn what_was_signed_is_read_again() {
        let inputs = |last_position| {
            Some(Inputs { inputs: 3, digest: "ab".to_owned(), last_event: None, last_position })
        };
        let of = |inputs| Claim { inputs, ..claim() };
        for claim in [claim(), of(inputs(None)), of(inputs(Some(7)))] {
            assert_eq!(seal(1).verify(&seal(1).sign(&claim)), Ok(claim));
        }
    }

    #[test]
    fn inputs_are_the_same_wherever_they_stand() {
        let at = |count, last_position| Inputs {
            inputs: count,
            digest: "ab".to_owned(),
            last_event: None,
            last_position,
        };
        assert!(at(3, Some(7)).are(&at(3, Some(9))) && at(3, None).are(&at(3, Some(9))));
        assert!(!at(3, Some(7)).are(&at(4, Some(7))));
    }

    #[test]
    fn what_another_signed_or_somebody_changed_is_refused() {
        let receipt = seal(1).sign(&claim());
        assert_eq!(seal(2).verify(&receipt), Err(Unverified::NotSigned));
        let other = seal(1).sign(&Claim { version: 2, ..claim() });
        let (parts, others): (Vec<_>, Vec<_>) = (receipt.split('.').collect(), other.split('.').collect());
        let mixed = [parts[0], others[1], parts[2]].join(".");
        assert_eq!(seal(1).verify(&mixed), Err(Unverified::NotSigned));
        for text in ["", "a.b", "a.b.c", &receipt[1..receipt.len() - 4]] {
            assert!(seal(1).verify(text).is_err(), "{text}");
        }
    }

    #[test]
    fn any_library_can_check_a_receipt_with_the_public_key() {
        let receipt = seal(1).sign(&claim());
        let (signed, signature) = receipt.rsplit_once('.').unwrap();
        let key = jsonwebtoken::DecodingKey::from_ed_components(
            &URL_SAFE_NO_PAD.encode(seal(1).signing.verifying_key().as_bytes()),
        )
        .unwrap();
        let valid =
            jsonwebtoken::crypto::verify(signature, signed.as_bytes(), &key, jsonwebtoken::Algorithm::EdDSA);
        assert!(valid.unwrap());
    }
}
