//! One's own data: everything that was recorded by a member, and about them, as one JSON document, written while the
//! journal is read. `docs/own-data.md` says what is in it.

use std::sync::Arc;

use domain::event::{Agent, Event, Position, Recorded};
use domain::id::MemberId;
use domain::sealed::Owner;
use futures::stream::{self, Stream};
use journal::Journal;
use projections::list::ById;
use projections::{Paging, Viewer, communities, directory};
use serde_json::{Map, Value, json};

use crate::engine::{Engine, Error};

/// Events read at a time.
const PAGE: usize = 1_000;
/// Communities listed: more than anybody is in.
const COMMUNITIES_MAX: usize = 1_000;

/// Where the document has come to.
enum Part {
    Head,
    Events { after: Position, first: bool },
    Looks { after: Position, first: bool },
    Over,
}

/// The document, piece by piece: what the journal held when it began.
pub fn document(engine: Arc<Engine>, member: MemberId) -> impl Stream<Item = Result<Vec<u8>, Error>> {
    stream::try_unfold((engine, Part::Head), move |(engine, part)| async move {
        let (piece, next) = match part {
            Part::Head => (head(&engine, member)?, Part::Events { after: Position::default(), first: true }),
            Part::Events { after, first } => {
                let read = records(&engine, engine.journal(), member, (after, first)).await?;
                match read {
                    (text, Some((after, first))) => (text, Part::Events { after, first }),
                    (text, None) => {
                        let looks = Part::Looks { after: Position::default(), first: true };
                        (text + "\n],\"looks\":[\n", looks)
                    }
                }
            }
            Part::Looks { after, first } => {
                match records(&engine, engine.looks(), member, (after, first)).await? {
                    (text, Some((after, first))) => (text, Part::Looks { after, first }),
                    (text, None) => (text + "\n]}\n", Part::Over),
                }
            }
            Part::Over => return Ok(None),
        };
        Ok(Some((piece.into_bytes(), (engine, next))))
    })
}

/// Who it is about, as they now stand, up to the bracket that opens the list of events.
fn head(engine: &Engine, member: MemberId) -> Result<String, Error> {
    let (snapshot, viewer) = (engine.snapshot()?, Viewer::Member(member));
    let person = directory::members_by_ids(&snapshot, &viewer, &[member])?.into_iter().next();
    let places = directory::places(&snapshot, &viewer, &[member])?;
    let places = places
        .into_iter()
        .map(|place| json!({"department": place.department, "since": place.from, "until": place.until}));
    let paging = Paging::<ById>::first(COMMUNITIES_MAX);
    let inside = communities::communities_of(&snapshot, &viewer, member, &paging)?;
    let memberships = inside.rows.into_iter().map(|row| {
        json!({"community": row.community, "since": row.since, "moderator": row.moderator,
            "leader": row.leads, "sponsor": row.sponsors})
    });
    let profile = person.map(|person| {
        json!({"name": person.name, "email": person.email, "registeredAt": person.registered_at,
            "accountAt": person.account_at, "leftAt": person.left_at, "places": places.collect::<Vec<_>>()})
    });
    let head = json!({"member": member, "takenAt": engine.now(), "profile": profile,
        "memberships": memberships.collect::<Vec<_>>()});
    let text = head.to_string();
    Ok(format!("{},\"events\":[\n", text.strip_suffix('}').unwrap_or(&text)))
}

/// What one page of a journal tells, and where the next begins; `first` until something was told.
async fn records(
    engine: &Engine,
    journal: &Arc<dyn Journal>,
    member: MemberId,
    (after, mut first): (Position, bool),
) -> Result<(String, Option<(Position, bool)>), Error> {
    let page = journal.read_all(after, PAGE).await?;
    let mut text = String::new();
    for recorded in engine.codec().decode(&page.events).await? {
        if let Some(told) = told(&recorded, member) {
            text.push_str(if first { "" } else { ",\n" });
            text.push_str(&told.to_string());
            first = false;
        }
    }
    Ok((text, (page.next < page.end).then_some((page.next, first))))
}

/// An event as a member is told of it: all of what they did, and of what was done about them what is theirs to read.
/// Nothing if it is neither.
fn told(recorded: &Recorded, member: MemberId) -> Option<Value> {
    let did = actor(recorded) == Some(member);
    if !did && is_confidential(&recorded.event) {
        return None;
    }
    let parts = recorded.event.parts().ok()?;
    let mut data: Map<String, Value> = serde_json::from_str(&parts.plain).ok()?;
    if !did && !names(&data, member) {
        return None;
    }
    let wrote = data.get("author").and_then(Value::as_str) == Some(&member.to_string());
    for part in parts.sealed {
        let theirs = match part.owner {
            Owner::Personal(owner) => owner == member,
            Owner::Content(_) => did || wrote,
            Owner::Trace(_) | Owner::Look(_) => true,
        };
        if theirs {
            let value = part.value.and_then(|json| serde_json::from_slice(&json).ok());
            data.insert(part.name.to_owned(), value.unwrap_or(Value::Null));
        }
    }
    let metadata = &recorded.metadata;
    let by = match (did, actor(recorded), metadata.agent) {
        (true, ..) => "you".to_owned(),
        (_, Some(other), _) => other.to_string(),
        (_, None, Agent::System) => "system".to_owned(),
        _ => "service".to_owned(),
    };
    Some(json!({
        "id": recorded.id, "type": recorded.event.name(), "version": recorded.event.version(),
        "occurredAt": metadata.occurred_at, "recordedAt": recorded.recorded_at, "by": by,
        "automatic": metadata.automatic, "data": data,
    }))
}

/// Who did it, while anybody can tell.
pub(crate) fn actor(recorded: &Recorded) -> Option<MemberId> {
    use domain::{look, seen};
    match &recorded.event {
        Event::Seen(seen::Event::Viewed(e)) => e.member.open().copied(),
        Event::Seen(seen::Event::SignedIn(e)) => e.member.open().copied(),
        Event::Seen(seen::Event::Searched(e)) => e.member.open().copied(),
        Event::Look(look::Event::Consulted(e)) => e.member.open().copied().flatten(),
        Event::Look(look::Event::DataTaken(e)) => e.member.open().copied().flatten(),
        Event::Look(look::Event::FiguresConsulted(e)) => e.member.open().copied().flatten(),
        _ => recorded.metadata.actor,
    }
}

/// Whether it is theirs alone who did it, also where it is about what somebody else wrote: who reported it, how they
/// voted, what they read, keep and draft.
fn is_confidential(event: &Event) -> bool {
    use domain::moderation::Event as Moderated;
    matches!(
        event,
        Event::Moderation(Moderated::Reported(_) | Moderated::Dismissed(_))
            | Event::Choice(_)
            | Event::Ballot(_)
            | Event::Seen(_)
            | Event::Bookmark(_)
            | Event::Draft(_)
    )
}

/// Whether a member is named anywhere among these fields.
fn names(fields: &Map<String, Value>, member: MemberId) -> bool {
    fn within(value: &Value, id: &str) -> bool {
        match value {
            Value::String(text) => text == id,
            Value::Array(values) => values.iter().any(|value| within(value, id)),
            Value::Object(fields) => fields.values().any(|value| within(value, id)),
            _ => false,
        }
    }
    let id = member.to_string();
    fields.values().any(|value| within(value, &id))
}
