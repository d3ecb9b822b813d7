//! Feeds: what was published in a community, or to a member, the newest first. A page is one statement, and one more
//! where documents are among it.

use std::collections::HashMap;

use domain::id::{CommunityId, DocumentId, Item, MemberId};
use domain::time::Time;
use rusqlite::Row;

use crate::audience::{reads_in, unhidden};
use crate::contents;
use crate::documents::{self, Document};
use crate::list::{ByTime, List, each};
use crate::posts::{self, Post, post_columns};
use crate::value::{col, id, maybe_id};
use crate::{Error, Page, Paging, Snapshot, Viewer};

/// An entry of a feed.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A post.
    Post(Post),
    /// A document.
    Document(Document),
}

impl Entry {
    /// What it is.
    pub fn item(&self) -> Item {
        match self {
            Self::Post(post) => Item::Post(post.id),
            Self::Document(document) => Item::Document(document.id),
        }
    }

    /// Who published it.
    pub fn author(&self) -> MemberId {
        match self {
            Self::Post(post) => post.author,
            Self::Document(document) => document.author,
        }
    }

    /// When it was published.
    pub fn published_at(&self) -> Time {
        match self {
            Self::Post(post) => post.published_at,
            Self::Document(document) => document.published_at,
        }
    }

    /// The key of its place in the feed.
    pub fn key(&self) -> ByTime {
        (self.published_at(), self.item().id())
    }
}

pub(crate) const OF_COMMUNITY: List = List {
    select: concat!(
        "SELECT x.item, ",
        post_columns!(),
        " FROM contents x LEFT JOIN posts p ON p.post = x.item
            WHERE x.community = ?2 AND x.listed = 1 AND EXISTS (SELECT 1 FROM communities vc WHERE vc.community = ?2
            AND ",
        reads_in!("vc"),
        ") AND ",
        unhidden!("x.item")
    ),
    key: "x.published_at, x.item",
    descending: true,
};

/// Of each community, a page of its feed; empty for who may not read in it.
pub fn of_communities(
    snapshot: &Snapshot,
    viewer: &Viewer,
    communities: &[CommunityId],
    paging: &Paging<ByTime>,
) -> Result<Vec<Page<Entry>>, Error> {
    let pages = OF_COMMUNITY.pages(snapshot, (&[viewer.value()], &each(communities)), paging, read)?;
    with_documents(snapshot, viewer, pages)
}

pub(crate) const ADDRESSED: List = List {
    select: concat!(
        "SELECT a.item, ",
        post_columns!(),
        " FROM addressees a CROSS JOIN contents x ON x.item = a.item LEFT JOIN posts p ON p.post = x.item
            WHERE a.member = ?2 AND x.listed = 1 AND x.community IS NULL AND (?1 IS NULL OR ?1 = ?2 OR x.author = ?1)
            AND ",
        unhidden!("x.item")
    ),
    key: "a.published_at, a.item",
    descending: true,
};

/// What is addressed to a member: all of it for themselves, for others what they wrote to them.
pub fn addressed_to(
    snapshot: &Snapshot,
    viewer: &Viewer,
    member: MemberId,
    paging: &Paging<ByTime>,
) -> Result<Page<Entry>, Error> {
    let page = ADDRESSED.page(snapshot, &[viewer.value(), member.into()], paging, read)?;
    Ok(with_documents(snapshot, viewer, vec![page])?.into_iter().next().unwrap_or_default())
}

/// The entries with these ids that the viewer may read, in no order.
pub fn by_items(snapshot: &Snapshot, viewer: &Viewer, items: &[Item]) -> Result<Vec<Entry>, Error> {
    let posts: Vec<_> =
        items.iter().filter_map(|item| if let Item::Post(id) = item { Some(*id) } else { None }).collect();
    let documents: Vec<_> = items
        .iter()
        .filter_map(|item| if let Item::Document(id) = item { Some(*id) } else { None })
        .collect();
    let mut entries: Vec<_> = posts::by_ids(snapshot, viewer, &posts)?.into_iter().map(Entry::Post).collect();
    entries.extend(documents::by_ids(snapshot, viewer, &documents)?.into_iter().map(Entry::Document));
    Ok(entries)
}

/// A row as the first statement reads it: what is no post is a document.
struct Found {
    item: DocumentId,
    post: Option<Post>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Found> {
    let post = maybe_id::<uuid::Uuid>(row, 1)?.map(|_| posts::read(row, 1)).transpose()?;
    Ok(Found { item: id(row, 0)?, post })
}

fn with_documents(
    snapshot: &Snapshot,
    viewer: &Viewer,
    pages: Vec<Page<Found>>,
) -> Result<Vec<Page<Entry>>, Error> {
    let rows = pages.iter().flat_map(|page| &page.rows);
    let ids: Vec<DocumentId> = rows.filter(|found| found.post.is_none()).map(|found| found.item).collect();
    let documents = documents::by_ids(snapshot, viewer, &ids)?;
    let documents: HashMap<_, _> = documents.into_iter().map(|document| (document.id, document)).collect();
    let entry = |found: Found| match found.post {
        Some(post) => Some(Entry::Post(post)),
        None => documents.get(&found.item).cloned().map(Entry::Document),
    };
    let page =
        |page: Page<Found>| Page { rows: page.rows.into_iter().filter_map(entry).collect(), more: page.more };
    Ok(pages.into_iter().map(page).collect())
}

// The items `x` that the viewer `?1` may read.
macro_rules! readable_item {
    () => {
        concat!(
        "SELECT x.item, x.kind FROM contents x LEFT JOIN comments c ON x.kind = 1 AND c.comment = x.item
            JOIN contents root ON root.item = coalesce(c.post, x.item)
            WHERE (root.listed = 1 OR root.kind = 3) AND coalesce(c.removed, 0) = 0 AND (root.kind = 3 OR ",
        $crate::audience::visible!("root", "item"),
        ") AND ",
        $crate::audience::unhidden!("x.item")
        )
    };
}
pub(crate) use readable_item;

/// Which of these items the viewer may read, removed, withdrawn and hidden ones left out. A comment is for whoever may read
/// the post it stands below; ideas are for everybody.
pub fn readable(snapshot: &Snapshot, viewer: &Viewer, items: &[Item]) -> Result<Vec<Item>, Error> {
    const SQL: &str = concat!(readable_item!(), " AND x.item IN ({ids})");
    snapshot.by_ids(SQL, &[viewer.value()], items.iter().copied(), |row| {
        Ok(contents::item(col(row, 1)?, id(row, 0)?))
    })
}

#[cfg(test)]
mod tests;
