//! Server-sent events: the bytes of the protocol, and the client of npm `graphql-sse`.

use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use passerelle::http::Settings;

use super::javascript;
use super::schema::small;
use super::server::{self, TOKEN};

#[tokio::test(flavor = "multi_thread")]
async fn events_keep_the_protocol() {
    let settings = Settings {
        ping_interval: Duration::from_millis(200),
        send_timeout: Duration::from_millis(300),
        max_held: 2,
        ..Settings::default()
    };
    let server = server::start(small(), settings).await;
    let url = format!("http://{}/graphql", server.address);
    if let Some(results) = javascript::run("events.js", &[&url, TOKEN]).await {
        assert!(results.len() >= 12, "{}", results.len());
        javascript::assert_all_ok(&results);
    }
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("a clean end").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_of_events_that_takes_nothing_is_let_go() {
    let settings = Settings {
        send_timeout: Duration::from_millis(100),
        stall_timeout: Duration::from_millis(500),
        ..Settings::default()
    };
    let server = server::start(small(), settings).await;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let query = format!("subscription {{ {}: count(to: 2000000000) }}", "a".repeat(50_000));
    let body = serde_json::json!({ "query": query }).to_string();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {TOKEN}\r\naccept: text/event-stream\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        server.address,
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    // Nothing is read: a connection that was given up is known by what cannot be sent over it any more.
    let gone = async {
        while stream.write_all(b" ").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), gone).await.expect("the server lets go");
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("a clean end").unwrap();
}
