//! Subscribers over real WebSockets, as `graphql-transport-ws` has it, each telling what reaches it and when; and over
//! server-sent events, of which nothing is kept.

use std::net::SocketAddr;
use std::time::Instant;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::{WebSocketStream, client_async};

/// A message of a subscription, and when it was there.
pub struct Arrived {
    /// When.
    pub at: Instant,
    /// As it came.
    pub text: String,
}

/// A subscriber; it leaves when this is dropped.
pub struct Subscriber(JoinHandle<()>);

impl Drop for Subscriber {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Subscriber {
    /// Follows something; all that reaches it is told to `to`.
    pub async fn follow(
        host: SocketAddr,
        token: &str,
        (query, variables): (&str, Value),
        to: UnboundedSender<Arrived>,
    ) -> Self {
        let mut socket = connected(host).await;
        let init =
            json!({ "type": "connection_init", "payload": { "authorization": format!("Bearer {token}") } });
        socket.send(Message::text(init.to_string())).await.unwrap();
        let acknowledged = socket.next().await.unwrap().unwrap();
        assert_eq!(acknowledged.into_text().unwrap().as_str(), r#"{"type":"connection_ack"}"#);
        let payload = json!({ "query": query, "variables": variables });
        let subscribe = json!({ "id": "1", "type": "subscribe", "payload": payload });
        socket.send(Message::text(subscribe.to_string())).await.unwrap();
        Self(tokio::spawn(async move {
            // Pings are answered by reading on.
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Text(text) = message {
                    let _ = to.send(Arrived { at: Instant::now(), text: text.to_string() });
                }
            }
        }))
    }
}

impl Subscriber {
    /// Follows something over server-sent events, and drops what it is told.
    pub async fn listen(host: SocketAddr, token: &str, (query, variables): (&str, Value)) -> Self {
        let mut stream = TcpStream::connect(host).await.unwrap();
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = format!(
            "POST /graphql HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\
             accept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut told = vec![0; 4096];
        let first = stream.read(&mut told).await.unwrap();
        assert!(told[..first].starts_with(b"HTTP/1.1 200 "), "{:?}", String::from_utf8_lossy(&told[..first]));
        Self(tokio::spawn(async move { while stream.read(&mut told).await.is_ok_and(|read| read > 0) {} }))
    }
}

async fn connected(host: SocketAddr) -> WebSocketStream<TcpStream> {
    let stream = TcpStream::connect(host).await.unwrap();
    let mut request = format!("ws://{host}/graphql/ws").into_client_request().unwrap();
    let protocol = HeaderValue::from_static("graphql-transport-ws");
    request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, protocol);
    client_async(request, stream).await.unwrap().0
}
