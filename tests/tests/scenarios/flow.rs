//! Who shares with whom: the matrix of departments, and the record of who looked at what is computed about people.

use domain::event::Event;
use domain::sealed::Sealed;
use passerelle_tests::story::Story;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn what_reaches_another_department_is_in_the_matrix() {
    let mut story = Story::of_four_unknown().await;
    let letter =
        json!({"audience": {"members": [story.id("Bo"), story.id("Cy"), story.id("Di")]}, "body": "News"});
    story.does("Ada", "publishPost", letter, "post", "letter").await;
    let answer = json!({"post": story.id("letter"), "body": "Good"});
    story.does("Cy", "addComment", answer, "comment", "answer").await;
    let day = json!({"from": "2026-03-02", "to": "2026-03-02"});
    let query = "query($from: Date!, $to: Date!) { informationFlow(from: $from, to: $to) {
        source { name } receiver { name } kind count } }";
    let read = story.asks("Ada", query, day).await;
    let cell = |receiver, kind, count| json!({"source": {"name": "Sales"}, "receiver": {"name": receiver}, "kind": kind, "count": count});
    let mut cells = read["informationFlow"].as_array().unwrap().clone();
    cells.sort_by_key(|cell| (cell["kind"].to_string(), cell["receiver"].to_string()));
    assert_eq!(
        cells,
        [cell("Sales", "ADDRESSED", 1), cell("Works", "ADDRESSED", 2), cell("Works", "COMMENTED", 1)]
    );
    let wrong = json!({"from": "2026-03-03", "to": "2026-03-02"});
    let answer = story.answer("Ada", query, wrong).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_at_what_is_computed_about_people_is_recorded_and_says_who_under_seal() {
    let story = Story::of_four_unknown().await;
    let days = r#"(from: "2026-03-01", to: "2026-03-02")"#;
    let query = format!("{{ informationFlow{days} {{ count }} dailyActivity{days} {{ members }} }}");
    story.asks("Ada", &query, json!({})).await;
    let mut subjects = vec![];
    for look in story.looks().await {
        let Event::Look(domain::look::Event::Consulted(consulted)) = look.event else { panic!("no look") };
        assert!(matches!(&consulted.member, Sealed::Open(Some(_))), "{consulted:?}");
        assert_eq!(look.metadata.actor, None, "the open part does not say who");
        assert!(look.metadata.department.is_some());
        subjects.push(consulted.subject);
    }
    subjects.sort();
    assert_eq!(subjects, ["daily_activity", "information_flow"]);
}
