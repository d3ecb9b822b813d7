//! What the program logs of a story, with everything logged that can be: no body, name, address, token or word.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use passerelle_tests::load::Answer;
use passerelle_tests::log::Scratch;
use passerelle_tests::program::{Served, command};
use serde_json::{Value, json};

/// A word that stands nowhere else, for each thing that a person writes.
const WRITTEN: [&str; 9] = [
    "Xname-organisation",
    "Xname-department",
    "Xname-member",
    "xaddress@example.org",
    "Xname-community",
    "Xbody-post",
    "Xbody-refused",
    "Xvariable",
    "Xtopic",
];

/// Sends a mutation; the id of what it created.
async fn made(server: &Served, token: &str, mutation: &str, field: &str) -> String {
    let document =
        format!("mutation {{ it: {mutation} {{ {field} {{ id }} userErrors {{ code message }} }} }}");
    let answer = server.asks(token, &document, json!({})).await.json();
    answer["data"]["it"][field]["id"].as_str().unwrap_or_else(|| panic!("{mutation}: {answer}")).to_owned()
}

/// A story in which everything in [`WRITTEN`] is sent, and some of it refused; the tokens that it was sent with.
async fn told(server: &Served) -> [String; 2] {
    let token = server.token.clone().unwrap();
    let [organisation, department, name, address, community, body, refused, variable, topic] = WRITTEN;
    let establish = format!(
        r#"establishOrganisation(input: {{name: "{organisation}", timeZone: "UTC", language: "en"}})"#
    );
    made(server, &token, &establish, "organisation").await;
    let open = format!(r#"openDepartment(input: {{name: "{department}"}})"#);
    let department = made(server, &token, &open, "department").await;
    let register = format!(
        r#"registerMember(input: {{name: "{name}", email: "{address}", department: "{department}"}})"#
    );
    made(server, &token, &register, "member").await;
    let found = format!(r#"foundCommunity(input: {{name: "{community}"}})"#);
    let publish = format!(
        r#"publishPost(input: {{body: "{body}", audience: {{community: "{department}"}}, words: {{topics: ["{topic}"]}}}})"#
    );
    for mutation in [found, publish] {
        let document = format!("mutation {{ it: {mutation} {{ userErrors {{ code }} }} }}");
        refused_or_answered(&server.asks(&token, &document, json!({})).await);
    }
    server.asks(&token, &format!("{{ nothing(of: \"{refused}\") }}"), json!({})).await;
    server.asks(&token, &format!("{{ {refused} "), json!({})).await;
    server.asks(&token, "query($id: ID!) { node(id: $id) { id } }", json!({"id": variable})).await;
    let wrong = format!("pas_{}.{}", "ab".repeat(16), "cd".repeat(32));
    assert_eq!(server.asks(&wrong, "{ __typename }", json!({})).await.status, 401);
    [token, wrong]
}

fn refused_or_answered(answer: &Answer) {
    assert_eq!(answer.status, 200, "{:?}", answer.json());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_of_a_story_holds_nothing_that_a_person_wrote() {
    let scratch = Scratch::new().unwrap();
    // All that the program itself can say; of the libraries beneath what an operator sees who asks for everything.
    let logged = ["--log", "trace", "serve", "--listen", "127.0.0.1:0"];
    let server = Served::of(command(scratch.path(), &logged));
    let tokens = told(&server).await;
    let (status, log) = server.terminate();
    assert!(status.success());
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        lines.iter().filter(|line| line["fields"]["route"] == "/graphql").count() >= 9,
        "it was logged: {log}"
    );
    let secrets = tokens.iter().map(|token| token.split_once('.').unwrap().1);
    for word in WRITTEN.into_iter().chain(secrets) {
        let found = lines.iter().find(|line| line.to_string().to_lowercase().contains(&word.to_lowercase()));
        assert!(found.is_none(), "{word} was logged: {found:?}");
    }
}
