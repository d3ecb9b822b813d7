//! What every answer says to a browser, and what a client may take its time with.

use std::time::{Duration, Instant};

use passerelle::files::Limits;
use passerelle::http::Settings;
use passerelle_tests::exchange::{over, send};
use passerelle_tests::story::Story;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::schema::small;
use super::server::{self, TOKEN};

const PATHS: [&str; 5] = ["/graphql?query=%7Bhello%7D", "/graphiql", "/healthz", "/files", "/nothing"];

#[tokio::test]
async fn every_answer_keeps_browsers_from_guessing_framing_and_telling_where_they_came_from() {
    let server = server::start(small(), Settings::default()).await;
    for path in PATHS {
        let head = format!("GET {path} HTTP/1.1\r\nauthorization: Bearer {TOKEN}");
        let reply = send(server.address, &head, b"").await;
        for (header, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(header), Some(value), "{path}: {header}");
        }
        let policy = reply.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{policy}"
        );
        assert!(!policy.contains("script-src 'self' 'unsafe-inline'"), "{policy}");
        assert_eq!(reply.header("strict-transport-security"), None, "nothing is encrypted here");
    }
}

#[tokio::test]
async fn behind_a_proxy_that_encrypts_browsers_are_told_to_come_no_other_way() {
    let server = server::start(small(), Settings { https: true, ..Settings::default() }).await;
    let reply = send(server.address, "GET /healthz HTTP/1.1", b"").await;
    assert_eq!(reply.header("strict-transport-security"), Some("max-age=31536000"));
}

#[tokio::test]
async fn no_other_origin_may_read_an_answer() {
    let server = server::start(small(), Settings::default()).await;
    for path in PATHS {
        for method in ["GET", "OPTIONS"] {
            let head = format!(
                "{method} {path} HTTP/1.1\r\nauthorization: Bearer {TOKEN}\r\norigin: https://evil.example\r\n\
                 access-control-request-method: POST"
            );
            let reply = send(server.address, &head, b"").await;
            assert!(
                !reply.head.to_lowercase().contains("access-control-"),
                "{method} {path}: {}",
                reply.head
            );
        }
    }
}

#[tokio::test]
async fn a_head_that_never_ends_is_not_waited_for() {
    let settings = Settings { head_timeout: Duration::from_millis(300), ..Settings::default() };
    let server = server::start(small(), settings).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ").await.unwrap();
    let (begun, mut answer) = (Instant::now(), vec![]);
    stream.read_to_end(&mut answer).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "{answer:?}");
    let stream = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(over(stream, server.address, "GET /healthz HTTP/1.1", b"").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misspelt_field_is_answered_without_a_suggestion() {
    let story = Story::of_four().await;
    let server = story.served(Limits::default()).await;
    let body = br#"{"query":"{ organisatio { name } }"}"#;
    let head = format!(
        "POST /graphql HTTP/1.1\r\nauthorization: Bearer Ada\r\ncontent-type: application/json\r\n\
         accept: application/graphql-response+json\r\ncontent-length: {}",
        body.len()
    );
    let reply = send(server.address, &head, body).await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "GRAPHQL_VALIDATION_FAILED"));
    let said = String::from_utf8(reply.body).unwrap();
    assert!(!said.contains("Did you mean") && !said.contains("\"organisation\""), "{said}");
}
