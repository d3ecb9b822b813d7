//! A document: shared in a community or with members, revised version by version.

use serde::{Deserialize, Serialize};

use crate::audience::Audience;
use crate::event::{Moment, events};
use crate::id::{CommunityId, DocumentId, MemberId};
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

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
