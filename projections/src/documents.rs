//! Documents with their versions, and who has one checked out.

pub mod files;

use domain::document::{Contents, Event as Documented};
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, DocumentId, MemberId};
use domain::time::Time;
use rusqlite::Row;

use crate::audience::visible;
use crate::list::{ByTime, List, each};
use crate::posts::{addressees, read_topics, topics};
use crate::projection::Projection;
use crate::snapshot::ByIds;
use crate::table::{Layout, Table, put, update};
use crate::value::{Value, col, id, ids, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static DOCUMENTS: Table = Table {
    name: "documents",
    key: &["document BLOB NOT NULL"],
    columns: &[
        "author BLOB NOT NULL",
        "community BLOB",
        "addressees BLOB",
        "published_at INTEGER NOT NULL",
        "number INTEGER NOT NULL",
        "revised_at INTEGER",
        "revision INTEGER NOT NULL",
        "checked_out_by BLOB",
        "checked_out_at INTEGER",
        "archived_at INTEGER",
        "withdrawn INTEGER NOT NULL",
        "language TEXT",
        "topics TEXT",
        "mentions BLOB",
        "name TEXT",
    ],
    layout: Layout::Heap,
    also: &[
        "CREATE INDEX documents_of_community ON documents(community, published_at, document) WHERE withdrawn = 0",
    ],
    looked_up: &[],
};

// The audience of a version is its document's.
static VERSIONS: Table = Table {
    name: "document_versions",
    key: &["document BLOB NOT NULL", "number INTEGER NOT NULL"],
    columns: &[
        "author BLOB",
        "at INTEGER NOT NULL",
        "contents INTEGER NOT NULL",
        "sha256 TEXT",
        "size INTEGER",
        "media_type TEXT",
        "link TEXT",
    ],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX document_versions_of_file ON document_versions(sha256, size, document) WHERE contents = 1",
        "CREATE INDEX document_versions_of_author ON document_versions(author, sha256, size) WHERE contents = 1",
    ],
    looked_up: &[],
};

/// Documents and versions.
pub static PROJECTION: Projection =
    Projection { name: "documents", version: 2, tables: &[&DOCUMENTS, &VERSIONS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Document(event) = &recorded.event else { return };
    let at = recorded.metadata.occurred_at;
    match event {
        Documented::Shared(e) => {
            put!(
                writes,
                DOCUMENTS {
                    document: e.document,
                    author: e.author,
                    community: e.audience.community(),
                    addressees: addressees(&e.audience),
                    published_at: at,
                    number: 1,
                    revised_at: Value::Null,
                    revision: recorded.revision,
                    checked_out_by: Value::Null,
                    checked_out_at: Value::Null,
                    archived_at: Value::Null,
                    withdrawn: false,
                    language: e.language.as_ref().map(|language| language.as_str()),
                    topics: topics(&e.topics),
                    mentions: Value::ids(&e.mentions),
                    name: &e.name,
                }
            );
            put_version(recorded, writes, (e.document, 1), &e.contents, Value::from(&e.link));
        }
        Documented::Revised(e) => {
            update!(writes, DOCUMENTS [e.document] { number = e.number, revised_at = at });
            put_version(recorded, writes, (e.document, e.number), &e.contents, Value::from(&e.link));
        }
        Documented::Renamed(e) => {
            update!(writes, DOCUMENTS [e.document] { name = &e.name, revision = recorded.revision });
        }
        Documented::Moved(e) => update!(writes, DOCUMENTS [e.document] {
            revision = recorded.revision,
            community = e.audience.community(),
            addressees = addressees(&e.audience),
        }),
        Documented::CheckedOut(e) => {
            update!(writes, DOCUMENTS [e.document] { checked_out_by = e.by, checked_out_at = at });
        }
        Documented::CheckedIn(e) => update!(writes, DOCUMENTS [e.document] {
            checked_out_by = Value::Null,
            checked_out_at = Value::Null,
        }),
        Documented::Archived(e) => update!(writes, DOCUMENTS [e.document] { archived_at = at }),
        Documented::Withdrawn(e) => update!(writes, DOCUMENTS [e.document] { withdrawn = true }),
        Documented::SharedOn(_) => {}
    }
}

fn put_version(
    recorded: &Recorded,
    writes: &mut Writes,
    (document, number): (DocumentId, u32),
    contents: &Contents,
    link: Value,
) {
    let (kind, sha256, size, media_type) = match contents {
        Contents::None => (0, Value::Null, Value::Null, Value::Null),
        Contents::File { sha256, size, media_type } => (1, sha256.into(), (*size).into(), media_type.into()),
        Contents::Link => (2, Value::Null, Value::Null, Value::Null),
    };
    put!(
        writes,
        VERSIONS {
            document: document,
            number: number,
            author: recorded.metadata.actor,
            at: recorded.metadata.occurred_at,
            contents: kind,
            sha256: sha256,
            size: size,
            media_type: media_type,
            link: link,
        }
    );
}

/// A document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Who shared it.
    pub author: MemberId,
    /// Where, if in a community.
    pub community: Option<CommunityId>,
    /// With whom, if with members.
    pub addressees: Vec<MemberId>,
    /// When it was shared.
    pub published_at: Time,
    /// The number of its newest version: 1, 2, 3 …
    pub number: u32,
    /// When it was last revised, if ever.
    pub revised_at: Option<Time>,
    /// The revision of its name and its audience, on which a change of them is based.
    pub revision: u64,
    /// Who has it checked out.
    pub checked_out_by: Option<MemberId>,
    /// Since when.
    pub checked_out_at: Option<Time>,
    /// Since when it only is to be read, if it was archived.
    pub archived_at: Option<Time>,
    /// The language it is written in, if said, as a BCP 47 tag.
    pub language: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// Its name; nothing once it is gone.
    pub name: Option<String>,
}

impl Document {
    /// The key of its place in a list of documents.
    pub fn key(&self) -> ByTime {
        (self.published_at, self.id.0)
    }
}

/// A version of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Of which document.
    pub document: DocumentId,
    /// Its number: 1, 2, 3 …
    pub number: u32,
    /// Who made it, if it was a member.
    pub author: Option<MemberId>,
    /// When.
    pub at: Time,
    /// What it holds.
    pub contents: Contents,
    /// Where it is kept, when it is a link that is not gone.
    pub link: Option<String>,
}

macro_rules! documents_where {
    ($($more:expr),+) => {
        concat!(
            "SELECT d.document, d.author, d.community, d.addressees, d.published_at, d.number, d.revised_at,
                d.revision, d.checked_out_by, d.checked_out_at, d.archived_at, d.language, d.topics, d.mentions,
                d.name FROM documents d WHERE d.withdrawn = 0 AND ",
            visible!("d", "document"),
            $($more),+
        )
    };
}

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        id: id(row, 0)?,
        author: id(row, 1)?,
        community: maybe_id(row, 2)?,
        addressees: ids(row, 3)?,
        published_at: col(row, 4)?,
        number: col(row, 5)?,
        revised_at: col(row, 6)?,
        revision: col(row, 7)?,
        checked_out_by: maybe_id(row, 8)?,
        checked_out_at: col(row, 9)?,
        archived_at: col(row, 10)?,
        language: col::<Option<String>>(row, 11)?,
        topics: read_topics(row, 12)?,
        mentions: ids(row, 13)?,
        name: col::<Option<String>>(row, 14)?,
    })
}

pub(crate) const BY_IDS: ByIds = ByIds { sql: documents_where!(" AND d.document IN ({ids})"), columns: 15 };

/// Documents by their ids, in no order, without those withdrawn or not for the viewer.
pub fn by_ids(snapshot: &Snapshot, viewer: &Viewer, ids: &[DocumentId]) -> Result<Vec<Document>, Error> {
    snapshot.by_ids(BY_IDS.sql, &[viewer.value()], ids.iter().copied(), read)
}

pub(crate) const OF_COMMUNITY: List = List {
    select: documents_where!(" AND d.community = ?2"),
    key: "d.published_at, d.document",
    descending: true,
};

/// Of each community, a page of its documents, the newest first.
pub fn of_communities(
    snapshot: &Snapshot,
    viewer: &Viewer,
    communities: &[CommunityId],
    paging: &Paging<ByTime>,
) -> Result<Vec<Page<Document>>, Error> {
    OF_COMMUNITY.pages(snapshot, (&[viewer.value()], &each(communities)), paging, read)
}

macro_rules! versions_where {
    ($condition:literal) => {
        concat!(
            "SELECT document, number, author, at, contents, sha256, size, media_type, link FROM document_versions
                WHERE ",
            $condition
        )
    };
}

/// The versions of documents that the viewer may read (the caller has read them), the newest first.
pub fn versions(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    documents: &[DocumentId],
) -> Result<Vec<Version>, Error> {
    let sql = versions_where!("document IN ({ids}) ORDER BY document, number DESC");
    snapshot.by_ids(sql, &[], documents.iter().copied(), read_version)
}

/// One version of a document that the viewer may read (the caller has read it).
pub fn version(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    document: DocumentId,
    number: u32,
) -> Result<Option<Version>, Error> {
    let sql = versions_where!("document = ?1 AND number = ?2");
    snapshot.row(sql, &[document.into(), number.into()], read_version)
}

fn read_version(row: &Row<'_>) -> rusqlite::Result<Version> {
    let contents = match col(row, 4)? {
        1i64 => Contents::File { sha256: col(row, 5)?, size: col(row, 6)?, media_type: col(row, 7)? },
        2 => Contents::Link,
        _ => Contents::None,
    };
    Ok(Version {
        document: id(row, 0)?,
        number: col(row, 1)?,
        author: maybe_id(row, 2)?,
        at: col(row, 3)?,
        contents,
        link: col::<Option<String>>(row, 8)?,
    })
}

#[cfg(test)]
mod tests;
