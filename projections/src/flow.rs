//! Information flow: on each day, from whose content and which department's, to whom, and how it reached them.

use std::collections::{BTreeMap, HashMap};

use domain::audience::Audience;
use domain::event::{Event, Recorded};
use domain::id::{DepartmentId, Item, MemberId};
use domain::time::{Day, Time};
use domain::{comment, document, idea, post, reaction, seen};
use uuid::Uuid;

use crate::activity::{Within, is_human};
use crate::contents::PUBLISHED_ON;
use crate::directory::{Place, all_places};
use crate::projection::Projection;
use crate::table::{Layout, Table, upsert};
use crate::value::{Value, col, id};
use crate::writes::{KNOWN, Writes};
use crate::{Error, Snapshot, Viewer, numbers};

// A fold knows whose content it is, not to which department that belongs: it binds the item, and flushing looks up
// when the item was published and the department recorded then, which never change.
static FLOW: Table = Table {
    name: "flow",
    key: &[
        "day INTEGER NOT NULL",
        "known INTEGER NOT NULL",
        "source INTEGER NOT NULL",
        "source_department BLOB NOT NULL",
        "published_on INTEGER NOT NULL",
        "receiver INTEGER NOT NULL",
        "kind INTEGER NOT NULL",
    ],
    columns: &["count INTEGER NOT NULL DEFAULT 0"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[
        KNOWN,
        ("source_department", "coalesce((SELECT department FROM contents WHERE item = ?), zeroblob(16))"),
        ("published_on", PUBLISHED_ON),
    ],
};

/// Information flow.
pub static PROJECTION: Projection = Projection { name: "flow", version: 3, tables: &[&FLOW], fold };

/// How a content reached somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It was addressed to them.
    Addressed,
    /// They looked at it.
    Viewed,
    /// They commented on it.
    Commented,
    /// They reacted to it.
    Reacted,
    /// They passed it on.
    SharedOn,
}

fn fold(recorded: &Recorded, writes: &mut Writes) {
    if let Event::Seen(seen::Event::Viewed(e)) = &recorded.event {
        // Who it was is gone with its month's key; that it was seen stays.
        let receiver = e.member.open().copied().unwrap_or_default();
        return flowed(recorded, writes, (e.item.id(), e.author), (receiver, Kind::Viewed));
    }
    let Some(actor) = recorded.metadata.actor.filter(|_| is_human(recorded)) else { return };
    let (item, author, kind) = match &recorded.event {
        Event::Post(post::Event::Published(e)) => {
            return addressed(recorded, writes, (e.post.0, e.author), &e.audience);
        }
        Event::Document(document::Event::Shared(e)) => {
            return addressed(recorded, writes, (e.document.0, e.author), &e.audience);
        }
        // An answer acts upon the comment it answers.
        Event::Comment(comment::Event::Added(e)) => match (e.parent, e.parent_author) {
            (Some(parent), Some(author)) => (Item::Comment(parent), author, Kind::Commented),
            _ => (Item::Post(e.post), e.post_author, Kind::Commented),
        },
        Event::Reaction(reaction::Event::Given(e)) if e.reaction_was.is_none() => {
            (e.item, e.author, Kind::Reacted)
        }
        Event::Post(post::Event::SharedOn(e)) => (Item::Post(e.post), e.author, Kind::SharedOn),
        Event::Document(document::Event::SharedOn(e)) => {
            (Item::Document(e.document), e.author, Kind::SharedOn)
        }
        Event::Idea(idea::Event::SharedOn(e)) => (Item::Idea(e.idea), e.author, Kind::SharedOn),
        _ => return,
    };
    flowed(recorded, writes, (item.id(), author), (actor, kind));
}

fn addressed(recorded: &Recorded, writes: &mut Writes, source: (Uuid, MemberId), audience: &Audience) {
    let Audience::Members(members) = audience else { return };
    for member in members {
        flowed(recorded, writes, source, (*member, Kind::Addressed));
    }
}

fn flowed(
    recorded: &Recorded,
    writes: &mut Writes,
    (item, source): (Uuid, MemberId),
    (receiver, kind): (MemberId, Kind),
) {
    let (day, known) = (recorded.metadata.local_day, writes.known());
    let [source, receiver] = [source, receiver].map(|member| Value::Number(member.0));
    upsert!(writes, FLOW [day, known, source, item, item, receiver, kind as i64] { count += 1 });
}

/// A cell of the matrix: what reached one department from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Whose contents: the author's department as recorded at publication; the nil id where none was.
    pub source: DepartmentId,
    /// Whom they reached: the receiver's department as it was on the day; the nil id where nobody can be named.
    pub receiver: DepartmentId,
    /// How.
    pub kind: Kind,
    /// How often.
    pub count: u64,
}

/// The matrix of departments over days, both included. `day_of` is the local day of an instant: who changed department
/// on a day is counted where they arrived. Of these departments alone, cells to and from them.
pub fn matrix(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    (from, to): (Day, Day),
    within: Within<'_>,
    day_of: &dyn Fn(Time) -> Day,
) -> Result<Vec<Cell>, Error> {
    let numbers = numbers::all(snapshot)?;
    let mut places: HashMap<u32, Vec<(Day, DepartmentId)>> = HashMap::new();
    for Place { member, department, from, .. } in all_places(snapshot)? {
        let Some(number) = numbers.get(&member.0) else { continue };
        places.entry(*number).or_default().push((day_of(from), department));
    }
    let sql = "SELECT day, source_department, receiver, kind, count FROM flow WHERE day BETWEEN ?1 AND ?2";
    let mut cells: BTreeMap<(DepartmentId, DepartmentId, Kind), u64> = BTreeMap::new();
    snapshot.rows(sql, &[Value::from(from), Value::from(to)], |row| {
        let receiver = department_on(&places, col(row, 2)?, col(row, 0)?);
        let source = id(row, 1)?;
        if within.holds(source) || within.holds(receiver) {
            *cells.entry((source, receiver, kind(col(row, 3)?))).or_default() += col::<u64>(row, 4)?;
        }
        Ok(())
    })?;
    let cell = |((source, receiver, kind), count)| Cell { source, receiver, kind, count };
    Ok(cells.into_iter().map(cell).collect())
}

fn department_on(places: &HashMap<u32, Vec<(Day, DepartmentId)>>, member: u32, day: Day) -> DepartmentId {
    let Some(places) = places.get(&member) else { return DepartmentId::default() };
    let known = places.partition_point(|(from, _)| *from <= day);
    places.get(known.saturating_sub(1)).map(|(_, department)| *department).unwrap_or_default()
}

pub(crate) fn kind(code: i64) -> Kind {
    match code {
        0 => Kind::Addressed,
        1 => Kind::Viewed,
        2 => Kind::Commented,
        3 => Kind::Reacted,
        _ => Kind::SharedOn,
    }
}

#[cfg(test)]
mod tests;
