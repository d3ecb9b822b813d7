//! The files beside the activities: the organisation, and the tables of who and what there is.

use std::io::{self, Read};

use domain::time::Time;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::activity_log::source::{Fault, Place, Source};

/// The file that says what organisation this is.
pub const ORGANISATION: &str = "organisation.json";

/// `organisation.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The id, when it is not made of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The name it was established with.
    pub name: String,
    /// A URI that says where the ids come from.
    pub source: String,
    /// A name of the IANA time zone database.
    pub time_zone: String,
    /// The language of what the system writes.
    pub language: String,
    /// The ids stand for nobody who can be found again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// The fewest people behind a figure, if it is another number than by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<u32>,
    /// When it was established; without it, at the earliest time in the folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub established_at: Option<Time>,
}

/// A table of rows.
pub trait Table: Serialize + DeserializeOwned {
    /// Its file.
    const FILE: &'static str;
    /// The columns it must have.
    const REQUIRED: &'static [&'static str];
    /// The columns it may have.
    const OPTIONAL: &'static [&'static str];
}

macro_rules! tables {
    ($(
        $(#[$doc:meta])*
        $name:ident in $file:literal {
            $( $(#[$rdoc:meta])* $required:ident: $rty:ty, )*
            ;
            $( $(#[$odoc:meta])* $optional:ident: $oty:ty, )*
        }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        pub struct $name {
            $( $(#[$rdoc])* pub $required: $rty, )*
            $( $(#[$odoc])* #[serde(default)] pub $optional: $oty, )*
        }

        impl Table for $name {
            const FILE: &'static str = $file;
            const REQUIRED: &'static [&'static str] = &[$( stringify!($required) ),*];
            const OPTIONAL: &'static [&'static str] = &[$( stringify!($optional) ),*];
        }
    )+};
}

tables! {
    /// A department.
    Department in "departments.csv" {
        /// Its id.
        id: String,
        /// The name it was opened with.
        name: String,
        /// The department it was opened under; empty at the top.
        parent: Option<String>,
        ;
        /// When it was opened; empty: with the organisation.
        opened_at: Option<Time>,
        /// When it was closed, if it was.
        closed_at: Option<Time>,
        /// The member who opened it; empty: a service.
        opened_by: Option<String>,
        /// The member who closed it; empty: a service.
        closed_by: Option<String>,
    }

    /// What a department is called and where it belongs from a time on.
    DepartmentChange in "department_changes.csv" {
        /// Which.
        department: String,
        /// Its name from now on.
        name: String,
        /// Where it belongs from now on; empty at the top.
        parent: Option<String>,
        /// When.
        at: Time,
        ;
        /// The member who changed it; empty: a service.
        by: Option<String>,
    }

    /// A person.
    Member in "members.csv" {
        /// Their id.
        id: String,
        /// The name they were registered with.
        name: String,
        /// The e-mail address they were registered with, if known.
        email: Option<String>,
        /// Where they began.
        department: String,
        /// When they joined.
        joined_at: Time,
        /// When they left, if they have not come back.
        left_at: Option<Time>,
        ;
        /// When they were given an account; empty: never. Without the column: with joining, if they ever act.
        account_at: Option<Time>,
        /// The member who registered them; empty: a service.
        joined_by: Option<String>,
        /// The member who opened the account; empty: a service.
        account_by: Option<String>,
        /// The member who deactivated them; empty: a service.
        left_by: Option<String>,
    }

    /// A change of department.
    Transfer in "transfers.csv" {
        /// Who.
        member: String,
        /// Where they are from then on.
        department: String,
        /// Since when.
        at: Time,
        ;
        /// When it became known; empty: at once.
        known_at: Option<Time>,
        /// The member who said so; empty: a service.
        by: Option<String>,
    }

    /// A time away, from which they came back.
    Absence in "absences.csv" {
        /// Who.
        member: String,
        /// When they left.
        left_at: Time,
        /// When they came back.
        returned_at: Time,
        ;
        /// The member who deactivated them; empty: a service.
        left_by: Option<String>,
        /// The member who reactivated them; empty: a service.
        returned_by: Option<String>,
    }

    /// A role granted to a member.
    Grant in "roles.csv" {
        /// Who.
        member: String,
        /// `coach`, `auditor` or `administrator`.
        role: String,
        /// For which departments, separated by semicolons; empty: all.
        departments: String,
        /// When it was granted.
        from: Time,
        /// When it is to end, if that was said.
        until: Option<Time>,
        ;
        /// When it begins, if later than it was granted.
        begins_at: Option<Time>,
        /// When it was revoked, if it was.
        revoked_at: Option<Time>,
        /// The member who granted it; empty: a service.
        granted_by: Option<String>,
        /// The member who revoked it; empty: a service.
        revoked_by: Option<String>,
    }
}

/// A table as it was read.
#[derive(Debug, Default)]
pub struct Sheet<T> {
    /// The rows in file order, each with its place.
    pub rows: Vec<(Place, T)>,
    /// What could not be read.
    pub faults: Vec<Fault>,
    columns: Vec<String>,
}

impl<T: Table> Sheet<T> {
    /// Reads a table; one that is absent has no columns and no rows.
    pub fn read(source: &dyn Source) -> io::Result<Self> {
        let mut sheet = Self { rows: vec![], faults: vec![], columns: vec![] };
        let Some(file) = source.open(T::FILE)? else { return Ok(sheet) };
        let mut reader = csv::ReaderBuilder::new().from_reader(file);
        match reader.headers() {
            Ok(headers) => sheet.columns = headers.iter().map(|name| name.trim().to_owned()).collect(),
            Err(error) => {
                sheet.faults.push(Fault::at(sheet.place(1), error));
                return Ok(sheet);
            }
        }
        if let Some(what) = sheet.wrong_column() {
            sheet.faults.push(Fault::at(sheet.place(1), what));
            return Ok(sheet);
        }
        sheet.read_rows(reader);
        Ok(sheet)
    }

    /// Whether the file has a column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    fn read_rows(&mut self, mut reader: csv::Reader<impl Read>) {
        let header = csv::StringRecord::from(self.columns.clone());
        let mut record = csv::StringRecord::new();
        loop {
            let read = reader.read_record(&mut record);
            let line = record.position().map_or(0, csv::Position::line);
            match read.and_then(|more| Ok(if more { Some(record.deserialize(Some(&header))?) } else { None }))
            {
                Ok(Some(row)) => self.rows.push((self.place(line), row)),
                Ok(None) => return,
                Err(error) if error.is_io_error() => {
                    self.faults.push(Fault::at(self.place(0), error));
                    return;
                }
                Err(error) => {
                    let line = error.position().map_or(line, csv::Position::line);
                    let fault = Fault::at(self.place(line), self.explain(&error, &record));
                    self.faults.push(fault);
                }
            }
        }
    }

    fn place(&self, line: u64) -> Place {
        Place { file: T::FILE, line }
    }

    fn wrong_column(&self) -> Option<String> {
        let known = |name: &&String| !T::REQUIRED.iter().chain(T::OPTIONAL).any(|column| column == name);
        if let Some(name) = self.columns.iter().find(known) {
            let all = [T::REQUIRED, T::OPTIONAL].concat().join(",");
            return Some(format!("unknown column {name:?}; the columns are {all}"));
        }
        let missing = T::REQUIRED.iter().find(|column| !self.has(column))?;
        Some(format!("the column {missing:?} is missing; needed are {}", T::REQUIRED.join(",")))
    }

    fn explain(&self, error: &csv::Error, record: &csv::StringRecord) -> String {
        match error.kind() {
            csv::ErrorKind::Deserialize { err, .. } => match self.columns.iter().zip(record).find(not_a_time)
            {
                Some((column, _)) => format!("column {column}: {}", err.kind()),
                None => err.kind().to_string(),
            },
            csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                format!("the row has {len} fields, the header {expected_len}")
            }
            csv::ErrorKind::Utf8 { .. } => "the row is not UTF-8".to_owned(),
            _ => error.to_string(),
        }
    }
}

/// Every column that is no text is a time; the reader does not say which one it could not read.
fn not_a_time((column, value): &(&String, &str)) -> bool {
    let time = column.ends_with("_at") || matches!(column.as_str(), "at" | "from" | "until");
    time && !value.is_empty() && value.parse::<Time>().is_err()
}

/// Reads `organisation.json`; the outer error is the file system's.
pub fn read_organisation(source: &dyn Source) -> io::Result<Result<Organisation, Fault>> {
    let place = Place { file: ORGANISATION, line: 0 };
    let Some(mut file) = source.open(ORGANISATION)? else {
        return Ok(Err(Fault::at(place, "there is no such file; a folder with an activity log has one")));
    };
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    Ok(serde_json::from_str(&text)
        .map_err(|error| Fault::at(Place { line: error.line() as u64, ..place }, error)))
}
