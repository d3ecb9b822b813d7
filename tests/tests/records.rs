//! Real records of real organisations, brought in whole and asked for through GraphQL. Where they are absent that is
//! said and nothing is tested.
//!
//! `cargo test --release -p passerelle-tests --test records -- --ignored`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test says what it skipped and how long it took"
)]

use std::collections::HashSet;
use std::time::Instant;

use domain::decision::Actor;
use domain::event::{Event, Recorded};
use domain::id::MemberId;
use domain::member;
use passerelle::activity_log::source::Folder;
use passerelle::clock::local_day;
use passerelle_tests::log::World;
use passerelle_tests::records;
use projections::activity::Within;
use projections::{Viewer, flow};
use serde_json::{Value, json};

/// Imports twice: the second time adds nothing.
async fn imported(name: &str) -> Option<(World, Vec<Recorded>)> {
    let folder = Folder(records::find(name).inspect_err(|skipped| println!("{skipped}")).ok()?);
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
    Some((world, events))
}

fn registered(event: &Event) -> bool {
    matches!(event, Event::Member(member::Event::Registered(_)))
}

/// The ids of the members, in order.
fn members(events: &[Recorded]) -> Vec<MemberId> {
    let id = |recorded: &Recorded| match &recorded.event {
        Event::Member(member::Event::Registered(e)) => Some(e.member),
        _ => None,
    };
    events.iter().filter_map(id).collect()
}

/// The sum of a number over rows.
fn sum(rows: &[Value], number: &str) -> u64 {
    rows.iter().map(|row| row[number].as_u64().unwrap()).sum()
}

const EVERYTHING: Actor = Actor::Service;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn manufacturing_email_is_answered_whole() {
    let Some((world, events)) = imported("manufacturing-email").await else { return };
    let about = world.asks(EVERYTHING, "{ organisation { memberCount } }", json!({})).await.unwrap();
    assert_eq!(about["organisation"]["memberCount"], 167);
    let query = "query($after: String) { list: addressed(first: 100, after: $after) {
        nodes { ... on Post { id } } pageInfo { hasNextPage endCursor } } }";
    let mut posts = HashSet::new();
    let mut acts = 0;
    for member in members(&events) {
        let letters = world.asks_for_all(Actor::Member(member), query, json!({}), "/list").await.unwrap();
        acts += letters.len();
        posts.extend(letters.into_iter().map(|post| post["id"].to_string()));
    }
    assert_eq!((posts.len(), acts), (58_704, 82_876));
    let (snapshot, days) = (world.engine.snapshot().unwrap(), ["2000-01-01", "2026-12-31"]);
    let days = days.map(|day| day.parse().unwrap());
    let day_of = |at| local_day(at, "UTC");
    let all = (&Viewer::Operator, (days[0], days[1]), Within::Everywhere);
    let cells = flow::matrix(&snapshot, all.0, all.1, all.2, &day_of).unwrap();
    assert!(cells.iter().all(|cell| cell.kind == flow::Kind::Addressed));
    assert_eq!(cells.iter().map(|cell| cell.count).sum::<u64>(), 82_876);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn polis_ideas_are_answered_whole() {
    let Some((world, _)) = imported("polis-ideas").await else { return };
    let query = "{ campaigns(first: 100) { nodes { id ideaCount agree disagree pass } } }";
    let data = world.asks(EVERYTHING, query, json!({})).await.unwrap();
    let campaigns = data["campaigns"]["nodes"].as_array().unwrap();
    assert_eq!((campaigns.len(), sum(campaigns, "ideaCount")), (14, 2_782));
    let standing = ["agree", "disagree", "pass"].map(|vote| sum(campaigns, vote));
    assert_eq!((standing, standing.iter().sum()), ([157_648, 61_931, 47_259], 266_838));
    let ranked = "query($id: ID!, $after: String) { node(id: $id) { ... on Campaign {
        list: ideas(first: 100, after: $after) { nodes { tally { score own { agree disagree pass } } }
        pageInfo { hasNextPage endCursor } } } } }";
    let mut votes = 0;
    for campaign in campaigns {
        let id = json!({"id": campaign["id"]});
        let ideas = world.asks_for_all(EVERYTHING, ranked, id, "/node/list").await.unwrap();
        assert_eq!(ideas.len() as u64, campaign["ideaCount"].as_u64().unwrap());
        let scores: Vec<i64> = ideas.iter().map(|idea| idea["tally"]["score"].as_i64().unwrap()).collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "the best first: {scores:?}");
        let tallies: Vec<Value> = ideas.iter().map(|idea| idea["tally"]["own"].clone()).collect();
        votes += ["agree", "disagree", "pass"].map(|vote| sum(&tallies, vote)).iter().sum::<u64>();
    }
    assert_eq!(votes, 266_838);
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn clojurians_slack_is_answered_whole() {
    let Some((world, events)) = imported("clojurians-slack").await else { return };
    assert_eq!(events.iter().filter(|recorded| registered(&recorded.event)).count(), 916);
    let query = "query($after: String) { list: communities(first: 100, after: $after) { nodes { id }
        pageInfo { hasNextPage endCursor } } organisation { memberCount } }";
    let communities = world.asks_for_all(EVERYTHING, query, json!({}), "/list").await.unwrap();
    assert_eq!(communities.len(), 82);
    let feed = "query($id: ID!, $after: String) { node(id: $id) { ... on Community {
        list: feed(first: 100, after: $after) { nodes { ... on Post { id publishedAt engagement { comments } } }
        pageInfo { hasNextPage endCursor } } } } }";
    let thread = "query($id: ID!, $after: String) { node(id: $id) { ... on Post {
        list: comments(first: 100, after: $after) { nodes { addedAt engagement { comments } }
        pageInfo { hasNextPage endCursor } } } } }";
    let mut texts = 0;
    for community in communities {
        let posts =
            world.asks_for_all(EVERYTHING, feed, json!({"id": community["id"]}), "/node/list").await.unwrap();
        let posts: Vec<Value> = posts.into_iter().filter(|item| item["id"].is_string()).collect();
        assert!(
            posts.is_sorted_by(|a, b| a["publishedAt"].as_str() >= b["publishedAt"].as_str()),
            "newest first"
        );
        texts += posts.len();
        for post in posts.iter().filter(|post| post["engagement"]["comments"] != 0) {
            let comments = world
                .asks_for_all(EVERYTHING, thread, json!({"id": post["id"]}), "/node/list")
                .await
                .unwrap();
            assert!(
                comments.is_sorted_by(|a, b| a["addedAt"].as_str() <= b["addedAt"].as_str()),
                "oldest first"
            );
            let below: u64 = comments.iter().map(|c| 1 + c["engagement"]["comments"].as_u64().unwrap()).sum();
            assert_eq!(Some(below), post["engagement"]["comments"].as_u64());
            texts += comments.len();
        }
    }
    assert_eq!(texts, 7_866);
}
