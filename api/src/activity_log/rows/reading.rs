//! Rows of how far members have read.

use domain::command::Command;
use domain::id::NotificationId;
use domain::reading::mark_feed::MarkFeed;
use domain::reading::mark_notifications::MarkNotifications;
use domain::reading::{Event as Reading, Feed};

use super::{Context, Unfit, act};
use crate::activity_log::activity::{Activity, Kind, Thing, Verb};
use crate::activity_log::names::NamesBack;

/// How far somebody has read, as an activity; nothing once nobody can tell.
pub(super) fn reading(event: &Reading, back: &NamesBack) -> Option<Activity> {
    let read = match event {
        Reading::FeedMarked(e) => {
            let read_up_to = Some(*e.up_to.open()?);
            match e.feed {
                Feed::Notifications => Thing { kind: Kind::Inbox, read_up_to, ..Thing::default() },
                Feed::Personal => Thing { kind: Kind::Feed, read_up_to, ..Thing::default() },
                Feed::Community(community) => {
                    let audience = Some(back.community(community));
                    Thing { kind: Kind::Feed, audience, read_up_to, ..Thing::default() }
                }
            }
        }
        Reading::NotificationsMarked(e) => {
            let items = Some(e.notifications.iter().map(NotificationId::to_string).collect());
            Thing { kind: Kind::Inbox, items, ..Thing::default() }
        }
    };
    Some(act(Verb::Read, read))
}

/// Somebody has read.
pub(super) fn mark(thing: &Thing, context: &Context<'_>) -> Result<Command, Unfit> {
    if let Some(items) = &thing.items {
        let ids = items.iter().map(|id| id.parse().map_err(|_| format!("{id:?} is no UUID")));
        return Ok(MarkNotifications { notifications: ids.collect::<Result<_, _>>()? }.into());
    }
    let feed = match (thing.kind, &thing.audience) {
        (Kind::Inbox, _) => Feed::Notifications,
        (_, Some(community)) => Feed::Community(context.names.community(community)?),
        (_, None) => Feed::Personal,
    };
    let up_to = thing.read_up_to.ok_or("\"readUpTo\" is missing in the object")?;
    Ok(MarkFeed { feed, up_to }.into())
}
