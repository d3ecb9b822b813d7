//! `passerelle events`: the history as JSON Lines, or as CloudEvents.

use std::io::Write;

use domain::event::{Position, Recorded};
use domain::stream::StreamName;
use journal::{Codec, Stored};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::{Filter, Place, Trouble};
use crate::cloudevents;
use crate::folder::Reader;

/// Events read at a time.
const PAGE: usize = 1_000;

/// Prints the events up to the end at the start that pass the filter, oldest first, and records that they were looked
/// at.
pub(super) async fn events(place: &Place, filter: &Filter) -> Result<(), Trouble> {
    let folder = Reader::open(&place.folder, place.journal.as_deref()).await?;
    folder.look("events").await?;
    let end = folder.journal.end().await?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let stream = match &filter.stream {
        Some(name) => {
            Some(StreamName::try_new(name).map_err(|e| Trouble::Data(format!("--stream {name}: {e}")))?)
        }
        None => None,
    };
    let mut after = Position(filter.after);
    let mut revision = 0;
    loop {
        let (mut events, last) = match &stream {
            Some(stream) => {
                let events = folder.journal.read_stream(stream, revision, PAGE).await?;
                revision += events.len() as u64;
                let last = events.len() < PAGE;
                (events, last)
            }
            None => {
                let page = folder.journal.read_all(after, PAGE).await?;
                after = page.next;
                (page.events, page.next >= end)
            }
        };
        events.retain(|stored| stored.position <= end);
        print(&folder.codec, events, filter, &mut out).await?;
        if last {
            return Ok(out.flush()?);
        }
    }
}

async fn print(
    codec: &Codec,
    events: Vec<Stored>,
    filter: &Filter,
    out: &mut impl Write,
) -> Result<(), Trouble> {
    let of_kind = |stored: &Stored| filter.kind.as_ref().is_none_or(|kind| *kind == stored.kind);
    let later = |stored: &Stored| stored.position.0 > filter.after;
    let stored: Vec<Stored> = events.into_iter().filter(|stored| of_kind(stored) && later(stored)).collect();
    let recorded = codec.decode(&stored).await?;
    for (stored, recorded) in stored.iter().zip(&recorded) {
        if !passes(filter, recorded) {
            continue;
        }
        let line = if filter.cloudevents { cloudevents::line(stored)? } else { line(stored, recorded)? };
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn passes(filter: &Filter, recorded: &Recorded) -> bool {
    let at = recorded.metadata.occurred_at;
    filter.member.is_none_or(|member| recorded.metadata.actor == Some(member))
        && filter.since.is_none_or(|since| at >= since)
        && filter.until.is_none_or(|until| at < until)
}

/// An event as it is printed: opened, in the shape of its newest version.
#[derive(Serialize)]
struct Line<'a> {
    position: u64,
    id: String,
    stream: &'a str,
    revision: u64,
    #[serde(rename = "type")]
    kind: &'a str,
    version: u16,
    recorded_at: String,
    metadata: &'a RawValue,
    /// Every field, sealed ones opened; null where the key was destroyed.
    data: Map<String, Value>,
}

fn line(stored: &Stored, recorded: &Recorded) -> Result<String, Trouble> {
    let parts = recorded.event.parts()?;
    let mut data: Map<String, Value> = serde_json::from_str(&parts.plain)?;
    for part in parts.sealed {
        let value = part.value.map(|json| serde_json::from_slice(&json)).transpose()?;
        data.insert(part.name.to_owned(), value.unwrap_or(Value::Null));
    }
    let line = Line {
        position: stored.position.0,
        id: stored.id.to_string(),
        stream: stored.stream.as_str(),
        revision: stored.revision,
        kind: recorded.event.name(),
        version: recorded.event.version(),
        recorded_at: stored.recorded_at.to_string(),
        metadata: serde_json::from_slice(&stored.metadata)?,
        data,
    };
    Ok(serde_json::to_string(&line)?)
}
