//! The directory: the tree of departments, the members, and who was where from when until when.

use domain::chart;
use domain::event::{Event, Position, Recorded};
use domain::id::{DepartmentId, MemberId};
use domain::member;
use domain::sealed::Sealed;
use domain::time::Time;
use rusqlite::Row;

use crate::list::{ByName, List, each};
use crate::projection::Projection;
use crate::snapshot::ByIds;
use crate::table::{Layout, Table, put, update};
use crate::value::{Value, col, id, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static DEPARTMENTS: Table = Table {
    name: "departments",
    key: &["department BLOB NOT NULL"],
    columns: &[
        "parent BLOB",
        "opened_at INTEGER NOT NULL",
        "closed_at INTEGER",
        "revision INTEGER NOT NULL",
        "name TEXT",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

static MEMBERS: Table = Table {
    name: "members",
    key: &["member BLOB NOT NULL"],
    columns: &[
        "registered_at INTEGER NOT NULL",
        "account_at INTEGER",
        "left_at INTEGER",
        // What the list of members is ordered by; the name itself keeps its letters.
        "listed_as TEXT NOT NULL",
        "revision INTEGER NOT NULL",
        "name TEXT",
        "email TEXT",
    ],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX members_by_name ON members(listed_as, member)",
        "CREATE INDEX members_by_email ON members(lower(email)) WHERE email IS NOT NULL",
    ],
    looked_up: &[],
};

static PLACES: Table = Table {
    name: "places",
    key: &["member BLOB NOT NULL", "valid_from INTEGER NOT NULL"],
    columns: &["department BLOB NOT NULL", "taught_by INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &["CREATE INDEX places_by_department ON places(department, member)"],
    looked_up: &[],
};

/// Departments, members and places.
pub static PROJECTION: Projection =
    Projection { name: "directory", version: 3, tables: &[&DEPARTMENTS, &MEMBERS, &PLACES], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Chart(event) => fold_chart(event, recorded, writes),
        Event::Member(event) => fold_member(event, recorded, writes),
        _ => {}
    }
}

fn fold_chart(event: &chart::Event, recorded: &Recorded, writes: &mut Writes) {
    let at = recorded.metadata.occurred_at;
    match event {
        chart::Event::Opened(e) => put!(
            writes,
            DEPARTMENTS {
                department: e.department,
                parent: e.parent,
                opened_at: at,
                closed_at: Value::Null,
                revision: recorded.revision,
                name: &e.name,
            }
        ),
        chart::Event::Renamed(e) => update!(writes, DEPARTMENTS [e.department] {
            revision = recorded.revision,
            name = &e.name,
        }),
        chart::Event::Moved(e) => update!(writes, DEPARTMENTS [e.department] {
            parent = e.parent,
            revision = recorded.revision,
        }),
        chart::Event::Closed(e) => update!(writes, DEPARTMENTS [e.department] { closed_at = at }),
    }
}

fn fold_member(event: &member::Event, recorded: &Recorded, writes: &mut Writes) {
    let at = recorded.metadata.occurred_at;
    match event {
        member::Event::Registered(e) => {
            put!(
                writes,
                MEMBERS {
                    member: e.member,
                    registered_at: at,
                    account_at: Value::Null,
                    left_at: Value::Null,
                    listed_as: listed_as(&e.name),
                    revision: recorded.revision,
                    name: &e.name,
                    email: &e.email,
                }
            );
            place(writes, e.member, at, e.department, recorded.position);
        }
        member::Event::AccountOpened(e) => update!(writes, MEMBERS [e.member] { account_at = at }),
        // A transfer told late takes its place among those known before; the same day told again is corrected.
        member::Event::Transferred(e) => {
            update!(writes, MEMBERS [e.member] { revision = recorded.revision });
            place(writes, e.member, e.valid_from, e.department, recorded.position);
        }
        member::Event::ProfileChanged(e) => update!(writes, MEMBERS [e.member] {
            listed_as = listed_as(&e.name),
            revision = recorded.revision,
            name = &e.name,
            email = &e.email,
        }),
        member::Event::Deactivated(e) => update!(writes, MEMBERS [e.member] { left_at = at }),
        member::Event::Reactivated(e) => update!(writes, MEMBERS [e.member] { left_at = Value::Null }),
        member::Event::IdentityLinked(_) | member::Event::IdentityUnlinked(_) => {}
    }
}

fn place(writes: &mut Writes, member: MemberId, from: Time, department: DepartmentId, taught_by: Position) {
    put!(writes, PLACES { member: member, valid_from: from, department: department, taught_by: taught_by });
}

fn listed_as(name: &Sealed<String>) -> Value {
    name.open().map(|name| name.trim().to_lowercase()).unwrap_or_default().as_str().into()
}

/// A department.
#[derive(Clone, Debug, PartialEq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its name; nothing once it is gone.
    pub name: Option<String>,
    /// Where it belongs, unless it is at the top.
    pub parent: Option<DepartmentId>,
    /// Since when it is there.
    pub opened_at: Time,
    /// Since when it is no more, if it was closed.
    pub closed_at: Option<Time>,
    /// The revision of its name and its place, on which a change of them is based.
    pub revision: u64,
}

/// A person.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Their id.
    pub id: MemberId,
    /// Their name; nothing once it is gone.
    pub name: Option<String>,
    /// Their e-mail address, if known.
    pub email: Option<String>,
    /// Since when they are known.
    pub registered_at: Time,
    /// Since when they have an account, if they have one.
    pub account_at: Option<Time>,
    /// Since when they are away, if they left or were suspended.
    pub left_at: Option<Time>,
    /// The revision of their name, address and departments, on which a change is based.
    pub revision: u64,
    /// The key of their place in the list of members.
    pub key: ByName,
}

/// Where somebody was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Who.
    pub member: MemberId,
    /// Where.
    pub department: DepartmentId,
    /// Since when.
    pub from: Time,
    /// Until when; until further notice where nothing is known.
    pub until: Option<Time>,
    /// The position of the event that taught it.
    pub taught_by: Position,
}

/// Every department there ever was, the whole tree: organisations have tens or hundreds. By name.
pub fn departments(snapshot: &Snapshot, _viewer: &Viewer) -> Result<Vec<Department>, Error> {
    let sql = "SELECT department, name, parent, opened_at, closed_at, revision FROM departments
        ORDER BY name, department";
    snapshot.rows(sql, &[], department)
}

/// Departments by their ids, in no order.
pub fn departments_by_ids(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    ids: &[DepartmentId],
) -> Result<Vec<Department>, Error> {
    let sql = "SELECT department, name, parent, opened_at, closed_at, revision FROM departments
        WHERE department IN ({ids})";
    snapshot.by_ids(sql, &[], ids.iter().copied(), department)
}

fn department(row: &Row<'_>) -> rusqlite::Result<Department> {
    Ok(Department {
        id: id(row, 0)?,
        name: col::<Option<String>>(row, 1)?,
        parent: maybe_id(row, 2)?,
        opened_at: col(row, 3)?,
        closed_at: col(row, 4)?,
        revision: col(row, 5)?,
    })
}

// Where a member `m` is at the time `?1`; before their beginning, where they began.
macro_rules! department_at {
    () => {
        "coalesce((SELECT department FROM places WHERE member = m.member AND valid_from <= ?1
            ORDER BY valid_from DESC LIMIT 1),
            (SELECT department FROM places WHERE member = m.member ORDER BY valid_from LIMIT 1))"
    };
}
macro_rules! member_columns {
    () => {
        "m.member, m.name, m.email, m.registered_at, m.account_at, m.left_at, m.listed_as, m.revision"
    };
}

const MEMBERS_BY_NAME: List = List {
    select: concat!("SELECT ", member_columns!(), " FROM members m WHERE TRUE"),
    key: "listed_as, m.member",
    descending: false,
};

const IN_DEPARTMENT: List = List {
    select: concat!(
        "SELECT ",
        member_columns!(),
        " FROM members m WHERE m.left_at IS NULL
            AND m.member IN (SELECT member FROM places WHERE department = ?2) AND ",
        department_at!(),
        " = ?2"
    ),
    key: "listed_as, m.member",
    descending: false,
};

/// The members by name, those who left among them.
pub fn members(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    paging: &Paging<ByName>,
) -> Result<Page<Member>, Error> {
    MEMBERS_BY_NAME.page(snapshot, &[], paging, read_member)
}

/// Of each department, a page of the members who are in it at a time and have not left, by name.
pub fn members_in(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    (departments, at): (&[DepartmentId], Time),
    paging: &Paging<ByName>,
) -> Result<Vec<Page<Member>>, Error> {
    IN_DEPARTMENT.pages(snapshot, (&[at.into()], &each(departments)), paging, read_member)
}

pub(crate) const MEMBERS_BY_IDS: ByIds = ByIds {
    sql: concat!("SELECT ", member_columns!(), " FROM members m WHERE m.member IN ({ids})"),
    columns: 8,
};

/// Members by their ids, in no order.
pub fn members_by_ids(snapshot: &Snapshot, _viewer: &Viewer, ids: &[MemberId]) -> Result<Vec<Member>, Error> {
    snapshot.by_ids(MEMBERS_BY_IDS.sql, &[], ids.iter().copied(), read_member)
}

/// The members who have an e-mail address, whatever the case of its letters: two at most, which is too many.
pub fn members_by_email(snapshot: &Snapshot, _viewer: &Viewer, email: &str) -> Result<Vec<Member>, Error> {
    let sql = concat!(
        "SELECT ",
        member_columns!(),
        " FROM members m WHERE m.email IS NOT NULL AND lower(m.email) = lower(?1) LIMIT 2"
    );
    snapshot.rows(sql, &[email.into()], read_member)
}

/// In which department each of these members is at a time, in no order.
pub fn whereabouts(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    members: &[MemberId],
    at: Time,
) -> Result<Vec<(MemberId, DepartmentId)>, Error> {
    let sql = concat!("SELECT m.member, ", department_at!(), " FROM members m WHERE m.member IN ({ids})");
    snapshot.by_ids(sql, &[at.into()], members.iter().copied(), |row| Ok((id(row, 0)?, id(row, 1)?)))
}

pub(crate) fn read_member(row: &Row<'_>) -> rusqlite::Result<Member> {
    let member: MemberId = id(row, 0)?;
    Ok(Member {
        id: member,
        name: col::<Option<String>>(row, 1)?,
        email: col::<Option<String>>(row, 2)?,
        registered_at: col(row, 3)?,
        account_at: col(row, 4)?,
        left_at: col(row, 5)?,
        revision: col(row, 7)?,
        key: (col(row, 6)?, member.0),
    })
}

/// How many people are in each of these departments at a time and have not left; those with nobody are left out.
pub fn headcounts(
    snapshot: &Snapshot,
    departments: &[DepartmentId],
    at: Time,
) -> Result<Vec<(DepartmentId, u64)>, Error> {
    let sql = concat!(
        "SELECT p.department, count(DISTINCT m.member) FROM places p CROSS JOIN members m ON m.member = p.member
            WHERE m.left_at IS NULL AND p.department = ",
        department_at!(),
        " AND p.department IN ({ids}) GROUP BY p.department"
    );
    snapshot.by_ids(sql, &[at.into()], departments.iter().copied(), |row| Ok((id(row, 0)?, col(row, 1)?)))
}

/// How many people are in one department at a time and have not left.
pub fn headcount(snapshot: &Snapshot, department: DepartmentId, at: Time) -> Result<u64, Error> {
    Ok(headcounts(snapshot, &[department], at)?.first().map_or(0, |(_, count)| *count))
}

/// How many members there are, those who left among them.
pub fn member_count(snapshot: &Snapshot, _viewer: &Viewer) -> Result<u64, Error> {
    let count = snapshot.row("SELECT count(*) FROM members", &[], |row| col::<u64>(row, 0))?;
    Ok(count.unwrap_or(0))
}

const PLACES_SQL: &str = "SELECT member, department, valid_from,
    lead(valid_from) OVER (PARTITION BY member ORDER BY valid_from), taught_by FROM places";

/// Where members were from when until when, in the order of their beginnings.
pub fn places(snapshot: &Snapshot, _viewer: &Viewer, members: &[MemberId]) -> Result<Vec<Place>, Error> {
    let sql = format!("{PLACES_SQL} WHERE member IN ({{ids}}) ORDER BY member, valid_from");
    snapshot.by_ids(&sql, &[], members.iter().copied(), read_place)
}

/// Where everybody was from when until when: by member, in the order of their beginnings. Figures join it.
pub(crate) fn all_places(snapshot: &Snapshot) -> Result<Vec<Place>, Error> {
    snapshot.rows(&format!("{PLACES_SQL} ORDER BY member, valid_from"), &[], read_place)
}

fn read_place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        member: id(row, 0)?,
        department: id(row, 1)?,
        from: col(row, 2)?,
        until: col(row, 3)?,
        taught_by: Position(col(row, 4)?),
    })
}

#[cfg(test)]
mod tests;
