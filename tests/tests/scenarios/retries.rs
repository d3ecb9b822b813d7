//! A command sent again is carried out once.

use passerelle_tests::story::Story;
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_command_again_is_answered_as_the_first_time() {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    let post = |body: &str, command: &str| json!({"audience": {"community": story.id("Bakers")}, "body": body, "commandId": command});
    let first = story.sends("Bo", "publishPost", post("Once", "c-1"), "post { id }").await;
    story.later(60);
    let again = story.sends("Bo", "publishPost", post("Once", "c-1"), "post { id }").await;
    assert_eq!(first["post"], again["post"]);
    let other = story.is_refused("Bo", "publishPost", post("Twice", "c-1")).await;
    assert_eq!(other["code"], "COMMAND_ID_REUSED");
    let of_another = story.sends("Bo", "publishPost", post("Once", "c-2"), "post { id }").await;
    assert_ne!(first["post"], of_another["post"]);
    assert_eq!(posts(&story).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn sixty_four_at_once_are_one() {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    let post = json!({"audience": {"community": story.id("Bakers")}, "body": "Once", "commandId": "c-1"});
    let sent = (0..64).map(|_| story.sends("Bo", "publishPost", post.clone(), "post { id }"));
    let mut answers: Vec<Value> =
        futures::future::join_all(sent).await.iter().map(|payload| payload["post"].clone()).collect();
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(posts(&story).await, 1);
}

async fn posts(story: &Story) -> usize {
    let query = "query($id: ID!) { node(id: $id) { ... on Community { feed(first: 100) { nodes { __typename } } } } }";
    let read = story.asks("Bo", query, json!({"id": story.id("Bakers")})).await;
    read["node"]["feed"]["nodes"].as_array().unwrap().len()
}
