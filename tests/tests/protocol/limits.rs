//! Limits on what one client asks: its documents' costs, one by one and in a minute, introspection, kept documents.

use std::num::NonZeroU32;

use passerelle::http::{Documents, Introspection, Settings};

use super::client::{post, query};
use super::schema::small;
use super::server;

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
