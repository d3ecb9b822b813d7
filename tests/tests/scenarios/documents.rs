//! A document is shared, revised, checked out and withdrawn.

use passerelle_tests::story::Story;
use serde_json::{Value, json};

async fn shared() -> Story {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    story.sends("Cy", "joinCommunity", json!({"community": story.id("Bakers")}), "").await;
    let recipe = json!({
        "audience": {"community": story.id("Bakers")}, "name": "Bread",
        "contents": {"link": "https://recipes.example/bread"},
    });
    story.does("Bo", "shareDocument", recipe, "document", "bread").await;
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revision_of_an_old_version_is_refused_and_loses_nothing() {
    let story = shared().await;
    story.later(5);
    let revise =
        |file: &Value| json!({"document": story.id("bread"), "basedOn": 1, "contents": {"file": file}});
    let (file, other) = (story.uploads("Cy", &[7; 2_000]).await, story.uploads("Bo", b"other").await);
    let selection = "document { versionNumber revisedAt versions { number author { name } size link } }";
    let revised = story.sends("Cy", "reviseDocument", revise(&file), selection).await;
    let expected = json!({
        "versionNumber": 2, "revisedAt": "2026-03-02T09:05:00Z",
        "versions": [
            {"number": 2, "author": {"name": "Cy"}, "size": 2000.0, "link": null},
            {"number": 1, "author": {"name": "Bo"}, "size": null, "link": "https://recipes.example/bread"},
        ],
    });
    assert_eq!(revised["document"], expected);
    let stale = story.is_refused("Bo", "reviseDocument", revise(&other)).await;
    assert_eq!((&stale["code"], &stale["detail"]), (&json!("STALE_VERSION"), &json!("2")));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_it_checked_out_alone_revises_it() {
    let story = shared().await;
    let it = json!({"document": story.id("bread")});
    let out = story.sends("Cy", "checkOutDocument", it.clone(), "document { checkedOutBy { name } }").await;
    assert_eq!(out["document"]["checkedOutBy"]["name"], "Cy");
    let link = json!({"link": "https://recipes.example/other"});
    let revise = json!({"document": story.id("bread"), "basedOn": 1, "contents": link});
    assert_eq!(story.is_refused("Bo", "reviseDocument", revise.clone()).await["code"], "CHECKED_OUT");
    story.sends("Cy", "checkInDocument", it, "").await;
    let revised = story.sends("Bo", "reviseDocument", revise, "document { versionNumber }").await;
    assert_eq!(revised["document"]["versionNumber"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_community_lists_its_documents_until_they_are_withdrawn() {
    let mut story = shared().await;
    story.later(1);
    let rolls = json!({
        "audience": {"community": story.id("Bakers")}, "name": "Rolls",
        "contents": {"link": "https://recipes.example/rolls"},
    });
    story.does("Cy", "shareDocument", rolls, "document", "rolls").await;
    let query = "query($id: ID!, $after: String) { node(id: $id) { ... on Community {
        documents(first: 1, after: $after) { nodes { name author { name } } pageInfo { hasNextPage endCursor } } } } }";
    let first = story.asks("Di", query, json!({"id": story.id("Bakers")})).await;
    let page = &first["node"]["documents"];
    assert_eq!(page["nodes"], json!([{"name": "Rolls", "author": {"name": "Cy"}}]));
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let after = json!({"id": story.id("Bakers"), "after": page["pageInfo"]["endCursor"]});
    let second = story.asks("Di", query, after).await;
    assert_eq!(second["node"]["documents"]["nodes"], json!([{"name": "Bread", "author": {"name": "Bo"}}]));
    story.sends("Cy", "withdrawDocument", json!({"document": story.id("rolls")}), "").await;
    let left = story.asks("Di", query, json!({"id": story.id("Bakers")})).await;
    assert_eq!(left["node"]["documents"]["nodes"], json!([{"name": "Bread", "author": {"name": "Bo"}}]));
}
