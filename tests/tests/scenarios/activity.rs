//! How much is done each day, and by how many different people.

use passerelle_tests::story::Story;
use serde_json::json;

const ACTIVITY: &str =
    "query($from: Date!, $to: Date!) { dailyActivity(from: $from, to: $to) { members traceMembers
    days { date acts members automatic traces traceMembers } } }";

#[tokio::test(flavor = "multi_thread")]
async fn who_is_active_on_several_days_is_one_person() {
    let mut story = Story::of_four().await;
    let letter = json!({"audience": {"members": [story.id("Cy")]}, "body": "News"});
    story.does("Ada", "publishPost", letter.clone(), "post", "letter").await;
    let answer = json!({"post": story.id("letter"), "body": "Good"});
    story.does("Cy", "addComment", answer.clone(), "comment", "answer").await;
    let organisation = json!({"organisation": story.id("atelier")});
    story.sends("Bo", "signIn", organisation.clone(), "").await;
    story.later(2 * 24 * 60);
    story.does("Cy", "addComment", answer, "comment", "another").await;
    for who in ["Bo", "Cy"] {
        story.sends(who, "signIn", organisation.clone(), "").await;
    }
    let days = json!({"from": "2026-03-02", "to": "2026-03-04"});
    let read = story.asks("Ada", ACTIVITY, days).await;
    let expected = json!({"members": 2, "traceMembers": 2, "days": [
        {"date": "2026-03-02", "acts": 2, "members": 2, "automatic": 12, "traces": 1, "traceMembers": 1},
        {"date": "2026-03-03", "acts": 0, "members": 0, "automatic": 0, "traces": 0, "traceMembers": 0},
        {"date": "2026-03-04", "acts": 1, "members": 1, "automatic": 0, "traces": 2, "traceMembers": 2},
    ]});
    assert_eq!(read["dailyActivity"], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_asked_for_are_in_order_and_not_too_many() {
    let story = Story::of_four().await;
    let whole = json!({"from": "2025-01-27", "to": "2026-03-02"});
    let read = story.asks("Ada", ACTIVITY, whole).await;
    assert_eq!(read["dailyActivity"]["days"].as_array().map(Vec::len), Some(400));
    for (from, said) in [
        ("2025-01-26", "Ask for 400 days at most, both included; these are 401."),
        ("2026-03-03", "The last day is before the first."),
    ] {
        let refused = story.answer("Ada", ACTIVITY, json!({"from": from, "to": "2026-03-02"})).await;
        let error = &refused["errors"][0];
        assert_eq!(
            (&error["message"], &error["extensions"]["code"]),
            (&json!(said), &json!("BAD_USER_INPUT"))
        );
    }
}
