//! Rows of how members want to be told, and of mails that were sent.

use domain::command::Command;
use domain::digest::Event as Digest;
use domain::digest::send::Send;
use domain::preferences::Event as Preferences;
use domain::preferences::change_language::ChangeLanguage;
use domain::preferences::change_notification::ChangeNotification;

use super::{Context, Unfit, act};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// A changed preference, as an activity.
pub(super) fn preferences(event: &Preferences) -> Activity {
    let changed = match event {
        Preferences::NotificationChanged(e) => Thing {
            notification: Some(e.notification),
            inbox: Some(e.preference.inbox),
            mail: Some(e.preference.mail),
            ..Thing::default()
        },
        Preferences::LanguageChanged(e) => {
            let language = e.language.as_ref().map(ToString::to_string).unwrap_or_default();
            Thing { language: Some(language), ..Thing::default() }
        }
    };
    act(Verb::Update, Thing { kind: Kind::Preferences, ..changed })
}

/// A mail that was sent, as an activity.
pub(super) fn digest(event: &Digest, back: &NamesBack) -> Activity {
    let Digest::Sent(e) = event;
    let sent = Thing {
        kind: Kind::Digest,
        actor: Some(back.member(e.member)),
        mail: Some(e.pace),
        read_up_to: Some(e.up_to),
        size: Some(e.count.into()),
        ..Thing::default()
    };
    act(Verb::Create, sent)
}

/// Preferences change.
pub(super) fn change(thing: &Thing) -> Result<Vec<Command>, Unfit> {
    let said = |refused: domain::refusal::Refused| Unfit::Wrong(refused.en.into());
    let mut commands = vec![];
    if let Some(notification) = thing.notification {
        let (inbox, mail) = (thing.inbox, thing.mail);
        commands.push(ChangeNotification { notification, inbox, mail }.into());
    }
    if let Some(tag) = &thing.language {
        let language = (!tag.is_empty()).then(|| tag.parse().map_err(said)).transpose()?;
        commands.push(ChangeLanguage { language }.into());
    }
    Ok(commands)
}

/// A mail is sent.
pub(super) fn send(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let member = thing.actor.as_deref().ok_or("\"actor\" is missing in the object")?;
    let count = thing.size.ok_or("\"size\" is missing in the object")?;
    let command = Send {
        member: context.names.member(member)?,
        pace: thing.mail.ok_or("\"mail\" is missing in the object")?,
        up_to: thing.read_up_to.ok_or("\"readUpTo\" is missing in the object")?,
        count: u32::try_from(count).map_err(|_| "\"size\" is too large")?,
    };
    Ok(command.into())
}
