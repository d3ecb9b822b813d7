//! An event that this release cannot read: the views stop there, and everybody is told.

use std::time::Duration;

use domain::event::Metadata;
use domain::id::{CommandId, EventId};
use domain::stream::StreamName;
use journal::{Append, Digest, Proposed};
use passerelle_tests::story::Story;
use serde_json::json;

/// An event of a type that only a later release knows.
fn unknown(story: &Story) -> Append {
    let now = story.engine.now();
    let event = Proposed {
        id: EventId(uuid::Uuid::from_u128(1)),
        kind: "post.sung".into(),
        version: 1,
        occurred_at: now,
        data: b"{}".to_vec(),
        metadata: serde_json::to_vec(&Metadata::new(
            CommandId::default(),
            now,
            "2026-03-02".parse().unwrap(),
        ))
        .unwrap(),
        digest: Digest([0; 32]),
    };
    let stream = StreamName::try_new("post-1").unwrap();
    Append { stream, expected: 0, recorded_at: now, events: vec![event] }
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_go_on_at_the_last_good_position_and_say_so_and_commands_are_refused() {
    let story = Story::of_four().await;
    let query = "{ organisation { name } }";
    let before = story.answer("Ada", query, json!({})).await;
    assert!(before["extensions"].get("viewsBehindSeconds").is_none(), "{before}");
    let answers = story.engine.journal().append(vec![unknown(&story)]).await;
    assert!(answers[0].is_ok(), "{answers:?}");
    let mut progress = story.engine.progress();
    let stopped = progress.wait_for(|progress| progress.stopped.is_some());
    let stopped = tokio::time::timeout(Duration::from_secs(60), stopped).await.unwrap().unwrap();
    assert!(stopped.stopped.as_ref().unwrap().contains("post.sung"), "it names the type: {stopped:?}");
    drop(stopped);
    story.later(1);
    let after = story.answer("Ada", query, json!({})).await;
    assert_eq!(after["data"], before["data"]);
    assert_eq!(after["extensions"]["position"], before["extensions"]["position"]);
    assert_eq!(after["extensions"]["viewsBehindSeconds"], 60);
    let refused = story.is_refused("Ada", "openDepartment", json!({"name": "Paint"})).await;
    assert_eq!(refused["code"], "VIEWS_BEHIND");
}
