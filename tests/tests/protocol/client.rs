//! The least HTTP client that shows every byte: one request a connection.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::server::TOKEN;

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    head: String,
    pub(super) body: String,
}

impl Reply {
    /// A header's value.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let line = self.head.lines().filter_map(|line| line.split_once(':'));
        line.map(|(name, value)| (name, value.trim()))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }

    /// The body as JSON.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of its first error.
    pub(super) fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or_else(|| panic!("{self:?}"))
            .to_owned()
    }
}

/// Sends a request as it is given, and reads to the end of the connection.
pub(super) async fn send(address: SocketAddr, head: &str, body: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("{head}\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    // A server that has refused may stop reading; what it said still stands.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {answer:?}"));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
    Reply { status, head: head.to_owned(), body: body.to_owned() }
}

/// A GET without a token.
pub(super) async fn get(address: SocketAddr, path: &str) -> Reply {
    send(address, &format!("GET {path} HTTP/1.1"), b"").await
}

/// A POST of a body to the endpoint, with a token.
pub(super) async fn post(address: SocketAddr, body: &[u8], headers: &str) -> Reply {
    let length = body.len();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nauthorization: Bearer {TOKEN}\r\ncontent-length: {length}\r\n\
         content-type: application/json{headers}"
    );
    send(address, &head, body).await
}

/// A query with a token, answered with the status that says what happened.
pub(super) async fn query(address: SocketAddr, query: &str) -> Reply {
    let body = serde_json::json!({ "query": query }).to_string();
    post(address, body.as_bytes(), "\r\naccept: application/graphql-response+json").await
}
