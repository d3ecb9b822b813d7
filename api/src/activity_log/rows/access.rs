//! Rows of tokens and sessions.

use domain::command::Command;
use domain::id::{SessionId, TokenId};
use domain::session::Event as Session;
use domain::session::end::End;
use domain::session::offer::Offer;
use domain::session::open::{Grounds, Open};
use domain::session::prolong::Prolong;
use domain::time::Time;
use domain::token::issue::Issue;
use domain::token::revoke::Revoke;
use domain::token::{Event as Token, Scope};

use super::{Context, Unfit, act, named, needed, thing};
use crate::activity_log::activity::{Activity, EndTime, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// A token issued or revoked, as an activity.
pub(super) fn token(event: &Token, back: &NamesBack) -> Activity {
    match event {
        Token::Issued(e) => {
            let issued = Thing {
                actor: e.member.map(|member| back.member(member)),
                sha256: Some(e.secret_sha256.clone()),
                end_time: e.until.map(|until| EndTime(Some(until))),
                scopes: Some(e.scopes.clone()),
                ..thing(Kind::Token, back.name("token", e.token.0))
            };
            act(Verb::Create, issued)
        }
        Token::Revoked(e) => act(Verb::Delete, named(back.name("token", e.token.0))),
    }
}

/// A token is issued. Records from before tokens had scopes say none.
pub(super) fn issue(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let command = Issue {
        token: context.names.token(&needed(&thing.id, "id")?)?,
        member: thing.actor.as_deref().map(|name| context.names.member(name)).transpose()?,
        secret_sha256: needed(&thing.sha256, "sha256")?,
        until: thing.end_time.and_then(|end| end.0),
        scopes: thing.scopes.clone().unwrap_or_else(|| Scope::ALL.to_vec()),
    };
    Ok(command.into())
}

/// A token is revoked.
pub(super) fn revoke(token: TokenId) -> Command {
    Revoke { token }.into()
}

/// A session offered, opened, prolonged or ended, as an activity.
pub(super) fn session(event: &Session, back: &NamesBack) -> Activity {
    let described = |session: SessionId, member, secret_sha256: &String, until| Thing {
        actor: Some(back.member(member)),
        sha256: Some(secret_sha256.clone()),
        end_time: Some(EndTime(Some(until))),
        ..thing(Kind::Session, back.name("session", session.0))
    };
    match event {
        Session::Offered(e) => act(Verb::Offer, described(e.session, e.member, &e.secret_sha256, e.until)),
        Session::Opened(e) => act(Verb::Create, described(e.session, e.member, &e.secret_sha256, e.until)),
        Session::Prolonged(e) => {
            let end_time = Some(EndTime(Some(e.until)));
            let prolonged = Thing { end_time, ..thing(Kind::Session, back.name("session", e.session.0)) };
            act(Verb::Update, prolonged)
        }
        Session::Ended(e) => act(Verb::Delete, named(back.name("session", e.session.0))),
    }
}

/// A link is given out, or a session opened.
pub(super) fn begin_session(verb: Verb, thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let session = context.names.session(&needed(&thing.id, "id")?)?;
    let member = context.names.member(&needed(&thing.actor, "actor")?)?;
    let secret_sha256 = needed(&thing.sha256, "sha256")?;
    let until: Time = thing.end_time.and_then(|end| end.0).ok_or("\"endTime\" is missing")?;
    Ok(match verb {
        Verb::Offer => Offer { session, member, secret_sha256, until }.into(),
        _ => Open { session, grounds: Grounds::Identity(member), secret_sha256, until }.into(),
    })
}

/// A session is prolonged.
pub(super) fn prolong_session(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let session = context.names.session(&needed(&thing.id, "id")?)?;
    let until = thing.end_time.and_then(|end| end.0).ok_or("\"endTime\" is missing")?;
    Ok(Prolong { session, until }.into())
}

/// A session is ended.
pub(super) fn end_session(session: SessionId) -> Command {
    End { session }.into()
}
