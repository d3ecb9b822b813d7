//! The personal feed: what is in the communities that somebody is in, what the people they follow write and what is
//! about the topics they follow, what is addressed to them and what mentions them, the newest first, each thing once,
//! with every reason why it is there.
//!
//! Nothing is written for it. A page is merged from the heads of one list for each community, person and topic, and
//! of the two lists of what is addressed to somebody and mentions them, each of them an index. So it costs what
//! somebody follows and nothing for the length of the history, a post costs the same whoever may read it, and what is
//! joined, left, followed, opened or closed counts with the next page. What people followed write in communities that
//! are closed is found in those that the reader is in; elsewhere it is not for them.

use std::collections::{BTreeMap, HashMap};

use domain::follow::Followed;
use domain::id::{CommunityId, Item, MemberId};
use domain::reading::Feed;
use domain::time::Time;
use rusqlite::Row;
use uuid::Uuid;

use crate::audience::{inside, unhidden, visible};
use crate::contents;
use crate::list::{ByTime, List, Lists, heads};
use crate::paging::Take;
use crate::reading::{UNREAD_COUNTED, Unread, up_to};
use crate::value::{Value, col, id};
use crate::{Error, Page, Paging, Snapshot, Viewer};

pub(crate) const IN_COMMUNITY: List = List {
    select: concat!(
        "SELECT x.item, x.kind, x.published_at, x.author FROM contents x
            WHERE x.community = ?2 AND x.listed = 1 AND ",
        unhidden!("x.item")
    ),
    key: "x.published_at, x.item",
    descending: true,
};

pub(crate) const ON_TRAIL: List = List {
    select: concat!(
        "SELECT x.item, x.kind, x.published_at, x.author FROM trails t CROSS JOIN contents x ON x.item = t.item
            WHERE t.source = ?2 AND t.open = 1 AND (x.listed = 1 OR x.kind = 3) AND ",
        unhidden!("x.item")
    ),
    key: "t.published_at, t.item",
    descending: true,
};

pub(crate) const ADDRESSED: List = List {
    select:
        "SELECT x.item, x.kind, x.published_at, x.author FROM addressees a
        CROSS JOIN contents x ON x.item = a.item WHERE a.member = ?2 AND x.listed = 1 AND x.community IS NULL",
    key: "a.published_at, a.item",
    descending: true,
};

pub(crate) const MENTIONING: List = List {
    select: concat!(
        "SELECT x.item, x.kind, x.published_at, x.author FROM mentioned n CROSS JOIN contents x ON x.item = n.item
            LEFT JOIN comments c ON x.kind = 1 AND c.comment = x.item
            CROSS JOIN contents root ON root.item = coalesce(c.post, x.item)
            WHERE n.member = ?2 AND (root.listed = 1 OR root.kind = 3) AND coalesce(c.removed, 0) = 0
            AND (root.kind = 3 OR ",
        visible!("root", "item"),
        ") AND ",
        unhidden!("x.item")
    ),
    key: "n.published_at, n.item",
    descending: true,
};

/// Why something is in somebody's feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// They are in the community it is in.
    Community(CommunityId),
    /// They follow who wrote it, or what it is about.
    Followed(Followed),
    /// It is addressed to them.
    Addressed,
    /// It mentions them.
    Mentioned,
}

/// An entry of a personal feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What.
    pub item: Item,
    /// When it was published.
    pub published_at: Time,
    /// Who wrote it.
    pub author: MemberId,
    /// Why it is there: at least one reason.
    pub reasons: Vec<Reason>,
}

impl Entry {
    /// The key of its place in the feed.
    pub fn key(&self) -> ByTime {
        (self.published_at, self.item.id())
    }
}

/// What leads to somebody's feed.
#[derive(Debug, Default)]
struct Interests {
    communities: Vec<CommunityId>,
    followed: HashMap<Uuid, Followed>,
}

impl Interests {
    fn of(snapshot: &Snapshot, member: MemberId) -> Result<Self, Error> {
        const SQL: &str = concat!(
            "SELECT 0, m.community, NULL FROM memberships m WHERE m.member = ?1 AND ",
            inside!("m"),
            " UNION ALL SELECT 1, f.followed, f.topic FROM follows f WHERE f.member = ?1"
        );
        let mut interests = Self::default();
        snapshot.rows(SQL, &[member.into()], |row| {
            let source: Uuid = id(row, 1)?;
            if col::<i64>(row, 0)? == 0 {
                interests.communities.push(CommunityId(source));
                return Ok(());
            }
            let topic = col::<Option<String>>(row, 2)?.and_then(|word| word.parse().ok());
            let followed = topic.map_or(Followed::Member(MemberId(source)), Followed::Topic);
            interests.followed.insert(source, followed);
            Ok(())
        })?;
        Ok(interests)
    }

    /// The lists to be merged: in this order reasons are told from their kinds.
    fn lists(&self, member: MemberId) -> [Lists; 4] {
        let followed = self.followed.keys().map(|source| Value::Id(*source)).collect();
        [
            (&IN_COMMUNITY, self.communities.iter().map(|community| Value::from(*community)).collect()),
            (&ON_TRAIL, followed),
            (&ADDRESSED, vec![member.into()]),
            (&MENTIONING, vec![member.into()]),
        ]
    }
}

/// A page of the viewer's own feed, in three statements; empty for anybody but a member.
pub fn of_viewer(
    snapshot: &Snapshot,
    viewer: &Viewer,
    paging: &Paging<ByTime>,
) -> Result<Page<Entry>, Error> {
    let Some(member) = viewer.member() else { return Ok(Page::default()) };
    let interests = Interests::of(snapshot, member)?;
    let mut page = merged(snapshot, member, &interests, paging)?;
    add_followed(snapshot, &interests, &mut page.rows)?;
    Ok(page)
}

/// How much of the viewer's own feed they have not read: what others published since they marked it, counted as far
/// as it can matter.
pub fn unread(snapshot: &Snapshot, viewer: &Viewer) -> Result<Unread, Error> {
    let Some(member) = viewer.member() else { return Ok(Unread::default()) };
    // Behind everything of the same moment.
    let mark = up_to(snapshot, viewer, Feed::Personal)?.map(|up_to| (up_to, Uuid::max()));
    let newer = Paging { after: None, before: mark, take: Take::First(UNREAD_COUNTED + 1) };
    let page = merged(snapshot, member, &Interests::of(snapshot, member)?, &newer)?;
    let of_others = page.rows.iter().filter(|entry| entry.author != member).count();
    let unread = Unread::of(of_others as u64);
    Ok(Unread { more: unread.more || page.more, ..unread })
}

/// The heads of all lists as one. Whatever is on the page is among the heads of every list that has it: what stands
/// before it there stands before it here.
fn merged(
    snapshot: &Snapshot,
    member: MemberId,
    interests: &Interests,
    paging: &Paging<ByTime>,
) -> Result<Page<Entry>, Error> {
    let mut entries: BTreeMap<ByTime, Entry> = BTreeMap::new();
    for (kind, of, entry) in heads(snapshot, &member.into(), &interests.lists(member), paging, read)? {
        let entry = entries.entry(entry.key()).or_insert(entry);
        match kind {
            0 => entry.reasons.extend(interests.communities.get(of).map(|id| Reason::Community(*id))),
            2 => entry.reasons.push(Reason::Addressed),
            3 => entry.reasons.push(Reason::Mentioned),
            _ => {}
        }
    }
    let (count, from_end) = paging.take.rows();
    let beyond = entries.len().saturating_sub(count);
    let newest_first = entries.into_values().rev();
    let rows = newest_first.skip(if from_end { beyond } else { 0 }).take(count).collect();
    Ok(Page { rows, more: beyond > 0 })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let item = contents::item(col(row, 1)?, id(row, 0)?);
    Ok(Entry { item, published_at: col(row, 2)?, author: id(row, 3)?, reasons: vec![] })
}

/// Whoever and whatever is followed of the trails that lead to the entries, also to those found in a community.
fn add_followed(snapshot: &Snapshot, interests: &Interests, entries: &mut [Entry]) -> Result<(), Error> {
    const SQL: &str = "SELECT item, source FROM trails WHERE item IN ({ids})";
    if interests.followed.is_empty() {
        return Ok(());
    }
    let items: HashMap<Uuid, usize> =
        entries.iter().enumerate().map(|(n, entry)| (entry.item.id(), n)).collect();
    let mut leads: Vec<(Uuid, Uuid)> =
        snapshot.by_ids(SQL, &[], items.keys().copied(), |row| Ok((id(row, 0)?, id(row, 1)?)))?;
    leads.sort_unstable();
    // The last of few ids is asked for several times.
    leads.dedup();
    for (item, source) in leads {
        if let (Some(n), Some(followed)) = (items.get(&item), interests.followed.get(&source)) {
            entries[*n].reasons.push(Reason::Followed(followed.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
