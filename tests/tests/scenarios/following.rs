//! Members follow people and topics; whom and what they follow is theirs to know.

use passerelle::http::Language;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const FOLLOWING: &str = "{ viewer { following { nodes { followed { __typename ... on Member { name followed }
    ... on Topic { topic: name followed followers } } } } } }";

async fn following(story: &Story, who: &str) -> Value {
    story.asks(who, FOLLOWING, json!({})).await["viewer"]["following"]["nodes"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_follows_people_and_topics_and_ceases_to() {
    let story = Story::of_four().await;
    let followed = story
        .sends("Bo", "followMember", json!({"member": story.id("Cy")}), "member { name followed }")
        .await;
    assert_eq!(followed["member"], json!({"name": "Cy", "followed": true}));
    story.later(1);
    let followed =
        story.sends("Bo", "followTopic", json!({"topic": "#Oven"}), "topic { name followed }").await;
    assert_eq!(followed["topic"], json!({"name": "oven", "followed": true}));
    let expected = json!([
        {"followed": {"__typename": "Topic", "topic": "oven", "followed": true, "followers": null}},
        {"followed": {"__typename": "Member", "name": "Cy", "followed": true}},
    ]);
    assert_eq!(following(&story, "Bo").await, expected);
    let ended = story.sends("Bo", "unfollowTopic", json!({"topic": "oven"}), "topic { followed }").await;
    assert_eq!(ended["topic"], json!({"followed": false}));
    story.sends("Bo", "unfollowMember", json!({"member": story.id("Cy")}), "").await;
    assert_eq!(following(&story, "Bo").await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_whom_another_follows() {
    let story = Story::of_four().await;
    story.sends("Bo", "followMember", json!({"member": story.id("Cy")}), "").await;
    let query =
        "query($id: ID!) { node(id: $id) { ... on Member { followed following { nodes { since } } } } }";
    for who in ["Ada", "Cy", "operator"] {
        let read = story.asks(who, query, json!({"id": story.id("Bo")})).await;
        assert_eq!(read["node"], json!({"followed": false, "following": null}), "{who}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_followed_is_refused_in_both_languages() {
    let mut story = Story::of_four().await;
    let oneself = json!({"member": story.id("Bo")});
    let refused = story.is_refused("Bo", "followMember", oneself.clone()).await;
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("ONESELF_FOLLOWED"), &json!(["input", "member"]))
    );
    let refused = story.is_refused("Bo", "followTopic", json!({"topic": "two words"})).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("NOT_A_TOPIC"), &json!(["input", "topic"])));
    story.answers_in(Language::French);
    let refused = story.is_refused("Bo", "followMember", oneself).await;
    assert!(refused["message"].as_str().unwrap().contains("suivez quelqu’un d’autre"), "{refused}");
}
