//! Figures as of any position, and of one id, where ids stand for nobody who can be found again; and not elsewhere.

use std::sync::Arc;
use std::time::Duration;

use domain::event::Position;
use domain::time::Day;
use passerelle::engine::{AsOf, Past};
use passerelle_tests::story::Story;
use projections::figures::grid::Window;
use projections::figures::population::Chart;
use serde_json::{Value, json};

const FIGURES: &str = "query($position: Position, $member: ID) {
    figures(asOfPosition: $position, member: $member, window: {length: WEEK, on: \"2026-03-02\"}) {
        cut { day position } member { name }
        active { numerator denominator receipt { inputs text } } previous { active { numerator } } } }";

/// Ada writes, then Cy on the same day; the position between the two.
async fn two_who_wrote(mut story: Story) -> (Story, Value) {
    let letter = |story: &Story| json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
    let first = story.sends("Ada", "publishPost", letter(&story), "").await["position"].take();
    let second = letter(&story);
    story.does("Cy", "publishPost", second, "post", "second").await;
    story.later(9 * 24 * 60);
    (story, first)
}

/// What figures were at a position, once they are folded.
async fn at(story: &Story, document: &str, position: &Value) -> Value {
    loop {
        let mut answer = story.answer("Ada", document, json!({ "position": position })).await;
        if answer["errors"][0]["extensions"]["code"] != "COMPUTING" {
            assert_eq!(answer["errors"], Value::Null);
            return answer["data"]["figures"].take();
        }
        let progress = &answer["errors"][0]["extensions"]["progress"];
        assert!((0.0..=1.0).contains(&progress.as_f64().unwrap()), "{progress}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_what_they_were_at_a_position() {
    let (story, first) = two_who_wrote(Story::of_four_unknown().await).await;
    let now = story.asks("Ada", FIGURES, json!({})).await["figures"].take();
    assert_eq!((&now["active"]["numerator"], &now["cut"]["position"]), (&json!(2), &Value::Null));
    let then = at(&story, FIGURES, &first).await;
    assert_eq!((&then["active"]["numerator"], &then["active"]["denominator"]), (&json!(1), &json!(4)));
    assert_eq!(then["cut"]["position"], first);
    assert_eq!(then["previous"]["active"]["numerator"], Value::Null, "nobody was there");
    let inputs = |figures: &Value| figures["active"]["receipt"]["inputs"].as_u64().unwrap();
    assert_eq!(inputs(&then) + 1, inputs(&now), "Cy's letter");
    // Kept for whoever asks next.
    let again = story.answer("Di", FIGURES, json!({ "position": first })).await;
    assert_eq!(again["data"]["figures"]["active"]["numerator"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_an_answer_has_waited_up_to_the_position_and_not_to_the_end_of_its_day() {
    let mut story = Story::of_four_unknown().await;
    story.does("Bo", "foundCommunity", json!({"name": "Bakers"}), "community", "Bakers").await;
    let bakers = json!({"community": story.id("Bakers")});
    let question = json!({"audience": bakers, "kind": "QUESTION", "body": "How warm?"});
    story.does("Bo", "publishPost", question, "post", "question").await;
    let answered = "query($position: Position) {
        figures(asOfPosition: $position, window: {length: WEEK, on: \"2026-03-02\"}) {
            answeredWithin(hours: 24) { denominator suppressed } } }";
    let mut asked = Vec::new();
    for _ in 0..2 {
        story.later(20 * 60);
        let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
        let position = story.sends("Ada", "publishPost", letter, "").await["position"].take();
        asked.push(at(&story, answered, &position).await["answeredWithin"].take());
    }
    let too_young = json!({"denominator": null, "suppressed": "TOO_LITTLE_DATA"});
    assert_eq!(asked, [too_young, json!({"denominator": 1, "suppressed": null})]);
}

/// What was folded as of a position.
async fn past(story: &Story, position: Position) -> Arc<Past> {
    loop {
        match story.engine.as_of(position).unwrap() {
            AsOf::Folded(past) => return past,
            AsOf::Folding(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_position_is_folded_from_the_nearest_end_of_a_month() {
    const LETTERS: u64 = 8;
    let story = Story::of_four_unknown().await;
    let mut positions = Vec::new();
    for who in ["Ada", "Cy", "Ada", "Cy", "Ada"] {
        story.later(31 * 24 * 60);
        for _ in 0..LETTERS {
            let letter = json!({"audience": {"members": [story.id("Di")]}, "body": "News"});
            story.sends(who, "publishPost", letter, "").await;
        }
        positions.push(story.engine.catch_up().await.unwrap());
    }
    // On the way to the last, ends of months are kept, from which those before it begin.
    let last = past(&story, positions[4]).await;
    assert_eq!(last.begun(), Some(Position(0)));
    for place in 1..4 {
        let past = past(&story, Position(positions[place].0 - 1)).await;
        assert_eq!(past.begun(), Some(positions[place - 1]));
        let whole = Window { first: Day(0), last: past.cut().unwrap() };
        let sheet = past.sheet(whole, Chart::AsWas).unwrap();
        let letters = LETTERS * (place as u64 + 1) - 1;
        assert_eq!(sheet.contributions().unwrap().values().sum::<u64>(), letters);
        assert_eq!(sheet.exchange().unwrap().arcs().into_iter().map(|(_, acts)| acts).sum::<u64>(), letters);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_stands_for_nobody_has_figures_of_its_own() {
    let (story, _) = two_who_wrote(Story::of_four_unknown().await).await;
    for (who, wrote) in [("Ada", 1), ("Di", 0)] {
        let read = story.asks("Ada", FIGURES, json!({ "member": story.id(who) })).await;
        let active = &read["figures"]["active"];
        assert_eq!((&active["numerator"], &active["denominator"]), (&json!(wrote), &json!(1)), "{who}");
        assert_eq!(read["figures"]["member"]["name"], who);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_ids_stand_for_people_there_are_neither() {
    let (story, first) = two_who_wrote(Story::of_four().await).await;
    let of_one = story.asks("Ada", FIGURES, json!({ "member": story.id("Ada") })).await;
    assert_eq!(of_one["figures"], Value::Null);
    let refused = story.answer("Ada", FIGURES, json!({ "position": first })).await;
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    let unknown = Story::of_four_unknown().await;
    let other = unknown.answer("Ada", FIGURES, json!({ "position": "AAAAAAAAAAAAAAAB" })).await;
    assert_eq!(other["errors"][0]["extensions"]["code"], "POSITION_UNKNOWN");
}
