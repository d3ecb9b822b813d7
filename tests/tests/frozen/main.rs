//! The frozen journal in `tests/frozen/`: every version of every event type, as it was once recorded, and what each
//! version of each projection makes of it; and what each version of each definition of a figure computes. Rows and
//! figures that change while the version stays are found here.
//!
//! `cargo test -p passerelle-tests --test frozen -- --ignored` adds what is missing. What is there is never changed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod definitions;
mod kept;
mod rows;

use std::collections::{BTreeSet, HashMap};

use definitions::Definitions;
use domain::event::{Class, Event};
use kept::Frozen;
use rows::Rows;

/// What to do when something is missing.
const ADD: &str = "run `cargo test -p passerelle-tests --test frozen -- --ignored`, which adds it, and commit tests/frozen/";

/// Event types, each in every version there ever was. Looks stand in a journal of their own, which nothing folds.
fn declared() -> impl Iterator<Item = (&'static str, u16)> {
    let folded = Event::declared().filter(|declared| declared.class != Class::Look);
    folded.flat_map(|declared| (1..=declared.version).map(move |version| (declared.name, version)))
}

/// What is declared and not there.
fn missing(there: &BTreeSet<(String, u16)>) -> Vec<(&'static str, u16)> {
    declared().filter(|(name, version)| !there.contains(&((*name).to_owned(), *version))).collect()
}

/// Fails, naming the faults, if there are any.
#[track_caller]
fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_version_of_every_event_type_is_in_it() {
    assert_eq!(missing(&BTreeSet::new()).len(), declared().count());
    let missing = missing(&Frozen::kept().expect(ADD).versions());
    let fault = |(name, version)| format!("{name} v{version} is not in tests/frozen/journal.jsonl: {ADD}");
    none(&missing.into_iter().map(fault).collect::<Vec<_>>());
}

#[tokio::test]
async fn nothing_of_it_was_changed() {
    let frozen = Frozen::kept().expect(ADD);
    let mut next = HashMap::new();
    let follows = |stored: &journal::Stored| {
        let revision = next.entry(stored.stream.clone()).or_insert(0);
        *revision += 1;
        *revision == stored.revision + 1
    };
    assert!(frozen.events.iter().all(follows), "events of a stream follow each other");
    assert!(frozen.events.is_sorted_by_key(|stored| stored.position), "and so do positions");
    let verified = frozen.opened().await.codec.verify(&frozen.events).await.unwrap();
    let faulty = frozen.events.iter().zip(verified).filter_map(|(stored, fault)| Some((stored, fault?)));
    let said = |(stored, fault): (&journal::Stored, _)| {
        let (stream, revision) = (&stored.stream, stored.revision);
        format!(
            "event {revision} of {stream} in tests/frozen/journal.jsonl: {fault:?}; put back what stood there"
        )
    };
    none(&faulty.map(said).collect::<Vec<_>>());
}

#[tokio::test]
async fn rows_change_with_the_version_of_their_projection_alone() {
    let now = Rows::of(&Frozen::kept().expect(ADD).recorded().await);
    let kept = Rows::kept();
    none(&kept.faults(&now));
    let feed = |version, digest: &str| Rows::parsed(&format!("feed {version} {digest}"));
    let said = |kept: Rows, now: Rows| kept.faults(&now).join("\n");
    assert!(said(feed(1, "aa"), feed(1, "bb")).contains("raise `version`"));
    assert!(said(feed(1, "aa"), feed(2, "bb")).contains("has no line"));
    assert!(said(feed(1, "aa"), Rows::parsed("")).contains("there is no such projection"));
}

#[test]
fn figures_change_with_the_version_of_their_definition_alone() {
    let (kept, now) = (Definitions::kept(), Definitions::now());
    none(&kept.faults(&now));
    let other = Definitions::parsed("habit@1 another formula\ngone@1 none");
    let said = other.faults(&now).join("\n");
    assert!(said.contains("habit@1 is computed otherwise") && said.contains("gone@1 is gone"), "{said}");
    assert!(said.contains("headcount@1 has no line"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "adds what is missing to tests/frozen/"]
async fn what_is_missing_is_added() {
    let mut frozen = match Frozen::kept() {
        Some(frozen) => frozen,
        None => Frozen::told().await,
    };
    none(&Rows::kept().changed(&Rows::of(&frozen.recorded().await)));
    for (name, version) in missing(&frozen.versions()) {
        frozen.add_example(name, version).await;
    }
    frozen.write();
    Definitions::kept().write(Definitions::now());
    Rows::of(&frozen.recorded().await).write();
}
