//! GraphQL over HTTP: the audits of npm `graphql-http`, and what they leave out.

use std::time::Duration;

use async_graphql::Executor;
use domain::decision::Actor;
use passerelle::graphql::Caller;
use passerelle::http::{Graphiql, Settings, Transport};
use passerelle_tests::story::Story;
use serde_json::json;

use super::client::{get, post, query, send};
use super::schema::small;
use super::server::{self, TOKEN};
use super::{client, javascript};
use passerelle_tests::server::Server;

/// Every audit holds for whatever schema is mounted.
async fn audit(server: Server) {
    let url = format!("http://{}/graphql", server.address);
    if let Some(results) = javascript::run("audits.js", &[&url, TOKEN]).await {
        assert_eq!(results.len(), 61);
        javascript::assert_all_ok(&results);
    }
    server.stop().await.unwrap();
}

async fn served() -> Server {
    server::start(small(), Settings { operation_timeout: Duration::from_millis(300), ..Settings::default() })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn all_61_audits_hold() {
    audit(server::start(small(), Settings::default()).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_61_audits_hold_for_the_schema_that_is_served() {
    let story = Story::of_four().await;
    let caller = Caller::of(Actor::Member(story.member("Ada")));
    let transport = Transport::new(story.endpoint(), server::token_of(caller), Settings::default());
    audit(server::of(transport).await).await;
}

#[tokio::test]
async fn without_a_token_nothing_is_answered() {
    let server = served().await;
    for path in ["/graphql", "/graphql?query=%7Bhello%7D", "/graphql?query=%7B"] {
        let reply = get(server.address, path).await;
        assert_eq!((reply.status, reply.code().as_str()), (401, "UNAUTHENTICATED"), "{path}");
        assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
        assert!(reply.json().get("data").is_none());
    }
    let wrong = "POST /graphql HTTP/1.1\r\ncontent-length: 0\r\nauthorization: Bearer wrong";
    assert_eq!(send(server.address, wrong, b"").await.status, 401);
}

#[tokio::test]
async fn resolvers_find_the_caller_and_their_language() {
    let server = served().await;
    let reply = post(server.address, br#"{"query":"{me}"}"#, "\r\naccept-language: fr-CA,en;q=0.5").await;
    assert_eq!(reply.json(), json!({ "data": { "me": "alice French" } }));
}

#[tokio::test]
async fn other_methods_are_refused_with_those_allowed() {
    let server = served().await;
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "BREW"] {
        let head =
            format!("{method} /graphql HTTP/1.1\r\nauthorization: Bearer {TOKEN}\r\ncontent-length: 0");
        let reply = send(server.address, &head, b"").await;
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET, POST")), "{method}");
    }
    for document in ["mutation%7Btouch%7D", "query%20A%7Bhello%7Dmutation%20B%7Btouch%7D&operationName=B"] {
        let head = format!("GET /graphql?query={document} HTTP/1.1\r\nauthorization: Bearer {TOKEN}");
        let reply = send(server.address, &head, b"").await;
        assert_eq!((reply.status, reply.header("allow")), (405, Some("POST")), "{document}");
    }
}

#[tokio::test]
async fn bodies_that_a_form_could_send_are_refused() {
    let server = served().await;
    for content_type in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
    ] {
        let body = br#"{"query":"mutation{touch}"}"#;
        let head = format!(
            "POST /graphql HTTP/1.1\r\nauthorization: Bearer {TOKEN}\r\ncontent-length: {}\r\ncontent-type: {content_type}",
            body.len()
        );
        let reply = send(server.address, &head, body).await;
        assert_eq!((reply.status, reply.code().as_str()), (415, "UNSUPPORTED_MEDIA_TYPE"), "{content_type}");
    }
    let batch = post(server.address, br#"[{"query":"{hello}"}]"#, "").await;
    assert_eq!((batch.status, batch.code().as_str()), (400, "BAD_REQUEST"));
}

#[tokio::test]
async fn errors_have_a_code_and_keep_their_secrets() {
    let server = served().await;
    for (document, status, code, has_data) in [
        ("{ broken }", 200, "INTERNAL_SERVER_ERROR", true),
        ("{ brokenRoot }", 200, "INTERNAL_SERVER_ERROR", true),
        ("{ refused }", 200, "CAMPAIGN_CLOSED", true),
        ("{ nothing }", 400, "GRAPHQL_VALIDATION_FAILED", false),
        ("query A { hello } query B { hello }", 400, "GRAPHQL_VALIDATION_FAILED", false),
        ("{ double(of: \"x\") }", 400, "BAD_USER_INPUT", false),
        ("{ double(of: 99999999999) }", 200, "BAD_USER_INPUT", true),
        ("{", 400, "GRAPHQL_PARSE_FAILED", false),
        ("subscription { never }", 400, "BAD_REQUEST", false),
        ("{ slow }", 503, "TIMEOUT", false),
    ] {
        let reply = query(server.address, document).await;
        assert_eq!((reply.status, reply.code().as_str()), (status, code), "{document}: {}", reply.body);
        assert_eq!(reply.json().get("data").is_some(), has_data, "{document}: {}", reply.body);
        assert!(!reply.body.contains("secret"), "{}", reply.body);
    }
}

#[tokio::test]
async fn a_response_extension_is_passed_on() {
    let server = server::start(Positioned(small()), Settings::default()).await;
    let reply = query(server.address, "{ hello }").await;
    assert_eq!(reply.body, r#"{"data":{"hello":"world"},"extensions":{"position":"42"}}"#);
}

/// As the engine's executor does it.
#[derive(Clone)]
struct Positioned(super::schema::Small);

impl Executor for Positioned {
    async fn execute(&self, request: async_graphql::Request) -> async_graphql::Response {
        self.0.execute(request).await.extension("position", "42".into())
    }

    fn execute_stream(
        &self,
        request: async_graphql::Request,
        data: Option<std::sync::Arc<async_graphql::Data>>,
    ) -> futures::stream::BoxStream<'static, async_graphql::Response> {
        Executor::execute_stream(&self.0, request, data)
    }
}

#[tokio::test]
async fn no_answer_may_be_stored_sniffed_or_framed() {
    let server = served().await;
    for reply in [
        query(server.address, "{ hello }").await,
        get(server.address, "/nothing").await,
        client::get(server.address, "/healthz").await,
    ] {
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert!(reply.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
    }
}

#[tokio::test]
async fn the_page_is_served_with_no_token_and_no_inline_script() {
    let server = served().await;
    let page = get(server.address, "/graphiql").await;
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("script-src 'self';"), "{policy}");
    for path in page.body.split('"').filter(|text| text.starts_with("/assets/")) {
        let asset = get(server.address, path).await;
        assert_eq!(asset.status, 200, "{path}");
        assert!(asset.header("cache-control").unwrap().ends_with("immutable"), "{path}");
    }
    let etag = page.header("etag").unwrap();
    let again = send(server.address, &format!("GET /graphiql HTTP/1.1\r\nif-none-match: {etag}"), b"").await;
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(get(server.address, "/graphiql/../Cargo.toml").await.status, 404);
}

#[tokio::test]
async fn graphiql_can_be_left_out() {
    let settings = Settings { graphiql: Graphiql::Off, ..Settings::default() };
    let server = server::start(small(), settings).await;
    let status = async |path: &str| get(server.address, path).await.status;
    assert_eq!((status("/graphiql").await, status("/").await, status("/sign-in").await), (404, 200, 200));
}
