//! Things are kept, for oneself alone.

use passerelle_tests::story::Story;
use serde_json::json;

const KEPT: &str =
    "{ bookmarks { nodes { item { ... on Post { body bookmarked } ... on Comment { body } } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_member_finds_what_they_keep_and_nobody_else_does() {
    let mut story = Story::of_four().await;
    let letter = json!({"audience": {"members": [story.id("Cy")]}, "body": "The recipe"});
    story.does("Bo", "publishPost", letter, "post", "letter").await;
    let comment = json!({"post": story.id("letter"), "body": "Less salt"});
    story.does("Cy", "addComment", comment, "comment", "comment").await;
    for name in ["letter", "comment", "letter"] {
        story.later(1);
        story.sends("Cy", "keepBookmark", json!({"item": story.id(name)}), "").await;
    }
    let kept = json!([{"item": {"body": "Less salt"}}, {"item": {"body": "The recipe", "bookmarked": true}}]);
    assert_eq!(story.asks("Cy", KEPT, json!({})).await["bookmarks"]["nodes"], kept);
    assert_eq!(story.asks("Bo", KEPT, json!({})).await["bookmarks"]["nodes"], json!([]));
    assert_eq!(story.asks("operator", KEPT, json!({})).await["bookmarks"]["nodes"], json!([]));
    let query = "query($id: ID!) { node(id: $id) { ... on Post { bookmarked } } }";
    assert_eq!(story.asks("Bo", query, json!({"id": story.id("letter")})).await["node"]["bookmarked"], false);
    let foreign = json!({"item": story.id("letter")});
    assert_eq!(story.is_refused("Di", "keepBookmark", foreign).await["code"], "NO_SUCH_POST");
    story.sends("Cy", "dropBookmark", json!({"item": story.id("comment")}), "").await;
    story.sends("Bo", "removePost", json!({"post": story.id("letter")}), "").await;
    assert_eq!(story.asks("Cy", KEPT, json!({})).await["bookmarks"]["nodes"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_no_activity_that_anybody_counts() {
    let mut story = Story::of_four_unknown().await;
    let letter = json!({"audience": {"members": [story.id("Cy")]}, "body": "The recipe"});
    story.does("Bo", "publishPost", letter, "post", "letter").await;
    story.sends("Cy", "keepBookmark", json!({"item": story.id("letter")}), "").await;
    let query =
        "{ dailyActivity(from: \"2026-03-02\", to: \"2026-03-02\") { days { acts members traces } } }";
    let counted = json!([{"acts": 1, "members": 1, "traces": 0}]);
    assert_eq!(story.asks("Ada", query, json!({})).await["dailyActivity"]["days"], counted);
}
