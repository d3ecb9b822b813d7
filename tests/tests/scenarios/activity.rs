//! How much is done each day, and by how many different people.

use passerelle_tests::story::Story;
use serde_json::json;

const ACTIVITY: &str =
    "query($from: Date!, $to: Date!) { dailyActivity(from: $from, to: $to) { members traceMembers
    days { date acts members automatic traces traceMembers } } }";

#[tokio::test(flavor = "multi_thread")]
async fn who_is_active_on_several_days_is_one_person() {
    let mut story = Story::of_four_unknown().await;
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
    let story = Story::of_four_unknown().await;
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

/// How a question about a day is refused: the code, and the text.
async fn refused(story: &Story, who: &str, field: &str) -> (String, String) {
    let document = format!("{{ {field}(from: \"2026-03-02\", to: \"2026-03-02\") {{ __typename }} }}");
    let error = story.answer(who, &document, json!({})).await["errors"][0].take();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    (text(&error["extensions"]["code"]), text(&error["message"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn where_ids_stand_for_people_nothing_is_told_as_counted() {
    let story = Story::of_four().await;
    for (who, role) in [("Bo", "AUDITOR"), ("Cy", "COACH")] {
        let grant = json!({"member": story.id(who), "role": role, "departments": []});
        assert_eq!(story.sends("Ada", "grantRole", grant, "").await["userErrors"], json!([]));
    }
    for field in ["dailyActivity", "informationFlow"] {
        for who in ["operator", "Ada", "Bo", "Cy"] {
            let (code, text) = refused(&story, who, field).await;
            assert!(
                code == "PROTECTED" && text.ends_with("ask for `figures`."),
                "{who} {field}: {code} {text}"
            );
        }
        assert_eq!(refused(&story, "Di", field).await.0, "FORBIDDEN");
    }
    assert_eq!(story.looks().await.len(), 0, "nothing was seen");
}
