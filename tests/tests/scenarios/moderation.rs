//! Something unkind is reported, hidden, and shown again.

use passerelle_tests::story::Story;
use serde_json::{Value, json};

const FEED: &str = "query($id: ID!, $post: ID!) { post: node(id: $post) { ... on Post { hidden { reason by { name } } } }
    community: node(id: $id) { ... on Community { feed { nodes { ... on Post { body } } }
    openReports { nodes { reason reporter { name } item { ... on Post { body } ... on Comment { body } } } } } } }";
const OWN: &str =
    "{ ownReports { nodes { reason decision decidedBy { name } decisionReason item { id } } } }";

/// Bo leads a community; Cy wrote a post in it, and a comment below; Di reads along.
async fn told() -> Story {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    for who in ["Cy", "Di"] {
        story.sends(who, "joinCommunity", json!({"community": story.id("Bakers")}), "").await;
    }
    let post = json!({"audience": {"community": story.id("Bakers")}, "body": "Rye is for fools"});
    story.does("Cy", "publishPost", post, "post", "post").await;
    story.later(1);
    let comment = json!({"post": story.id("post"), "body": "And for you"});
    story.does("Cy", "addComment", comment, "comment", "comment").await;
    story
}

fn upon(story: &Story, name: &str, reason: &str) -> Value {
    json!({"item": story.id(name), "reason": reason})
}

async fn seen(story: &Story, who: &str) -> Value {
    story.asks(who, FEED, json!({"id": story.id("Bakers"), "post": story.id("post")})).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_is_gone_for_readers_and_explained_to_its_author_and_those_who_moderate() {
    let story = told().await;
    let hidden = story.sends("Bo", "hideItem", upon(&story, "post", "Unkind"), "").await;
    assert_eq!(hidden["userErrors"], json!([]));
    for who in ["Cy", "Bo", "Ada"] {
        let seen = seen(&story, who).await;
        assert_eq!(seen["post"]["hidden"], json!({"reason": "Unkind", "by": {"name": "Bo"}}), "{who}");
        assert_eq!(seen["community"]["feed"]["nodes"], json!([{"body": "Rye is for fools"}]), "{who}");
    }
    let nothing = json!({"post": null, "community": {"feed": {"nodes": []}, "openReports": {"nodes": []}}});
    assert_eq!(seen(&story, "Di").await, nothing);
    let comment = json!({"post": story.id("post"), "body": "Indeed"});
    assert_eq!(story.is_refused("Di", "addComment", comment.clone()).await["code"], "NO_SUCH_POST");
    story.sends("Bo", "restoreItem", upon(&story, "post", "It was a quotation"), "").await;
    assert_eq!(seen(&story, "Cy").await["post"]["hidden"], Value::Null);
    assert_eq!(story.sends("Di", "addComment", comment, "").await["userErrors"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_comment_reads_as_a_removed_one_and_does_not_count() {
    let story = told().await;
    story.sends("Bo", "hideItem", upon(&story, "comment", "Unkind"), "").await;
    let query = "query($id: ID!) { node(id: $id) { ... on Post { engagement { comments }
        comments { nodes { removed body hidden { reason } } } } } }";
    let id = json!({"id": story.id("post")});
    let read = |removed: bool, body: Value, hidden: Value| {
        json!({"node": {"engagement": {"comments": 0},
            "comments": {"nodes": [{"removed": removed, "body": body, "hidden": hidden}]}}})
    };
    assert_eq!(story.asks("Di", query, id.clone()).await, read(true, Value::Null, Value::Null));
    let to_author = read(false, json!("And for you"), json!({"reason": "Unkind"}));
    assert_eq!(story.asks("Cy", query, id).await, to_author);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_waits_for_those_who_moderate_and_its_reporter_reads_what_came_of_it() {
    let story = told().await;
    story.sends("Di", "reportItem", upon(&story, "post", "This hurts"), "").await;
    let again = upon(&story, "post", "Really");
    assert_eq!(story.is_refused("Di", "reportItem", again).await["code"], "ALREADY_REPORTED");
    let waiting = |seen: Value| seen["community"]["openReports"]["nodes"].clone();
    let report =
        json!([{"reason": "This hurts", "reporter": {"name": "Di"}, "item": {"body": "Rye is for fools"}}]);
    assert_eq!(waiting(seen(&story, "Bo").await), report);
    assert_eq!(waiting(seen(&story, "Cy").await), json!([]), "its author does not learn who reported it");
    let own = |decision: Value, by: Value, reason: Value, item: Value| {
        json!({"ownReports": {"nodes": [{"reason": "This hurts", "decision": decision, "decidedBy": by,
            "decisionReason": reason, "item": item}]}})
    };
    let item = json!({"id": story.id("post")});
    assert_eq!(story.asks("Di", OWN, json!({})).await, own(Value::Null, Value::Null, Value::Null, item));
    story.sends("Bo", "hideItem", upon(&story, "post", "Agreed"), "").await;
    let decided = own(json!("HIDDEN"), json!({"name": "Bo"}), json!("Agreed"), Value::Null);
    assert_eq!(story.asks("Di", OWN, json!({})).await, decided);
    assert_eq!(waiting(seen(&story, "Bo").await), json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_no_community_is_for_administrators_to_decide() {
    let mut story = told().await;
    let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "You too"});
    story.does("Cy", "publishPost", letter, "post", "letter").await;
    story.sends("Di", "reportItem", upon(&story, "letter", "He wrote: you too"), "").await;
    let query = "{ openReports { nodes { reason item { id } } } }";
    let waiting = json!({"openReports": {"nodes": [{"reason": "He wrote: you too", "item": null}]}});
    assert_eq!(story.asks("Ada", query, json!({})).await, waiting);
    assert_eq!(story.asks("Bo", query, json!({})).await, json!({"openReports": {"nodes": []}}));
    let hide = upon(&story, "letter", "Unkind");
    assert_eq!(story.is_refused("Bo", "hideItem", hide.clone()).await["code"], "NO_SUCH_POST");
    assert_eq!(story.sends("Ada", "hideItem", hide, "").await["userErrors"], json!([]));
    assert_eq!(
        story.asks("Di", "{ addressed { nodes { ... on Post { body } } } }", json!({})).await["addressed"]["nodes"],
        json!([])
    );
}
