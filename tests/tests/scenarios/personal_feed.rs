//! A member's own feed: what is in it, why, and up to where it was read.

use passerelle::http::Language;
use passerelle_tests::story::Story;
use serde_json::{Value, json};

const FEED: &str = "query($first: Int, $after: String) { viewer { feed(first: $first, after: $after) {
    edges { node { ... on Post { body } ... on Comment { body } ... on Idea { title } ... on Document { name } }
        reasons { kind about { ... on Community { name } ... on Member { name } ... on Topic { name } } } }
    pageInfo { hasNextPage endCursor } unread { count more } readUpTo } } }";

async fn feed(story: &Story, who: &str, page: Value) -> Value {
    story.asks(who, FEED, page).await["viewer"]["feed"].take()
}

/// What the entries are called, in whichever field they say so.
fn named(feed: &Value) -> Vec<&str> {
    let edges = feed["edges"].as_array().unwrap();
    edges.iter().filter_map(|edge| edge["node"].as_object()?.values().next()?.as_str()).collect()
}

/// Bakers, which Di is in, Millers, which she is not in, and Board, which is closed to her. Di follows Bo and the
/// topic oven.
async fn three_communities() -> Story {
    let mut story = Story::of_four().await;
    for (name, access) in [("Bakers", "OPEN"), ("Millers", "OPEN"), ("Board", "REQUEST")] {
        let community = json!({"name": name, "access": access});
        story.does("Ada", "foundCommunity", community, "community", name).await;
    }
    for (who, name) in [("Di", "Bakers"), ("Bo", "Millers"), ("Cy", "Millers")] {
        story.sends(who, "joinCommunity", json!({"community": story.id(name)}), "").await;
    }
    story.sends("Di", "followMember", json!({"member": story.id("Bo")}), "").await;
    story.sends("Di", "followTopic", json!({"topic": "oven"}), "").await;
    story
}

async fn publish(story: &mut Story, who: &str, body: &str, audience: Value, words: Value) {
    story.later(1);
    let post = json!({"audience": audience, "body": body, "words": words});
    story.does(who, "publishPost", post, "post", body).await;
}

async fn in_community(story: &mut Story, who: &str, body: &str, name: &str, words: Value) {
    let audience = json!({"community": story.id(name)});
    publish(story, who, body, audience, words).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_is_there_once_and_says_why() {
    let mut story = three_communities().await;
    let di = story.id("Di");
    in_community(&mut story, "Ada", "Bread", "Bakers", json!({"topics": ["oven"], "mentions": [di]})).await;
    in_community(&mut story, "Bo", "Flour", "Millers", json!({})).await;
    in_community(&mut story, "Cy", "Steam", "Millers", json!({"topics": ["Oven"]})).await;
    in_community(&mut story, "Cy", "Grain", "Millers", json!({})).await;
    in_community(&mut story, "Ada", "Secret", "Board", json!({"topics": ["oven"], "mentions": [di]})).await;
    publish(&mut story, "Cy", "Letter", json!({"members": [di]}), json!({})).await;
    let read = feed(&story, "Di", json!({})).await;
    assert_eq!(named(&read), ["Letter", "Steam", "Flour", "Bread"]);
    let reasons: Vec<_> = read["edges"].as_array().unwrap().iter().map(|edge| &edge["reasons"]).collect();
    let oven = json!({"kind": "TOPIC", "about": {"name": "oven"}});
    assert_eq!(*reasons[0], json!([{"kind": "ADDRESSED", "about": null}]));
    assert_eq!(*reasons[1], json!([oven]));
    assert_eq!(*reasons[2], json!([{"kind": "MEMBER", "about": {"name": "Bo"}}]));
    let bakers = json!({"kind": "COMMUNITY", "about": {"name": "Bakers"}});
    assert_eq!(*reasons[3], json!([bakers, {"kind": "MENTION", "about": null}, oven]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_goes_on_where_the_one_before_ended_while_more_arrives() {
    let mut story = three_communities().await;
    for body in ["One", "Two", "Three"] {
        in_community(&mut story, "Ada", body, "Bakers", json!({"topics": ["oven"]})).await;
    }
    let first = feed(&story, "Di", json!({"first": 2})).await;
    assert_eq!((named(&first), &first["pageInfo"]["hasNextPage"]), (vec!["Three", "Two"], &json!(true)));
    in_community(&mut story, "Ada", "Four", "Bakers", json!({})).await;
    let after = &first["pageInfo"]["endCursor"];
    let rest = feed(&story, "Di", json!({"first": 2, "after": after})).await;
    assert_eq!((named(&rest), &rest["pageInfo"]["hasNextPage"]), (vec!["One"], &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn access_that_is_lost_takes_items_away_at_once() {
    let mut story = three_communities().await;
    let board = json!({"community": story.id("Board")});
    story.sends("Di", "requestMembership", board.clone(), "").await;
    let di = json!({"community": story.id("Board"), "member": story.id("Di")});
    story.sends("Ada", "approveRequest", di.clone(), "").await;
    in_community(&mut story, "Ada", "Secret", "Board", json!({"topics": ["oven"]})).await;
    in_community(&mut story, "Bo", "Flour", "Millers", json!({})).await;
    assert_eq!(named(&feed(&story, "Di", json!({})).await), ["Flour", "Secret"]);
    story.sends("Di", "leaveCommunity", board, "").await;
    assert_eq!(named(&feed(&story, "Di", json!({})).await), ["Flour"]);
    let closed = json!({"community": story.id("Millers"), "access": "INVITATION"});
    story.sends("Ada", "changeAccess", closed, "").await;
    assert_eq!(named(&feed(&story, "Di", json!({})).await), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_new_since_the_mark_is_counted() {
    let mut story = three_communities().await;
    for body in ["One", "Two"] {
        in_community(&mut story, "Ada", body, "Bakers", json!({})).await;
    }
    let unread = |count| json!({"count": count, "more": false});
    let read = feed(&story, "Di", json!({})).await;
    assert_eq!((&read["unread"], &read["readUpTo"]), (&unread(2), &Value::Null));
    let mark = json!({"upTo": "2026-03-02T09:01:00Z"});
    let marked =
        story.sends("Di", "markFeedRead", mark, "viewer { feed { unread { count } readUpTo } }").await;
    let expected = json!({"feed": {"unread": {"count": 1}, "readUpTo": "2026-03-02T09:01:00Z"}});
    assert_eq!(marked["viewer"], expected);
    let community = "query($id: ID!) { node(id: $id) { ... on Community { unread { count more } } } }";
    let bakers = json!({"id": story.id("Bakers")});
    assert_eq!(story.asks("Di", community, bakers.clone()).await["node"]["unread"], unread(2));
    let mark = json!({"community": story.id("Bakers"), "upTo": "2026-03-02T09:02:00Z"});
    story.sends("Di", "markFeedRead", mark, "").await;
    assert_eq!(story.asks("Di", community, bakers).await["node"]["unread"], unread(0));
    assert_eq!(
        story.asks("operator", community, json!({"id": story.id("Bakers")})).await["node"]["unread"],
        json!(null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_ahead_and_nobody_reads_anothers_feed() {
    let mut story = three_communities().await;
    let ahead = json!({"upTo": "2027-01-01T00:00:00Z"});
    let refused = story.is_refused("Di", "markFeedRead", ahead.clone()).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("READ_AHEAD"), &json!(["input", "upTo"])));
    story.answers_in(Language::French);
    let refused = story.is_refused("Di", "markFeedRead", ahead).await;
    assert!(refused["message"].as_str().unwrap().starts_with("Personne n’a lu"), "{refused}");
    let query = "query($id: ID!) { node(id: $id) { ... on Member { feed { edges { cursor } } } } }";
    for who in ["Ada", "operator"] {
        let read = story.asks(who, query, json!({"id": story.id("Di")})).await;
        assert_eq!(read["node"]["feed"], Value::Null, "{who}");
    }
}
