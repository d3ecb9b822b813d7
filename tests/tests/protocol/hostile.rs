//! Requests that mean harm: each is refused at once, and the server answers the next one.

use std::time::{Duration, Instant};

use passerelle::http::Settings;

use super::client::{Reply, post, query, send};
use super::schema::small;
use super::server::{self, TOKEN};
use passerelle_tests::server::Server;

/// Generous for a debug build on a busy machine; what is refused here would else cost seconds to minutes.
const AT_ONCE: Duration = Duration::from_millis(500);

async fn refused_at_once(server: &Server, document: &str) -> Reply {
    let started = Instant::now();
    let reply = query(server.address, document).await;
    assert!(started.elapsed() < AT_ONCE, "{:?}", started.elapsed());
    assert_eq!(reply.status, 400, "{reply:?}");
    assert!(reply.json().get("data").is_none());
    assert_eq!(query(server.address, "{ hello }").await.status, 200);
    reply
}

async fn served() -> Server {
    server::start(small(), Settings::default()).await
}

#[tokio::test]
async fn a_fragment_bomb_of_900_bytes() {
    let mut bomb = "{...a}".to_owned();
    for (name, next) in ('a'..='y').zip('b'..='z') {
        bomb += &format!("fragment {name} on Query{{...{next} ...{next}}}");
    }
    bomb += "fragment z on Query{this{hello}}";
    assert!((750..1_000).contains(&bomb.len()), "{}", bomb.len());
    assert_eq!(refused_at_once(&served().await, &bomb).await.code(), "QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn fragments_that_spread_each_other() {
    let cyclic = "{...a} fragment a on Query{this{...b}} fragment b on Query{this{...a}}";
    assert_eq!(refused_at_once(&served().await, cyclic).await.code(), "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn nesting_without_end() {
    let server = served().await;
    for open in ["{", "{this", "{double(of:[", "#\r{this", "query($a:["] {
        let document = open.repeat(20_000 / open.len());
        assert_eq!(refused_at_once(&server, &document).await.code(), "QUERY_TOO_COMPLEX", "{open}");
    }
    let deep = "{this".repeat(16) + &"}".repeat(16);
    assert_eq!(refused_at_once(&server, &deep).await.code(), "QUERY_TOO_COMPLEX");
}

#[tokio::test]
async fn a_document_of_very_many_fields_aliases_or_directives() {
    let server = served().await;
    for document in [
        format!("{{{}}}", "hello ".repeat(30_000)),
        format!("{{this{{{}}}}}", "a:hello ".repeat(61)),
        format!("{{hello{}}}", "@include(if:true)".repeat(101)),
        format!("query({}){{hello}}", "$a:Int".repeat(5_000)),
    ] {
        assert_eq!(refused_at_once(&server, &document).await.code(), "QUERY_TOO_COMPLEX");
    }
}

#[tokio::test]
async fn the_largest_document_within_bounds_is_answered_at_once() {
    let server = served().await;
    let document = format!("{{this{{{}}}}}", "nothing ".repeat(3_900));
    assert_eq!(refused_at_once(&server, &document).await.code(), "GRAPHQL_VALIDATION_FAILED");
}

#[tokio::test]
async fn a_query_of_a_megabyte_and_a_body_of_two() {
    let server = served().await;
    for size in [1_000_000, 2_000_000, 20_000_000] {
        let reply = query(server.address, &"x".repeat(size)).await;
        assert_eq!((reply.status, reply.code().as_str()), (413, "PAYLOAD_TOO_LARGE"), "{size}");
    }
    let just_fits = format!(r#"{{"query":"{{hello}}{}"}}"#, " ".repeat(256 * 1024 - 19));
    assert_eq!(post(server.address, just_fits.as_bytes(), "").await.status, 200);
    assert_eq!(post(server.address, format!("{just_fits} ").as_bytes(), "").await.status, 413);
}

#[tokio::test]
async fn a_body_that_never_ends() {
    let settings = Settings { body_timeout: Duration::from_millis(200), ..Settings::default() };
    let server = server::start(small(), settings).await;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\ncontent-length: 100"
    );
    let reply = send(server.address, &head, br#"{"query":"#).await;
    assert_eq!((reply.status, reply.code().as_str()), (408, "REQUEST_TIMEOUT"));
}

#[tokio::test]
async fn json_nested_without_end() {
    let server = served().await;
    let body = format!(r#"{{"query":"{{hello}}","variables":{}"#, r#"{"a":"#.repeat(20_000));
    let reply = post(server.address, body.as_bytes(), "").await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "BAD_REQUEST"));
}
