//! The history of a folder as `passerelle events` prints it, held against what its clients were told.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::HashMap;
use std::path::Path;

use domain::id::EventId;
use serde_json::Value;

use crate::program::done;
use crate::traffic::{Acknowledged, Lane};

/// Every event of a folder, oldest first.
pub fn events(folder: &Path) -> Vec<Value> {
    done(folder, &["events"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What is wrong with a history, given everything that was acknowledged of the acts of these lanes: each must be
/// there, once and as it was sent; nothing else of theirs but what is in doubt; and no hole anywhere.
pub fn faults(events: &[Value], lanes: &[Lane]) -> Vec<String> {
    let mut of_command: HashMap<&str, Vec<&Value>> = HashMap::new();
    let mut lengths: HashMap<&str, u64> = HashMap::new();
    let (mut faults, mut before) = (vec![], 0);
    for event in events {
        let command = event["metadata"]["command_id"].as_str().unwrap_or_default();
        of_command.entry(command).or_default().push(event);
        let length = lengths.entry(event["stream"].as_str().unwrap_or_default()).or_default();
        if event["revision"] != *length {
            faults.push(format!("revision {length} should come here: {event}"));
        }
        *length += 1;
        let position = event["position"].as_u64().unwrap_or_default();
        if position <= before {
            faults.push(format!("it does not stand after position {before}: {event}"));
        }
        before = position;
    }
    for acknowledged in lanes.iter().flat_map(|lane| &lane.acknowledged) {
        let found = of_command.remove(acknowledged.act.command.to_string().as_str()).unwrap_or_default();
        match found[..] {
            [event] => faults.extend(differs(event, acknowledged)),
            _ => faults.push(format!("{} times in the history: {acknowledged:?}", found.len())),
        }
    }
    let left = of_command.into_values().flatten().filter(|event| is_an_act(event));
    let in_doubt: Vec<EventId> = lanes.iter().filter_map(Lane::in_doubt).collect();
    let unsent = left.filter(|event| !in_doubt.iter().any(|id| event["id"] == id.to_string()));
    faults.extend(unsent.map(|event| format!("nobody was told of it: {event}")));
    faults
}

/// Whether an event is of a type that acts of lanes cause.
fn is_an_act(event: &Value) -> bool {
    let kinds =
        ["post.published", "comment.added", "reaction.given", "ballot.vote-cast", "ballot.vote-changed"];
    kinds.iter().any(|kind| event["type"] == *kind)
}

/// What of an event is not as it was acknowledged.
fn differs(event: &Value, acknowledged: &Acknowledged) -> Option<String> {
    let Acknowledged { act, position, sent_once } = acknowledged;
    let stands = event["position"].as_u64().unwrap_or(u64::MAX);
    let said = act.data.as_object().into_iter().flatten();
    let same = event["id"] == act.event.to_string()
        && act.kinds.iter().any(|kind| event["type"] == *kind)
        && said.into_iter().all(|(field, value)| event["data"][field] == *value)
        && if *sent_once { stands == *position } else { stands <= *position };
    (!same).then(|| format!("it is not as it was acknowledged: {event}, {acknowledged:?}"))
}

/// How many events a folder holds, looked up in its file: without a trace, and as fast as can be.
pub fn length(folder: &Path) -> usize {
    let db = rusqlite::Connection::open(folder.join("journal.db")).unwrap();
    db.query_row("SELECT count(*) FROM events", [], |row| row.get(0)).unwrap()
}
