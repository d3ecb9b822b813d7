//! What was recorded in an old shape is read in today's, wherever it is read.

use domain::community::{Access, Founded};
use domain::event::{Event, Metadata};
use domain::id::{CommandId, CommunityId, EventId};
use domain::stream::StreamName;
use journal::{Append, Draft, Stored};
use passerelle::activity_log::export::{Decoded, export};
use passerelle::activity_log::source::Files;
use passerelle_tests::program;
use passerelle_tests::story::Story;
use serde_json::{Value, json};
use uuid::Uuid;

/// The founding of a community as version 1 wrote it: without its access, since all were open.
async fn as_version_1(story: &Story, community: CommunityId) -> Append {
    let founded = Founded {
        community,
        leader: story.member("Bo"),
        access: Access::Open,
        name: "Elders".to_owned().into(),
        summary: "From before".to_owned().into(),
    };
    let now = story.engine.now();
    let day = "2026-03-02".parse().unwrap();
    let metadata = Metadata {
        actor: Some(story.member("Bo")),
        ..Metadata::new(CommandId(Uuid::from_u128(77)), now, day)
    };
    let stream = StreamName::community(community);
    let events = vec![(EventId(Uuid::from_u128(78)), Event::from(founded), metadata)];
    let draft = Draft { stream, expected: 0, recorded_at: now, events };
    let mut append = story.engine.codec().encode(vec![draft]).await.unwrap().remove(0);
    let event = &mut append.events[0];
    let today = String::from_utf8(event.data.clone()).unwrap();
    assert!(today.contains(r#","access":"open""#), "{today}");
    event.data = today.replace(r#","access":"open""#, "").into_bytes();
    event.version = 1;
    let stored = Stored {
        position: Default::default(),
        id: event.id,
        stream: append.stream.clone(),
        revision: 0,
        kind: event.kind.clone(),
        version: event.version,
        occurred_at: event.occurred_at,
        data: event.data.clone(),
        metadata: event.metadata.clone(),
        recorded_at: now,
        digest: event.digest,
    };
    event.digest = journal::codec::digest(&stored).unwrap();
    append
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bytes_of_a_version_1_are_folded_answered_exported_and_printed_as_version_2() {
    let story = Story::of_four().await;
    let append = as_version_1(&story, CommunityId(Uuid::from_u128(76))).await;
    let stream = append.stream.clone();
    let answers = story.engine.journal().append(vec![append]).await;
    assert!(answers[0].is_ok(), "{answers:?}");
    story.engine.catch_up().await.unwrap();

    let query = "{ communities { nodes { id name access } } }";
    let read = story.asks("Cy", query, json!({})).await;
    let elders = &read["communities"]["nodes"][0];
    assert_eq!((&elders["name"], &elders["access"]), (&json!("Elders"), &json!("OPEN")));

    let joined = story.sends("Cy", "joinCommunity", json!({"community": elders["id"]}), "").await;
    assert_eq!(joined["userErrors"], json!([]), "the rule folds it as an open one");

    let history = Decoded { journal: &**story.engine.journal(), codec: story.engine.codec() };
    let mut files = Files::new();
    export(&history, &mut files).await.unwrap();
    let activities = String::from_utf8(files["activities.jsonl"].clone()).unwrap();
    let founded = activities.lines().find(|line| line.contains("Elders")).unwrap();
    assert!(founded.contains(r#""access":"open""#), "{founded}");

    let printed = program::done(story.folder(), &["events", "--stream", stream.as_str()]);
    let founded: Value = serde_json::from_str(printed.lines().next().unwrap()).unwrap();
    assert_eq!((&founded["version"], &founded["data"]["access"]), (&json!(2), &json!("open")));

    let faults = journal::check::check(&**story.engine.journal(), story.engine.codec(), |_| ()).await;
    assert!(faults.is_ok(), "its digest is that of its own bytes");
}
