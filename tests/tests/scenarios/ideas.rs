//! Ideas are submitted, voted on, merged and decided.

use passerelle_tests::story::Story;
use serde_json::{Value, json};

async fn opened(voting: &str, budget: Option<u32>) -> Story {
    let mut story = Story::of_four().await;
    let campaign = json!({"name": "Less waste", "voting": voting, "budget": budget});
    story.does("Ada", "openCampaign", campaign, "campaign", "campaign").await;
    for (who, title) in [("Bo", "Mugs"), ("Cy", "Cups"), ("Di", "Trains")] {
        story.later(1);
        let idea = json!({"campaign": story.id("campaign"), "title": title});
        story.does(who, "submitIdea", idea, "idea", title).await;
    }
    story
}

fn vote(story: &Story, idea: &str, value: i32) -> Value {
    json!({"campaign": story.id("campaign"), "idea": story.id(idea), "value": value})
}

async fn ranking(story: &Story) -> Value {
    let query =
        "query($id: ID!) { node(id: $id) { ... on Campaign { ideas { nodes { title tally { score } } } } } }";
    let mut read = story.asks("Ada", query, json!({"id": story.id("campaign")})).await;
    let nodes = read["node"]["ideas"]["nodes"].take();
    nodes.as_array().unwrap().iter().map(|idea| json!([idea["title"], idea["tally"]["score"]])).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn opinions_are_counted_changed_and_ranked() {
    let story = opened("OPINION", None).await;
    let selection = "idea { ownVote tally { score own { agree disagree pass } } }";
    let voted = story.sends("Bo", "vote", vote(&story, "Mugs", 1), selection).await;
    let expected =
        json!({"ownVote": 1, "tally": {"score": 1, "own": {"agree": 1, "disagree": 0, "pass": 0}}});
    assert_eq!(voted["idea"], expected, "voting for one's own idea is allowed, and shows at once");
    story.sends("Cy", "vote", vote(&story, "Mugs", 1), "").await;
    let changed = story.sends("Cy", "vote", vote(&story, "Mugs", -1), selection).await;
    assert_eq!(changed["idea"]["tally"]["own"], json!({"agree": 1, "disagree": 1, "pass": 0}));
    story.sends("Cy", "vote", vote(&story, "Trains", 1), "").await;
    assert_eq!(ranking(&story).await, json!([["Trains", 1], ["Mugs", 0], ["Cups", 0]]));
    let refused = story.is_refused("Di", "vote", vote(&story, "Cups", 3)).await;
    assert_eq!(refused["code"], "NOT_AN_OPINION");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_counts_each_member_once_and_sends_later_votes_on() {
    let story = opened("OPINION", None).await;
    for (who, idea, value) in [("Bo", "Cups", 1), ("Cy", "Cups", 1), ("Cy", "Mugs", -1), ("Di", "Mugs", 1)] {
        story.later(1);
        story.sends(who, "vote", vote(&story, idea, value), "").await;
    }
    let merge = json!({"idea": story.id("Cups"), "into": story.id("Mugs")});
    let merged = story.sends("Ada", "mergeIdea", merge, "idea { mergedInto { title } }").await;
    assert_eq!(merged["idea"]["mergedInto"]["title"], "Mugs");
    let query = "query($id: ID!) { node(id: $id) { ... on Idea {
        tally { score own { agree disagree } followed { agree disagree } } } } }";
    let read = story.asks("Ada", query, json!({"id": story.id("Mugs")})).await;
    let expected =
        json!({"score": 1, "own": {"agree": 1, "disagree": 1}, "followed": {"agree": 1, "disagree": 0}});
    assert_eq!(read["node"]["tally"], expected, "Cy's vote on Mugs stands, Bo's followed");
    let refused = story.is_refused("Di", "vote", vote(&story, "Cups", 1)).await;
    assert_eq!(refused["code"], "IDEA_MERGED");
    assert!(refused["detail"].is_string(), "it names the idea that goes on: {refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn points_come_from_a_budget_and_return_to_it() {
    let story = opened("POINTS", Some(10)).await;
    story.sends("Bo", "vote", vote(&story, "Mugs", 7), "").await;
    let refused = story.is_refused("Bo", "vote", vote(&story, "Cups", 4)).await;
    assert_eq!((&refused["code"], &refused["detail"]), (&json!("BUDGET_EXCEEDED"), &json!("10")));
    let back = json!({"campaign": story.id("campaign"), "idea": story.id("Mugs")});
    story.sends("Bo", "withdrawVote", back, "").await;
    let voted = story.sends("Bo", "vote", vote(&story, "Cups", 10), "idea { tally { score } }").await;
    assert_eq!(voted["idea"]["tally"]["score"], 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_campaign_keeps_its_tallies_and_its_ideas_are_decided() {
    let story = opened("SUPPORT", None).await;
    story.sends("Bo", "vote", vote(&story, "Mugs", 1), "").await;
    let close = json!({"campaign": story.id("campaign")});
    story.sends("Ada", "closeCampaign", close, "").await;
    let refused = story.is_refused("Cy", "vote", vote(&story, "Mugs", 1)).await;
    assert_eq!(refused["code"], "CAMPAIGN_CLOSED");
    let no_reason = json!({"idea": story.id("Cups"), "reason": " "});
    let refused = story.is_refused("Ada", "declineIdea", no_reason).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("BLANK_TEXT"), &json!(["input", "reason"])));
    let accept = json!({"idea": story.id("Mugs"), "reason": "Cheaper too"});
    story.sends("Ada", "acceptIdea", accept, "").await;
    let done = json!({"idea": story.id("Mugs"), "outcome": "Every kitchen has them"});
    let selection = "idea { stage reason outcome tally { score } }";
    let implemented = story.sends("Ada", "implementIdea", done, selection).await;
    let expected = json!({
        "stage": "IMPLEMENTED", "reason": "Cheaper too", "outcome": "Every kitchen has them", "tally": {"score": 1},
    });
    assert_eq!(implemented["idea"], expected);
}
