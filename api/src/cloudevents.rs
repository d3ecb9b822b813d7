//! Stored envelopes as CloudEvents 1.0 in JSON, one a line: lossless, so that a journal can be carried elsewhere and
//! verified there. `data` stands in the line byte for byte as stored; metadata, being no simple value, as a text.

use std::borrow::Cow;

use domain::event::{Position, Recorded};
use domain::id::EventId;
use domain::sealed::Owner;
use domain::stream::StreamName;
use domain::time::{Month, Time};
use journal::{Digest, Key, Slot, Stored};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

/// Who produced the event; a journal holds one organisation, whose id is in its first event.
const SOURCE: &str = "urn:passerelle";

/// One line of a journal file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    specversion: Cow<'a, str>,
    id: EventId,
    source: Cow<'a, str>,
    #[serde(rename = "type")]
    kind: Cow<'a, str>,
    subject: Cow<'a, str>,
    time: Time,
    datacontenttype: Cow<'a, str>,
    /// The revision, as CloudEvents' sequence extension writes it.
    sequence: String,
    position: String,
    typeversion: u16,
    recordedtime: Time,
    digest: String,
    metadata: Cow<'a, str>,
    #[serde(borrow)]
    data: Cow<'a, RawValue>,
}

/// Writes a stored envelope as one line, without its end.
pub fn line(stored: &Stored) -> Result<String, NotAnEnvelope> {
    let data: &RawValue = serde_json::from_slice(&stored.data).map_err(NotAnEnvelope::of)?;
    let metadata = std::str::from_utf8(&stored.metadata).map_err(NotAnEnvelope::of)?;
    let line = Line {
        specversion: "1.0".into(),
        id: stored.id,
        source: SOURCE.into(),
        kind: stored.kind.as_ref().into(),
        subject: stored.stream.as_str().into(),
        time: stored.occurred_at,
        datacontenttype: "application/json".into(),
        sequence: stored.revision.to_string(),
        position: stored.position.0.to_string(),
        typeversion: stored.version,
        recordedtime: stored.recorded_at,
        digest: stored.digest.to_string(),
        metadata: metadata.into(),
        data: Cow::Borrowed(data),
    };
    serde_json::to_string(&line).map_err(NotAnEnvelope::of)
}

/// An event as it is delivered outside: what happened, when and by whom, with these fields.
pub fn delivery(recorded: &Recorded, data: &Map<String, Value>) -> Result<String, NotAnEnvelope> {
    let metadata = &recorded.metadata;
    let mut event = json!({
        "specversion": "1.0",
        "id": recorded.id,
        "source": SOURCE,
        "type": recorded.event.name(),
        "subject": recorded.stream.as_str(),
        "time": metadata.occurred_at,
        "datacontenttype": "application/json",
        "sequence": recorded.revision.to_string(),
        "typeversion": recorded.event.version(),
        "automatic": metadata.automatic,
        "data": data,
    });
    // An attribute that is not there is left out.
    if let Some(actor) = metadata.actor {
        event["actor"] = json!(actor);
    }
    serde_json::to_string(&event).map_err(NotAnEnvelope::of)
}

/// Reads a line back.
pub fn stored(line: &str) -> Result<Stored, NotAnEnvelope> {
    let line: Line<'_> = serde_json::from_str(line).map_err(NotAnEnvelope::of)?;
    if line.specversion != "1.0" {
        return Err(NotAnEnvelope(format!("specversion is {}, not 1.0", line.specversion)));
    }
    Ok(Stored {
        position: Position(line.position.parse().map_err(NotAnEnvelope::of)?),
        id: line.id,
        stream: StreamName::try_new(&line.subject).map_err(NotAnEnvelope::of)?,
        revision: line.sequence.parse().map_err(NotAnEnvelope::of)?,
        kind: line.kind.into_owned().into(),
        version: line.typeversion,
        occurred_at: line.time,
        data: line.data.get().as_bytes().to_vec(),
        metadata: line.metadata.as_bytes().to_vec(),
        recorded_at: line.recordedtime,
        digest: digest(&line.digest)?,
    })
}

fn digest(text: &str) -> Result<Digest, NotAnEnvelope> {
    let wrong = || NotAnEnvelope("digest is not 64 hexadecimal digits".to_owned());
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return Err(wrong());
    }
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * n..2 * n + 2], 16).map_err(|_| wrong())?;
    }
    Ok(Digest(bytes))
}

/// Why a line is no stored envelope.
#[derive(Debug, thiserror::Error)]
#[error("not a stored event: {0}")]
pub struct NotAnEnvelope(String);

impl NotAnEnvelope {
    fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// One line of a keys file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyLine {
    owner: String,
    /// In base64; absent once destroyed.
    key: Option<String>,
}

/// Writes a key, or the mark of one that was destroyed, as one line, without its end.
pub fn key_line(owner: Owner, slot: &Slot) -> Result<String, NotAnEnvelope> {
    use base64::Engine as _;
    let owner = match owner {
        Owner::Personal(member) => format!("personal:{member}"),
        Owner::Content(id) => format!("content:{id}"),
        Owner::Trace(month) => format!("trace:{month}"),
        Owner::Look(month) => format!("look:{month}"),
    };
    let key = match slot {
        Slot::Key(key) => Some(base64::engine::general_purpose::STANDARD.encode(key.0)),
        Slot::Destroyed | Slot::Missing => None,
    };
    serde_json::to_string(&KeyLine { owner, key }).map_err(NotAnEnvelope::of)
}

/// Reads a key's line back.
pub fn key(line: &str) -> Result<(Owner, Slot), NotAnEnvelope> {
    use base64::Engine as _;
    let line: KeyLine = serde_json::from_str(line).map_err(NotAnEnvelope::of)?;
    let (kind, of) = line.owner.split_once(':').unwrap_or_default();
    let month = |text: &str| text.parse::<Month>().map_err(NotAnEnvelope::of);
    let owner = match kind {
        "personal" => Owner::Personal(of.parse().map_err(NotAnEnvelope::of)?),
        "content" => Owner::Content(of.parse().map_err(NotAnEnvelope::of)?),
        "trace" => Owner::Trace(month(of)?),
        "look" => Owner::Look(month(of)?),
        _ => return Err(NotAnEnvelope(format!("no owner of a key is named {}", line.owner))),
    };
    let Some(text) = line.key else { return Ok((owner, Slot::Destroyed)) };
    let bytes = base64::engine::general_purpose::STANDARD.decode(text).map_err(NotAnEnvelope::of)?;
    let bytes = bytes.try_into().map_err(|_| NotAnEnvelope("a key has 32 bytes".to_owned()))?;
    Ok((owner, Slot::Key(Key(bytes))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::MemberId;
    use uuid::Uuid;

    fn example() -> Stored {
        Stored {
            position: Position(7),
            id: EventId(Uuid::from_u64_pair(1, 2)),
            stream: StreamName::chart(),
            revision: 3,
            kind: "chart.opened".into(),
            version: 1,
            occurred_at: "2026-01-02T03:04:05.000006Z".parse().unwrap(),
            data: br#"{"plain":{ "a":1.0},"sealed":{"name":"AA=="}}"#.to_vec(),
            metadata: br#"{"agent":"service"}"#.to_vec(),
            recorded_at: "2026-01-02T03:04:06Z".parse().unwrap(),
            digest: Digest([0xab; 32]),
        }
    }

    #[test]
    fn an_envelope_survives_byte_for_byte() {
        let line = line(&example()).unwrap();
        assert!(!line.contains('\n'));
        assert_eq!(stored(&line).unwrap(), example());
    }

    #[test]
    fn what_is_no_envelope_is_refused_with_the_reason() {
        let good = line(&example()).unwrap();
        for (from, to) in
            [("\"1.0\"", "\"0.3\""), ("abab", "ab"), ("\"3\"", "\"x\""), ("chart\"", "$chart\"")]
        {
            assert!(stored(&good.replacen(from, to, 1)).is_err(), "{from} -> {to}");
        }
    }

    #[test]
    fn keys_and_their_marks_survive() {
        let owner = Owner::Personal(MemberId(Uuid::from_u64_pair(1, 2)));
        for slot in [Slot::Key(Key([9; 32])), Slot::Destroyed] {
            assert_eq!(key(&key_line(owner, &slot).unwrap()).unwrap(), (owner, slot));
        }
    }
}
