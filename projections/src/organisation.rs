//! The organisation's settings, and who holds which role.

use domain::event::{Event, Recorded};
use domain::id::{DepartmentId, MemberId, OrganisationId};
use domain::organisation::{Event as Organised, Role};
use domain::time::Time;

use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put, update};
use crate::value::{Value, col, id, ids};
use crate::writes::{Statement, Writes};
use crate::{Error, Snapshot, Viewer};

static ORGANISATION: Table = Table {
    name: "organisation",
    key: &["organisation BLOB NOT NULL"],
    columns: &[
        "time_zone TEXT NOT NULL",
        "language TEXT NOT NULL",
        "anonymous INTEGER NOT NULL",
        "source TEXT",
        "threshold INTEGER",
        "established_at INTEGER NOT NULL",
        "revision INTEGER NOT NULL",
        "name TEXT",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

static ROLES: Table = Table {
    name: "roles",
    key: &["member BLOB NOT NULL", "role INTEGER NOT NULL"],
    columns: &["departments BLOB", "since INTEGER NOT NULL", "until INTEGER", "revision INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// The organisation and its roles.
pub static PROJECTION: Projection =
    Projection { name: "organisation", version: 5, tables: &[&ORGANISATION, &ROLES], fold };

static CALENDAR_CHANGED: Statement =
    Statement { name: "calendar-changed", sql: &["UPDATE organisation SET revision = ?1"] };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Organisation(event) = &recorded.event else { return };
    let at = recorded.metadata.occurred_at;
    match event {
        Organised::Established(e) => put!(
            writes,
            ORGANISATION {
                organisation: e.organisation,
                time_zone: &e.time_zone,
                language: e.language.as_str(),
                anonymous: e.anonymous,
                source: &e.source,
                threshold: e.threshold,
                established_at: at,
                revision: recorded.revision,
                name: &e.name,
            }
        ),
        Organised::SettingsChanged(e) => update!(writes, ORGANISATION [e.organisation] {
            time_zone = &e.time_zone,
            language = e.language.as_str(),
            revision = recorded.revision,
            name = &e.name,
        }),
        Organised::RoleGranted(e) => put!(
            writes,
            ROLES {
                member: e.member,
                role: code(e.role),
                departments: id_row(&e.departments),
                since: e.from.unwrap_or(at),
                until: e.until,
                revision: recorded.revision,
            }
        ),
        Organised::RoleRevoked(e) => delete!(writes, ROLES [e.member, code(e.role)]),
        Organised::WorkingWeekSet(_) | Organised::HolidaysChanged(_) => {
            writes.execute(&CALENDAR_CHANGED, [recorded.revision.into()]);
        }
    }
}

fn code(role: Role) -> i64 {
    role as i64
}

fn id_row(departments: &[DepartmentId]) -> Value {
    if departments.is_empty() {
        return Value::Null;
    }
    Value::Bytes(departments.iter().flat_map(|department| *department.0.as_bytes()).collect())
}

/// The organisation as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name; nothing once it is gone.
    pub name: Option<String>,
    /// A name of the IANA time zone database.
    pub time_zone: String,
    /// The language of what the system writes, as a BCP 47 tag.
    pub language: String,
    /// Its ids stand for nobody who can be found again.
    pub anonymous: bool,
    /// A URI that says where imported ids come from.
    pub source: Option<String>,
    /// The fewest people behind a figure, if it is another number than by default.
    pub threshold: Option<u32>,
    /// Since when it is here.
    pub established_at: Time,
    /// The revision of its settings and calendar, on which a change is based.
    pub revision: u64,
}

/// A role that somebody holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// Who.
    pub member: MemberId,
    /// What.
    pub role: Role,
    /// For which departments with all below them; all of them when empty.
    pub departments: Vec<DepartmentId>,
    /// Since when.
    pub since: Time,
    /// Until when, if it ends.
    pub until: Option<Time>,
    /// The revision of the organisation at which it was granted, on which a change of it is based.
    pub revision: u64,
}

/// The organisation, once established.
pub fn organisation(snapshot: &Snapshot, _viewer: &Viewer) -> Result<Option<Organisation>, Error> {
    let sql = "SELECT organisation, name, time_zone, language, anonymous, source, threshold, established_at,
        revision FROM organisation";
    snapshot.row(sql, &[], |row| {
        Ok(Organisation {
            id: id(row, 0)?,
            name: col::<Option<String>>(row, 1)?,
            time_zone: col(row, 2)?,
            language: col(row, 3)?,
            anonymous: col(row, 4)?,
            source: col::<Option<String>>(row, 5)?,
            threshold: col(row, 6)?,
            established_at: col(row, 7)?,
            revision: col(row, 8)?,
        })
    })
}

/// The roles that have not ended at a time, by member; a coach's may begin later.
pub fn roles(snapshot: &Snapshot, _viewer: &Viewer, at: Time) -> Result<Vec<Grant>, Error> {
    let sql = "SELECT member, role, departments, since, until, revision FROM roles
        WHERE until IS NULL OR until > ?1 ORDER BY member, role";
    snapshot.rows(sql, &[at.into()], grant)
}

/// The roles of members that have not ended at a time; a coach's may begin later.
pub fn roles_of(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    members: &[MemberId],
    at: Time,
) -> Result<Vec<Grant>, Error> {
    let sql = "SELECT member, role, departments, since, until, revision FROM roles
        WHERE (until IS NULL OR until > ?1) AND member IN ({ids})";
    snapshot.by_ids(sql, &[at.into()], members.iter().copied(), grant)
}

fn grant(row: &rusqlite::Row<'_>) -> rusqlite::Result<Grant> {
    let role = match row.get::<_, i64>(1)? {
        0 => Role::Coach,
        1 => Role::Auditor,
        _ => Role::Administrator,
    };
    Ok(Grant {
        member: id(row, 0)?,
        role,
        departments: ids(row, 2)?,
        since: col(row, 3)?,
        until: col(row, 4)?,
        revision: col(row, 5)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{History, department, history, member, organisation as org};
    use domain::organisation::{Established, RoleGranted, RoleRevoked, SettingsChanged};
    use domain::sealed::Sealed;

    fn established(name: Sealed<String>) -> Established {
        Established {
            organisation: org(1),
            time_zone: "Europe/Paris".to_owned(),
            language: "fr".parse().unwrap(),
            anonymous: false,
            source: Some("https://example.org".to_owned()),
            threshold: Some(12),
            name,
        }
    }

    fn granted(until: Option<Time>) -> RoleGranted {
        RoleGranted {
            member: member(1),
            role: Role::Coach,
            departments: vec![department(2)],
            from: None,
            until,
        }
    }

    fn given() -> History {
        history()
            .and(established("Org".to_owned().into()))
            .and(SettingsChanged {
                organisation: org(1),
                time_zone: "Europe/Lisbon".to_owned(),
                time_zone_was: "Europe/Paris".to_owned(),
                language: "en".parse().unwrap(),
                language_was: "fr".parse().unwrap(),
                name: "Org 2".to_owned().into(),
                name_was: "Org".to_owned().into(),
            })
            .and(granted(None))
    }

    #[test]
    fn each_event_writes() {
        let given = given().and(RoleRevoked { member: member(1), role: Role::Coach });
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        put organisation organisation=9:1 time_zone="Europe/Paris" language="fr" anonymous=0 source="https://example.org" threshold=12 established_at=1700000001000000 revision=1 name="Org"
        update organisation organisation=9:1 time_zone="Europe/Lisbon" language="en" revision=2 name="Org 2"
        put roles member=2:1 role=0 departments=["1:2"] since=1700000003000000 until=- revision=3
        delete roles member=2:1 role=0
        "#);
    }

    #[test]
    fn settings_and_roles_are_read_as_they_stand() {
        let given = given();
        let snapshot = given.snapshot();
        let found = organisation(&snapshot, &Viewer::Operator).unwrap().unwrap();
        assert_eq!((found.name.as_deref(), found.time_zone.as_str()), (Some("Org 2"), "Europe/Lisbon"));
        let roles = roles(&snapshot, &Viewer::Operator, given.time()).unwrap();
        assert_eq!(roles, roles_of(&snapshot, &Viewer::Operator, &[member(1)], given.time()).unwrap());
        assert_eq!((roles[0].role, &roles[0].departments[..]), (Role::Coach, &[department(2)][..]));
    }

    #[test]
    fn a_role_ends_by_the_clock_of_who_asks() {
        let given = given();
        let end = given.time();
        let given = given.and(granted(Some(end)));
        let roles = |at| roles(&given.snapshot(), &Viewer::Operator, at).unwrap().len();
        assert_eq!(roles(end), 0);
        assert_eq!(roles(Time::try_from_micros(end.micros() - 1).unwrap()), 1);
    }

    #[test]
    fn a_name_that_is_gone_is_not_there() {
        let given = history().and(established(Sealed::Gone));
        insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
        put organisation organisation=9:1 time_zone="Europe/Paris" language="fr" anonymous=0 source="https://example.org" threshold=12 established_at=1700000001000000 revision=1 name=-
        "#);
        let snapshot = given.snapshot();
        assert_eq!(organisation(&snapshot, &Viewer::Operator).unwrap().unwrap().name, None);
    }
}
