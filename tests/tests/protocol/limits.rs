//! Limits on what one client asks: its documents' costs, one by one and in a minute, introspection, kept documents; and
//! on how often strangers come.

use std::num::NonZeroU32;

use passerelle::http::{Addresses, Documents, Introspection, Settings};
use passerelle_tests::server::Server;

use super::client::{Reply, post, query, send};
use super::schema::small;
use super::server::{self, TOKEN};

const DEAR: &str = "{ a: hello b: hello }";

#[tokio::test]
async fn a_document_that_asks_for_too_much_is_refused_before_it_is_read() {
    let server = server::start(small(), Settings::default()).await;
    let pages = "{ x(first: 100) { nodes { y(first: 100) { nodes { z } } } } }";
    let reply = query(server.address, pages).await;
    assert_eq!((reply.status, reply.code()), (400, "QUERY_TOO_COMPLEX".to_owned()));
    assert!(
        reply.body.contains("10101 points") || reply.body.contains("points, and may cost 10000"),
        "{}",
        reply.body
    );
}

#[tokio::test]
async fn a_document_that_has_the_journal_read_too_often_is_refused_before_it_is_read() {
    let server = server::start(small(), Settings::default()).await;
    let receipts = "{ figures { cohorts(windows: 53) { periods { retained { receipt { text } } } } } }";
    let reply = query(server.address, receipts).await;
    assert_eq!((reply.status, reply.code()), (400, "QUERY_TOO_COMPLEX".to_owned()));
    // Of fewer the schema is asked, and this one knows no figures.
    let reply = query(server.address, &receipts.replace("53", "8")).await;
    assert_eq!((reply.status, reply.code()), (400, "GRAPHQL_VALIDATION_FAILED".to_owned()));
}

#[tokio::test]
async fn a_client_that_asks_too_often_is_told_when_to_ask_again() {
    let points = NonZeroU32::new(3);
    let server = server::start(small(), Settings { points_per_minute: points, ..Settings::default() }).await;
    for _ in 0..3 {
        assert_eq!(query(server.address, DEAR).await.status, 200);
    }
    let reply = query(server.address, DEAR).await;
    assert_eq!((reply.status, reply.code()), (429, "RATE_LIMITED".to_owned()));
    let seconds: u64 = reply.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=21).contains(&seconds), "{seconds}");
    assert_eq!(reply.json()["errors"][0]["extensions"]["retryAfter"], seconds);
}

/// Somebody asks from an address, as a proxy in front says, with a header of their own or none.
async fn asks_from(server: &Server, from: &str, line: &str, own: &str) -> Reply {
    let body = if line.contains("/session") { r#"{"link":"pal_x"}"# } else { r#"{"query":"{hello}"}"# };
    let head = format!(
        "POST {line} HTTP/1.1\r\nx-forwarded-for: 198.51.100.1, {from}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/json\r\ncontent-length: {}{own}",
        body.len()
    );
    send(server.address, &head, body.as_bytes()).await
}

#[tokio::test]
async fn strangers_of_an_address_that_come_too_often_are_told_when_to_come_again() {
    let settings = Settings {
        strangers_per_minute: NonZeroU32::new(3),
        addresses: Addresses::InHeader("x-forwarded-for".parse().unwrap()),
        ..Settings::default()
    };
    let server = server::start(small(), settings).await;
    let [here, elsewhere] = ["203.0.113.9", "203.0.113.10"];
    for own in ["", "\r\nauthorization: Bearer wrong"] {
        assert_eq!(asks_from(&server, here, "/graphql", own).await.code(), "UNAUTHENTICATED");
    }
    assert_eq!(asks_from(&server, here, "/session", "").await.code(), "SIGN_IN_REFUSED");
    for path in ["/graphql", "/session"] {
        let reply = asks_from(&server, here, path, "").await;
        assert_eq!((reply.status, reply.code()), (429, "RATE_LIMITED".to_owned()), "{path}");
        let seconds: u64 = reply.header("retry-after").unwrap().parse().unwrap();
        assert!((1..=21).contains(&seconds), "{seconds}");
    }
    assert_eq!(asks_from(&server, elsewhere, "/session", "").await.code(), "SIGN_IN_REFUSED");
    let known = format!("\r\nauthorization: Bearer {TOKEN}");
    assert_eq!(asks_from(&server, here, "/graphql", &known).await.status, 200, "no stranger");
}

#[tokio::test]
async fn who_asks_from_this_machine_may_be_a_proxy_and_is_not_limited_for_whom_it_asks() {
    let settings = Settings { strangers_per_minute: NonZeroU32::new(1), ..Settings::default() };
    let server = server::start(small(), settings).await;
    for _ in 0..3 {
        let reply = asks_from(&server, "203.0.113.9", "/graphql", "").await;
        assert_eq!(reply.code(), "UNAUTHENTICATED");
    }
}

#[tokio::test]
async fn the_schema_is_not_told_where_introspection_is_off() {
    let settings = Settings { introspection: Introspection::Off, ..Settings::default() };
    let server = server::start(small(), settings).await;
    for document in [
        "{ __schema { types { name } } }",
        "{ ...a } fragment a on Query { __type(name: \"Query\") { name } }",
    ] {
        let reply = query(server.address, document).await;
        assert_eq!((reply.status, reply.code()), (400, "INTROSPECTION_OFF".to_owned()));
    }
    assert_eq!(query(server.address, "{ __typename }").await.status, 200);
}

#[tokio::test]
async fn where_documents_are_kept_they_alone_are_answered() {
    let documents = Documents::try_new(r#"{"ab12":"{ hello }"}"#, true).unwrap();
    let server = server::start(small(), Settings { documents, ..Settings::default() }).await;
    let by_id = post(server.address, br#"{"documentId":"ab12"}"#, "").await;
    assert_eq!(by_id.json()["data"]["hello"].as_str().map(str::is_empty), Some(false));
    assert_eq!(
        post(server.address, br#"{"documentId":"cd34"}"#, "").await.code(),
        "PERSISTED_QUERY_NOT_FOUND"
    );
    assert_eq!(query(server.address, "{ hello }").await.code(), "PERSISTED_QUERY_ONLY");
}
