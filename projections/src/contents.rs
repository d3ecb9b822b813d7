//! Every content in one narrow table: what it is, whose, for whom and since when. The feed is its index; figures
//! look up in it to which department a content belongs.

use domain::audience::Audience;
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, Item, MemberId};
use domain::{comment, document, idea, post};
use uuid::Uuid;

use crate::projection::Projection;
use crate::table::{Layout, Table, put, update};
use crate::value::Value;
use crate::writes::{Statement, Writes};

// `community` is where it is for everybody who may read there; without one it is for its addressees (posts, documents
// and comments on them) or for everybody (ideas). `listed` is 1 while it stands in feeds.
static CONTENTS: Table = Table {
    name: "contents",
    key: &["item BLOB NOT NULL"],
    columns: &[
        "kind INTEGER NOT NULL",
        "author BLOB NOT NULL",
        "department BLOB",
        "community BLOB",
        "published_at INTEGER NOT NULL",
        "published_on INTEGER NOT NULL",
        "listed INTEGER NOT NULL",
    ],
    layout: Layout::Clustered,
    also: &["CREATE INDEX contents_feed ON contents(community, published_at, item, kind) WHERE listed = 1"],
    looked_up: &[],
};

static ADDRESSEES: Table = Table {
    name: "addressees",
    key: &["member BLOB NOT NULL", "published_at INTEGER NOT NULL", "item BLOB NOT NULL"],
    columns: &[],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// Looks up on which local day an item was published, in place of the item; the first day there is where it is not known.
pub(crate) const PUBLISHED_ON: &str = "coalesce((SELECT published_on FROM contents WHERE item = ?), -719162)";

/// Contents and their addressees.
pub static PROJECTION: Projection =
    Projection { name: "contents", version: 2, tables: &[&CONTENTS, &ADDRESSEES], fold };

static UNADDRESS: Statement = Statement {
    name: "unaddress",
    sql: &["DELETE FROM addressees WHERE member = ?1 AND item = ?2
        AND published_at = (SELECT published_at FROM contents WHERE item = ?2)"],
};

static ADDRESS: Statement = Statement {
    name: "address",
    sql: &["INSERT INTO addressees (member, published_at, item)
        SELECT ?1, published_at, item FROM contents WHERE item = ?2 ON CONFLICT DO NOTHING"],
};

/// The kinds of contents, as they are kept.
const POST: i64 = 0;
const COMMENT: i64 = 1;
const DOCUMENT: i64 = 2;
const IDEA: i64 = 3;

/// The kind of an item, as it is kept.
pub(crate) fn kind(item: Item) -> i64 {
    match item {
        Item::Post(_) => POST,
        Item::Comment(_) => COMMENT,
        Item::Document(_) => DOCUMENT,
        Item::Idea(_) => IDEA,
    }
}

/// An item of a kind that was kept.
pub(crate) fn item(kind: i64, id: Uuid) -> Item {
    match kind {
        POST => Item::Post(id.into()),
        COMMENT => Item::Comment(id.into()),
        DOCUMENT => Item::Document(id.into()),
        _ => Item::Idea(id.into()),
    }
}

fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Post(post::Event::Published(e)) => {
            content(recorded, writes, Item::Post(e.post), (e.author, e.audience.community()));
            addressed(recorded, writes, e.post.0, &e.audience);
        }
        Event::Post(post::Event::Removed(e)) => unlist(writes, e.post.0),
        Event::Comment(comment::Event::Added(e)) => {
            content(recorded, writes, Item::Comment(e.comment), (e.author, e.community));
        }
        Event::Document(document::Event::Shared(e)) => {
            content(recorded, writes, Item::Document(e.document), (e.author, e.audience.community()));
            addressed(recorded, writes, e.document.0, &e.audience);
        }
        Event::Document(document::Event::Moved(e)) => {
            update!(writes, CONTENTS [e.document] { community = e.audience.community() });
            if let Audience::Members(members) = &e.audience_was {
                for member in members {
                    writes.execute(&UNADDRESS, [(*member).into(), e.document.into()]);
                }
            }
            if let Audience::Members(members) = &e.audience {
                for member in members {
                    writes.execute(&ADDRESS, [(*member).into(), e.document.into()]);
                }
            }
        }
        Event::Document(document::Event::Withdrawn(e)) => unlist(writes, e.document.0),
        Event::Idea(idea::Event::Submitted(e)) => {
            content(recorded, writes, Item::Idea(e.idea), (e.author, None));
        }
        _ => {}
    }
}

fn content(
    recorded: &Recorded,
    writes: &mut Writes,
    item: Item,
    (author, community): (MemberId, Option<CommunityId>),
) {
    let listed = matches!(item, Item::Post(_) | Item::Document(_));
    put!(
        writes,
        CONTENTS {
            item: item,
            kind: kind(item),
            author: author,
            department: recorded.metadata.department,
            community: community,
            published_at: recorded.metadata.occurred_at,
            published_on: recorded.metadata.local_day,
            listed: listed,
        }
    );
}

fn addressed(recorded: &Recorded, writes: &mut Writes, item: Uuid, audience: &Audience) {
    let Audience::Members(members) = audience else { return };
    for member in members {
        put!(writes, ADDRESSEES { member: *member, published_at: recorded.metadata.occurred_at, item: item });
    }
}

fn unlist(writes: &mut Writes, item: Uuid) {
    update!(writes, CONTENTS [item] { listed = Value::Int(0) });
}

#[cfg(test)]
mod tests;
