//! Notifications: what concerns one member among everything, the newest first. Everybody's own.
//!
//! What concerns few is a row for each of them, written as it happens. What concerns a whole community, its
//! announcements, is not written to ten thousand inboxes: each member's list is merged from their rows and from the
//! announcements of the communities they are in, as in the personal feed. A notification is there while what it is
//! about is, while its member may read that, and while there is something to decide.

mod rows;

use domain::id::{CommunityId, Item, MemberId, NotificationId};
use domain::notification::Kind;
use domain::time::Time;
use rusqlite::Row;
use uuid::Uuid;

pub use rows::concerning;

use crate::audience::{inside, unhidden, visible};
use crate::contents;
use crate::list::{ByTime, List, Lists, heads};
use crate::preferences::kind;
use crate::projection::Projection;
use crate::reading::{UNREAD_COUNTED, Unread};
use crate::table::{Layout, Table};
use crate::value::{Value, col, id, maybe_id};
use crate::{Error, Page, Paging, Snapshot, Viewer};

// `item` is a content, or a community; `actor` who caused it. An event tells one member of one thing at most.
static NOTIFICATIONS: Table = Table {
    name: "notifications",
    key: &["member BLOB NOT NULL", "at INTEGER NOT NULL", "notification BLOB NOT NULL"],
    columns: &["kind INTEGER NOT NULL", "item BLOB NOT NULL", "actor BLOB"],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX notifications_by_id ON notifications(notification, member)",
        "CREATE INDEX notifications_by_item ON notifications(member, item, kind)",
        "CREATE INDEX notifications_by_time ON notifications(at, member)",
        "CREATE INDEX posts_announced ON posts(community, published_at, post) WHERE kind = 2",
    ],
    looked_up: &[],
};

/// Notifications of one member each.
pub static PROJECTION: Projection =
    Projection { name: "notifications", version: 2, tables: &[&NOTIFICATIONS], fold: rows::fold };

// Whether a notification with this id and time was read by `?1`.
macro_rules! was_read {
    ($id:literal, $at:literal) => {
        concat!(
            "(",
            $at,
            " <= ifnull((SELECT r.up_to FROM read_up_to r WHERE r.member = ?1
                AND r.feed = x'00000000000000000000000000000002'), -9223372036854775808)
                OR EXISTS (SELECT 1 FROM notifications_read d WHERE d.member = ?1 AND d.notification = ",
            $id,
            "))"
        )
    };
}

// Whether `?1` has acknowledged a post.
macro_rules! acknowledged {
    ($post:literal) => {
        concat!("EXISTS (SELECT 1 FROM acknowledgements k WHERE k.post = ", $post, " AND k.member = ?1)")
    };
}

// Whether `?1` does not want to see a kind among their notifications.
macro_rules! unwanted {
    ($kind:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM notification_preferences f WHERE f.member = ?1 AND f.kind = ",
            $kind,
            " AND f.inbox = 0)"
        )
    };
}

// Rows `n` of `?2` about what is still there, may be read by `?1`, and is still to be decided where it is that. Kinds
// 4 to 6 are about communities: an invitation, a request to decide, a request decided.
macro_rules! own {
    ($($more:expr),*) => {
        concat!(
            "SELECT n.notification, n.at, n.kind, n.item, n.actor, x.kind, (",
            was_read!("n.notification", "n.at"),
            " OR n.kind = 7 AND ",
            acknowledged!("n.item"),
            ") FROM notifications n LEFT JOIN contents x ON x.item = n.item
                LEFT JOIN comments c ON x.kind = 1 AND c.comment = x.item
                LEFT JOIN contents root ON root.item = coalesce(c.post, x.item)
                LEFT JOIN communities g ON g.community = n.item
                LEFT JOIN memberships v ON v.community = n.item AND v.member = ?1
                WHERE n.member = ?2 AND n.member = ?1 AND CASE n.kind
                WHEN 4 THEN v.standing = 2 AND v.since = n.at
                WHEN 5 THEN (v.moderator = 1 OR v.leads > 0) AND EXISTS (SELECT 1 FROM memberships q
                    WHERE q.community = n.item AND q.member = n.actor AND q.standing = 1 AND q.since = n.at)
                WHEN 6 THEN g.access <> 2 OR ",
            inside!("v"),
            " ELSE (n.kind <> 0 OR EXISTS (SELECT 1 FROM mentioned t WHERE t.item = n.item AND t.member = ?1))
                    AND (root.listed = 1 OR root.kind = 3) AND coalesce(c.removed, 0) = 0 AND (root.kind = 3 OR ",
            visible!("root", "item"),
            ") AND ",
            unhidden!("n.item"),
            " END",
            $($more),*
        )
    };
}

// Announcements of others in communities that `?1` is in, made since they came in.
macro_rules! announced {
    ($from:literal $(, $more:expr)*) => {
        concat!(
            "SELECT p.post, p.published_at, 7, p.post, p.author, 0, (",
            was_read!("p.post", "p.published_at"),
            " OR ",
            acknowledged!("p.post"),
            ") FROM ",
            $from,
            " CROSS JOIN contents x ON x.item = p.post
                WHERE v.member = ?1 AND ",
            inside!("v"),
            " AND p.kind = 2
                AND x.listed = 1 AND p.author <> ?1 AND p.published_at >= v.since AND ",
            unhidden!("p.post"),
            $($more),*
        )
    };
}

pub(crate) const OWN: List =
    List { select: own!(" AND NOT ", unwanted!("n.kind")), key: "n.at, n.notification", descending: true };
pub(crate) const OWN_UNREAD: List = List {
    select: own!(
        " AND NOT ",
        unwanted!("n.kind"),
        " AND NOT ",
        was_read!("n.notification", "n.at"),
        " AND NOT (n.kind = 7 AND ",
        acknowledged!("n.item"),
        ")"
    ),
    key: "n.at, n.notification",
    descending: true,
};
/// Unread ones, wanted in the inbox or not: for mails.
pub(crate) const OWN_UNTOLD: List = List {
    select: own!(
        " AND NOT ",
        was_read!("n.notification", "n.at"),
        " AND NOT (n.kind = 7 AND ",
        acknowledged!("n.item"),
        ")"
    ),
    key: "n.at, n.notification",
    descending: true,
};
pub(crate) const ANNOUNCED: List = List {
    select: announced!(
        "memberships v CROSS JOIN posts p ON v.community = ?2 AND p.community = ?2",
        " AND NOT ",
        unwanted!("7")
    ),
    key: "p.published_at, p.post",
    descending: true,
};
pub(crate) const ANNOUNCED_UNREAD: List = List {
    select: announced!(
        "memberships v CROSS JOIN posts p ON v.community = ?2 AND p.community = ?2",
        " AND NOT ",
        unwanted!("7"),
        " AND NOT ",
        was_read!("p.post", "p.published_at"),
        " AND NOT ",
        acknowledged!("p.post")
    ),
    key: "p.published_at, p.post",
    descending: true,
};
pub(crate) const ANNOUNCED_UNTOLD: List = List {
    select: announced!(
        "memberships v CROSS JOIN posts p ON v.community = ?2 AND p.community = ?2",
        " AND NOT ",
        was_read!("p.post", "p.published_at"),
        " AND NOT ",
        acknowledged!("p.post")
    ),
    key: "p.published_at, p.post",
    descending: true,
};

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A content.
    Item(Item),
    /// A community.
    Community(CommunityId),
}

/// A notification of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Its id: that of the event that caused it, or of the post that announces. It means something to its member
    /// alone.
    pub id: NotificationId,
    /// Of which kind.
    pub kind: Kind,
    /// About what.
    pub about: About,
    /// Who caused it, if it was a person.
    pub by: Option<MemberId>,
    /// When.
    pub at: Time,
    /// It was read, or acknowledged.
    pub read: bool,
}

impl Notification {
    /// The key of its place in the list.
    pub fn key(&self) -> ByTime {
        (self.at, self.id.0)
    }
}

/// Which notifications.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All that are wanted in the inbox.
    #[default]
    All,
    /// Those of them that were not read.
    Unread,
    /// Whatever was not read, wanted in the inbox or not.
    Untold,
}

/// A page of the viewer's own notifications, in two statements; empty for anybody but a member.
pub fn of_viewer(
    snapshot: &Snapshot,
    viewer: &Viewer,
    which: Which,
    paging: &Paging<ByTime>,
) -> Result<Page<Notification>, Error> {
    const INSIDE: &str =
        concat!("SELECT community FROM memberships m WHERE m.member = ?1 AND ", inside!("m"));
    let Some(member) = viewer.member() else { return Ok(Page::default()) };
    let communities = snapshot.rows(INSIDE, &[member.into()], |row| id::<CommunityId>(row, 0))?;
    let (own, announced): (&'static List, &'static List) = match which {
        Which::All => (&OWN, &ANNOUNCED),
        Which::Unread => (&OWN_UNREAD, &ANNOUNCED_UNREAD),
        Which::Untold => (&OWN_UNTOLD, &ANNOUNCED_UNTOLD),
    };
    let lists: [Lists; 2] =
        [(own, vec![member.into()]), (announced, communities.into_iter().map(Value::from).collect())];
    let mut rows: Vec<_> = heads(snapshot, &member.into(), &lists, paging, read)?
        .into_iter()
        .filter_map(|(_, _, notification)| notification)
        .collect();
    rows.sort_unstable_by_key(|row| std::cmp::Reverse(row.key()));
    let (count, from_end) = paging.take.rows();
    let beyond = rows.len().saturating_sub(count);
    let rows = rows.into_iter().skip(if from_end { beyond } else { 0 }).take(count).collect();
    Ok(Page { rows, more: beyond > 0 })
}

/// How many of their notifications the viewer has not read.
pub fn unread(snapshot: &Snapshot, viewer: &Viewer) -> Result<Unread, Error> {
    let page = of_viewer(snapshot, viewer, Which::Unread, &Paging::first(UNREAD_COUNTED + 1))?;
    Ok(Unread::of(page.rows.len() as u64))
}

/// The viewer's own notifications with these ids, in no order: nothing of anybody else's.
pub fn by_ids(
    snapshot: &Snapshot,
    viewer: &Viewer,
    ids: &[NotificationId],
) -> Result<Vec<Notification>, Error> {
    const OWN: &str = own!(" AND NOT ", unwanted!("n.kind"), " AND n.notification IN ({ids})");
    const ANNOUNCED: &str = announced!(
        "posts p CROSS JOIN memberships v ON v.community = p.community",
        " AND NOT ",
        unwanted!("7"),
        " AND p.post IN ({ids})"
    );
    let Some(member) = viewer.member() else { return Ok(vec![]) };
    let own = snapshot.by_ids(OWN, &[member.into(), member.into()], ids.iter().copied(), read)?;
    let announced = snapshot.by_ids(ANNOUNCED, &[member.into()], ids.iter().copied(), read)?;
    let mut found: Vec<_> = own.into_iter().chain(announced).flatten().collect();
    // The last of few ids is asked for several times.
    found.sort_unstable_by_key(Notification::key);
    found.dedup();
    Ok(found)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Option<Notification>> {
    let Some(kind) = kind(col(row, 2)?) else { return Ok(None) };
    let about: Uuid = id(row, 3)?;
    let about = match col::<Option<i64>>(row, 5)? {
        None => About::Community(about.into()),
        Some(kind) => About::Item(contents::item(kind, about)),
    };
    Ok(Some(Notification {
        id: id(row, 0)?,
        kind,
        about,
        by: maybe_id(row, 4)?,
        at: col(row, 1)?,
        read: col(row, 6)?,
    }))
}

#[cfg(test)]
mod tests;
