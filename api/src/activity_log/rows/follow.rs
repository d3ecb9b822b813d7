//! Rows of whom and what members follow.

use domain::command::Command;
use domain::follow::{Event as Follow, Followed, begin, end};

use super::{Context, Unfit, act, named};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;
use crate::activity_log::rows::post::undone;

/// What happened to a following, as an activity.
pub(super) fn follow(event: &Follow, back: &NamesBack) -> Activity {
    match event {
        Follow::Begun(e) => act(Verb::Follow, named(back.followed(&e.followed))),
        Follow::Ended(e) => act(Verb::Undo, undone(Kind::Follow, back.followed(&e.followed))),
    }
}

/// Somebody follows a person or a topic.
pub(super) fn begin(followed: Followed) -> Command {
    begin::Begin { followed }.into()
}

/// Somebody follows no more.
pub(super) fn end(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    let followed = thing.object.as_deref().ok_or("\"object\" is missing in the object")?;
    Ok(end::End { followed: context.names.followed(followed)? }.into())
}
