//! Trails: contents by who wrote them and by what they are about, and whom they mention. What somebody follows leads
//! along them to the contents.

use domain::audience::Audience;
use domain::event::{Event, Recorded};
use domain::follow::topic_id;
use domain::id::{CommunityId, Item, MemberId};
use domain::words::Topic;
use domain::{comment, document, idea, post};

use crate::projection::Projection;
use crate::table::{Layout, Table, put};
use crate::value::Value;
use crate::writes::{Statement, Writes};

// `source` is the author, or the id of a topic. `open` is 1 where everybody may read: ideas, and whatever is in an
// open community. It reads `communities.access`, which changes; the trigger carries each change to the rows there
// are, so that it always is what stands there, whatever the size of batches.
static TRAILS: Table = Table {
    name: "trails",
    key: &["source BLOB NOT NULL", "published_at INTEGER NOT NULL", "item BLOB NOT NULL"],
    columns: &["community BLOB", "open INTEGER"],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX trails_open ON trails(source, published_at, item) WHERE open = 1",
        "CREATE INDEX trails_by_item ON trails(item, source)",
        "CREATE INDEX trails_by_community ON trails(community) WHERE community IS NOT NULL",
        "CREATE TRIGGER trails_opened AFTER UPDATE OF access ON communities WHEN (OLD.access = 0) <> (NEW.access = 0)
            BEGIN UPDATE trails SET open = (NEW.access = 0) WHERE community = NEW.community; END",
    ],
    looked_up: &[(
        "open",
        "(SELECT CASE WHEN typeof(place) = 'integer' THEN place
            ELSE (SELECT access = 0 FROM communities WHERE community = place) END FROM (SELECT ? AS place))",
    )],
};

static MENTIONED: Table = Table {
    name: "mentioned",
    key: &["member BLOB NOT NULL", "published_at INTEGER NOT NULL", "item BLOB NOT NULL"],
    columns: &[],
    layout: Layout::Clustered,
    also: &["CREATE INDEX mentioned_by_item ON mentioned(item)"],
    looked_up: &[],
};

/// Contents by author and topic, and by whom they mention.
pub static PROJECTION: Projection =
    Projection { name: "trails", version: 1, tables: &[&TRAILS, &MENTIONED], fold };

static RETRAIL: Statement = Statement {
    name: "retrail",
    sql: &["DELETE FROM trails WHERE item = ?1 AND source <> ?2", "DELETE FROM mentioned WHERE item = ?1"],
};

static TRAIL: Statement = Statement {
    name: "trail",
    sql: &["INSERT INTO trails (source, published_at, item, community, open)
        SELECT ?3, published_at, item, community, open FROM trails WHERE item = ?1 AND source = ?2
        ON CONFLICT DO NOTHING"],
};

static MENTION: Statement = Statement {
    name: "mention",
    sql: &["INSERT INTO mentioned (member, published_at, item)
        SELECT ?2, published_at, item FROM contents WHERE item = ?1 ON CONFLICT DO NOTHING"],
};

static MOVE: Statement = Statement {
    name: "move_trails",
    sql: &[
        "UPDATE trails SET community = ?2, open = (SELECT access = 0 FROM communities WHERE community = ?2)
        WHERE item = ?1",
    ],
};

/// Where a content is, as `open` is looked up from it.
enum Place {
    /// For everybody.
    Everywhere,
    /// In a community, or addressed to members.
    In(Option<CommunityId>),
}

fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Post(post::Event::Published(e)) => {
            let said = (e.author, &e.topics[..], &e.mentions[..]);
            lay(recorded, writes, (Item::Post(e.post), place(&e.audience)), said);
        }
        Event::Post(post::Event::Edited(e)) => {
            lay_anew(writes, Item::Post(e.post), (e.author, &e.topics, &e.mentions));
        }
        Event::Document(document::Event::Shared(e)) => {
            let said = (e.author, &e.topics[..], &e.mentions[..]);
            lay(recorded, writes, (Item::Document(e.document), place(&e.audience)), said);
        }
        Event::Document(document::Event::Moved(e)) => {
            writes.execute(&MOVE, [e.document.into(), e.audience.community().into()]);
        }
        Event::Idea(idea::Event::Submitted(e)) => {
            let said = (e.author, &e.topics[..], &e.mentions[..]);
            lay(recorded, writes, (Item::Idea(e.idea), Place::Everywhere), said);
        }
        Event::Idea(idea::Event::Revised(e)) => {
            lay_anew(writes, Item::Idea(e.idea), (e.author, &e.topics, &e.mentions));
        }
        // Comments lead to whom they mention alone: a thread is followed from its post.
        Event::Comment(comment::Event::Added(e)) => {
            mentioned(recorded, writes, Item::Comment(e.comment), (e.author, &e.mentions));
        }
        Event::Comment(comment::Event::Edited(e)) => {
            lay_anew(writes, Item::Comment(e.comment), (e.author, &[], &e.mentions));
        }
        _ => {}
    }
}

fn place(audience: &Audience) -> Place {
    Place::In(audience.community())
}

/// Who wrote it, what it is about, whom it mentions.
type Said<'a> = (MemberId, &'a [Topic], &'a [MemberId]);

fn lay(
    recorded: &Recorded,
    writes: &mut Writes,
    (item, place): (Item, Place),
    (author, topics, mentions): Said<'_>,
) {
    let (community, open): (Value, Value) = match place {
        Place::Everywhere => (Value::Null, Value::Int(1)),
        Place::In(community) => (community.into(), community.into()),
    };
    for source in std::iter::once(author.0).chain(topics.iter().map(|topic| topic_id(topic.as_str()))) {
        put!(
            writes,
            TRAILS {
                source: source,
                published_at: recorded.metadata.occurred_at,
                item: item,
                community: community.clone(),
                open: open.clone(),
            }
        );
    }
    mentioned(recorded, writes, item, (author, mentions));
}

fn mentioned(
    recorded: &Recorded,
    writes: &mut Writes,
    item: Item,
    (author, mentions): (MemberId, &[MemberId]),
) {
    for member in mentions.iter().filter(|member| **member != author) {
        put!(writes, MENTIONED { member: *member, published_at: recorded.metadata.occurred_at, item: item });
    }
}

/// An edit says topics and mentions as they now stand; the place in feeds stays that of the publication.
fn lay_anew(writes: &mut Writes, item: Item, (author, topics, mentions): Said<'_>) {
    writes.execute(&RETRAIL, [item.into(), author.into()]);
    for topic in topics {
        writes.execute(&TRAIL, [item.into(), author.into(), topic_id(topic.as_str()).into()]);
    }
    for member in mentions.iter().filter(|member| **member != author) {
        writes.execute(&MENTION, [item.into(), (*member).into()]);
    }
}

#[cfg(test)]
mod tests;
