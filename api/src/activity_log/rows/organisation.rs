//! Rows of what changes about the organisation and its members, and of signing in. Who there is, and where, is in the
//! tables.

use domain::command::Command;
use domain::member::Event as Member;
use domain::member::change_profile::ChangeProfile;
use domain::member::link_identity::LinkIdentity;
use domain::member::sign_in::SignIn;
use domain::member::unlink_identity::UnlinkIdentity;
use domain::organisation::Event as Organisation;
use domain::organisation::change_settings::ChangeSettings;

use super::{Context, Unfit, act, needed, text, thing};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// Changed settings, as an activity.
pub(super) fn settings(event: &Organisation) -> Option<Activity> {
    let Organisation::SettingsChanged(e) = event else { return None };
    let settings = Thing {
        kind: Kind::Organization,
        name: Some(text(&e.name).unwrap_or_default()),
        time_zone: Some(e.time_zone.clone()),
        language: Some(e.language.to_string()),
        ..Thing::default()
    };
    Some(act(Verb::Update, settings))
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

/// Settings change.
pub(super) fn change_settings(thing: &Thing) -> Result<Command, Unfit> {
    let said = |refused: domain::refusal::Refused| Unfit::Wrong(refused.en.into());
    let command = ChangeSettings {
        name: thing.name.clone(),
        time_zone: thing.time_zone.clone(),
        language: thing.language.as_ref().map(|tag| tag.parse().map_err(said)).transpose()?,
    };
    Ok(command.into())
}

/// A profile changes.
pub(super) fn change_profile(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let member = context.names.member(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    Ok(ChangeProfile { member, name: thing.name.clone(), email: thing.email.clone() }.into())
}

/// A member signs in.
pub(super) fn sign_in(context: &Context<'_>) -> Result<Command, Unfit> {
    let organisation = context.known.organisation.ok_or(Unfit::WantsOrganisation)?;
    Ok(SignIn { organisation }.into())
}
