//! What people do with contents: comments, reactions, acknowledgements, views and shares, counted for each item, and
//! each member's own reaction and acknowledgement.

use domain::event::{Event, Recorded};
use domain::id::{Item, MemberId, PostId};
use domain::reaction::{self, Reaction};
use domain::time::Time;
use domain::{acknowledgement, comment, document, idea, post, seen};
use rusqlite::Row;
use uuid::Uuid;

use crate::list::{ById, List};
use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put, upsert};
use crate::value::{Value, col, id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static ENGAGEMENT: Table = Table {
    name: "engagement",
    key: &["item BLOB NOT NULL"],
    columns: &[
        "comments INTEGER NOT NULL DEFAULT 0",
        "likes INTEGER NOT NULL DEFAULT 0",
        "celebrations INTEGER NOT NULL DEFAULT 0",
        "thanks INTEGER NOT NULL DEFAULT 0",
        "useful INTEGER NOT NULL DEFAULT 0",
        "curious INTEGER NOT NULL DEFAULT 0",
        "supports INTEGER NOT NULL DEFAULT 0",
        "acknowledgements INTEGER NOT NULL DEFAULT 0",
        "views INTEGER NOT NULL DEFAULT 0",
        "shares INTEGER NOT NULL DEFAULT 0",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

static REACTIONS: Table = Table {
    name: "reactions",
    key: &["item BLOB NOT NULL", "member BLOB NOT NULL"],
    columns: &["community BLOB", "reaction INTEGER NOT NULL", "at INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

static ACKNOWLEDGEMENTS: Table = Table {
    name: "acknowledgements",
    key: &["post BLOB NOT NULL", "member BLOB NOT NULL"],
    columns: &["community BLOB", "at INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// Counts, reactions and acknowledgements.
pub static PROJECTION: Projection = Projection {
    name: "engagement",
    version: 1,
    tables: &[&ENGAGEMENT, &REACTIONS, &ACKNOWLEDGEMENTS],
    fold,
};

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let at = recorded.metadata.occurred_at;
    match &recorded.event {
        Event::Comment(comment::Event::Added(e)) => {
            commented(writes, e.post.0, 1);
            if let Some(parent) = e.parent {
                commented(writes, parent.0, 1);
            }
        }
        // A removed comment is counted no more below its post; below another comment its place stays.
        Event::Comment(comment::Event::Removed(e)) => commented(writes, e.post.0, -1),
        Event::Reaction(event) => fold_reaction(event, at, writes),
        Event::Acknowledgement(acknowledgement::Event::Given(e)) => {
            upsert!(writes, ENGAGEMENT [e.post] { acknowledgements += 1 });
            put!(writes, ACKNOWLEDGEMENTS { post: e.post, member: e.member, community: e.community, at: at });
        }
        Event::Seen(seen::Event::Viewed(e)) => upsert!(writes, ENGAGEMENT [e.item] { views += 1 }),
        Event::Post(post::Event::SharedOn(e)) => shared_on(writes, e.post.0),
        Event::Document(document::Event::SharedOn(e)) => shared_on(writes, e.document.0),
        Event::Idea(idea::Event::SharedOn(e)) => shared_on(writes, e.idea.0),
        _ => {}
    }
}

fn fold_reaction(event: &reaction::Event, at: Time, writes: &mut Writes) {
    match event {
        reaction::Event::Given(e) => {
            count(writes, e.item, e.reaction, 1);
            if let Some(was) = e.reaction_was {
                count(writes, e.item, was, -1);
            }
            put!(
                writes,
                REACTIONS {
                    item: e.item,
                    member: e.member,
                    community: e.community,
                    reaction: e.reaction as i64,
                    at: at,
                }
            );
        }
        reaction::Event::Withdrawn(e) => {
            count(writes, e.item, e.reaction_was, -1);
            delete!(writes, REACTIONS [e.item, e.member]);
        }
    }
}

fn commented(writes: &mut Writes, item: Uuid, by: i64) {
    upsert!(writes, ENGAGEMENT [item] { comments += by });
}

fn shared_on(writes: &mut Writes, item: Uuid) {
    upsert!(writes, ENGAGEMENT [item] { shares += 1 });
}

fn count(writes: &mut Writes, item: Item, reaction: Reaction, by: i64) {
    let place = const { ENGAGEMENT.place("likes") } + reaction as usize;
    writes.upsert(&ENGAGEMENT, [item.into()], [(place, Value::Plus(by))]);
}

/// Every reaction, in the order they are counted and kept.
pub const REACTIONS_IN_ORDER: [Reaction; 6] = [
    Reaction::Like,
    Reaction::Celebrate,
    Reaction::Thanks,
    Reaction::Useful,
    Reaction::Curious,
    Reaction::Support,
];

/// What people did with an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Engagement {
    /// Comments that stand below it; below a comment, its answers.
    pub comments: u64,
    /// Reactions that stand, by kind, in the order of [`REACTIONS_IN_ORDER`].
    pub reactions: [u64; 6],
    /// Acknowledgements, of an announcement.
    pub acknowledgements: u64,
    /// Members and days on which it was looked at.
    pub views: u64,
    /// How often it was passed on.
    pub shares: u64,
    /// The viewer's own reaction.
    pub own_reaction: Option<Reaction>,
    /// Whether the viewer acknowledged it.
    pub acknowledged: bool,
}

// Hidden comments do not count. What `?1` did is only looked for where somebody did it.
const BY_ITEMS: &str =
    "SELECT e.item, e.comments - (SELECT count(*) FROM hidden h JOIN comments hc ON hc.comment = h.item
        WHERE h.within = e.item AND hc.removed = 0), e.likes, e.celebrations, e.thanks, e.useful, e.curious, e.supports,
    e.acknowledgements, e.views, e.shares,
    CASE WHEN e.likes + e.celebrations + e.thanks + e.useful + e.curious + e.supports > 0
        THEN (SELECT r.reaction FROM reactions r WHERE r.item = e.item AND r.member = ?1) END,
    CASE WHEN e.acknowledgements > 0
        THEN (SELECT k.at FROM acknowledgements k WHERE k.post = e.item AND k.member = ?1) END
    FROM engagement e WHERE e.item IN ({ids})";

/// What people did with items that the viewer may read (the caller has read them), in no order; those with which
/// nobody did anything are left out.
pub fn by_items(
    snapshot: &Snapshot,
    viewer: &Viewer,
    items: &[Uuid],
) -> Result<Vec<(Uuid, Engagement)>, Error> {
    snapshot.by_ids(BY_ITEMS, &[viewer.value()], items.iter().copied(), |row| Ok((id(row, 0)?, read(row)?)))
}

fn read(row: &Row<'_>) -> rusqlite::Result<Engagement> {
    let count = |place: usize| col::<i64>(row, place).map(|n| n.max(0).cast_unsigned());
    let mut reactions = [0; 6];
    for (place, reaction) in reactions.iter_mut().enumerate() {
        *reaction = count(2 + place)?;
    }
    Ok(Engagement {
        comments: count(1)?,
        reactions,
        acknowledgements: count(8)?,
        views: count(9)?,
        shares: count(10)?,
        own_reaction: col::<Option<i64>>(row, 11)?.and_then(kind),
        acknowledged: col::<Option<i64>>(row, 12)?.is_some(),
    })
}

fn kind(code: i64) -> Option<Reaction> {
    usize::try_from(code).ok().and_then(|code| REACTIONS_IN_ORDER.get(code)).copied()
}

/// A reaction of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reacted {
    /// Who.
    pub member: MemberId,
    /// How.
    pub reaction: Reaction,
    /// Since when.
    pub at: Time,
}

const REACTIONS_TO: List = List {
    select: "SELECT member, reaction, at FROM reactions WHERE item = ?1",
    key: "member",
    descending: false,
};

/// Who reacted to an item that the viewer may read (the caller has read it), and how, by member id.
pub fn reactions_to(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    item: Item,
    paging: &Paging<ById>,
) -> Result<Page<Reacted>, Error> {
    REACTIONS_TO.page(snapshot, &[item.into()], paging, |row| {
        let reaction = kind(col(row, 1)?).unwrap_or_default();
        Ok(Reacted { member: id(row, 0)?, reaction, at: col(row, 2)? })
    })
}

const ACKNOWLEDGED: List = List {
    select: "SELECT member, at FROM acknowledgements WHERE post = ?1",
    key: "member",
    descending: false,
};

/// Who acknowledged an announcement that the viewer may read (the caller has read it), and when, by member id.
pub fn acknowledgements_of(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    post: PostId,
    paging: &Paging<ById>,
) -> Result<Page<(MemberId, Time)>, Error> {
    ACKNOWLEDGED.page(snapshot, &[post.into()], paging, |row| Ok((id(row, 0)?, col(row, 1)?)))
}

#[cfg(test)]
mod tests;
