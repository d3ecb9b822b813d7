//! What `/metrics` shows of a program that serves: every figure with what it means, from the first scrape on.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use domain::policy::may_label;
use passerelle_tests::load::Connection;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::Served;
use serde_json::json;

async fn figures(server: &Served) -> String {
    let answer = Connection::open(server.address).await.unwrap().get("/metrics").await.unwrap();
    assert_eq!(answer.status, 200);
    String::from_utf8(answer.body).unwrap()
}

/// The value of a figure, by its name with its labels.
#[track_caller]
fn value(figures: &str, name: &str) -> f64 {
    let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| unreachable!("no {name} in {figures}")).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn appends_conflicts_refusals_and_lag_are_shown_and_described() {
    let scratch = Scratch::new().unwrap();
    let server = Served::start(scratch.path());
    let token = server.token.clone().unwrap();
    let establish = r#"mutation { it: establishOrganisation(input: {name: "O", timeZone: "UTC", language: "en"}) {
        projected userErrors { code } } }"#;
    let done = server.asks(&token, establish, json!({})).await.json();
    assert_eq!(done["data"]["it"], json!({"projected": true, "userErrors": []}));
    let before = figures(&server).await;
    let appends = value(&before, "passerelle_append_duration_seconds_count");
    assert!(value(&before, "passerelle_append_duration_seconds_sum") > 0.0);
    assert!(before.contains(r#"passerelle_append_duration_seconds_bucket{le="0.01"} "#), "{before}");
    assert!(value(&before, "passerelle_conflicts_total") >= 0.0, "shown before there is one");
    assert!(value(&before, "passerelle_projection_lag_seconds") >= 0.0);

    let other = establish.replace("\"O\"", "\"P\"");
    assert_eq!(server.asks(&token, &other, json!({})).await.code(), "ALREADY_ESTABLISHED");
    let open = r#"mutation { it: openDepartment(input: {name: "D"}) { projected } }"#;
    assert_eq!(server.asks(&token, open, json!({})).await.json()["data"]["it"]["projected"], true);
    let after = figures(&server).await;
    assert_eq!(value(&after, r#"passerelle_refusals_total{code="ALREADY_ESTABLISHED"}"#), 1.0);
    assert_eq!(value(&after, "passerelle_append_duration_seconds_count"), appends + 1.0);
    for (name, kind) in [
        ("passerelle_append_duration_seconds", "histogram"),
        ("passerelle_conflicts_total", "counter"),
        ("passerelle_projection_lag_seconds", "gauge"),
        ("passerelle_refusals_total", "counter"),
    ] {
        assert!(after.contains(&format!("# TYPE {name} {kind}\n")), "{after}");
        assert!(after.contains(&format!("# HELP {name} ")), "{after}");
    }
}

/// The names and values of every label of a figure.
fn labels(figure: &str) -> Vec<(&str, &str)> {
    let inside = figure.split_once('{').and_then(|(_, rest)| rest.rsplit_once('}')).map(|(inside, _)| inside);
    let pairs = inside.unwrap_or_default().split("\",").filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| pair.split_once("=\"").unwrap())
        .map(|(name, value)| (name, value.trim_end_matches('"')))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_told_apart_by_words_of_the_program_alone() {
    let scratch = Scratch::new().unwrap();
    let server = Served::start(scratch.path());
    let token = server.token.clone().unwrap();
    let establish = r#"mutation { it: establishOrganisation(input: {name: "Secretive", timeZone: "UTC", language: "en"}) {
        organisation { id } } }"#;
    let id =
        server.asks(&token, establish, json!({})).await.json()["data"]["it"]["organisation"]["id"].take();
    for name in ["Hushed", "Muffled"] {
        let open =
            format!("mutation {{ it: openDepartment(input: {{name: {name:?}}}) {{ department {{ id }} }} }}");
        let opened = server.asks(&token, &open, json!({})).await.json();
        let department = opened["data"]["it"]["department"]["id"].as_str().unwrap();
        let close = format!(
            "mutation {{ it: closeDepartment(input: {{department: {department:?}}}) {{ position }} }}"
        );
        server.asks(&token, &close, json!({})).await;
        for path in [format!("/files/{department}"), format!("/{department}?named={name}")] {
            Connection::open(server.address).await.unwrap().get(&path).await.unwrap();
        }
        server.asks(&token, "query Whispered { nothingOfTheKind }", json!({})).await;
    }
    let shown = figures(&server).await;
    for secret in ["Secretive", "Hushed", "Muffled", "Whispered", "nothingOfTheKind", id.as_str().unwrap()] {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
    let lines = shown.lines().filter(|line| !line.starts_with('#'));
    let told: Vec<_> = lines.flat_map(labels).collect();
    assert!(told.iter().any(|(name, value)| (*name, *value) == ("route", "/graphql")), "{shown}");
    for (name, value) in told {
        // Of a histogram a bucket's end.
        assert!(may_label(name) || name == "le", "{name}");
        let long = value.len() > 64 || value.bytes().filter(u8::is_ascii_digit).count() > 8;
        assert!(name == "le" || !long, "{name}={value} is no word of the program");
    }
}
