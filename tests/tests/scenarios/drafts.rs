//! Drafts are written, scheduled, and published when their time comes.

use std::sync::Arc;

use passerelle::http::Language;
use passerelle::schedule::{publish_due, submission};
use passerelle_tests::story::Story;
use projections::drafts;
use serde_json::{Value, json};

const DRAFTS: &str = "{ drafts { nodes { body kind publishAt refusal { code message publishAt } } } }";
const FEED: &str = "query($id: ID!) { node(id: $id) { ... on Community { feed { nodes { ... on Post { body kind author { name } } } } } } }";

/// Bo leads a community that Cy has joined; Cy has a draft for it, scheduled for ten o'clock.
async fn scheduled() -> Story {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    story.sends("Cy", "joinCommunity", json!({"community": story.id("Bakers")}), "").await;
    let draft = json!({"audience": {"community": story.id("Bakers")}, "kind": "QUESTION", "body": "Rye?"});
    story.does("Cy", "beginDraft", draft, "draft", "draft").await;
    let ten = json!({"draft": story.id("draft"), "publishAt": "2026-03-02T10:00:00Z"});
    let sent = story.sends("Cy", "scheduleDraft", ten, "draft { publishAt }").await;
    assert_eq!(sent["draft"]["publishAt"], "2026-03-02T10:00:00Z");
    story
}

async fn of(story: &Story, who: &str) -> Value {
    story.asks(who, DRAFTS, json!({})).await["drafts"]["nodes"].take()
}

async fn feed(story: &Story) -> Value {
    story.asks("Di", FEED, json!({"id": story.id("Bakers")})).await["node"]["feed"]["nodes"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_author_s_alone() {
    let story = scheduled().await;
    let own =
        json!([{"body": "Rye?", "kind": "QUESTION", "publishAt": "2026-03-02T10:00:00Z", "refusal": null}]);
    assert_eq!(of(&story, "Cy").await, own);
    for who in ["Bo", "Ada", "operator"] {
        assert_eq!(of(&story, who).await, json!([]), "{who}");
        let query = "query($id: ID!) { node(id: $id) { id } }";
        assert_eq!(
            story.asks(who, query, json!({"id": story.id("draft")})).await,
            json!({"node": null}),
            "{who}"
        );
    }
    let discard = json!({"draft": story.id("draft")});
    assert_eq!(story.is_refused("Bo", "discardDraft", discard.clone()).await["code"], "NO_SUCH_DRAFT");
    story.sends("Cy", "discardDraft", discard, "").await;
    assert_eq!(of(&story, "Cy").await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_scheduled_is_published_when_its_time_comes() {
    let story = scheduled().await;
    story.later(59);
    assert_eq!(publish_due(&story.engine).await.unwrap(), 0);
    assert_eq!(feed(&story).await, json!([]));
    story.later(1);
    story.settle().await;
    assert_eq!(publish_due(&story.engine).await.unwrap(), 1);
    assert_eq!(feed(&story).await, json!([{"body": "Rye?", "kind": "QUESTION", "author": {"name": "Cy"}}]));
    assert_eq!(of(&story, "Cy").await, json!([]));
    assert_eq!(publish_due(&story.engine).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_set_by_who_has_not_read_the_one_before_is_refused_with_the_current_revision() {
    let story = scheduled().await;
    let at = |revision: u32| json!({"draft": story.id("draft"), "publishAt": "2026-03-02T10:30:00Z", "expectedRevision": revision});
    let refused = story.is_refused("Cy", "scheduleDraft", at(0)).await;
    assert_eq!((&refused["code"], &refused["detail"]), (&json!("CONFLICT"), &json!("1")));
    let moved = story.sends("Cy", "scheduleDraft", at(1), "draft { revision publishAt }").await;
    assert_eq!(moved["draft"], json!({"revision": 2, "publishAt": "2026-03-02T10:30:00Z"}));
    let off = |revision: u32| json!({"draft": story.id("draft"), "expectedRevision": revision});
    assert_eq!(story.is_refused("Cy", "unscheduleDraft", off(1)).await["code"], "CONFLICT");
    let off = story.sends("Cy", "unscheduleDraft", off(2), "draft { revision publishAt }").await;
    assert_eq!(off["draft"], json!({"revision": 3, "publishAt": null}));
}

#[tokio::test(flavor = "multi_thread")]
async fn several_at_once_publish_it_exactly_once() {
    let story = scheduled().await;
    story.later(60);
    story.settle().await;
    let at_once = (0..8).map(|_| {
        let engine = Arc::clone(&story.engine);
        tokio::spawn(async move { publish_due(&engine).await.map_err(|error| error.to_string()) })
    });
    for published in futures::future::join_all(at_once).await {
        published.unwrap().unwrap();
    }
    assert_eq!(feed(&story).await.as_array().unwrap().len(), 1);
    assert_eq!(of(&story, "Cy").await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_ended_between_publishing_and_marking_goes_on_where_it_was() {
    let story = scheduled().await;
    story.later(60);
    story.settle().await;
    let due = drafts::due(&story.engine.snapshot().unwrap(), story.engine.now(), 9).unwrap();
    story.engine.handle(&submission(&story.engine, &due[0])).await.unwrap();
    let rewritten = json!({"draft": story.id("draft"), "expectedRevision": 1, "body": "Wheat?",
        "audience": {"community": story.id("Bakers")}});
    assert_eq!(story.sends("Cy", "reviseDraft", rewritten, "").await["userErrors"], json!([]));
    assert_eq!(publish_due(&story.engine).await.unwrap(), 1);
    assert_eq!(feed(&story).await, json!([{"body": "Rye?", "kind": "QUESTION", "author": {"name": "Cy"}}]));
    assert_eq!(of(&story, "Cy").await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rules_refuse_at_its_time_stays_and_says_why() {
    let mut story = scheduled().await;
    story.sends("Bo", "archiveCommunity", json!({"community": story.id("Bakers")}), "").await;
    story.later(60);
    assert_eq!(publish_due(&story.engine).await.unwrap(), 1);
    let refusal = |message: &str| {
        json!([{"body": "Rye?", "kind": "QUESTION", "publishAt": null, "refusal": {
            "code": "COMMUNITY_ARCHIVED", "message": message, "publishAt": "2026-03-02T10:00:00Z"}}])
    };
    let english = refusal("The community is archived; ask its leader to reopen it.");
    assert_eq!(of(&story, "Cy").await, english);
    story.answers_in(Language::French);
    let french = refusal("La communauté est archivée ; demandez à son responsable de la rouvrir.");
    assert_eq!(of(&story, "Cy").await, french);
    assert_eq!(publish_due(&story.engine).await.unwrap(), 0, "it is not tried again and again");
    story.sends("Bo", "reopenCommunity", json!({"community": story.id("Bakers")}), "").await;
    let now = json!({"draft": story.id("draft"), "publishAt": "2026-03-02T08:00:00Z"});
    story.sends("Cy", "scheduleDraft", now, "").await;
    assert_eq!(publish_due(&story.engine).await.unwrap(), 1);
    assert_eq!(feed(&story).await.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_publishes_nothing() {
    let story = scheduled().await;
    story.sends("Ada", "deactivateMember", json!({"member": story.id("Cy")}), "").await;
    story.later(60);
    publish_due(&story.engine).await.unwrap();
    assert_eq!(feed(&story).await, json!([]));
    assert_eq!(of(&story, "Cy").await[0]["refusal"]["code"], "INACTIVE_ACTOR");
}
