//! What is for others is opened to an administrator for an hour and a reason, and those concerned are told.

use passerelle_tests::story::Story;
use serde_json::{Value, json};

const READ: &str = "mutation($item: ID!, $reason: String!) {
    it: readWithReason(input: {item: $item, reason: $reason}) {
        node { ... on Post { body comments { nodes { body } } } ... on Document { name } }
        until userErrors { code field } } }";
const AGAIN: &str =
    "query($item: ID!) { disclosed(item: $item) { id ... on Post { body } } node(id: $item) { id } }";
const TOLD: &str =
    "{ viewer { notifications { nodes { kind reason by { name } about { ... on Post { body } } } } } }";

/// Bo writes to Cy, who comments; Ada administers.
async fn letter() -> Story {
    let mut story = Story::of_four().await;
    let letter = json!({"audience": {"members": [story.id("Cy")]}, "body": "Between us"});
    story.does("Bo", "publishPost", letter, "post", "letter").await;
    let comment = json!({"post": story.id("letter"), "body": "Indeed"});
    story.does("Cy", "addComment", comment, "comment", "comment").await;
    story
}

async fn reads(story: &Story, who: &str, item: &str, reason: &str) -> Value {
    let asked = json!({"item": story.id(item), "reason": reason});
    story.asks(who, READ, asked).await["it"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_reads_a_letter_for_an_hour_and_those_it_is_between_are_told_why() {
    let story = letter().await;
    let item = json!({"item": story.id("letter")});
    let shut = json!({"disclosed": null, "node": null});
    assert_eq!(story.asks("Ada", AGAIN, item.clone()).await, shut);
    let opened = reads(&story, "Ada", "letter", "A complaint").await;
    assert_eq!(opened["userErrors"], json!([]));
    assert_eq!(opened["until"], "2026-03-02T10:00:00Z");
    let node = json!({"body": "Between us", "comments": {"nodes": []}});
    assert_eq!(opened["node"], node, "what stands below it stays closed");
    let again = story.asks("Ada", AGAIN, item.clone()).await;
    assert_eq!((&again["disclosed"]["body"], &again["node"]), (&json!("Between us"), &Value::Null));
    assert_eq!(story.asks("Di", AGAIN, item.clone()).await["disclosed"], Value::Null);
    for who in ["Bo", "Cy"] {
        let told = story.asks(who, TOLD, json!({})).await["viewer"]["notifications"]["nodes"].take();
        let told = told.as_array().unwrap().iter().find(|told| told["kind"] == "DISCLOSURE");
        let expected = json!({"kind": "DISCLOSURE", "reason": "A complaint", "by": {"name": "Ada"}, "about": {"body": "Between us"}});
        assert_eq!(told, Some(&expected), "{who}");
    }
    assert_eq!(story.asks("Di", TOLD, json!({})).await["viewer"]["notifications"]["nodes"], json!([]));
    story.later(60);
    assert_eq!(story.asks("Ada", AGAIN, item).await, shut);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_an_administrator_reads_so_and_never_without_a_reason() {
    let story = letter().await;
    let refused = async |who: &str, reason: &str| {
        let answer = reads(&story, who, "letter", reason).await;
        assert_eq!((&answer["node"], &answer["until"]), (&Value::Null, &Value::Null), "{answer}");
        answer["userErrors"][0]["code"].clone()
    };
    assert_eq!(refused("Di", "Curious").await, "ADMINISTRATOR_NEEDED");
    assert_eq!(refused("Ada", "  ").await, "BLANK_TEXT");
    assert_eq!(refused("Bo", "Mine").await, "ADMINISTRATOR_NEEDED");
    story.sends("Ada", "grantRole", json!({"member": story.id("Di"), "role": "ADMINISTRATOR"}), "").await;
    reads(&story, "Di", "letter", "A complaint").await;
    story.sends("Ada", "revokeRole", json!({"member": story.id("Di"), "role": "ADMINISTRATOR"}), "").await;
    let item = json!({"item": story.id("letter")});
    assert_eq!(
        story.asks("Di", AGAIN, item).await["disclosed"],
        Value::Null,
        "a role that ended shuts it at once"
    );
}
