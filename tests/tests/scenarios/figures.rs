//! Figures as front-ends ask for them: with their definition, hidden where few people stand behind them, and never
//! without a trace of who looked.

use domain::event::Event;
use passerelle::http::Language;
use passerelle_tests::story::Story;
use serde_json::json;

const FIGURES: &str = "query($community: ID, $asOf: Date) { figures(community: $community, asOf: $asOf,
    window: {length: WEEK}) { window { first last complete } cut { day } anonymous threshold headcount { value }
    active { value numerator suppressed definition { id name } receipt { inputs digest text } } } }";

/// An organisation of four a week after two of them wrote.
async fn a_week_later() -> Story {
    let mut story = Story::of_four().await;
    for who in ["Ada", "Cy"] {
        let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
        story.does(who, "publishPost", letter, "post", who).await;
    }
    story.later(9 * 24 * 60);
    story
}

#[tokio::test(flavor = "multi_thread")]
async fn of_four_people_nothing_is_told_but_that_they_are_four() {
    let mut story = a_week_later().await;
    story.answers_in(Language::French);
    let read = story.asks("Ada", FIGURES, json!({})).await;
    let figures = &read["figures"];
    assert_eq!(figures["window"], json!({"first": "2026-02-23", "last": "2026-03-01", "complete": true}));
    assert_eq!((&figures["anonymous"], &figures["threshold"]), (&json!(false), &json!(10)));
    let active = &figures["active"];
    assert_eq!(active["value"], json!(null));
    assert_eq!(active["suppressed"], "GROUP_TOO_SMALL");
    assert_eq!(
        active["definition"],
        json!({"id": "participated-share@1", "name": "Personnes qui participent"})
    );
    assert_eq!((&active["receipt"]["inputs"], &active["receipt"]["digest"]), (&json!(null), &json!(null)));
    assert_eq!(active["receipt"]["text"].as_str().unwrap().split('.').count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_at_figures_is_recorded_with_which_before_they_are_told() {
    let story = a_week_later().await;
    story.asks("Ada", FIGURES, json!({})).await;
    let looks = story.looks().await;
    let Some(Event::Look(domain::look::Event::Consulted(look))) = looks.last().map(|look| &look.event) else {
        panic!("nothing was recorded: {looks:?}")
    };
    assert!(look.subject.starts_with("figures"), "{}", look.subject);
    assert!(look.subject.contains("active"), "{}", look.subject);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_known_yet_and_groups_that_do_not_exist_are_not_told() {
    let mut story = a_week_later().await;
    let refused = story.answer("Ada", FIGURES, json!({"asOf": "2026-12-24"})).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    let hidden = json!({"name": "Board", "access": "INVITATION"});
    story.does("Bo", "foundCommunity", hidden, "community", "board").await;
    story.later(9 * 24 * 60);
    let absent = story.asks("Cy", FIGURES, json!({"community": story.id("board")})).await;
    assert_eq!(absent["figures"], json!(null));
}

#[tokio::test(flavor = "multi_thread")]
async fn definitions_are_told_in_the_language_of_whoever_asks() {
    let mut story = Story::of_four().await;
    let asked = "{ metricDefinitions { id name formula eventTypes } }";
    let english = story.asks("Di", asked, json!({})).await;
    story.answers_in(Language::French);
    let french = story.asks("Di", asked, json!({})).await;
    let of = |read: &serde_json::Value| {
        let all = read["metricDefinitions"].as_array().unwrap().clone();
        all.into_iter().find(|definition| definition["id"] == "habit@1").unwrap()
    };
    assert_eq!((&of(&english)["name"], &of(&french)["name"]), (&json!("Habit"), &json!("Habitude")));
    assert_eq!(of(&english)["formula"], of(&french)["formula"]);
}
