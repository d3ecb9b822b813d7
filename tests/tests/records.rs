//! Real records of real organisations, brought in whole. They are looked for in the folder that `PASSERELLE_RECORDS`
//! names, or in `../shared/data` beside the workspace; where they are absent that is said and nothing is tested.
//!
//! `cargo test --release -p passerelle-tests --test records -- --ignored`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says what it skipped and how long it took"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::audience::Audience;
use domain::event::{Event, Recorded};
use domain::{ballot, campaign, comment, community, idea, member, post};
use passerelle::activity_log::source::Folder;
use passerelle_tests::log::World;

fn records(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("PASSERELLE_RECORDS").map_or(beside, PathBuf::from).join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {name} is not in {}", folder.display());
    None
}

/// Imports twice: the second time adds nothing.
async fn imported(name: &str) -> Option<Vec<Recorded>> {
    let folder = Folder(records(name)?);
    let world = World::empty().await.unwrap();
    let begun = Instant::now();
    let first = world.import(&folder).await.unwrap();
    println!("{name}: {first:?} in {:?}", begun.elapsed());
    let events = world.events().await.unwrap();
    assert_eq!(first.recorded, events.len() as u64);
    let begun = Instant::now();
    let again = world.import(&folder).await.unwrap();
    println!("{name} again: {again:?} in {:?}", begun.elapsed());
    assert_eq!((again.recorded, again.refused_count), (0, 0));
    assert_eq!(again.read, first.read);
    Some(events)
}

fn count(events: &[Recorded], what: impl Fn(&Event) -> bool) -> usize {
    events.iter().filter(|recorded| what(&recorded.event)).count()
}

fn registered(event: &Event) -> bool {
    matches!(event, Event::Member(member::Event::Registered(_)))
}

fn published(event: &Event) -> bool {
    matches!(event, Event::Post(post::Event::Published(_)))
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn manufacturing_email_is_all_there() {
    let Some(events) = imported("manufacturing-email").await else { return };
    let addressed = events.iter().map(|recorded| match &recorded.event {
        Event::Post(post::Event::Published(post::Published { audience: Audience::Members(to), .. })) => {
            to.len()
        }
        _ => 0,
    });
    assert_eq!(count(&events, registered), 167);
    assert_eq!(count(&events, published), 58_704);
    assert_eq!(addressed.sum::<usize>(), 82_876);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn polis_ideas_are_all_there() {
    let Some(events) = imported("polis-ideas").await else { return };
    let mut standing = BTreeMap::new();
    for recorded in &events {
        match &recorded.event {
            Event::Ballot(ballot::Event::VoteCast(vote)) => {
                standing.insert((vote.idea, vote.member), vote.value)
            }
            Event::Ballot(ballot::Event::VoteChanged(vote)) => {
                standing.insert((vote.idea, vote.member), vote.value)
            }
            Event::Ballot(ballot::Event::VoteWithdrawn(vote)) => standing.remove(&(vote.idea, vote.member)),
            _ => None,
        };
    }
    let votes = |value| standing.values().filter(|standing| **standing == value).count();
    assert_eq!(count(&events, |e| matches!(e, Event::Campaign(campaign::Event::Opened(_)))), 14);
    assert_eq!(count(&events, |e| matches!(e, Event::Idea(idea::Event::Submitted(_)))), 2_782);
    assert_eq!((votes(1), votes(-1), votes(0)), (157_648, 61_931, 47_259));
    assert_eq!(standing.len(), 266_838);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn clojurians_slack_is_all_there() {
    let Some(events) = imported("clojurians-slack").await else { return };
    let added = |e: &Event| matches!(e, Event::Comment(comment::Event::Added(_)));
    assert_eq!(count(&events, registered), 916);
    assert_eq!(count(&events, |e| matches!(e, Event::Community(community::Event::Founded(_)))), 82);
    assert_eq!(count(&events, published) + count(&events, added), 7_866);
}
