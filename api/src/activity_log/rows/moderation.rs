//! Rows of moderation: reports, and what was decided on them.

use domain::command::Command;
use domain::id::Item;
use domain::moderation::{Event, dismiss, hide, report, restore};
use domain::sealed::Sealed;

use super::post::{item, undone};
use super::{Context, Unfit, act, named, text};
use crate::activity_log::activity::{Activity, Kind, Object, Thing, Verb};
use crate::activity_log::names::{Named, NamesBack};

/// A report or a decision, as an activity.
pub(super) fn moderation(event: &Event, back: &NamesBack) -> Activity {
    let upon = |item: Item| named(back.item(item));
    let of = |kind: Kind, item: Item| Object::from(undone(kind, back.item(item)));
    let told = |verb: Verb, object: Object, reason: &Sealed<String>| Activity {
        content: Some(text(reason).unwrap_or_default()),
        ..act(verb, object)
    };
    match event {
        Event::Reported(e) => told(Verb::Flag, upon(e.item), &e.reason),
        Event::Hidden(e) => told(Verb::Hide, upon(e.item), &e.reason),
        Event::Restored(e) => told(Verb::Undo, of(Kind::Hide, e.item), &e.reason),
        Event::Dismissed(e) => told(Verb::Reject, of(Kind::Flag, e.item), &e.reason),
    }
}

/// Something is reported or hidden.
pub(super) fn upon(activity: &Activity, named: Named, context: &Context<'_>) -> Result<Command, Unfit> {
    let (item, reason) = (item(named, context)?, reason(activity)?);
    Ok(match activity.verb {
        Verb::Hide => hide::Hide { item, reason }.into(),
        _ => report::Report { item, reason }.into(),
    })
}

/// What is hidden is shown again, or reports are dismissed.
pub(super) fn decided(activity: &Activity, thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let object = thing.object.as_deref().ok_or("\"object\" is missing in the object")?;
    let (item, reason) = (item(context.names.named(object)?, context)?, reason(activity)?);
    Ok(match thing.kind {
        Kind::Hide => restore::Restore { item, reason }.into(),
        _ => dismiss::Dismiss { item, reason }.into(),
    })
}

fn reason(activity: &Activity) -> Result<String, Unfit> {
    super::needed(&activity.content, "content")
}
