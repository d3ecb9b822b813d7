//! Events are delivered outside: signed, in order, and without what is not for those who receive them.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use journal::FolderLease;
use passerelle::webhooks::{Settings, keep};
use passerelle_tests::receiver::{Delivery, Receiver};
use passerelle_tests::story::Story;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::task::JoinHandle;

/// Deliveries from a story, until this is dropped.
struct Delivering(JoinHandle<()>);

impl Drop for Delivering {
    fn drop(&mut self) {
        self.0.abort();
    }
}

fn delivering(story: &Story) -> Delivering {
    let settings = Settings {
        pause_first: Duration::from_millis(20),
        failing_max: Duration::from_secs(60),
        ..Settings::of(Arc::new(FolderLease::within(story.folder(), "webhooks")))
    };
    Delivering(keep(Arc::clone(&story.engine), settings))
}

/// A community of Bo's, and a webhook of Ada's to the receiver; what it is signed with.
async fn registered(receiver: &Receiver, more: Value) -> (Story, String) {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    story
        .does("Bo", "foundCommunity", json!({"name": "Board", "access": "INVITATION"}), "community", "Board")
        .await;
    let mut input = json!({"url": receiver.url(), "commandId": "hook"});
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let sent = story.sends("Ada", "registerWebhook", input.clone(), "webhook { id url } secret").await;
    assert_eq!(sent["webhook"]["url"], receiver.url());
    let again = story.sends("Ada", "registerWebhook", input, "webhook { id } secret").await;
    assert_eq!(
        (&again["webhook"]["id"], &again["secret"]),
        (&sent["webhook"]["id"], &Value::Null),
        "shown once"
    );
    let secret = sent["secret"].as_str().unwrap().to_owned();
    story.does("Ada", "disableWebhook", json!({"webhook": sent["webhook"]["id"]}), "webhook", "hook").await;
    story.sends("Ada", "enableWebhook", json!({"webhook": story.id("hook")}), "").await;
    (story, secret)
}

async fn publishes(story: &Story, community: &str, body: &str) {
    let post = json!({"audience": {"community": story.id(community)}, "body": body});
    assert_eq!(story.sends("Bo", "publishPost", post, "").await["userErrors"], json!([]));
}

fn signature(secret: &str, delivery: &Delivery) -> String {
    let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    let (id, at) = (delivery.header("webhook-id"), delivery.header("webhook-timestamp"));
    mac.update(format!("{id}.{at}.{}", delivery.body).as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[tokio::test(flavor = "multi_thread")]
async fn what_everybody_sees_is_delivered_signed_and_in_order() {
    let receiver = Receiver::start().await;
    let (story, secret) =
        registered(&receiver, json!({"eventTypes": ["post.published", "post.removed"]})).await;
    let _delivering = delivering(&story);
    publishes(&story, "Board", "Between us").await;
    for body in ["Rye", "Wheat"] {
        publishes(&story, "Bakers", body).await;
    }
    let taken = receiver.waits_for(2).await;
    for delivery in &taken {
        assert_eq!(delivery.header("webhook-signature"), signature(&secret, delivery));
        assert_eq!(delivery.header("content-type"), "application/cloudevents+json; charset=utf-8");
        let event = delivery.json();
        assert_eq!((&event["specversion"], &event["type"]), (&json!("1.0"), &json!("post.published")));
        assert_eq!(event["data"].get("body"), None, "what was written is left out");
        assert_eq!(event["actor"], story.member("Bo").to_string());
    }
    assert_ne!(taken[0].json()["id"], taken[1].json()["id"]);
    assert!(!taken.iter().any(|delivery| delivery.body.contains("Between us")));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_for_some_alone_no_text_is_delivered() {
    let receiver = Receiver::start().await;
    let granted = json!({"scope": "ALL", "fields": "OPENED", "eventTypes": ["post.published"]});
    let (story, _) = registered(&receiver, granted).await;
    let _delivering = delivering(&story);
    publishes(&story, "Board", "Between us").await;
    let addressed = json!({"audience": {"members": [story.id("Cy")]}, "body": "For you alone"});
    assert_eq!(story.sends("Bo", "publishPost", addressed, "").await["userErrors"], json!([]));
    publishes(&story, "Bakers", "Rye").await;
    let taken = receiver.waits_for(3).await;
    let told: Vec<_> = taken.iter().map(|delivery| delivery.json()["data"].clone()).collect();
    assert_eq!(told[2]["body"], "Rye");
    for data in &told[..2] {
        assert!(data["post"].is_string() && data.get("body").is_none(), "{data}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_is_delivered_again_and_nothing_is_followed() {
    let receiver = Receiver::start().await;
    let (story, _) = registered(&receiver, json!({"eventTypes": ["post.published"]})).await;
    receiver.answers(2, "500 Internal Server Error");
    receiver.answers(1, "302 Found\r\nlocation: /elsewhere");
    let _delivering = delivering(&story);
    publishes(&story, "Bakers", "Rye").await;
    publishes(&story, "Bakers", "Wheat").await;
    let taken = receiver.waits_for(2).await;
    let ids: Vec<_> = taken.iter().map(|delivery| delivery.header("webhook-id").to_owned()).collect();
    assert_ne!(ids[0], ids[1], "in order, though the first failed three times");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_for_too_long_is_disabled_and_goes_on_once_it_is_enabled() {
    let receiver = Receiver::start().await;
    let (story, _) = registered(&receiver, json!({"eventTypes": ["post.published"]})).await;
    receiver.answers(10_000, "503 Service Unavailable");
    let delivering = delivering(&story);
    publishes(&story, "Bakers", "Rye").await;
    let query = "{ webhooks { disabled } }";
    let disabled = async {
        // By the clock of the story nothing fails for a minute before one has gone by.
        while story.asks("Ada", query, json!({})).await["webhooks"][0]["disabled"] != "FAILING" {
            tokio::time::sleep(Duration::from_millis(50)).await;
            story.later(1);
        }
    };
    tokio::time::timeout(Duration::from_secs(20), disabled).await.unwrap();
    assert_eq!(story.asks("Bo", query, json!({})).await["webhooks"], json!([]), "for administrators alone");
    drop(delivering);
    receiver.answers_no_more();
    let _delivering = self::delivering(&story);
    story.sends("Ada", "enableWebhook", json!({"webhook": story.id("hook")}), "").await;
    receiver.waits_for(1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_for_administrators_and_over_tls_or_to_this_machine() {
    let receiver = Receiver::start().await;
    let (story, _) = registered(&receiver, json!({})).await;
    let url = json!({"url": "https://example.org/hook"});
    assert_eq!(story.is_refused("Bo", "registerWebhook", url).await["code"], "ADMINISTRATOR_NEEDED");
    let plain = json!({"url": "http://example.org/hook"});
    let refused = story.is_refused("Ada", "registerWebhook", plain).await;
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("NOT_A_WEBHOOK_ADDRESS"), &json!(["input", "url"]))
    );
    story.sends("Ada", "removeWebhook", json!({"webhook": story.id("hook")}), "").await;
    assert_eq!(story.asks("Ada", "{ webhooks { id } }", json!({})).await["webhooks"], json!([]));
}
