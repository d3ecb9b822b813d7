//! What figures are computed from: who did how much on which day, who was where, what was asked and answered; each
//! row with the cut from which on it is known, so that figures as of any earlier day are the same queries with less.

mod communities;
mod contents;

use domain::event::{Event, Recorded};
use domain::id::{DepartmentId, MemberId};
use domain::{chart, comment, idea, member, post, seen};

pub(crate) use communities::{Bond, Turn};
pub use contents::How;

use crate::activity::is_human;
use crate::contents::PUBLISHED_ON;
use crate::projection::Projection;
use crate::table::{Layout, Table, put, upsert};
use crate::value::Value;
use crate::writes::{KNOWN, Writes};

// Who did something at a level on a day; the levels above are not among them. Different people are unions of bitmaps.
static ACTIVE: Table = Table {
    name: "figure_active",
    key: &["day INTEGER NOT NULL", "level INTEGER NOT NULL", "known INTEGER NOT NULL"],
    columns: &["members BLOB NOT NULL DEFAULT x''"],
    layout: Layout::Heap,
    also: &[],
    looked_up: &[KNOWN],
};

// How often each of them did, above the lowest level: nobody counts looks.
static DONE: Table = Table {
    name: "figure_done",
    key: &["day INTEGER NOT NULL", "level INTEGER NOT NULL", "known INTEGER NOT NULL"],
    columns: &["counts BLOB NOT NULL DEFAULT x''"],
    layout: Layout::Heap,
    also: &[],
    looked_up: &[KNOWN],
};

// How often each of them contributed in a community or, with the nil id, in none.
static CONTRIBUTED_IN: Table = Table {
    name: "figure_contributed",
    key: &[
        "day INTEGER NOT NULL",
        "known INTEGER NOT NULL",
        "member INTEGER NOT NULL",
        "community BLOB NOT NULL",
    ],
    columns: &["count INTEGER NOT NULL DEFAULT 0"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

// Where members were and whether they could act, in the order it was learned; on which local day, but where it is dated
// back to an instant.
static STAYS: Table = Table {
    name: "figure_stays",
    key: &["position INTEGER NOT NULL"],
    columns: &[
        "known INTEGER NOT NULL",
        "what INTEGER NOT NULL",
        "at INTEGER NOT NULL",
        "day INTEGER",
        "member BLOB NOT NULL",
        "department BLOB",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

// Everybody there ever was: here members get the numbers that stand for them in bitmaps.
static EVERYBODY: Table = Table {
    name: "figure_everybody",
    key: &["known INTEGER NOT NULL"],
    columns: &["members BLOB NOT NULL DEFAULT x''"],
    layout: Layout::Heap,
    also: &[],
    looked_up: &[KNOWN],
};

// The tree of departments, in the order it was learned; `open` is 0 where one was closed.
static TREE: Table = Table {
    name: "figure_tree",
    key: &["position INTEGER NOT NULL"],
    columns: &[
        "known INTEGER NOT NULL",
        "day INTEGER NOT NULL",
        "department BLOB NOT NULL",
        "parent BLOB",
        "open INTEGER NOT NULL",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

// What waits for an answer: posts, questions, ideas.
static ASKED: Table = Table {
    name: "figure_asked",
    key: &["day INTEGER NOT NULL", "item BLOB NOT NULL"],
    columns: &[
        "known INTEGER NOT NULL",
        "kind INTEGER NOT NULL",
        "at INTEGER NOT NULL",
        "author BLOB NOT NULL",
        "community BLOB",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN],
};

// What came back, and from whom: the person, or the one for whom they answered; the nil id where nobody is named. It
// stands in the order of what was asked, so that the answers to all that was asked in a window stand together.
static ANSWERED: Table = Table {
    name: "figure_answered",
    key: &[
        "asked_on INTEGER NOT NULL",
        "item BLOB NOT NULL",
        "kind INTEGER NOT NULL",
        "at INTEGER NOT NULL",
        "member BLOB NOT NULL",
        "known INTEGER NOT NULL",
    ],
    columns: &[],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[KNOWN, ("asked_on", PUBLISHED_ON)],
};

/// What figures are computed from.
pub static PROJECTION: Projection = Projection {
    name: "figures",
    version: 4,
    tables: &[
        &ACTIVE,
        &DONE,
        &CONTRIBUTED_IN,
        &STAYS,
        &EVERYBODY,
        &TREE,
        &communities::CIRCLES,
        &communities::COMMUNITIES,
        &communities::SPACES,
        &ASKED,
        &ANSWERED,
        &contents::CONTENTS,
        &contents::REACHED,
        &contents::SOUGHT,
    ],
    fold,
};

/// How far an act goes. The sets are nested: who contributed took part, who took part consumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Looked at something or searched: traces.
    Consumed,
    /// Reacted, commented, voted, joined, acknowledged, edited, passed on.
    Participated,
    /// Made something: a post, a document or a version of one, an idea, a community, a campaign.
    Contributed,
}

/// What a stay tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stay {
    /// Known from then on, in a department.
    Registered,
    /// In another department from then on.
    Transferred,
    /// With an account from then on.
    AccountOpened,
    /// Away from then on.
    Left,
    /// Back from then on.
    Returned,
}

/// What waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// A post in a community.
    Post,
    /// A question in a community.
    Question,
    /// An idea.
    Idea,
}

/// How something is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// A comment of another person.
    Reply,
    /// The answer that whoever asked accepted.
    Best,
    /// An idea was accepted.
    Accepted,
    /// An idea was declined.
    Declined,
    /// An idea was carried out.
    Implemented,
    /// An idea was merged into another, which is decided in its place.
    Merged,
}

fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Member(event) => fold_stay(event, recorded, writes),
        Event::Chart(event) => fold_tree(event, recorded, writes),
        _ => {}
    }
    communities::fold(recorded, writes);
    contents::fold(recorded, writes);
    if let Some((level, member)) = level(recorded) {
        let (day, known) = (recorded.metadata.local_day, writes.known());
        upsert!(writes, ACTIVE [day, level as i64, known] { members |= [member.0] });
        if level > Level::Consumed {
            upsert!(writes, DONE [day, level as i64, known] { counts += member });
        }
        if level == Level::Contributed {
            let (member, space) = (Value::Number(member.0), communities::space_key(&recorded.event));
            upsert!(writes, CONTRIBUTED_IN [day, known, member, space] { count += 1 });
        }
        communities::acted(recorded, writes, level, member);
    }
    fold_question(recorded, writes);
    fold_answer(recorded, writes);
}

/// Who did something that counts, and how far it goes. What services, the system and imports did is no person's act;
/// whoever cannot be named any more is among nobody.
fn level(recorded: &Recorded) -> Option<(Level, MemberId)> {
    if let Event::Seen(event) = &recorded.event {
        return match event {
            seen::Event::Viewed(e) => e.member.open().copied(),
            seen::Event::Searched(e) => e.member.open().copied(),
            // Signing in is no intent to read.
            seen::Event::SignedIn(_) => None,
        }
        .map(|member| (Level::Consumed, member));
    }
    let member = recorded.metadata.actor.filter(|_| is_human(recorded))?;
    let name = recorded.event.name();
    let of = |names: &[&str]| names.contains(&name);
    match () {
        () if of(CONTRIBUTED) => Some((Level::Contributed, member)),
        () if of(PARTICIPATED) => Some((Level::Participated, member)),
        () => None,
    }
}

/// The types of events that make something.
pub const CONTRIBUTED: &[&str] = &[
    "campaign.opened",
    "community.founded",
    "document.revised",
    "document.shared",
    "idea.submitted",
    "poll.opened",
    "post.published",
];

/// The types of events that take part in what others made.
pub const PARTICIPATED: &[&str] = &[
    "acknowledgement.given",
    "ballot.vote-cast",
    "ballot.vote-changed",
    "choice.changed",
    "choice.made",
    "comment.added",
    "comment.edited",
    "document.shared-on",
    "follow.begun",
    "idea.revised",
    "idea.shared-on",
    "membership.joined",
    "membership.requested",
    "post.answer-accepted",
    "post.edited",
    "post.shared-on",
    "reaction.given",
];

fn fold_stay(event: &member::Event, recorded: &Recorded, writes: &mut Writes) {
    let (at, day) = (recorded.metadata.occurred_at, Some(recorded.metadata.local_day));
    let (what, member, at, department) = match event {
        member::Event::Registered(e) => {
            upsert!(writes, EVERYBODY [writes.known()] { members |= [e.member.0] });
            (Stay::Registered, e.member, at, Some(e.department))
        }
        member::Event::Transferred(e) => (Stay::Transferred, e.member, e.valid_from, Some(e.department)),
        member::Event::AccountOpened(e) => (Stay::AccountOpened, e.member, at, None),
        member::Event::Deactivated(e) => (Stay::Left, e.member, at, None),
        member::Event::Reactivated(e) => (Stay::Returned, e.member, at, None),
        member::Event::ProfileChanged(_)
        | member::Event::IdentityLinked(_)
        | member::Event::IdentityUnlinked(_) => return,
    };
    put!(
        writes,
        STAYS {
            position: recorded.position,
            known: writes.known(),
            what: what as i64,
            at: at,
            day: day.filter(|_| at == recorded.metadata.occurred_at),
            member: member,
            department: department,
        }
    );
}

fn fold_tree(event: &chart::Event, recorded: &Recorded, writes: &mut Writes) {
    let (department, parent, open): (DepartmentId, Option<DepartmentId>, bool) = match event {
        chart::Event::Opened(e) => (e.department, e.parent, true),
        chart::Event::Moved(e) => (e.department, e.parent, true),
        chart::Event::Closed(e) => (e.department, None, false),
        chart::Event::Renamed(_) => return,
    };
    put!(
        writes,
        TREE {
            position: recorded.position,
            known: writes.known(),
            day: recorded.metadata.local_day,
            department: department,
            parent: parent,
            open: open,
        }
    );
}

fn fold_question(recorded: &Recorded, writes: &mut Writes) {
    if !is_human(recorded) {
        return;
    }
    let (item, kind, author, community) = match &recorded.event {
        Event::Post(post::Event::Published(e)) => {
            let Some(community) = e.audience.community() else { return };
            let kind = if e.kind == post::Kind::Question { Asked::Question } else { Asked::Post };
            (e.post.0, kind, e.author, Some(community))
        }
        Event::Idea(idea::Event::Submitted(e)) => (e.idea.0, Asked::Idea, e.author, None),
        _ => return,
    };
    put!(
        writes,
        ASKED {
            day: recorded.metadata.local_day,
            item: item,
            known: writes.known(),
            kind: kind as i64,
            at: recorded.metadata.occurred_at,
            author: author,
            community: community,
        }
    );
}

fn fold_answer(recorded: &Recorded, writes: &mut Writes) {
    let others = |author: MemberId| is_human(recorded) && recorded.metadata.actor != Some(author);
    let (item, answer) = match &recorded.event {
        Event::Comment(comment::Event::Added(e)) if others(e.post_author) => (e.post.0, Answer::Reply),
        Event::Post(post::Event::AnswerAccepted(e)) if is_human(recorded) => (e.post.0, Answer::Best),
        Event::Idea(event) if is_human(recorded) => match event {
            idea::Event::Accepted(e) => (e.idea.0, Answer::Accepted),
            idea::Event::Declined(e) => (e.idea.0, Answer::Declined),
            idea::Event::Implemented(e) => (e.idea.0, Answer::Implemented),
            idea::Event::Merged(e) => (e.idea.0, Answer::Merged),
            _ => return,
        },
        _ => return,
    };
    let metadata = &recorded.metadata;
    let member = metadata.on_behalf_of.or(metadata.actor).unwrap_or_default();
    let at = metadata.occurred_at;
    put!(
        writes,
        ANSWERED {
            asked_on: item,
            item: item,
            kind: answer as i64,
            at: at,
            member: member,
            known: writes.known(),
        }
    );
}

#[cfg(test)]
mod tests;
