//! One HTTP request a connection, every byte of it in the hands of the test.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The head, but for its first line.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut named = lines.filter(|(header, _)| header.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of its first error.
    #[track_caller]
    pub fn code(&self) -> String {
        let json = self.json();
        json["errors"][0]["extensions"]["code"].as_str().unwrap_or_else(|| panic!("{json}")).to_owned()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&bytes[..end]).ok()?;
        let (first, head) = head.split_once("\r\n").unwrap_or((head, ""));
        let status = first.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, head: head.to_owned(), body: bytes[end + 4..].to_vec() })
    }
}

/// Sends a request, its first line and headers as they are given, and reads to the end of the connection.
pub async fn send(address: SocketAddr, head: &str, body: &[u8]) -> Reply {
    over(TcpStream::connect(address).await.unwrap(), address, head, body).await
}

/// The same over a connection that is there already.
pub async fn over(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    host: impl std::fmt::Display,
    head: &str,
    body: &[u8],
) -> Reply {
    let request = format!("{head}\r\nhost: {host}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    // A server that has refused may stop reading; what it said still stands.
    let _ = stream.write_all(body).await;
    let _ = stream.flush().await;
    let mut answer = vec![];
    let _ = stream.read_to_end(&mut answer).await;
    Reply::read(&answer).unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(&answer)))
}

/// Uploads a file as the bearer of a token, with more headers, each of which begins with a line break.
pub async fn upload(address: SocketAddr, token: &str, body: &[u8], headers: &str) -> Reply {
    let length = body.len();
    let head =
        format!("POST /files HTTP/1.1\r\nauthorization: Bearer {token}\r\ncontent-length: {length}{headers}");
    send(address, &head, body).await
}

/// Asks for a path as the bearer of a token, with more headers.
pub async fn get(address: SocketAddr, token: &str, path: &str, headers: &str) -> Reply {
    send(address, &format!("GET {path} HTTP/1.1\r\nauthorization: Bearer {token}{headers}"), b"").await
}
