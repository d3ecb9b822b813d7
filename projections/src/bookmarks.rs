//! Bookmarks: what a member keeps, for that member alone.

use domain::bookmark::Event as Bookmarked;
use domain::event::{Event, Recorded};
use domain::id::Item;
use domain::time::Time;
use uuid::Uuid;

use crate::contents;
use crate::feed::readable_item;
use crate::list::{ByTime, List};
use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put};
use crate::value::{col, id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static BOOKMARKS: Table = Table {
    name: "bookmarks",
    key: &["member BLOB NOT NULL", "item BLOB NOT NULL"],
    columns: &["kind INTEGER NOT NULL", "at INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &["CREATE INDEX bookmarks_by_time ON bookmarks(member, at, item, kind)"],
    looked_up: &[],
};

/// Bookmarks.
pub static PROJECTION: Projection = Projection { name: "bookmarks", version: 1, tables: &[&BOOKMARKS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Bookmark(event) = &recorded.event else { return };
    // What was kept by somebody who is forgotten is kept by nobody.
    match event {
        Bookmarked::Kept(e) => {
            if let Some(item) = e.item.open().copied() {
                let (kind, at) = (contents::kind(item), recorded.metadata.occurred_at);
                put!(writes, BOOKMARKS { member: e.member, item: item, kind: kind, at: at });
            }
        }
        Bookmarked::Dropped(e) => {
            if let Some(item) = e.item.open().copied() {
                delete!(writes, BOOKMARKS[e.member, item]);
            }
        }
    }
}

/// Something that a member keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// What.
    pub item: Item,
    /// Since when.
    pub at: Time,
}

impl Bookmark {
    /// The key of its place in the list of bookmarks.
    pub fn key(&self) -> ByTime {
        (self.at, self.item.id())
    }
}

pub(crate) const OWN: List = List {
    select: concat!(
        "SELECT b.kind, b.item, b.at FROM bookmarks b WHERE b.member = ?1 AND EXISTS (",
        readable_item!(),
        " AND x.item = b.item)"
    ),
    key: "b.at, b.item",
    descending: true,
};

/// What the viewer keeps and may still read, the newest first.
pub fn own(snapshot: &Snapshot, viewer: &Viewer, paging: &Paging<ByTime>) -> Result<Page<Bookmark>, Error> {
    OWN.page(snapshot, &[viewer.value()], paging, |row| {
        Ok(Bookmark { item: contents::item(col(row, 0)?, id(row, 1)?), at: col(row, 2)? })
    })
}

/// Which of these items the viewer keeps.
pub fn kept(snapshot: &Snapshot, viewer: &Viewer, items: &[Uuid]) -> Result<Vec<(Uuid, ())>, Error> {
    let sql = "SELECT item FROM bookmarks WHERE member = ?1 AND item IN ({ids})";
    snapshot.by_ids(sql, &[viewer.value()], items.iter().copied(), |row| Ok((id(row, 0)?, ())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batches::{commented, given, hidden, published, submitted};
    use crate::given::{assert_indexed, comment, community, history, idea, member, post};
    use domain::audience::Audience;
    use domain::bookmark::{Dropped, Kept};
    use domain::sealed::Sealed;

    fn keeps(item: Item) -> Kept {
        Kept { member: member(5), item: item.into() }
    }

    #[test]
    fn each_event_writes_unless_its_item_is_gone() {
        let item = Item::Idea(idea(1));
        let given = history().and(keeps(item)).and(Dropped { member: member(5), item: item.into() });
        let gone = Kept { member: member(5), item: Sealed::Gone };
        let given = given.and(gone).and(Dropped { member: member(5), item: Sealed::Gone });
        insta::assert_snapshot!(given.writes(&PROJECTION), @r"
        put bookmarks member=2:5 item=8:1 kind=3 at=1700000001000000
        delete bookmarks member=2:5 item=8:1
        ");
    }

    #[test]
    fn a_member_finds_what_they_keep_the_newest_first_and_nobody_else_does() {
        let items =
            [Item::Post(post(1)), Item::Comment(comment(1)), Item::Idea(idea(1)), Item::Post(post(2))];
        let here = || Audience::Community(community(1));
        let given = given().and(published(1, here(), Sealed::Gone)).and(published(2, here(), Sealed::Gone));
        let given = given.and(commented(1, 1, None)).and(submitted(1));
        let given = items.into_iter().fold(given, |given, item| given.and(keeps(item)));
        let of = |history: &crate::given::History, n| {
            let page = own(&history.snapshot(), &Viewer::Member(member(n)), &Paging::first(9)).unwrap();
            page.rows.into_iter().map(|bookmark| bookmark.item).collect::<Vec<_>>()
        };
        assert_eq!(of(&given, 5), [items[3], items[2], items[1], items[0]]);
        assert_eq!(of(&given, 4), []);
        let hidden = given.and(hidden(items[0], None));
        assert_eq!(of(&hidden, 5), [items[3], items[2]], "nor what is hidden from them, with all below it");
        assert_eq!(
            kept(&hidden.snapshot(), &Viewer::Member(member(5)), &[post(2).0, idea(9).0]).unwrap(),
            [(post(2).0, ())]
        );
    }

    #[test]
    fn the_list_is_read_by_its_index() {
        assert_indexed(&given().snapshot(), &OWN.sql(1, 2, false));
    }
}
