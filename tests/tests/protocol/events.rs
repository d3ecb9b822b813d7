//! Server-sent events: the bytes of the protocol, and the client of npm `graphql-sse`.

use std::net::SocketAddr;
use std::time::Duration;

use passerelle::http::Settings;
use passerelle_tests::exchange::{Reply, over};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

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
    let (head, body) = asking("1.1", "text/event-stream", &query);
    let head = format!("{head}\r\nhost: {}\r\n\r\n", server.address);
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

#[tokio::test(flavor = "multi_thread")]
async fn events_are_the_same_bytes_on_a_connection_of_their_own_and_on_one_used_before() {
    let server = server::start(small(), Settings::default()).await;
    let connect = async || TcpStream::connect(server.address).await.unwrap();
    let events = async |connection, version| {
        let (head, body) = asking(version, "text/event-stream", "subscription { count(to: 3) }");
        over(connection, server.address, &head, body.as_bytes()).await
    };
    let (of_its_own, used) = (connect().await, used(connect().await).await);
    let (of_its_own, used) = (events(of_its_own, "1.1").await, events(used, "1.1").await);
    assert_eq!((of_its_own.status, lines(&of_its_own)), (used.status, lines(&used)));
    let date = |reply: &Reply| chrono::DateTime::parse_from_rfc2822(reply.header("date").unwrap()).unwrap();
    assert!((date(&used) - date(&of_its_own)).num_seconds().abs() <= 5);
    let body = String::from_utf8_lossy(&of_its_own.body);
    assert_eq!(body, String::from_utf8_lossy(&used.body));
    let last = "28\r\nevent: next\ndata: {\"data\":{\"count\":3}}\n\n\r\n18\r\nevent: complete\ndata: \n\n\r\n0\r\n\r\n";
    assert!(body.ends_with(last), "{body}");
    // Whoever knows no chunks gets none.
    let plain = events(connect().await, "1.0").await;
    let body = String::from_utf8_lossy(&plain.body);
    assert_eq!(plain.header("transfer-encoding"), None);
    assert!(body.ends_with("\n\nevent: complete\ndata: \n\n"), "{body}");
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("a clean end").unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_is_heard_no_more_and_counts_among_nobody() {
    let settings = Settings { max_held: 1, ..Settings::default() };
    let server = server::start(small(), settings).await;
    let (head, body) = asking("1.1", "text/event-stream", "subscription { never }");
    let request = format!("{head}\r\nhost: {}\r\n\r\n{body}", server.address);
    // One may be held open at once: the next is let in as soon as the one before said that it is through.
    let mut left = vec![];
    for _ in 0..3 {
        let begun = heard_and_through(server.address, &request);
        left.push(tokio::time::timeout(Duration::from_secs(5), begun).await.expect("nobody is held open"));
    }
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("a clean end").unwrap();
}

/// Asks for events until they begin, and says no more from then on.
async fn heard_and_through(address: SocketAddr, request: &str) -> TcpStream {
    loop {
        let mut connection = TcpStream::connect(address).await.unwrap();
        connection.write_all(request.as_bytes()).await.unwrap();
        let mut status = [0; 15];
        connection.read_exact(&mut status).await.unwrap();
        if status == *b"HTTP/1.1 200 OK" {
            connection.shutdown().await.unwrap();
            return connection;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The head of a request for a document, but for its host, and its body.
fn asking(version: &str, accept: &str, query: &str) -> (String, String) {
    let body = json!({ "query": query }).to_string();
    let head = format!(
        "POST /graphql HTTP/{version}\r\nauthorization: Bearer {TOKEN}\r\naccept: {accept}\r\n\
         content-type: application/json\r\ncontent-length: {}",
        body.len()
    );
    (head, body)
}

/// The connection after it was asked something.
async fn used(mut connection: TcpStream) -> TcpStream {
    let (head, body) = asking("1.1", "application/json", "{ hello }");
    connection.write_all(format!("{head}\r\nhost: here\r\n\r\n{body}").as_bytes()).await.unwrap();
    let mut answer = vec![];
    while !answer.ends_with(b"\"hello\":\"world\"}}") {
        answer.push(connection.read_u8().await.unwrap());
    }
    connection
}

/// The head of a reply, but for when it was sent and in which order.
fn lines(reply: &Reply) -> Vec<&str> {
    let mut lines: Vec<_> = reply.head.lines().filter(|line| !line.starts_with("date:")).collect();
    lines.sort_unstable();
    lines
}
