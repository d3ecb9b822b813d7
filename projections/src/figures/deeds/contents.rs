//! What figures are computed from of contents: whose they are and for whom, whom they reached, what was searched for.

use domain::audience::Audience;
use domain::event::{Event, Recorded};
use domain::id::{CommunityId, Item, MemberId};
use domain::{acknowledgement, ballot, choice, comment, document, idea, post, reaction, seen};
use uuid::Uuid;

use crate::activity::is_human;
use crate::contents::PUBLISHED_ON;
use crate::table::{Layout, Table, put, upsert};
use crate::value::Value;
use crate::writes::{KNOWN, Writes};

// Posts, documents and ideas, for whom they were when they were published: with a community, for whoever may read
// there; with addressees, for them and the author; else for everybody.
pub(super) static CONTENTS: Table = Table {
    name: "figure_contents",
    key: &["day INTEGER NOT NULL", "item BLOB NOT NULL"],
    columns: &["known INTEGER NOT NULL", "author BLOB NOT NULL", "community BLOB", "addressees BLOB"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

// Whom each of them reached on a day, and how far that went; who took part is not among those who looked. It stands in
// the order of contents, so that whom those of a window reached stand together.
pub(super) static REACHED: Table = Table {
    name: "figure_reached",
    key: &[
        "published_on INTEGER NOT NULL",
        "item BLOB NOT NULL",
        "day INTEGER NOT NULL",
        "how INTEGER NOT NULL",
        "known INTEGER NOT NULL",
    ],
    columns: &["members BLOB NOT NULL DEFAULT x''"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN, ("published_on", PUBLISHED_ON)],
};

// How many searches of each member found contents of a department on a day.
pub(super) static SOUGHT: Table = Table {
    name: "figure_sought",
    key: &[
        "day INTEGER NOT NULL",
        "known INTEGER NOT NULL",
        "member BLOB NOT NULL",
        "department BLOB NOT NULL",
    ],
    columns: &["count INTEGER NOT NULL DEFAULT 0"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

/// How far a content reached somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// They looked at it.
    Exposed,
    /// They commented, reacted, voted, chose, acknowledged, passed it on.
    TookPart,
}

pub(super) fn fold(recorded: &Recorded, writes: &mut Writes) {
    if let Event::Seen(event) = &recorded.event {
        return fold_trace(event, recorded, writes);
    }
    let Some(actor) = recorded.metadata.actor.filter(|_| is_human(recorded)) else { return };
    match &recorded.event {
        Event::Post(post::Event::Published(e)) => {
            content(recorded, writes, (e.post.0, e.author), Some(&e.audience));
        }
        Event::Document(document::Event::Shared(e)) => {
            content(recorded, writes, (e.document.0, e.author), Some(&e.audience));
        }
        Event::Idea(idea::Event::Submitted(e)) => content(recorded, writes, (e.idea.0, e.author), None),
        event => {
            if let Some(item) = taken_part_in(event) {
                reached(recorded, writes, item, How::TookPart, actor);
            }
        }
    }
}

fn fold_trace(event: &seen::Event, recorded: &Recorded, writes: &mut Writes) {
    match event {
        seen::Event::Viewed(e) => {
            // Who it was is gone with its month's key: then it reached nobody who can be named.
            if let (Some(member), false) = (e.member.open(), matches!(e.item, Item::Comment(_))) {
                reached(recorded, writes, e.item.id(), How::Exposed, *member);
            }
        }
        seen::Event::Searched(e) => {
            let Some(member) = e.member.open() else { return };
            let (day, known) = (recorded.metadata.local_day, writes.known());
            for department in e.results.iter().filter(|found| found.count > 0).filter_map(|f| f.department) {
                upsert!(writes, SOUGHT [day, known, *member, department] { count += 1 });
            }
        }
        seen::Event::SignedIn(_) => {}
    }
}

fn content(
    recorded: &Recorded,
    writes: &mut Writes,
    (item, author): (Uuid, MemberId),
    audience: Option<&Audience>,
) {
    let community: Option<CommunityId> = audience.and_then(Audience::community);
    let addressees = match audience {
        Some(Audience::Members(members)) => Value::bits(members.iter().map(|member| member.0)),
        _ => Value::Null,
    };
    put!(
        writes,
        CONTENTS {
            day: recorded.metadata.local_day,
            item: item,
            known: writes.known(),
            author: author,
            community: community,
            addressees: addressees,
        }
    );
}

fn reached(recorded: &Recorded, writes: &mut Writes, item: Uuid, how: How, member: MemberId) {
    let (day, known) = (recorded.metadata.local_day, writes.known());
    upsert!(writes, REACHED [item, item, day, how as i64, known] { members |= [member.0] });
}

/// What somebody took part in.
fn taken_part_in(event: &Event) -> Option<Uuid> {
    match event {
        Event::Comment(comment::Event::Added(e)) => Some(e.post.0),
        Event::Reaction(reaction::Event::Given(e)) if !matches!(e.item, Item::Comment(_)) => {
            Some(e.item.id())
        }
        Event::Acknowledgement(acknowledgement::Event::Given(e)) => Some(e.post.0),
        Event::Choice(choice::Event::Made(e)) => Some(e.post.0),
        Event::Ballot(ballot::Event::VoteCast(e)) => Some(e.idea.0),
        Event::Post(post::Event::SharedOn(e)) => Some(e.post.0),
        Event::Document(document::Event::SharedOn(e)) => Some(e.document.0),
        Event::Idea(idea::Event::SharedOn(e)) => Some(e.idea.0),
        _ => None,
    }
}
