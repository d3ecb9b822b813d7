//! Rows of the tables, and the commands they stand for.

use domain::chart;
use domain::command::Command;
use domain::decision::Actor;
use domain::id::OrganisationId;
use domain::member;
use domain::organisation::{self, Role};
use domain::words::Language;

use crate::activity_log::merge::Row;
use crate::activity_log::names::{Names, Wrong, foreign};
use crate::activity_log::tables::{Department, DepartmentChange, Grant, Member, Organisation, Transfer};

/// A command that a row stands for.
#[derive(Debug, PartialEq)]
pub struct Told {
    /// What is to be done.
    pub command: Command,
    /// What identifies it: the same row, the same command.
    pub seed: String,
    /// The foreign id of what it brings into being.
    pub source_id: Option<String>,
}

/// Who does what a row says: the member named in it, or a service.
pub fn actor(row: &Row, names: &Names) -> Actor {
    let by = match row {
        Row::OpenDepartment(row) => &row.opened_by,
        Row::ChangeDepartment(row) => &row.by,
        Row::Register(row) => &row.joined_by,
        Row::Transfer(row) => &row.by,
        Row::Grant(row) => &row.granted_by,
        Row::Revoke(row) => &row.revoked_by,
        Row::OpenAccount(_, by)
        | Row::Reactivate(_, by)
        | Row::Deactivate(_, by)
        | Row::CloseDepartment(_, by) => by,
        Row::Establish(_) | Row::Activity(_) => &None,
    };
    by.as_deref().map_or(Actor::Service, |by| Actor::Member(names.member_id(by)))
}

/// The commands that a row of a table stands for; none for an activity.
pub fn commands(row: &Row, at: domain::time::Time, names: &Names) -> Result<Vec<Told>, Wrong> {
    let one = |command: Command, seed: String| Ok(vec![Told { command, seed, source_id: None }]);
    match row {
        Row::Establish(row) => establish(row, names).map(|told| vec![told]),
        Row::OpenDepartment(row) => Ok(vec![open(row, names)]),
        Row::ChangeDepartment(row) => Ok(change(row, names).into()),
        Row::Register(row) => Ok(vec![register(row, names)]),
        Row::OpenAccount(id, _) => one(
            member::open_account::OpenAccount { member: names.member_id(id) }.into(),
            format!("account:{id}"),
        ),
        Row::Reactivate(id, _) => one(
            member::reactivate::Reactivate { member: names.member_id(id) }.into(),
            format!("returned:{id}:{at}"),
        ),
        Row::Deactivate(id, _) => one(
            member::deactivate::Deactivate { member: names.member_id(id) }.into(),
            format!("left:{id}:{at}"),
        ),
        Row::Transfer(row) => Ok(vec![transfer(row, names)]),
        Row::Grant(row) => grant(row, names).map(|told| vec![told]),
        Row::Revoke(row) => {
            let command = organisation::revoke_role::RevokeRole {
                member: names.member_id(&row.member),
                role: role(&row.role)?,
                based_on: None,
            };
            one(command.into(), format!("revoked:{}:{}:{at}", row.member, row.role))
        }
        Row::CloseDepartment(id, _) => {
            one(chart::close::Close { department: names.department(id) }.into(), format!("closed:{id}"))
        }
        Row::Activity(_) => Ok(vec![]),
    }
}

fn establish(row: &Organisation, names: &Names) -> Result<Told, Wrong> {
    let id = names.id("organisation", row.id.as_deref().unwrap_or_default());
    let language: Language = row.language.parse().map_err(|refused: domain::refusal::Refused| refused.en)?;
    let command = organisation::establish::Establish {
        organisation: Some(OrganisationId(id)),
        name: row.name.clone(),
        time_zone: row.time_zone.clone(),
        language,
        anonymous: row.anonymous,
        source: Some(row.source.clone()),
        threshold: row.threshold,
    };
    Ok(Told { command: command.into(), seed: "established".to_owned(), source_id: None })
}

fn open(row: &Department, names: &Names) -> Told {
    let command = chart::open::Open {
        department: Some(names.department(&row.id)),
        parent: row.parent.as_deref().map(|parent| names.department(parent)),
        name: row.name.clone(),
    };
    Told { command: command.into(), seed: format!("opened:{}", row.id), source_id: foreign(&row.id) }
}

/// A row says all that holds from then on; what held before is no change.
fn change(row: &DepartmentChange, names: &Names) -> [Told; 2] {
    let DepartmentChange { department: id, at, .. } = row;
    let department = names.department(id);
    let parent = row.parent.as_deref().map(|parent| names.department(parent));
    let rename = chart::rename::Rename { department, name: row.name.clone(), based_on: None };
    let told = |command: Command, what| Told { command, seed: format!("{what}:{id}:{at}"), source_id: None };
    [
        told(rename.into(), "renamed"),
        told(chart::move_to::MoveTo { department, parent, based_on: None }.into(), "moved"),
    ]
}

fn register(row: &Member, names: &Names) -> Told {
    let command = member::register::Register {
        member: Some(names.member_id(&row.id)),
        name: row.name.clone(),
        email: row.email.clone(),
        department: names.department(&row.department),
    };
    Told { command: command.into(), seed: format!("registered:{}", row.id), source_id: foreign(&row.id) }
}

fn transfer(row: &Transfer, names: &Names) -> Told {
    let command = member::transfer::Transfer {
        member: names.member_id(&row.member),
        department: names.department(&row.department),
        valid_from: Some(row.at),
        based_on: None,
    };
    let Transfer { member, department, at, .. } = row;
    let known_at = row.known_at.unwrap_or(*at);
    let seed = format!("transferred:{member}:{department}:{at}:{known_at}");
    Told { command: command.into(), seed, source_id: None }
}

fn grant(row: &Grant, names: &Names) -> Result<Told, Wrong> {
    let departments = row.departments.split(';').map(str::trim).filter(|id| !id.is_empty());
    let command = organisation::grant_role::GrantRole {
        member: names.member_id(&row.member),
        role: role(&row.role)?,
        departments: departments.map(|id| names.department(id)).collect(),
        from: row.begins_at,
        until: row.until,
        based_on: None,
    };
    let seed = format!("granted:{}:{}:{}", row.member, row.role, row.from);
    Ok(Told { command: command.into(), seed, source_id: None })
}

fn role(name: &str) -> Result<Role, Wrong> {
    match name {
        "coach" => Ok(Role::Coach),
        "auditor" => Ok(Role::Auditor),
        "administrator" => Ok(Role::Administrator),
        _ => Err("column role: a role is \"coach\", \"auditor\" or \"administrator\"".to_owned()),
    }
}
