//! A document: shared in a community or with members, revised version by version.

pub mod archive;
pub mod check_in;
pub mod check_out;
pub mod move_to;
pub mod rename;
pub mod revise;
pub mod share;
pub mod share_on;
pub mod source;
pub mod withdraw;

use serde::{Deserialize, Serialize};

use crate::audience::{Audience, may_read, may_write_in};
use crate::decision::Facts;
use crate::event::{Moment, events};
use crate::id::{CommunityId, DocumentId, Item, MemberId};
use crate::item::About;
use crate::moderation::hides;
use crate::refusal::{Stop, refusals};
use crate::sealed::Sealed;
use crate::words::{Language, Topic};

/// What a version of a document holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Contents {
    /// Nothing: it was imported without.
    #[default]
    None,
    /// A stored file, known by what is in it.
    File {
        /// SHA-256 of the bytes, in lower-case hexadecimal.
        sha256: String,
        /// In bytes.
        size: u64,
        /// As registered with IANA.
        media_type: String,
    },
    /// A link to where it is kept; the address itself is sealed.
    Link,
}

events! {
    Act "document"
    /// A document was shared: its version 1.
    Shared = "shared" v 1 {
        /// Its id.
        document: DocumentId,
        /// Who shared it.
        author: MemberId,
        /// Where, or with whom.
        audience: Audience,
        /// What it holds.
        contents: Contents,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
    } + content(document) {
        /// Its name.
        name: String,
        /// Where it is kept, when it is a link.
        link: Option<String>,
    }
    /// A new version.
    Revised = "revised" v 1 {
        /// Of which document.
        document: DocumentId,
        /// Who shared the document.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// The number of the new version: 2, 3 …
        number: u32,
        /// What it holds.
        contents: Contents,
    } + content(document) {
        /// Where it is kept, when it is a link.
        link: Option<String>,
    }
    /// It was renamed.
    Renamed = "renamed" v 1 {
        /// Which.
        document: DocumentId,
        /// Who shared it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
    } + content(document) {
        /// The name from now on.
        name: String,
        /// The name before.
        name_was: String,
    }
    /// It was moved to another audience.
    Moved = "moved" v 1 {
        /// Which.
        document: DocumentId,
        /// Who shared it.
        author: MemberId,
        /// Where, or with whom, from now on.
        audience: Audience,
        /// Where, or with whom, before.
        audience_was: Audience,
    }
    /// Somebody took it to work on: nobody else revises it meanwhile.
    CheckedOut = "checked-out" v 1 {
        /// Which.
        document: DocumentId,
        /// Who shared it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Who took it.
        by: MemberId,
    }
    /// It was given back.
    CheckedIn = "checked-in" v 1 {
        /// Which.
        document: DocumentId,
        /// Who shared it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Who had taken it.
        by: MemberId,
    }
    /// Somebody passed it on to others.
    SharedOn = "shared-on" v 1 {
        /// Which.
        document: DocumentId,
        /// Who shared it first.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Where, or to whom, it was passed on.
        audience: Audience,
    }
    /// It was archived: readable, and no new version.
    Archived = "archived" v 1 {
        /// Which.
        document: DocumentId,
        /// Who shared it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
    }
    /// It was withdrawn: nobody sees it any more.
    Withdrawn = "withdrawn" v 1 {
        /// Which.
        document: DocumentId,
        /// Who shared it.
        author: MemberId,
        /// Where it was, if in a community.
        community: Option<CommunityId>,
    }
}

/// A document as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Who shared it.
    pub author: MemberId,
    /// Where, or with whom.
    pub audience: Audience,
    /// Its name.
    pub name: Sealed<String>,
    /// The revision at which it got its name or its audience.
    pub revision: u64,
    /// The number of its newest version: 1, 2, 3 …
    pub number: u32,
    /// What that holds.
    pub contents: Contents,
    /// Who has it checked out.
    pub checked_out: Option<MemberId>,
    /// Readable, and no new version.
    pub archived: bool,
    /// Nobody sees it any more.
    pub withdrawn: bool,
}

impl Document {
    /// Who shared it and with whom.
    pub fn about(&self) -> About<'_> {
        About { author: self.author, audience: Some(&self.audience) }
    }

    /// Refused once archived.
    pub fn not_archived(&self) -> Result<(), Stop> {
        if self.archived { Err(Refusal::DocumentArchived.into()) } else { Ok(()) }
    }

    /// Refused, with who has it, while somebody else has it checked out.
    pub fn not_out_to_another(&self, actor: MemberId) -> Result<(), Stop> {
        match self.checked_out {
            Some(by) if by != actor => Err(Refusal::CheckedOut.with(by).into()),
            _ => Ok(()),
        }
    }

    /// Refused unless the actor may work on it: in a community its members, elsewhere its author and addressees.
    pub fn may_write(&self, facts: &Facts) -> Result<(), Stop> {
        self.not_archived()?;
        self.audience.community().map_or(Ok(()), |community| may_write_in(facts, community))
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once shared.
    pub shared: Option<Document>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        if let Event::Shared(e) = event {
            self.shared = Some(Document {
                id: e.document,
                author: e.author,
                audience: e.audience.clone(),
                name: e.name.clone(),
                revision: at.revision,
                number: 1,
                contents: e.contents.clone(),
                checked_out: None,
                archived: false,
                withdrawn: false,
            });
        }
        let Some(document) = &mut self.shared else { return };
        match event {
            Event::Shared(_) | Event::SharedOn(_) => {}
            Event::Revised(e) => {
                document.number = e.number;
                document.contents = e.contents.clone();
            }
            Event::Renamed(e) => {
                document.name = e.name.clone();
                document.revision = at.revision;
            }
            Event::Moved(e) => {
                document.audience = e.audience.clone();
                document.revision = at.revision;
            }
            Event::CheckedOut(e) => document.checked_out = Some(e.by),
            Event::CheckedIn(_) => document.checked_out = None,
            Event::Archived(_) => document.archived = true,
            Event::Withdrawn(_) => document.withdrawn = true,
        }
    }

    /// The document, whoever it is for; refused as absent once withdrawn.
    pub fn known(&self) -> Result<&Document, Refusal> {
        self.shared.as_ref().filter(|document| !document.withdrawn).ok_or(Refusal::NoSuchDocument)
    }

    /// The document, withdrawn or not; refused, as if it had never been, if it is not for the actor.
    pub fn readable(&self, facts: &Facts) -> Result<&Document, Stop> {
        let document = self.shared.as_ref().ok_or(Refusal::NoSuchDocument)?;
        may_read(facts, &document.audience, document.author, Refusal::NoSuchDocument.into())?;
        Ok(document)
    }

    /// The document that the actor may read; refused as absent once withdrawn, and while it is hidden from them.
    pub fn standing(&self, facts: &Facts) -> Result<&Document, Stop> {
        let document = self.readable(facts)?;
        if document.withdrawn || hides(facts, Item::Document(document.id), document.about())? {
            Err(Refusal::NoSuchDocument.into())
        } else {
            Ok(document)
        }
    }
}

refusals! {
    NoSuchDocument = "NO_SUCH_DOCUMENT", "There is no such document; it may have been withdrawn.",
        "Ce document n’existe pas ; il a peut-être été retiré.";
    DocumentArchived = "DOCUMENT_ARCHIVED", "The document is archived and stays as it is; share a new one.",
        "Le document est archivé et reste tel quel ; partagez-en un nouveau.";
    CheckedOut = "CHECKED_OUT", "Somebody is working on the document; wait until they check it in, or ask them to.",
        "Quelqu’un travaille sur ce document ; attendez qu’il le rende, ou demandez-le-lui.";
}
