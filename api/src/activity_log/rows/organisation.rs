//! Rows of what changes about the organisation and its members, of signing in and of searching. Who there is, and
//! where, is in the tables.

use domain::command::Command;
use domain::member::Event as Member;
use domain::member::change_profile::ChangeProfile;
use domain::member::link_identity::LinkIdentity;
use domain::member::sign_in::SignIn;
use domain::member::unlink_identity::UnlinkIdentity;
use domain::organisation::Event as Organisation;
use domain::organisation::change_holidays::ChangeHolidays;
use domain::organisation::change_settings::ChangeSettings;
use domain::organisation::set_working_week::SetWorkingWeek;
use domain::seen::search::Search;
use domain::seen::{self, Searched};
use domain::time::Day;

use super::{Context, Unfit, act, named, needed, text, thing};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;
use crate::activity_log::results::Results;

/// Changed settings or working days, as an activity.
pub(super) fn settings(event: &Organisation) -> Option<Activity> {
    let changed = match event {
        Organisation::SettingsChanged(e) => Thing {
            name: Some(text(&e.name).unwrap_or_default()),
            time_zone: Some(e.time_zone.clone()),
            language: Some(e.language.to_string()),
            ..Thing::default()
        },
        Organisation::WorkingWeekSet(e) => {
            Thing { working_days: Some(e.days.clone()), from: Some(e.from), ..Thing::default() }
        }
        Organisation::HolidaysChanged(e) => {
            let days = |days: &Vec<Day>| Some(days.clone()).filter(|days| !days.is_empty());
            Thing { holidays: days(&e.added), no_holidays: days(&e.removed), ..Thing::default() }
        }
        Organisation::Established(_) | Organisation::RoleGranted(_) | Organisation::RoleRevoked(_) => {
            return None;
        }
    };
    Some(act(Verb::Update, Thing { kind: Kind::Organization, ..changed }))
}

/// A changed profile or identity, as an activity.
pub(super) fn person(event: &Member, back: &NamesBack) -> Option<Activity> {
    match event {
        Member::ProfileChanged(e) => {
            let profile = Thing {
                name: Some(text(&e.name).unwrap_or_default()),
                email: Some(e.email.open().cloned().flatten().unwrap_or_default()),
                ..thing(Kind::Person, back.member(e.member))
            };
            Some(act(Verb::Update, profile))
        }
        Member::IdentityLinked(e) => {
            Some(act(Verb::Create, identity(back.member(e.member), &e.issuer, text(&e.subject)?)))
        }
        Member::IdentityUnlinked(e) => {
            Some(act(Verb::Undo, identity(back.member(e.member), &e.issuer, text(&e.subject)?)))
        }
        _ => None,
    }
}

fn identity(member: String, issuer: &str, subject: String) -> Thing {
    Thing {
        kind: Kind::Identity,
        actor: Some(member),
        issuer: Some(issuer.to_owned()),
        subject: Some(subject),
        ..Thing::default()
    }
}

/// An identity is linked with a member, or not any more.
pub(super) fn change_identity(verb: Verb, thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let member = context.names.member(&needed(&thing.actor, "actor")?)?;
    let (issuer, subject) = (needed(&thing.issuer, "issuer")?, needed(&thing.subject, "subject")?);
    Ok(match verb {
        Verb::Undo => UnlinkIdentity { member, issuer, subject }.into(),
        _ => LinkIdentity { member, issuer, subject }.into(),
    })
}

/// Settings or working days change.
pub(super) fn change(thing: &Thing) -> Result<Vec<Command>, Unfit> {
    let said = |refused: domain::refusal::Refused| Unfit::Wrong(refused.en.into());
    let mut commands = Vec::new();
    if thing.name.is_some() || thing.time_zone.is_some() || thing.language.is_some() {
        let command = ChangeSettings {
            name: thing.name.clone(),
            time_zone: thing.time_zone.clone(),
            language: thing.language.as_ref().map(|tag| tag.parse().map_err(said)).transpose()?,
            based_on: None,
        };
        commands.push(command.into());
    }
    if let Some(days) = &thing.working_days {
        commands.push(SetWorkingWeek { days: days.clone(), from: thing.from, based_on: None }.into());
    }
    if thing.holidays.is_some() || thing.no_holidays.is_some() {
        let days = |days: &Option<Vec<Day>>| days.clone().unwrap_or_default();
        let command =
            ChangeHolidays { add: days(&thing.holidays), remove: days(&thing.no_holidays), based_on: None };
        commands.push(command.into());
    }
    Ok(commands)
}

/// A profile changes.
pub(super) fn change_profile(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let member = context.names.member(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    let (name, email) = (thing.name.clone(), thing.email.clone());
    Ok(ChangeProfile { member, name, email, based_on: None }.into())
}

/// A member signs in.
pub(super) fn sign_in(context: &Context<'_>) -> Result<Command, Unfit> {
    let organisation = context.known.organisation.ok_or(Unfit::WantsOrganisation)?;
    Ok(SignIn { organisation }.into())
}

/// What was searched for, as an activity.
pub(super) fn searched(event: &Searched, back: &NamesBack) -> Activity {
    let results = event.results.iter().map(|results| Results {
        department: results.department.map(|id| back.name("department", id.0)),
        count: results.count,
    });
    Activity {
        content: Some(text(&event.words).unwrap_or_default()),
        results: Some(results.collect()),
        ..act(Verb::Search, named("organisation".to_owned()))
    }
}

/// A member searches.
pub(super) fn search(activity: &Activity, context: &Context<'_>) -> Result<Command, Unfit> {
    let organisation = context.known.organisation.ok_or(Unfit::WantsOrganisation)?;
    let words = needed(&activity.content, "content")?;
    let mut results = vec![];
    for Results { department, count } in activity.results.iter().flatten() {
        let department =
            department.as_deref().map(|name| context.names.department_named(name)).transpose()?;
        results.push(seen::Results { department, count: *count });
    }
    Ok(Search { organisation, words, results }.into())
}
