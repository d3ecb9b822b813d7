//! Rows of webhooks. The secret is not told: what was imported is registered anew before anything is delivered.

use domain::command::Command;
use domain::id::WebhookId;
use domain::webhook::{Cause, Event, disable, enable, register, remove};

use super::{Context, Unfit, act, named, text, thing};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// What happened to a webhook, as an activity.
pub(super) fn webhook(event: &Event, back: &NamesBack) -> Activity {
    let of = |webhook: WebhookId| thing(Kind::Webhook, back.name("webhook", webhook.0));
    match event {
        Event::Registered(e) => {
            let thing = Thing {
                href: Some(text(&e.url).unwrap_or_default()),
                event_types: (!e.event_types.is_empty()).then(|| e.event_types.clone()),
                scope: (e.scope != Default::default()).then_some(e.scope),
                fields: (e.fields != Default::default()).then_some(e.fields),
                ..of(e.webhook)
            };
            act(Verb::Create, thing)
        }
        Event::Disabled(e) => {
            let cause = (e.cause != Cause::default()).then_some(e.cause);
            act(Verb::Update, Thing { disabled: Some(true), cause, ..of(e.webhook) })
        }
        Event::Enabled(e) => act(Verb::Update, Thing { disabled: Some(false), ..of(e.webhook) }),
        Event::Removed(e) => act(Verb::Delete, named(back.name("webhook", e.webhook.0))),
    }
}

/// A webhook is registered.
pub(super) fn create(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let webhook = thing.id.as_deref().map(|name| context.names.webhook(name)).transpose()?;
    let command = register::Register {
        webhook,
        url: super::needed(&thing.href, "href")?,
        event_types: thing.event_types.clone().unwrap_or_default(),
        scope: thing.scope.unwrap_or_default(),
        fields: thing.fields.unwrap_or_default(),
        secret: String::new(),
    };
    Ok(command.into())
}

/// A webhook is disabled or enabled.
pub(super) fn change(thing: &Thing, context: &Context<'_>) -> Result<Vec<Command>, Unfit> {
    let webhook = context.names.webhook(thing.id.as_deref().ok_or("\"id\" is missing")?)?;
    Ok(match thing.disabled {
        Some(true) => vec![disable::Disable { webhook, cause: thing.cause.unwrap_or_default() }.into()],
        Some(false) => vec![enable::Enable { webhook }.into()],
        None => vec![],
    })
}

/// A webhook is removed.
pub(super) fn remove(name: &str, context: &Context<'_>) -> Result<Command, Unfit> {
    Ok(remove::Remove { webhook: context.names.webhook(name)? }.into())
}
