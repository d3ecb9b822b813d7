//! What is new in a community arrives by itself.

use futures::StreamExt;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const FOLLOW: &str =
    "subscription($id: ID!) { feedItems(community: $id) { ... on Post { body } ... on Document { name } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_post_arrives_at_the_position_it_can_be_read_at() {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    let mut live = story.follows("Cy", FOLLOW, json!({"id": story.id("Bakers")}));
    let first = tokio::spawn(async move { (live.next().await, live) });
    tokio::task::yield_now().await;
    let post = json!({"audience": {"community": story.id("Bakers")}, "body": "Warm"});
    let mut payload = Value::Null;
    // A subscription begins when it is first polled: until it has, posts may pass it by.
    while !first.is_finished() {
        payload = story.sends("Bo", "publishPost", post.clone(), "").await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let (response, _live) = first.await.unwrap();
    let response = serde_json::to_value(response.unwrap()).unwrap();
    assert_eq!(response["data"], json!({"feedItems": {"body": "Warm"}}));
    assert!(response["extensions"]["position"].is_string(), "{response} {payload}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_community_that_one_may_not_read_cannot_be_followed() {
    let mut story = Story::of_four().await;
    let board = json!({"name": "Board", "access": "INVITATION"});
    story.does("Bo", "foundCommunity", board, "community", "Board").await;
    for id in [story.id("Board"), story.id("Bo"), "nothing".to_owned()] {
        let mut live = story.follows("Cy", FOLLOW, json!({ "id": id }));
        let refused = serde_json::to_value(live.next().await.unwrap()).unwrap();
        assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{refused}");
    }
}
