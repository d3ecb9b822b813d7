//! The files that a history names: which they are, whether they are kept as they were, and copies of them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use domain::document::{Contents, Event as Documented};
use domain::event::{Event, Origin, Position, Recorded};
use domain::id::DocumentId;
use domain::sealed::Owner;
use futures::StreamExt;
use journal::{Codec, Journal};
use sha2::{Digest as _, Sha256};

use super::{Error, File, Files, Receiving};
use crate::hex::hex;

/// A file that a history names of an item that was not erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which.
    pub file: File,
    /// It was named as things happened, so it was uploaded before; what records name may never have come.
    pub live: bool,
}

/// Events read at a time.
const PAGE: usize = 2_000;

/// Every file that a history names up to its end at the start, in the order of what is in them.
pub async fn named(journal: &dyn Journal, codec: &Codec) -> Result<Vec<Named>, Error> {
    let end = journal.end().await?;
    let (mut after, mut found) = (Position::default(), BTreeMap::<(String, u64), (bool, HashSet<_>)>::new());
    loop {
        let page = journal.read_all(after, PAGE).await?;
        let documents: Vec<_> =
            page.events.into_iter().filter(|stored| stored.kind.starts_with("document.")).collect();
        for recorded in codec.decode(&documents).await? {
            if let Some((document, Contents::File { sha256, size, .. })) = contents(&recorded) {
                let (live, documents) = found.entry((sha256.clone(), *size)).or_default();
                *live |= recorded.metadata.origin == Origin::Live;
                documents.insert(document);
            }
        }
        if page.next >= end || page.next == after {
            break;
        }
        after = page.next;
    }
    let all: Vec<DocumentId> = found.values().flat_map(|(_, documents)| documents).copied().collect();
    let erased = erased(codec, &all).await?;
    let living = found.into_iter().filter(|(_, (_, documents))| !documents.is_subset(&erased));
    Ok(living.map(|((sha256, size), (live, _))| Named { file: File { sha256, size }, live }).collect())
}

fn contents(recorded: &Recorded) -> Option<(DocumentId, &Contents)> {
    match &recorded.event {
        Event::Document(Documented::Shared(e)) => Some((e.document, &e.contents)),
        Event::Document(Documented::Revised(e)) => Some((e.document, &e.contents)),
        _ => None,
    }
}

/// Those of these documents whose key was destroyed.
pub(crate) async fn erased(
    codec: &Codec,
    documents: &[DocumentId],
) -> Result<HashSet<DocumentId>, journal::Error> {
    let mut erased = HashSet::new();
    for documents in documents.chunks(PAGE) {
        let owners: Vec<_> = documents.iter().map(|document| Owner::Content(document.0)).collect();
        let destroyed = codec.keyring().destroyed(&owners).await?;
        erased.extend(documents.iter().zip(destroyed).filter(|(_, gone)| *gone).map(|(id, _)| *id));
    }
    Ok(erased)
}

/// How a file is that should be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it was.
    Whole,
    /// Not there.
    Missing,
    /// Something else.
    Differs,
}

impl Files {
    /// Reads a file and compares it with its name.
    pub async fn verify(&self, file: &File) -> Result<State, Error> {
        let Some(mut reading) = self.read(&file.sha256, None).await? else { return Ok(State::Missing) };
        let mut hash = Sha256::new();
        while let Some(bytes) = reading.bytes.next().await {
            hash.update(bytes?);
        }
        let whole = hex(&hash.finalize()) == file.sha256 && reading.size == file.size;
        Ok(if whole { State::Whole } else { State::Differs })
    }

    /// Copies a file to where others are kept; nothing is kept there unless what arrived is what the name says.
    pub async fn copy_to(&self, to: &Arc<Self>, file: &File) -> Result<State, Error> {
        let Some(mut reading) = self.read(&file.sha256, None).await? else { return Ok(State::Missing) };
        let mut receiving = Receiving::begin(to)?;
        while let Some(bytes) = reading.bytes.next().await {
            receiving.write(bytes?).await?;
        }
        let whole = receiving.end().await?;
        if whole.file != *file {
            return Ok(State::Differs);
        }
        whole.keep().await?;
        Ok(State::Whole)
    }
}
