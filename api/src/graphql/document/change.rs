//! Mutations upon documents.

use async_graphql::{ID, InputObject, OneofObject};
use domain::document::archive::Archive;
use domain::document::check_in::CheckIn;
use domain::document::check_out::CheckOut;
use domain::document::move_to::MoveTo;
use domain::document::rename::Rename;
use domain::document::revise::Revise;
use domain::document::share::Share;
use domain::document::share_on::ShareOn;
use domain::document::source::Source;
use domain::document::withdraw::Withdraw;
use domain::id::DocumentId;

use super::Document;
use crate::graphql::answer::{AudienceInput, WordsInput, maybe_revision, revision};
use crate::graphql::mutations::{mutations, payload};

/// What a version of a document holds.
#[derive(Debug, OneofObject)]
pub(crate) enum ContentsInput {
    /// A file that you uploaded within the last day with `POST /files`, as that was answered; or one that a version
    /// you may read holds.
    File(FileInput),
    /// A link to where it is kept: http or https.
    Link(String),
}

/// A file, by what is in it.
#[derive(Debug, InputObject)]
pub(crate) struct FileInput {
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    sha256: String,
    /// Its size in bytes, at most 2,147,483,647.
    size: i32,
    /// Its type as registered with IANA, such as `application/pdf`.
    media_type: String,
}

impl ContentsInput {
    fn source(&self) -> Source {
        match self {
            Self::File(file) => Source::File {
                sha256: file.sha256.clone(),
                size: file.size.try_into().unwrap_or(0),
                media_type: file.media_type.clone(),
            },
            Self::Link(url) => Source::Link { url: url.clone() },
        }
    }
}

payload! {
    /// What became of a mutation upon a document.
    DocumentPayload {
        /// The document as it stands now; null when nothing was changed, or once it is withdrawn.
        document: Document = DocumentId
    }
}

mutations! {
    /// Mutations upon documents.
    DocumentMutation -> DocumentPayload {
        /// Shares a document, in a community or with members.
        create shareDocument(ShareDocumentInput {
            /// Where, or with whom.
            audience: AudienceInput,
            /// Its name, at most 300 characters.
            name: String,
            /// What its first version holds.
            contents: ContentsInput,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
        }) => |ids, input| {
            let words = ids.words(&input.words)?;
            Share {
                document: None,
                audience: ids.audience(&input.audience)?,
                name: input.name.clone(),
                contents: input.contents.source(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
            }
        };

        /// Adds a version; refused while somebody else has the document checked out.
        change reviseDocument(ReviseDocumentInput {
            /// Which.
            document: ID,
            /// The number of the version it is based on; refused with the newest one if there is a newer.
            based_on: i32,
            /// What the new version holds.
            contents: ContentsInput,
        }) on document => |ids, input| Revise {
            document: ids.id("document", &input.document)?,
            contents: input.contents.source(),
            based_on: Some(input.based_on.try_into().unwrap_or(0)),
        };

        /// Renames a document.
        change renameDocument(RenameDocumentInput {
            /// Which.
            document: ID,
            /// The revision of the name that was read; refused with the current one if it has changed since.
            expected_revision: i32,
            /// Its name from now on, at most 300 characters.
            name: String,
        }) on document => |ids, input| Rename {
            document: ids.id("document", &input.document)?,
            name: input.name.clone(),
            based_on: revision(input.expected_revision)?,
        };

        /// Moves a document to another audience. For its author and moderators.
        change moveDocument(MoveDocumentInput {
            /// Which.
            document: ID,
            /// Where, or with whom, from now on.
            audience: AudienceInput,
            /// The `revision` that it was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on document => |ids, input| MoveTo {
            document: ids.id("document", &input.document)?,
            audience: ids.audience(&input.audience)?,
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Takes a document to work on: nobody else revises it meanwhile.
        change checkOutDocument(CheckOutDocumentInput {
            /// Which.
            document: ID,
        }) on document => |ids, input| CheckOut { document: ids.id("document", &input.document)? };

        /// Gives a document back.
        change checkInDocument(CheckInDocumentInput {
            /// Which.
            document: ID,
        }) on document => |ids, input| CheckIn { document: ids.id("document", &input.document)? };

        /// Passes a document on to others.
        change shareDocumentOn(ShareDocumentOnInput {
            /// Which.
            document: ID,
            /// Where, or to whom.
            audience: AudienceInput,
        }) on document => |ids, input| ShareOn {
            document: ids.id("document", &input.document)?,
            audience: ids.audience(&input.audience)?,
        };

        /// Archives a document: readable, and no new version. For its author and moderators.
        change archiveDocument(ArchiveDocumentInput {
            /// Which.
            document: ID,
        }) on document => |ids, input| Archive { document: ids.id("document", &input.document)? };

        /// Withdraws a document: nobody sees it any more. For its author and moderators.
        change withdrawDocument(WithdrawDocumentInput {
            /// Which.
            document: ID,
        }) on document => |ids, input| Withdraw { document: ids.id("document", &input.document)? };
    }
}
