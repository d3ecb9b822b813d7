//! A poll is opened with a post, voted in, and closed.

use passerelle_tests::story::Story;
use serde_json::{Value, json};

const POLL: &str = "query($id: ID!) { node(id: $id) { ... on Post { poll { rule open resultsShown voterCount
    options { number text votes chosen } } } } }";

async fn asked() -> Story {
    let mut story = Story::of_four().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    let post = json!({"audience": {"community": story.id("Bakers")}, "body": "Rye or wheat?"});
    story.does("Bo", "publishPost", post, "post", "post").await;
    let poll =
        json!({"post": story.id("post"), "options": ["Rye", "Wheat"], "closesAt": "2026-03-03T09:00:00Z"});
    let opened = story.sends("Bo", "openPoll", poll, "post { poll { options { text } } }").await;
    assert_eq!(opened["post"]["poll"]["options"], json!([{"text": "Rye"}, {"text": "Wheat"}]));
    story
}

fn vote(story: &Story, chosen: &[u32]) -> Value {
    json!({"post": story.id("post"), "chosen": chosen})
}

async fn seen(story: &Story, who: &str) -> Value {
    story.asks(who, POLL, json!({"id": story.id("post")})).await["node"]["poll"].take()
}

#[tokio::test(flavor = "multi_thread")]
async fn members_vote_change_their_vote_and_take_it_back() {
    let story = asked().await;
    story.sends("Cy", "voteInPoll", vote(&story, &[1]), "").await;
    story.sends("Di", "voteInPoll", vote(&story, &[1]), "").await;
    story.sends("Cy", "voteInPoll", vote(&story, &[2]), "").await;
    let option = |number: u32, text: &str, chosen: bool| json!({"number": number, "text": text, "votes": null, "chosen": chosen});
    let expected = json!({"rule": "ONE", "open": true, "resultsShown": false, "voterCount": 2,
        "options": [option(1, "Rye", false), option(2, "Wheat", true)]});
    assert_eq!(seen(&story, "Cy").await, expected);
    story.sends("Cy", "withdrawPollVote", json!({"post": story.id("post")}), "").await;
    assert_eq!(seen(&story, "Cy").await["voterCount"], 1);
    assert_eq!(story.is_refused("Cy", "voteInPoll", vote(&story, &[1, 2])).await["code"], "CHOOSE_ONE");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_voted_sees_what_five_chose_and_everybody_does_in_the_end() {
    let mut story = asked().await;
    for name in ["Eve", "Flo"] {
        let member = json!({"name": name, "department": story.id("Works")});
        story.does("Ada", "registerMember", member, "member", name).await;
        story.sends("Ada", "openAccount", json!({"member": story.id(name)}), "").await;
    }
    for who in ["Bo", "Cy", "Di", "Eve"] {
        story.sends(who, "voteInPoll", vote(&story, &[1]), "").await;
    }
    assert_eq!(seen(&story, "Bo").await["resultsShown"], false);
    story.sends("Flo", "voteInPoll", vote(&story, &[2]), "").await;
    let votes = |poll: &Value| [poll["options"][0]["votes"].clone(), poll["options"][1]["votes"].clone()];
    assert_eq!(votes(&seen(&story, "Bo").await), [json!(4), json!(1)]);
    assert_eq!(votes(&seen(&story, "Ada").await), [Value::Null, Value::Null]);
    story.later(24 * 60);
    assert_eq!(votes(&seen(&story, "Ada").await), [json!(4), json!(1)]);
    assert_eq!(story.is_refused("Ada", "voteInPoll", vote(&story, &[1])).await["code"], "POLL_CLOSED");
}
