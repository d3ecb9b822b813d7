//! Between events of the domain and their stored form, by the batch: sealing, digests, upcasting.

use std::collections::HashMap;
use std::sync::Arc;

use domain::event::{Event, Metadata, Opener, Parts, Recorded, Unreadable};
use domain::id::EventId;
use domain::sealed::Owner;
use domain::stream::StreamName;
use domain::time::Time;

use crate::digest::Covered;
use crate::form::Form;
use crate::keyring::{Absent, Keyring};
use crate::port::{Append, Digest, Error, Keys, Proposed, Slot, Stored};
use crate::seal::{self, Place};
use crate::types::declared;
use crate::upcast::upcast;

/// An append of events as the domain has them.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Where to.
    pub stream: StreamName,
    /// How many events the stream must hold.
    pub expected: u64,
    /// When they were learned of.
    pub recorded_at: Time,
    /// What to append.
    pub events: Vec<(EventId, Event, Metadata)>,
}

/// What is wrong with a stored event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Its data are not in the stored form.
    #[error("its data are not in the stored form")]
    Form,
    /// The digest does not fit it.
    #[error("its digest does not fit it")]
    Digest,
    /// Its type is not declared.
    #[error("its type {0} is not known here; a newer release may have written it")]
    UnknownType(String),
    /// Its version of the type is not known.
    #[error("version {1} of its type {0} is not known here; a newer release may have written it")]
    UnknownVersion(&'static str, u16),
    /// A key is missing, without having been destroyed.
    #[error("the key of its field {0} is missing; restore the keys of this journal")]
    MissingKey(&'static str),
    /// A sealed field does not open with its key.
    #[error("its field {0} does not open with its key")]
    Sealed(&'static str),
    /// It says otherwise that it does not read as its type.
    #[error("it does not read: {0}")]
    Unreadable(String),
}

impl Fault {
    /// The fault as an error that names the event.
    pub fn of(self, stored: &Stored) -> Error {
        Error::Unreadable {
            stream: stored.stream.to_string(),
            revision: stored.revision,
            why: self.to_string(),
        }
    }
}

/// Encodes and decodes the events of a journal with its keys.
pub struct Codec {
    keyring: Keyring,
}

impl Codec {
    /// Over the keys of a journal.
    pub fn new(keys: Arc<dyn Keys>) -> Self {
        Self { keyring: Keyring::new(keys) }
    }

    /// The keys as the codec uses them.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Brings drafts into the stored form. Keys that are not there yet are made, all at once.
    pub async fn encode(&self, drafts: Vec<Draft>) -> Result<Vec<Append>, Error> {
        let mut owners = Vec::new();
        let mut parts = Vec::new();
        for (_, event, _) in drafts.iter().flat_map(|draft| &draft.events) {
            let taken = event.parts().map_err(|e| Error::failed("writing an event")(e.into()))?;
            owners.extend(taken.sealed.iter().map(|part| part.owner));
            parts.push(taken);
        }
        let keys = if owners.is_empty() {
            HashMap::new()
        } else {
            self.keyring.fetch(owners, Absent::Create).await?
        };
        let mut parts = parts.into_iter();
        drafts
            .into_iter()
            .map(|draft| {
                let Draft { stream, expected, recorded_at, events } = draft;
                let events = (expected..)
                    .zip(&events)
                    .zip(&mut parts)
                    .map(|((revision, event), parts)| propose((&stream, revision), event, parts, &keys))
                    .collect::<Result<_, _>>()?;
                Ok(Append { stream, expected, recorded_at, events })
            })
            .collect()
    }

    /// Reads stored events as the domain has them; the first that does not read fails all. Sealed fields are `Gone`
    /// where the key was destroyed.
    pub async fn decode(&self, stored: &[Stored]) -> Result<Vec<Recorded>, Error> {
        let read = self.decode_each(stored).await?;
        read.into_iter().zip(stored).map(|(read, stored)| read.map_err(|fault| fault.of(stored))).collect()
    }

    /// Reads stored events, each for itself.
    pub async fn decode_each(&self, stored: &[Stored]) -> Result<Vec<Result<Recorded, Fault>>, Error> {
        let mut keys = HashMap::new();
        let mut read: Vec<Option<Result<Recorded, Fault>>> = stored.iter().map(|_| None).collect();
        let mut waiting: Vec<usize> = (0..stored.len()).collect();
        // Which keys an event needs stands in its plain fields. Those that are not remembered are collected over
        // all events and fetched in one go; there are as many rounds as one event has owners, at most.
        while !waiting.is_empty() {
            let mut wanted = Vec::new();
            waiting.retain(|&n| {
                let mut opening = Opening::of(self, &keys, stored[n].id);
                let result = opening.event(&stored[n]);
                match opening.wanted {
                    Some(owner) => wanted.push(owner),
                    None => read[n] = Some(result),
                }
                opening.wanted.is_some()
            });
            if !wanted.is_empty() {
                keys.extend(self.keyring.fetch(wanted, Absent::Leave).await?);
            }
        }
        Ok(read.into_iter().flatten().collect())
    }

    /// Shows that stored events are as they were written: the form, the digest, and that they read.
    pub async fn verify(&self, stored: &[Stored]) -> Result<Vec<Option<Fault>>, Error> {
        let read = self.decode_each(stored).await?;
        let faults = stored.iter().zip(read).map(|(stored, read)| match digest(stored) {
            None => Some(Fault::Form),
            Some(digest) if digest != stored.digest => Some(Fault::Digest),
            Some(_) => read.err(),
        });
        Ok(faults.collect())
    }
}

/// The digest that a stored event must have; `None` if its data are not in the stored form.
pub fn digest(stored: &Stored) -> Option<Digest> {
    let form = Form::read(&stored.data)?;
    let sealed: Option<Vec<_>> =
        form.sealed.iter().map(|(name, text)| Some((*name, seal::commitment(text)?))).collect();
    let covered = Covered {
        stream: &stored.stream,
        revision: stored.revision,
        id: stored.id,
        kind: &stored.kind,
        version: stored.version,
        occurred_at: stored.occurred_at,
        metadata: &stored.metadata,
        plain: form.plain.as_bytes(),
    };
    Some(covered.digest(sealed?.into_iter()))
}

fn propose(
    (stream, revision): (&StreamName, u64),
    (id, event, metadata): &(EventId, Event, Metadata),
    parts: Parts,
    keys: &HashMap<Owner, Slot>,
) -> Result<Proposed, Error> {
    let (name, version) = (event.name(), event.version());
    let mut sealed = Vec::with_capacity(parts.sealed.len());
    for part in parts.sealed {
        let (Some(Slot::Key(key)), Some(json)) = (keys.get(&part.owner), part.value) else {
            return Err(Error::Destroyed);
        };
        sealed.push((part.name, seal::seal(key, Place { event: *id, field: part.name }, &json)));
    }
    let metadata_json =
        serde_json::to_vec(metadata).map_err(|e| Error::failed("writing metadata")(e.into()))?;
    let form = Form { plain: &parts.plain, sealed };
    let covered = Covered {
        stream,
        revision,
        id: *id,
        kind: name,
        version,
        occurred_at: metadata.occurred_at,
        metadata: &metadata_json,
        plain: parts.plain.as_bytes(),
    };
    let commitments = form.sealed.iter().filter_map(|(name, text)| Some((*name, seal::commitment(text)?)));
    Ok(Proposed {
        id: *id,
        kind: name.into(),
        version,
        occurred_at: metadata.occurred_at,
        digest: covered.digest(commitments),
        data: form.write(),
        metadata: metadata_json,
    })
}

/// Opens the sealed fields of one event with the keys at hand.
struct Opening<'a> {
    codec: &'a Codec,
    fetched: &'a HashMap<Owner, Slot>,
    event: EventId,
    sealed: std::vec::IntoIter<(&'a str, Vec<u8>)>,
    fault: Option<Fault>,
    /// The owner whose key must be fetched first.
    wanted: Option<Owner>,
}

impl<'a> Opening<'a> {
    fn of(codec: &'a Codec, fetched: &'a HashMap<Owner, Slot>, event: EventId) -> Self {
        Self { codec, fetched, event, sealed: Vec::new().into_iter(), fault: None, wanted: None }
    }

    fn event(&mut self, stored: &'a Stored) -> Result<Recorded, Fault> {
        let unreadable = |e: serde_json::Error| Fault::Unreadable(format!("metadata: {e}"));
        let metadata: Metadata = serde_json::from_slice(&stored.metadata).map_err(unreadable)?;
        if metadata.occurred_at != stored.occurred_at {
            return Err(Fault::Unreadable("its times of occurrence differ".to_owned()));
        }
        let declared = declared(&stored.kind).ok_or_else(|| Fault::UnknownType(stored.kind.to_string()))?;
        let form = Form::read(&stored.data).ok_or(Fault::Form)?;
        let plain = upcast(declared, stored.version, form.plain)
            .ok_or(Fault::UnknownVersion(declared.name, stored.version))?;
        self.sealed = form.sealed.into_iter();
        let event = Event::assemble(declared.name, &plain, self)
            .map_err(|e| self.fault.take().unwrap_or(Fault::Unreadable(e.0)))?;
        if let Some((name, _)) = self.sealed.next() {
            return Err(Fault::Unreadable(format!("it has no sealed field {name}")));
        }
        Ok(Recorded {
            position: stored.position,
            id: stored.id,
            stream: stored.stream.clone(),
            revision: stored.revision,
            recorded_at: stored.recorded_at,
            metadata,
            event,
        })
    }

    fn stop<T>(&mut self, fault: Fault) -> Result<T, Unreadable> {
        let why = Unreadable(fault.to_string());
        self.fault = Some(fault);
        Err(why)
    }
}

impl Opener for Opening<'_> {
    fn open(&mut self, field: &'static str, owner: Owner) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some((_, text)) = self.sealed.next().filter(|(name, _)| *name == field) else {
            return self.stop(Fault::Unreadable(format!("its sealed field {field} is missing")));
        };
        match self.fetched.get(&owner).copied().or_else(|| self.codec.keyring.recall(owner)) {
            Some(Slot::Key(key)) => match seal::open(&key, Place { event: self.event, field }, &text) {
                Some(json) => Ok(Some(json)),
                None => self.stop(Fault::Sealed(field)),
            },
            Some(Slot::Destroyed) => Ok(None),
            Some(Slot::Missing) => self.stop(Fault::MissingKey(field)),
            None => {
                self.wanted = Some(owner);
                Err(Unreadable(String::new()))
            }
        }
    }
}
