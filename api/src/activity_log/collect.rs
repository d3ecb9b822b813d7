//! From events to the tables of an activity log: who and what there is, from when until when.

use std::collections::HashMap;
use std::io;

use domain::chart::Event as Chart;
use domain::event::{Event, Position, Recorded};
use domain::id::{DepartmentId, MemberId};
use domain::member::Event as Person;
use domain::organisation::{Event as Settings, Role};
use domain::sealed::Sealed;
use domain::time::Time;

use crate::activity_log::names::NamesBack;
use crate::activity_log::source::Target;
use crate::activity_log::tables::{
    Absence, Department, DepartmentChange, Grant, Member, ORGANISATION, Organisation, Table, Transfer,
};

/// A row's place in its table: by time, then by position.
type Key = (Time, Position);

/// The tables, as far as they have been gathered.
#[derive(Debug, Default)]
pub struct Tables {
    organisation: Option<Organisation>,
    departments: Vec<(Key, Department)>,
    department_rows: HashMap<DepartmentId, DepartmentNow>,
    changes: Vec<(Key, DepartmentChange)>,
    members: Vec<(Key, Member)>,
    member_rows: HashMap<MemberId, MemberNow>,
    transfers: Vec<(Key, Transfer)>,
    absences: Vec<(Key, Absence)>,
    grants: Vec<(Key, Grant)>,
    grant_rows: HashMap<(Role, MemberId), usize>,
}

#[derive(Debug)]
struct DepartmentNow {
    row: usize,
    name: String,
    parent: Option<String>,
}

#[derive(Debug)]
struct MemberNow {
    row: usize,
    away: Option<(Key, Option<String>)>,
}

impl Tables {
    /// Takes an event in, in order of position; one that is an activity changes nothing.
    pub fn take(&mut self, recorded: &Recorded, back: &NamesBack) {
        match &recorded.event {
            Event::Organisation(event) => self.take_settings(event, recorded, back),
            Event::Chart(event) => self.take_chart(event, recorded, back),
            Event::Member(event) => self.take_member(event, recorded, back),
            _ => {}
        }
    }

    fn take_settings(&mut self, event: &Settings, recorded: &Recorded, back: &NamesBack) {
        let (at, by) = (key(recorded), by(recorded, back));
        match event {
            Settings::Established(e) => {
                let id = e.organisation.to_string();
                self.organisation = Some(Organisation {
                    name: open(&e.name),
                    source: e.source.clone().unwrap_or_else(|| format!("urn:uuid:{id}")),
                    id: Some(id),
                    time_zone: e.time_zone.clone(),
                    language: e.language.to_string(),
                    anonymous: e.anonymous,
                    threshold: e.threshold,
                    established_at: Some(at.0),
                });
            }
            Settings::RoleGranted(e) => {
                let departments: Vec<_> = e.departments.iter().map(|id| back.id(id.0)).collect();
                let row = Grant {
                    member: back.id(e.member.0),
                    role: role(e.role).to_owned(),
                    departments: departments.join(";"),
                    from: at.0,
                    begins_at: e.from,
                    until: e.until,
                    granted_by: by,
                    ..Grant::default()
                };
                self.grant_rows.insert((e.role, e.member), self.grants.len());
                self.grants.push((at, row));
            }
            Settings::RoleRevoked(e) => {
                if let Some(row) = self.grant_rows.remove(&(e.role, e.member)) {
                    self.grants[row].1.revoked_at = Some(at.0);
                    self.grants[row].1.revoked_by = by;
                }
            }
            Settings::SettingsChanged(_) | Settings::WorkingWeekSet(_) | Settings::HolidaysChanged(_) => {}
        }
    }

    fn take_chart(&mut self, event: &Chart, recorded: &Recorded, back: &NamesBack) {
        let (at, by) = (key(recorded), by(recorded, back));
        match event {
            Chart::Opened(e) => {
                let (name, parent) = (open(&e.name), e.parent.map(|parent| back.id(parent.0)));
                let now =
                    DepartmentNow { row: self.departments.len(), name: name.clone(), parent: parent.clone() };
                self.department_rows.insert(e.department, now);
                let id = back.id(e.department.0);
                let row = Department {
                    id,
                    name,
                    parent,
                    opened_at: Some(at.0),
                    opened_by: by,
                    ..Department::default()
                };
                self.departments.push((at, row));
            }
            Chart::Renamed(e) => self.change(e.department, (at, by), back, |now| now.name = open(&e.name)),
            Chart::Moved(e) => {
                let parent = e.parent.map(|parent| back.id(parent.0));
                self.change(e.department, (at, by), back, |now| now.parent = parent);
            }
            Chart::Closed(e) => {
                if let Some(now) = self.department_rows.get(&e.department) {
                    let row = &mut self.departments[now.row].1;
                    row.closed_at = Some(at.0);
                    row.closed_by = by;
                }
            }
        }
    }

    fn change(
        &mut self,
        department: DepartmentId,
        (at, by): (Key, Option<String>),
        back: &NamesBack,
        change: impl FnOnce(&mut DepartmentNow),
    ) {
        let Some(now) = self.department_rows.get_mut(&department) else { return };
        change(now);
        let row = DepartmentChange {
            department: back.id(department.0),
            name: now.name.clone(),
            parent: now.parent.clone(),
            at: at.0,
            by,
        };
        self.changes.push((at, row));
    }

    fn take_member(&mut self, event: &Person, recorded: &Recorded, back: &NamesBack) {
        let (at, by) = (key(recorded), by(recorded, back));
        match event {
            Person::Registered(e) => {
                self.member_rows.insert(e.member, MemberNow { row: self.members.len(), away: None });
                let row = Member {
                    id: back.id(e.member.0),
                    name: open(&e.name),
                    email: e.email.open().cloned().flatten(),
                    department: back.id(e.department.0),
                    joined_at: at.0,
                    joined_by: by,
                    ..Member::default()
                };
                self.members.push((at, row));
            }
            Person::AccountOpened(e) => {
                if let Some(now) = self.member_rows.get(&e.member) {
                    let row = &mut self.members[now.row].1;
                    row.account_at = Some(at.0);
                    row.account_by = by;
                }
            }
            Person::Transferred(e) => {
                let row = Transfer {
                    member: back.id(e.member.0),
                    department: back.id(e.department.0),
                    at: e.valid_from,
                    known_at: Some(at.0),
                    by,
                };
                self.transfers.push((at, row));
            }
            Person::Deactivated(e) => {
                if let Some(now) = self.member_rows.get_mut(&e.member) {
                    now.away = Some((at, by));
                }
            }
            Person::Reactivated(e) => self.returned(e.member, (at.0, by), back),
            Person::ProfileChanged(_) | Person::IdentityLinked(_) | Person::IdentityUnlinked(_) => {}
        }
    }

    fn returned(&mut self, member: MemberId, (at, by): (Time, Option<String>), back: &NamesBack) {
        let away = self.member_rows.get_mut(&member).and_then(|now| now.away.take());
        let Some((left, left_by)) = away else { return };
        let row =
            Absence { member: back.id(member.0), left_at: left.0, returned_at: at, left_by, returned_by: by };
        self.absences.push((left, row));
    }

    /// Writes the tables; those that may be absent only if they hold something. Without an organisation there is
    /// nothing to write, and the answer is false.
    pub fn write(mut self, target: &mut dyn Target) -> io::Result<bool> {
        let Some(organisation) = &self.organisation else { return Ok(false) };
        let mut file = target.create(ORGANISATION)?;
        serde_json::to_writer_pretty(&mut file, organisation)?;
        file.write_all(b"\n")?;
        file.flush()?;
        drop(file);
        for now in self.member_rows.values_mut() {
            if let Some((left, by)) = now.away.take() {
                let row = &mut self.members[now.row].1;
                row.left_at = Some(left.0);
                row.left_by = by;
            }
        }
        write_table(self.departments, target, true)?;
        write_table(self.changes, target, false)?;
        write_table(self.members, target, true)?;
        write_table(self.transfers, target, false)?;
        write_table(self.absences, target, false)?;
        write_table(self.grants, target, false)?;
        Ok(true)
    }
}

fn write_table<T: Table>(mut rows: Vec<(Key, T)>, target: &mut dyn Target, always: bool) -> io::Result<()> {
    if rows.is_empty() && !always {
        return Ok(());
    }
    rows.sort_by_key(|(key, _)| *key);
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(target.create(T::FILE)?);
    writer.write_record(T::REQUIRED.iter().chain(T::OPTIONAL))?;
    for (_, row) in &rows {
        writer.serialize(row)?;
    }
    writer.flush()
}

fn key(recorded: &Recorded) -> Key {
    (recorded.metadata.occurred_at, recorded.position)
}

/// The member who did it, if it was one.
fn by(recorded: &Recorded, back: &NamesBack) -> Option<String> {
    recorded.metadata.actor.map(|member| back.id(member.0))
}

fn open(sealed: &Sealed<String>) -> String {
    sealed.open().cloned().unwrap_or_default()
}

/// A role as the tables write it.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Coach => "coach",
        Role::Auditor => "auditor",
        Role::Administrator => "administrator",
    }
}
