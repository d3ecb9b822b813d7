//! Comments, thread by thread: those on a post in the order they came, and the answers below each.

use domain::comment::Event as Commented;
use domain::event::{Event, Recorded};
use domain::id::{CommentId, CommunityId, MemberId, PostId};
use domain::time::Time;
use rusqlite::Row;

use crate::audience::{unhidden, visible};
use crate::list::{ByTime, List, each};
use crate::posts::{read_topics, topics};
use crate::projection::Projection;
use crate::table::{Layout, Table, put, update};
use crate::value::{Value, col, id, ids, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static COMMENTS: Table = Table {
    name: "comments",
    key: &["comment BLOB NOT NULL"],
    columns: &[
        "post BLOB NOT NULL",
        "parent BLOB",
        "author BLOB NOT NULL",
        "community BLOB",
        "added_at INTEGER NOT NULL",
        "removed INTEGER NOT NULL",
        "edited_at INTEGER",
        "revision INTEGER NOT NULL",
        "language TEXT",
        "topics TEXT",
        "mentions BLOB",
        "body TEXT",
    ],
    layout: Layout::Heap,
    also: &["CREATE INDEX comments_by_thread ON comments(post, parent, added_at, comment)"],
    looked_up: &[],
};

/// Comments.
pub static PROJECTION: Projection = Projection { name: "comments", version: 1, tables: &[&COMMENTS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Comment(event) = &recorded.event else { return };
    match event {
        Commented::Added(e) => put!(
            writes,
            COMMENTS {
                comment: e.comment,
                post: e.post,
                parent: e.parent,
                author: e.author,
                community: e.community,
                added_at: recorded.metadata.occurred_at,
                removed: false,
                edited_at: Value::Null,
                revision: recorded.revision,
                language: e.language.as_ref().map(|language| language.as_str()),
                topics: topics(&e.topics),
                mentions: Value::ids(&e.mentions),
                body: &e.body,
            }
        ),
        Commented::Edited(e) => update!(writes, COMMENTS [e.comment] {
            edited_at = recorded.metadata.occurred_at,
            revision = recorded.revision,
            language = e.language.as_ref().map(|language| language.as_str()),
            topics = topics(&e.topics),
            mentions = Value::ids(&e.mentions),
            body = &e.body,
        }),
        Commented::Removed(e) => update!(writes, COMMENTS [e.comment] { removed = true, body = Value::Null }),
    }
}

/// A comment. What was removed keeps its place, so that answers to it keep theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The post it stands below.
    pub post: PostId,
    /// The comment it answers, unless it answers the post.
    pub parent: Option<CommentId>,
    /// Who wrote it.
    pub author: MemberId,
    /// Where the post is, if in a community.
    pub community: Option<CommunityId>,
    /// When.
    pub added_at: Time,
    /// It was removed, or is hidden from the viewer: its text is not shown.
    pub removed: bool,
    /// When it was last edited, if ever.
    pub edited_at: Option<Time>,
    /// The revision of its text, on which an edit is based.
    pub revision: u64,
    /// The language it is written in, if said, as a BCP 47 tag.
    pub language: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// The text; nothing once it is removed, hidden from the viewer or gone.
    pub body: Option<String>,
}

impl Comment {
    /// The key of its place in its thread.
    pub fn key(&self) -> ByTime {
        (self.added_at, self.id.0)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Comment> {
    Ok(Comment {
        id: id(row, 0)?,
        post: id(row, 1)?,
        parent: maybe_id(row, 2)?,
        author: id(row, 3)?,
        community: maybe_id(row, 4)?,
        added_at: col(row, 5)?,
        removed: col(row, 6)?,
        edited_at: col(row, 7)?,
        revision: col(row, 8)?,
        language: col::<Option<String>>(row, 9)?,
        topics: read_topics(row, 10)?,
        mentions: ids(row, 11)?,
        body: col::<Option<String>>(row, 12)?,
    })
}

// Comments `c` that stand below posts `p` which the viewer `?1` may read. One that is hidden from them is as one that was
// removed.
macro_rules! comments_where {
    ($($more:expr),+) => {
        concat!(
            "SELECT c.comment, c.post, c.parent, c.author, c.community, c.added_at, c.removed OR NOT ",
            unhidden!("c.comment"),
            ", c.edited_at, c.revision, c.language, c.topics, c.mentions, CASE WHEN ",
            unhidden!("c.comment"),
            " THEN c.body END
                FROM comments c CROSS JOIN posts p ON p.post = c.post WHERE p.removed = 0 AND ",
            visible!("p", "post"),
            $($more),+
        )
    };
}

pub(crate) const ON_POST: List = List {
    select: comments_where!(" AND c.post = ?2 AND c.parent IS NULL"),
    key: "c.added_at, c.comment",
    descending: false,
};

/// Of each post, a page of the comments on the post itself, in the order they came.
pub fn on_posts(
    snapshot: &Snapshot,
    viewer: &Viewer,
    posts: &[PostId],
    paging: &Paging<ByTime>,
) -> Result<Vec<Page<Comment>>, Error> {
    ON_POST.pages(snapshot, (&[viewer.value()], &each(posts)), paging, read)
}

pub(crate) const ANSWERS: List = List {
    select: comments_where!(" AND c.post = ?2 AND c.parent = ?3"),
    key: "c.added_at, c.comment",
    descending: false,
};

/// Of each comment on a post, a page of the answers to it, in the order they came.
pub fn answers(
    snapshot: &Snapshot,
    viewer: &Viewer,
    comments: &[(PostId, CommentId)],
    paging: &Paging<ByTime>,
) -> Result<Vec<Page<Comment>>, Error> {
    let own: Vec<_> =
        comments.iter().map(|(post, comment)| vec![(*post).into(), (*comment).into()]).collect();
    ANSWERS.pages(snapshot, (&[viewer.value()], &own), paging, read)
}

/// Comments by their ids, in no order, without those on posts removed or not for the viewer.
pub fn by_ids(snapshot: &Snapshot, viewer: &Viewer, ids: &[CommentId]) -> Result<Vec<Comment>, Error> {
    let sql = comments_where!(" AND c.comment IN ({ids})");
    snapshot.by_ids(sql, &[viewer.value()], ids.iter().copied(), read)
}

#[cfg(test)]
mod tests;
