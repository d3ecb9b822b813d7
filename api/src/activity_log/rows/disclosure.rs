//! Rows of disclosures: what an administrator opened, and why.

use domain::command::Command;
use domain::disclosure::Event;
use domain::disclosure::open::Open;

use super::post::item;
use super::{Context, Unfit, act, named, needed, text};
use crate::activity_log::activity::{Activity, Verb};
use crate::activity_log::names::{Named, NamesBack};

/// A disclosure, as an activity: a view for a reason. Until when, and who is told, follows from it.
pub(super) fn disclosure(event: &Event, back: &NamesBack) -> Activity {
    let Event::Opened(e) = event;
    let content = Some(text(&e.reason).unwrap_or_default());
    Activity { content, ..act(Verb::View, named(back.item(e.item))) }
}

/// Something is opened for a reason.
pub(super) fn open(activity: &Activity, named: Named, context: &Context<'_>) -> Result<Command, Unfit> {
    let reason = needed(&activity.content, "content")?;
    Ok(Open { item: item(named, context)?, reason }.into())
}
