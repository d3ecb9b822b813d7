//! Rows of bookmarks.

use domain::bookmark::{Event, drop, keep};
use domain::command::Command;

use super::post::{item, undone};
use super::{Context, Unfit, act, named};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::{Named, NamesBack};

/// Something kept or kept no more, as an activity; nothing once nobody can tell what.
pub(super) fn bookmark(event: &Event, back: &NamesBack) -> Option<Activity> {
    Some(match event {
        Event::Kept(e) => act(Verb::Keep, named(back.item(*e.item.open()?))),
        Event::Dropped(e) => act(Verb::Undo, undone(Kind::Keep, back.item(*e.item.open()?))),
    })
}

/// Something is kept.
pub(super) fn keep(named: Named, context: &Context<'_>) -> Result<Command, Unfit> {
    Ok(keep::Keep { item: item(named, context)? }.into())
}

/// Something is kept no more.
pub(super) fn drop(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let object = thing.object.as_deref().ok_or("\"object\" is missing in the object")?;
    Ok(drop::Drop { item: item(context.names.named(object)?, context)? }.into())
}
