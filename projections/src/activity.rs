//! Daily activity: what each member did on each day, by kind of act. Acts of people alone; what services, the system
//! and imports did is kept apart, and so are traces.

use domain::event::{Agent, Class, Event, Recorded};
use domain::id::{DepartmentId, MemberId};
use domain::seen;
use domain::time::Day;
use uuid::Uuid;

use crate::projection::Projection;
use crate::table::{Layout, Table, upsert};
use crate::value::{Value, col, id};
use crate::writes::Writes;
use crate::{Error, Snapshot, Viewer};

// `member` and `department` are the nil id where nobody and nothing is named: a trace whose key was destroyed.
static ACTIVITY: Table = Table {
    name: "activity",
    key: &[
        "class INTEGER NOT NULL",
        "day INTEGER NOT NULL",
        "member BLOB NOT NULL",
        "department BLOB NOT NULL",
        "act TEXT NOT NULL",
    ],
    columns: &["count INTEGER NOT NULL DEFAULT 0"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// Daily activity.
pub static PROJECTION: Projection = Projection { name: "activity", version: 1, tables: &[&ACTIVITY], fold };

/// What a count counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Acts of people.
    Acts,
    /// Acts that nobody decided on: of services, of the system, made up by an import.
    Automatic,
    /// Traces: seen, signed in.
    Traces,
}

/// Whether a person did it.
pub(crate) fn is_human(recorded: &Recorded) -> bool {
    recorded.metadata.agent == Agent::Person && !recorded.metadata.automatic
}

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let metadata = &recorded.metadata;
    let (counted, member) = match (&recorded.event, recorded.event.class()) {
        (_, Class::Look) => return,
        (Event::Seen(seen::Event::Viewed(e)), _) => (Counted::Traces, e.member.open().copied()),
        (Event::Seen(seen::Event::SignedIn(e)), _) => (Counted::Traces, e.member.open().copied()),
        _ if is_human(recorded) => (Counted::Acts, metadata.actor),
        _ => (Counted::Automatic, metadata.actor),
    };
    let member = member.map_or(Uuid::nil(), |member| member.0);
    let department = metadata.department.map_or(Uuid::nil(), |department| department.0);
    upsert!(writes, ACTIVITY [counted as i64, metadata.local_day, member, department, recorded.event.name()] {
        count += 1
    });
}

/// What a member did on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// On which local day.
    pub day: Day,
    /// Who; the nil id where nobody can be named any more.
    pub member: MemberId,
    /// Their department as recorded; the nil id where none was.
    pub department: DepartmentId,
    /// What: the name of an event's type.
    pub act: String,
    /// How often.
    pub count: u64,
}

/// What was done from a day to another, both included: by day, member, department and act.
pub fn between(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    counted: Counted,
    (from, to): (Day, Day),
) -> Result<Vec<Activity>, Error> {
    let sql = "SELECT day, member, department, act, count FROM activity
        WHERE class = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, member, department, act";
    snapshot.rows(sql, &[Value::Int(counted as i64), from.into(), to.into()], |row| {
        Ok(Activity {
            day: col(row, 0)?,
            member: id(row, 1)?,
            department: id(row, 2)?,
            act: col(row, 3)?,
            count: col(row, 4)?,
        })
    })
}

#[cfg(test)]
mod tests;
