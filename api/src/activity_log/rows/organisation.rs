//! Rows of what changes about the organisation and its members, of tokens, and of signing in. Who there is, and
//! where, is in the tables.

use domain::command::Command;
use domain::id::TokenId;
use domain::member::Event as Member;
use domain::member::change_profile::ChangeProfile;
use domain::member::sign_in::SignIn;
use domain::organisation::Event as Organisation;
use domain::organisation::change_settings::ChangeSettings;
use domain::token::Event as Token;
use domain::token::issue::Issue;
use domain::token::revoke::Revoke;

use super::{Context, Unfit, act, named, needed, text, thing};
use crate::activity_log::activity::{Activity, EndTime, Kind, Thing, Verb};
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

/// A changed profile, as an activity.
pub(super) fn person(event: &Member, back: &NamesBack) -> Option<Activity> {
    let Member::ProfileChanged(e) = event else { return None };
    let profile = Thing {
        name: Some(text(&e.name).unwrap_or_default()),
        email: Some(e.email.open().cloned().flatten().unwrap_or_default()),
        ..thing(Kind::Person, back.member(e.member))
    };
    Some(act(Verb::Update, profile))
}

/// A token issued or revoked, as an activity.
pub(super) fn token(event: &Token, back: &NamesBack) -> Activity {
    match event {
        Token::Issued(e) => {
            let issued = Thing {
                actor: e.member.map(|member| back.member(member)),
                sha256: Some(e.secret_sha256.clone()),
                end_time: e.until.map(|until| EndTime(Some(until))),
                ..thing(Kind::Token, back.name("token", e.token.0))
            };
            act(Verb::Create, issued)
        }
        Token::Revoked(e) => act(Verb::Delete, named(back.name("token", e.token.0))),
    }
}

/// A token is issued.
pub(super) fn issue(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let command = Issue {
        token: context.names.token(thing.id.as_deref().ok_or("\"id\" is missing")?)?,
        member: thing.actor.as_deref().map(|name| context.names.member(name)).transpose()?,
        secret_sha256: needed(&thing.sha256, "sha256")?,
        until: thing.end_time.and_then(|end| end.0),
    };
    Ok(command.into())
}

/// A token is revoked.
pub(super) fn revoke(token: TokenId) -> Command {
    Revoke { token }.into()
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
