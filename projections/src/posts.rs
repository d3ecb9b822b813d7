//! Posts: what was published in a community or to members, as it now reads.

use domain::audience::Audience;
use domain::event::{Event, Recorded};
use domain::id::{CommentId, CommunityId, MemberId, PostId};
use domain::post::{Event as Posted, Kind};
use domain::time::Time;
use domain::words::Topic;
use rusqlite::Row;

use crate::audience::visible;
use crate::list::{ByTime, List, each};
use crate::projection::Projection;
use crate::snapshot::ByIds;
use crate::table::{Layout, Table, put, update};
use crate::value::{Value, col, id, ids, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static POSTS: Table = Table {
    name: "posts",
    key: &["post BLOB NOT NULL"],
    columns: &[
        "author BLOB NOT NULL",
        "community BLOB",
        "addressees BLOB",
        "published_at INTEGER NOT NULL",
        "kind INTEGER NOT NULL",
        "pinned INTEGER NOT NULL",
        "removed INTEGER NOT NULL",
        "edited_at INTEGER",
        "revision INTEGER NOT NULL",
        "answer BLOB",
        "language TEXT",
        "topics TEXT",
        "mentions BLOB",
        "body TEXT",
    ],
    layout: Layout::Heap,
    also: &[
        "CREATE INDEX posts_pinned ON posts(community, published_at, post) WHERE pinned = 1 AND removed = 0",
    ],
    looked_up: &[],
};

/// Posts.
pub static PROJECTION: Projection = Projection { name: "posts", version: 2, tables: &[&POSTS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Post(event) = &recorded.event else { return };
    match event {
        Posted::Published(e) => put!(
            writes,
            POSTS {
                post: e.post,
                author: e.author,
                community: e.audience.community(),
                addressees: addressees(&e.audience),
                published_at: recorded.metadata.occurred_at,
                kind: e.kind as i64,
                pinned: e.pinned,
                removed: false,
                edited_at: Value::Null,
                revision: recorded.revision,
                answer: Value::Null,
                language: e.language.as_ref().map(|language| language.as_str()),
                topics: topics(&e.topics),
                mentions: Value::ids(&e.mentions),
                body: &e.body,
            }
        ),
        Posted::Edited(e) => update!(writes, POSTS [e.post] {
            edited_at = recorded.metadata.occurred_at,
            revision = recorded.revision,
            language = e.language.as_ref().map(|language| language.as_str()),
            topics = topics(&e.topics),
            mentions = Value::ids(&e.mentions),
            body = &e.body,
        }),
        Posted::Removed(e) => update!(writes, POSTS [e.post] { removed = true, body = Value::Null }),
        Posted::Pinned(e) => update!(writes, POSTS [e.post] { pinned = true }),
        Posted::Unpinned(e) => update!(writes, POSTS [e.post] { pinned = false }),
        Posted::AnswerAccepted(e) => {
            update!(writes, POSTS [e.post] { answer = e.comment, revision = recorded.revision });
        }
        Posted::SharedOn(_) => {}
    }
}

/// Addressees one after the other.
pub(crate) fn addressees(audience: &Audience) -> Value {
    if let Audience::Members(members) = audience { Value::ids(members) } else { Value::Null }
}

/// Topics with a space between: they hold none themselves.
pub(crate) fn topics(topics: &[Topic]) -> Value {
    if topics.is_empty() {
        return Value::Null;
    }
    topics.iter().map(Topic::as_str).collect::<Vec<_>>().join(" ").as_str().into()
}

/// Topics as they were.
pub(crate) fn read_topics(row: &Row<'_>, place: usize) -> rusqlite::Result<Vec<String>> {
    let topics = row.get_ref(place)?.as_str_or_null()?.unwrap_or_default();
    Ok(topics.split_whitespace().map(str::to_owned).collect())
}

/// A post.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// Who wrote it.
    pub author: MemberId,
    /// Where, if in a community.
    pub community: Option<CommunityId>,
    /// To whom, if to members.
    pub addressees: Vec<MemberId>,
    /// When.
    pub published_at: Time,
    /// What it is.
    pub kind: Kind,
    /// It stays at the head of its community.
    pub pinned: bool,
    /// When it was last edited, if ever.
    pub edited_at: Option<Time>,
    /// The revision of its text and its answer, on which a change of them is based.
    pub revision: u64,
    /// The comment accepted as its answer, if it is a question that has one.
    pub answer: Option<CommentId>,
    /// The language it is written in, if said, as a BCP 47 tag.
    pub language: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// The text; nothing once it is gone.
    pub body: Option<String>,
}

// The columns of [`Post`], of posts `p`.
macro_rules! post_columns {
    () => {
        "p.post, p.author, p.community, p.addressees, p.published_at, p.kind, p.pinned, p.edited_at, p.revision,
            p.answer, p.language, p.topics, p.mentions, p.body"
    };
}
pub(crate) use post_columns;

/// The kind of a post, as it is kept.
pub(crate) fn kind(code: i64) -> Kind {
    match code {
        0 => Kind::Update,
        1 => Kind::Question,
        _ => Kind::Announcement,
    }
}

pub(crate) fn read(row: &Row<'_>, from: usize) -> rusqlite::Result<Post> {
    Ok(Post {
        id: id(row, from)?,
        author: id(row, from + 1)?,
        community: maybe_id(row, from + 2)?,
        addressees: ids(row, from + 3)?,
        published_at: col(row, from + 4)?,
        kind: kind(col(row, from + 5)?),
        pinned: col(row, from + 6)?,
        edited_at: col(row, from + 7)?,
        revision: col(row, from + 8)?,
        answer: maybe_id(row, from + 9)?,
        language: col::<Option<String>>(row, from + 10)?,
        topics: read_topics(row, from + 11)?,
        mentions: ids(row, from + 12)?,
        body: col::<Option<String>>(row, from + 13)?,
    })
}

pub(crate) const BY_IDS: ByIds = ByIds {
    sql: concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts p WHERE p.removed = 0 AND ",
        visible!("p", "post"),
        " AND p.post IN ({ids})"
    ),
    columns: 14,
};

/// Posts by their ids, in no order, without those removed or not for the viewer.
pub fn by_ids(snapshot: &Snapshot, viewer: &Viewer, ids: &[PostId]) -> Result<Vec<Post>, Error> {
    snapshot.by_ids(BY_IDS.sql, &[viewer.value()], ids.iter().copied(), |row| read(row, 0))
}

const PINNED: List = List {
    select: concat!(
        "SELECT ",
        post_columns!(),
        " FROM posts p WHERE p.community = ?2 AND p.pinned = 1 AND p.removed = 0 AND ",
        visible!("p", "post")
    ),
    key: "p.published_at, p.post",
    descending: true,
};

/// Of each community, the posts pinned in it, the newest first, at most 50.
pub fn pinned(
    snapshot: &Snapshot,
    viewer: &Viewer,
    communities: &[CommunityId],
) -> Result<Vec<Page<Post>>, Error> {
    let paging = Paging::<ByTime>::first(50);
    PINNED.pages(snapshot, (&[viewer.value()], &each(communities)), &paging, |row| read(row, 0))
}

#[cfg(test)]
mod tests;
