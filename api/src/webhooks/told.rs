//! What of an event is delivered to a webhook, if anything: as a CloudEvent, without what it may not see.

use domain::event::{Event, Recorded};
use domain::id::{CommunityId, Item};
use domain::policy::{Ability, Extent, Role, may};
use domain::webhook::register::is_delivered;
use domain::webhook::{Fields, Scope};
use domain::{comment, document, moderation, post};
use projections::webhooks::Webhook;
use projections::{Error, Snapshot, Viewer, communities, feed};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::cloudevents;

/// The body of a delivery; nothing where the event does not concern the webhook, or is not for it to see.
pub(super) fn told(
    snapshot: &Snapshot,
    webhook: &Webhook,
    recorded: &Recorded,
) -> Result<Option<String>, Error> {
    let kind = recorded.event.name();
    let wanted = webhook.event_types.is_empty() || webhook.event_types.iter().any(|named| named == kind);
    if !wanted || !is_delivered(kind) {
        return Ok(None);
    }
    let Ok(parts) = recorded.event.parts() else { return Ok(None) };
    let Ok(mut data) = serde_json::from_str::<Map<String, Value>>(&parts.plain) else { return Ok(None) };
    let for_everybody = is_for_everybody(snapshot, &recorded.event, &data)?;
    if webhook.scope == Scope::Everybody && !for_everybody {
        return Ok(None);
    }
    // A webhook reads what a service may: nothing that is for some alone.
    let reads = if for_everybody { Ability::ReadOpen } else { Ability::ReadClosed };
    if webhook.fields == Fields::Opened && may(Role::Service, reads) == Extent::All {
        for part in parts.sealed {
            let value = part.value.and_then(|json| serde_json::from_slice(&json).ok());
            data.insert(part.name.to_owned(), value.unwrap_or(Value::Null));
        }
    }
    Ok(cloudevents::delivery(recorded, &data).ok())
}

/// Whether every member may see it. What was removed cannot be read any more; that it was is told where the community
/// it was in is open.
fn is_for_everybody(snapshot: &Snapshot, event: &Event, data: &Map<String, Value>) -> Result<bool, Error> {
    let id = |field: &str| -> Option<Uuid> { data.get(field)?.as_str()?.parse().ok() };
    let item = match event {
        Event::Post(post::Event::Removed(_))
        | Event::Comment(comment::Event::Removed(_))
        | Event::Document(document::Event::Withdrawn(_))
        | Event::Moderation(moderation::Event::Hidden(_)) => None,
        Event::Post(_) | Event::Acknowledgement(_) | Event::Poll(_) => {
            id("post").map(|id| Item::Post(id.into()))
        }
        Event::Comment(_) => id("comment").map(|id| Item::Comment(id.into())),
        Event::Document(_) => id("document").map(|id| Item::Document(id.into())),
        Event::Idea(_) => id("idea").map(|id| Item::Idea(id.into())),
        Event::Reaction(_) | Event::Moderation(_) => {
            data.get("item").and_then(|item| serde_json::from_value(item.clone()).ok())
        }
        Event::Community(_) | Event::Membership(_) => None,
        Event::Organisation(_) | Event::Chart(_) | Event::Member(_) | Event::Campaign(_) => return Ok(true),
        _ => return Ok(false),
    };
    match (item, id("community")) {
        (Some(item), _) => Ok(!feed::readable(snapshot, &Viewer::ANYBODY, &[item])?.is_empty()),
        (None, Some(community)) => {
            Ok(!communities::readable(snapshot, &Viewer::ANYBODY, &[CommunityId(community)])?.is_empty())
        }
        (None, None) => Ok(false),
    }
}
