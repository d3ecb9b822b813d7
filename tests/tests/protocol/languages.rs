//! What the product says of a failure is said in the language of `Accept-Language`, under a code that is the same in both.

use domain::decision::Actor;
use passerelle::graphql::Caller;
use passerelle::http::{Settings, Transport};
use passerelle_tests::story::Story;
use serde_json::json;

use super::client::post;
use super::server;

/// What people meet who ask for what they cannot have: what they ask, the code, and how it begins in French and English.
const MET: [(&str, &str, &str, &str); 6] = [
    (
        r#"{ evidence(receipt: "x") { figure } }"#,
        "NOT_A_RECEIPT",
        "Ce n’est pas un reçu",
        "This is no receipt",
    ),
    (
        r#"{ figureDifference(earlier: "x", later: "x") { parts { reason } } }"#,
        "NOT_A_RECEIPT",
        "Ce n’est pas un reçu",
        "This is no receipt",
    ),
    (
        r#"{ audit { events { edges { cursor } } } }"#,
        "FORBIDDEN",
        "Ceci ne vous est pas",
        "This is not for you",
    ),
    (
        r#"{ search(query: "?") { edges { cursor } } }"#,
        "BAD_USER_INPUT",
        "Cherchez un mot",
        "Search for a word",
    ),
    (
        "{ members(first: 101) { edges { cursor } } }",
        "BAD_USER_INPUT",
        "first va de 1 à 100",
        "first must be from 1 to 100",
    ),
    (
        r#"{ members(after: "x") { edges { cursor } } }"#,
        "BAD_USER_INPUT",
        "Ce curseur n’est pas de cette liste",
        "This cursor does not belong to this list",
    ),
];

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_said_in_the_language_asked_for() {
    let story = Story::of_four().await;
    let bo = server::token_of(Caller::of(Actor::Member(story.member("Bo"))));
    let server = server::of(Transport::new(story.endpoint(), bo, Settings::default())).await;
    for (query, code, french, english) in MET {
        for (language, said) in [("fr-FR,en;q=0.5", french), ("en", english)] {
            let body = json!({ "query": query }).to_string();
            let reply =
                post(server.address, body.as_bytes(), &format!("\r\naccept-language: {language}")).await;
            assert_eq!(reply.code(), code, "{query}");
            let error = &reply.json()["errors"][0];
            assert!(error["message"].as_str().unwrap().starts_with(said), "{query}: {error}");
            assert_eq!(error["extensions"].as_object().unwrap().len(), 1, "the code alone: {error}");
        }
    }
    server.stop().await.unwrap();
}
