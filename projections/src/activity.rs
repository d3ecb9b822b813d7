//! Daily activity: what each member did on each day, by kind of act, and how many different people were active. Acts of
//! people alone; what services, the system and imports did is kept apart, and so are traces.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::{Agent, Class, Event, Recorded};
use domain::id::{DepartmentId, MemberId};
use domain::seen;
use domain::time::Day;
use roaring::RoaringBitmap;
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

// The same by day and department, with the members as a bitmap: how many different people there were on some days is
// a union of few rows, never a scan of a row a member.
static DAYS: Table = Table {
    name: "active_days",
    key: &["class INTEGER NOT NULL", "day INTEGER NOT NULL", "department BLOB NOT NULL"],
    columns: &["count INTEGER NOT NULL DEFAULT 0", "members BLOB NOT NULL DEFAULT x''"],
    layout: Layout::Heap,
    also: &[],
    looked_up: &[],
};

/// Daily activity.
pub static PROJECTION: Projection =
    Projection { name: "activity", version: 4, tables: &[&ACTIVITY, &DAYS], fold };

/// What a count counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Acts of people.
    Acts,
    /// Acts that nobody decided on: of services, of the system, made up by an import.
    Automatic,
    /// Traces: seen, signed in, searched.
    Traces,
}

/// Whether a person did it.
pub(crate) fn is_human(recorded: &Recorded) -> bool {
    recorded.metadata.agent == Agent::Person && !recorded.metadata.automatic
}

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let metadata = &recorded.metadata;
    let (counted, member) = match (&recorded.event, recorded.event.class()) {
        // Marks say how far somebody has read: the reading of what others do is no act. What somebody keeps for
        // themselves is nobody else's business, as a count neither.
        (Event::Reading(_) | Event::Bookmark(_) | Event::Draft(_), _) | (_, Class::Look) => return,
        (Event::Seen(seen::Event::Viewed(e)), _) => (Counted::Traces, e.member.open().copied()),
        (Event::Seen(seen::Event::SignedIn(e)), _) => (Counted::Traces, e.member.open().copied()),
        (Event::Seen(seen::Event::Searched(e)), _) => (Counted::Traces, e.member.open().copied()),
        _ if is_human(recorded) => (Counted::Acts, metadata.actor),
        _ => (Counted::Automatic, metadata.actor),
    };
    let member = member.map(|member| member.0);
    let (day, department) = (metadata.local_day, metadata.department.map_or(Uuid::nil(), |id| id.0));
    upsert!(writes, ACTIVITY [
        counted as i64, day, member.unwrap_or_default(), department, recorded.event.name()
    ] { count += 1 });
    upsert!(writes, DAYS [counted as i64, day, department] { count += 1, members |= member });
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

/// The departments that are counted, as recorded.
#[derive(Clone, Copy, Debug)]
pub enum Within<'a> {
    /// All of them, and what was done in none.
    Everywhere,
    /// These.
    Departments(&'a BTreeSet<DepartmentId>),
}

impl Within<'_> {
    /// Whether what was done in a department is counted.
    pub fn holds(self, department: DepartmentId) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Departments(departments) => departments.contains(&department),
        }
    }
}

/// How much was done on a day, and by how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// On which local day.
    pub day: Day,
    /// How often something was done.
    pub count: u64,
    /// By how many different people; whoever cannot be named any more is not among them.
    pub members: u64,
}

/// What was done from a day to another, both included, day by day, in these departments or in all; days on which nothing
/// was are left out.
pub fn by_day(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    counted: Counted,
    days: (Day, Day),
    within: Within<'_>,
) -> Result<Vec<Total>, Error> {
    let total =
        |(day, (count, members)): (Day, (u64, RoaringBitmap))| Total { day, count, members: members.len() };
    Ok(united(snapshot, counted, days, |day, department| within.holds(department).then_some(day))?
        .into_iter()
        .map(total)
        .collect())
}

/// How many different people were active from a day to another, both included, in these departments or in all.
pub fn distinct_members(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    counted: Counted,
    days: (Day, Day),
    within: Within<'_>,
) -> Result<u64, Error> {
    let united = united(snapshot, counted, days, |_, department| within.holds(department).then_some(()))?;
    Ok(united.values().map(|(_, members)| members.len()).sum())
}

/// The same in each department, as recorded; who was active in two of them counts in both. The nil id stands for
/// where no department was recorded; departments without anybody are left out.
pub fn distinct_members_by_department(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    counted: Counted,
    days: (Day, Day),
) -> Result<Vec<(DepartmentId, u64)>, Error> {
    let departments = united(snapshot, counted, days, |_, department| Some(department))?;
    let sizes = departments.into_iter().map(|(department, (_, members))| (department, members.len()));
    Ok(sizes.filter(|(_, members)| *members > 0).collect())
}

/// Counts summed and members united over the rows of days that have the same key; rows without one are left out.
fn united<K: Ord>(
    snapshot: &Snapshot,
    counted: Counted,
    (from, to): (Day, Day),
    key: impl Fn(Day, DepartmentId) -> Option<K>,
) -> Result<BTreeMap<K, (u64, RoaringBitmap)>, Error> {
    let mut sums: BTreeMap<K, (u64, RoaringBitmap)> = BTreeMap::new();
    snapshot.rows(DAYS_SQL, &[Value::Int(counted as i64), from.into(), to.into()], |row| {
        let Some(key) = key(col(row, 0)?, id(row, 1)?) else { return Ok(()) };
        let sum = sums.entry(key).or_default();
        sum.0 += col::<u64>(row, 2)?;
        sum.1 |= col::<RoaringBitmap>(row, 3)?;
        Ok(())
    })?;
    Ok(sums)
}

const DAYS_SQL: &str = "SELECT day, department, count, members FROM active_days
    WHERE class = ?1 AND day BETWEEN ?2 AND ?3";

#[cfg(test)]
mod tests;
