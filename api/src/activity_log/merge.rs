//! All files of an activity log as one sequence by time.
//!
//! At equal times: departments, members, transfers and roles, activities in file order, leavings. The organisation
//! is always first.

use std::collections::HashMap;
use std::io;
use std::vec;

use domain::time::Time;

use crate::activity_log::activity::Activity;
use crate::activity_log::lines::{Activities, Survey, Timed};
use crate::activity_log::source::{Fault, Place, Source};
use crate::activity_log::tables::{
    Absence, Department, DepartmentChange, Grant, Member, ORGANISATION, Organisation, Sheet, Transfer,
    read_organisation,
};

/// One thing to be done, of any file.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// The organisation is established.
    Establish(Organisation),
    /// A department is opened.
    OpenDepartment(Department),
    /// A department is renamed or moved.
    ChangeDepartment(DepartmentChange),
    /// A person is registered.
    Register(Member),
    /// A member is given an account, by whom.
    OpenAccount(String, Option<String>),
    /// A member is back, by whom.
    Reactivate(String, Option<String>),
    /// A member changes department.
    Transfer(Transfer),
    /// A member is granted a role.
    Grant(Grant),
    /// Somebody does something.
    Activity(Box<Activity>),
    /// A member leaves, by whom.
    Deactivate(String, Option<String>),
    /// A role is revoked.
    Revoke(Grant),
    /// A department is closed, by whom.
    CloseDepartment(String, Option<String>),
}

impl Row {
    /// Which comes first at equal times.
    fn rank(&self) -> u8 {
        match self {
            Self::Establish(_) => 0,
            Self::OpenDepartment(_) => 1,
            Self::ChangeDepartment(_) => 2,
            Self::Register(_) => 3,
            Self::OpenAccount(..) => 4,
            Self::Reactivate(..) => 5,
            Self::Transfer(_) => 6,
            Self::Grant(_) => 7,
            Self::Activity(_) => ACTIVITIES,
            Self::Deactivate(..) => 9,
            Self::Revoke(_) => 10,
            Self::CloseDepartment(..) => 11,
        }
    }
}

const ACTIVITIES: u8 = 8;

/// A row at its place in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When it happens.
    pub at: Time,
    /// Where it stands.
    pub place: Place,
    /// What is to be done.
    pub row: Row,
}

/// The sequence. The tables are held; activities pass one by one.
pub struct Merge<'s> {
    faults: vec::IntoIter<Fault>,
    tables: std::iter::Peekable<vec::IntoIter<Entry>>,
    activities: std::iter::Peekable<Activities<'s>>,
    /// The organisation, as its file has it.
    pub organisation: Organisation,
    /// How many rows and lines there are.
    pub len: u64,
}

impl<'s> Merge<'s> {
    /// Reads the tables, and the activities once over; the inner error is a folder without an organisation.
    pub fn open(source: &'s dyn Source) -> io::Result<Result<Self, Fault>> {
        let organisation = match read_organisation(source)? {
            Ok(organisation) => organisation,
            Err(fault) => return Ok(Err(fault)),
        };
        let mut survey = Survey::of(source)?;
        let mut tables = Tables::default();
        tables.read(source, &survey)?;
        tables.establish(&organisation, survey.earliest);
        let entries = tables.in_order();
        let len = survey.lines + entries.len() as u64;
        Ok(Ok(Self {
            faults: tables.faults.into_iter(),
            tables: entries.into_iter().peekable(),
            activities: Activities::open(source, &mut survey)?.peekable(),
            organisation,
            len,
        }))
    }
}

impl Iterator for Merge<'_> {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(fault) = self.faults.next() {
            return Some(Err(fault));
        }
        let activity = self.activities.peek().map(|timed| (timed.at, ACTIVITIES));
        let before = |entry: &Entry| match (&entry.row, activity) {
            (Row::Establish(_), _) | (_, None) => true,
            (row, Some(activity)) => (entry.at, row.rank()) < activity,
        };
        match self.tables.next_if(before) {
            Some(entry) => Some(Ok(entry)),
            None => {
                let Timed { at, place, activity } = self.activities.next()?;
                Some(activity.map(|activity| Entry { at, place, row: Row::Activity(activity) }))
            }
        }
    }
}

/// The rows of the tables, while they are gathered.
#[derive(Default)]
struct Tables {
    departments: Vec<(Place, Department)>,
    entries: Vec<Entry>,
    faults: Vec<Fault>,
}

impl Tables {
    fn read(&mut self, source: &dyn Source, survey: &Survey) -> io::Result<()> {
        let departments = Sheet::<Department>::read(source)?;
        self.faults.extend(departments.faults);
        self.departments = departments.rows;
        let changes = Sheet::<DepartmentChange>::read(source)?;
        self.faults.extend(changes.faults);
        for (place, row) in changes.rows {
            self.push(row.at, place, Row::ChangeDepartment(row));
        }
        self.read_members(source, survey)?;
        let transfers = Sheet::<Transfer>::read(source)?;
        self.faults.extend(transfers.faults);
        for (place, row) in transfers.rows {
            self.push(row.known_at.unwrap_or(row.at), place, Row::Transfer(row));
        }
        let absences = Sheet::<Absence>::read(source)?;
        self.faults.extend(absences.faults);
        for (place, row) in absences.rows {
            self.push(row.left_at, place, Row::Deactivate(row.member.clone(), row.left_by));
            self.push(row.returned_at, place, Row::Reactivate(row.member, row.returned_by));
        }
        let grants = Sheet::<Grant>::read(source)?;
        self.faults.extend(grants.faults);
        for (place, row) in grants.rows {
            if let Some(at) = row.revoked_at {
                self.push(at, place, Row::Revoke(row.clone()));
            }
            self.push(row.from, place, Row::Grant(row));
        }
        Ok(())
    }

    fn read_members(&mut self, source: &dyn Source, survey: &Survey) -> io::Result<()> {
        let members = Sheet::<Member>::read(source)?;
        let told = members.has("account_at");
        for (place, row) in members.rows {
            let acts = !told && survey.actors.contains(&format!("member:{}", row.id));
            if let Some(at) = row.account_at.or(acts.then_some(row.joined_at)) {
                self.push(at, place, Row::OpenAccount(row.id.clone(), row.account_by.clone()));
            }
            if let Some(at) = row.left_at {
                self.push(at, place, Row::Deactivate(row.id.clone(), row.left_by.clone()));
            }
            self.push(row.joined_at, place, Row::Register(row));
        }
        self.faults.extend(members.faults);
        Ok(())
    }

    fn push(&mut self, at: Time, place: Place, row: Row) {
        self.entries.push(Entry { at, place, row });
    }

    /// Adds the organisation, and the departments, which may begin with it.
    fn establish(&mut self, organisation: &Organisation, earliest: Option<Time>) {
        let opened = self.departments.iter().filter_map(|(_, department)| department.opened_at);
        let earliest = self.entries.iter().map(|entry| entry.at).chain(opened).chain(earliest).min();
        let at = organisation.established_at.or(earliest).unwrap_or_default();
        let place = Place { file: ORGANISATION, line: 0 };
        self.push(at, place, Row::Establish(organisation.clone()));
        for (place, row) in parents_first(std::mem::take(&mut self.departments)) {
            if let Some(at) = row.closed_at {
                self.push(at, place, Row::CloseDepartment(row.id.clone(), row.closed_by.clone()));
            }
            self.push(row.opened_at.unwrap_or(at), place, Row::OpenDepartment(row));
        }
    }

    fn in_order(&mut self) -> Vec<Entry> {
        let mut entries = std::mem::take(&mut self.entries);
        entries.sort_by_key(|entry| match entry.row {
            Row::Establish(_) => (i64::MIN, 0),
            ref row => (entry.at.micros(), row.rank()),
        });
        entries
    }
}

/// Departments in file order, but each after the one it belongs to.
fn parents_first(departments: Vec<(Place, Department)>) -> Vec<(Place, Department)> {
    let known: HashMap<_, _> =
        departments.iter().enumerate().map(|(n, (_, row))| (row.id.clone(), n)).collect();
    let mut waiting: Vec<Option<(Place, Department)>> = departments.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    for n in 0..waiting.len() {
        let mut chain = vec![];
        let mut next = Some(n);
        while let Some(row) = next.and_then(|n| waiting[n].take()) {
            next = row.1.parent.as_ref().and_then(|parent| known.get(parent).copied());
            chain.push(row);
        }
        ordered.extend(chain.into_iter().rev());
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity_log::source::Files;

    const ORG: &str = r#"{"name":"O","source":"urn:o","time_zone":"UTC","language":"en"}"#;

    fn files(files: &[(&str, &str)]) -> Files {
        let organisation = [(ORGANISATION, ORG)];
        let all = organisation.iter().chain(files);
        all.map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    fn read(files: &Files) -> Vec<String> {
        let merge = Merge::open(files).unwrap().unwrap();
        let say = |entry: Entry| {
            let row = format!("{:?}", entry.row);
            format!("{} {}", row.split('(').next().unwrap(), entry.place)
        };
        merge.map(|entry| entry.map_or_else(|fault| fault.to_string(), say)).collect()
    }

    #[test]
    fn equal_times_have_an_order() {
        let activity = r#"{"type":"Arrive","actor":"member:1","published":"2026-01-02T00:00:00Z","object":"organisation"}"#;
        let files = files(&[
            ("departments.csv", "id,name,parent,opened_at,closed_at\nb,B,a,,2026-01-02T00:00:00Z\na,A,,,\n"),
            (
                "members.csv",
                "id,name,email,department,joined_at,left_at\n1,,,a,2026-01-02T00:00:00Z,2026-01-02T00:00:00Z\n",
            ),
            (
                "transfers.csv",
                "member,department,at,known_at\n1,b,2026-01-01T00:00:00Z,2026-01-02T00:00:00Z\n",
            ),
            ("activities.jsonl", activity),
        ]);
        assert_eq!(
            read(&files),
            [
                "Establish organisation.json",
                "OpenDepartment departments.csv line 3",
                "OpenDepartment departments.csv line 2",
                "Register members.csv line 2",
                "OpenAccount members.csv line 2",
                "Transfer transfers.csv line 2",
                "Activity activities.jsonl line 1",
                "Deactivate members.csv line 2",
                "CloseDepartment departments.csv line 2",
            ]
        );
    }

    #[test]
    fn what_is_wrong_with_a_table_is_said_first() {
        let files = files(&[
            ("departments.csv", "id,name,boss\n"),
            (
                "members.csv",
                "id,name,email,department,joined_at,left_at\n1,,,a,10000-01-01T00:00:00Z,\n2,,,a\n",
            ),
            ("absences.csv", "member,left_at\n"),
        ]);
        assert_eq!(
            read(&files)[..4],
            [
                "departments.csv line 1: unknown column \"boss\"; the columns are \
                 id,name,parent,opened_at,closed_at,opened_by,closed_by",
                "members.csv line 2: column joined_at: not an RFC 3339 time between the years 1 and 9999, such as \
                 2026-01-31T08:00:00Z",
                "members.csv line 3: the row has 4 fields, the header 6",
                "absences.csv line 1: the column \"returned_at\" is missing; needed are member,left_at,returned_at",
            ]
        );
    }

    #[test]
    fn an_account_comes_with_joining_unless_the_column_says_otherwise() {
        let activity = r#"{"type":"Arrive","actor":"member:1","published":"2026-01-02T00:00:00Z","object":"organisation"}"#;
        let table = "id,name,email,department,joined_at,left_at,account_at\n1,,,a,2026-01-01T00:00:00Z,,\n";
        let files = files(&[("members.csv", table), ("activities.jsonl", activity)]);
        assert!(!read(&files).iter().any(|row| row.starts_with("OpenAccount")));
    }
}
