//! A receiver of webhooks on this machine: takes what is delivered, or answers as it is told to.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// What was delivered.
#[derive(Clone, Debug)]
pub struct Delivery {
    head: String,
    /// The body as it came.
    pub body: String,
}

impl Delivery {
    /// A header's value.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let found =
            lines.map(|(name, value)| (name, value.trim())).find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.unwrap_or_else(|| panic!("no header {name}: {}", self.head)).1
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

/// A receiver, which ends when it is dropped.
pub struct Receiver {
    /// Where it listens.
    pub address: SocketAddr,
    inside: Arc<Inside>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct Inside {
    taken: Mutex<Vec<Delivery>>,
    /// What the next requests are answered with instead of 204.
    answers: Mutex<VecDeque<&'static str>>,
    came: Notify,
}

impl Receiver {
    /// Listens on a free port.
    pub async fn start() -> Self {
        Self::at("127.0.0.1:0".parse().unwrap()).await
    }

    /// Listens on an address.
    pub async fn at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).await.unwrap();
        let address = listener.local_addr().unwrap();
        let inside = Arc::new(Inside::default());
        let listening = tokio::spawn({
            let inside = Arc::clone(&inside);
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(answer(stream, Arc::clone(&inside)));
                }
            }
        });
        Self { address, inside, listening }
    }

    /// Where deliveries go to.
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// The next requests are answered with this status line instead of taken.
    pub fn answers(&self, times: usize, status: &'static str) {
        self.inside.answers.lock().unwrap().extend(std::iter::repeat_n(status, times));
    }

    /// Whatever comes is taken again.
    pub fn answers_no_more(&self) {
        self.inside.answers.lock().unwrap().clear();
    }

    /// What was taken so far.
    pub fn taken(&self) -> Vec<Delivery> {
        self.inside.taken.lock().unwrap().clone()
    }

    /// Waits until so many deliveries were taken.
    pub async fn waits_for(&self, count: usize) -> Vec<Delivery> {
        let enough = async {
            loop {
                let came = self.inside.came.notified();
                if self.inside.taken.lock().unwrap().len() >= count {
                    return;
                }
                came.await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(30), enough).await;
        let taken = self.taken();
        assert!(waited.is_ok(), "{} of {count} deliveries came: {taken:?}", taken.len());
        taken
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// One request a connection.
async fn answer(mut stream: TcpStream, inside: Arc<Inside>) {
    let mut bytes = vec![];
    let delivery = loop {
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(read) if read > 0 => bytes.extend_from_slice(&piece[..read]),
            _ => return,
        }
        if let Some(delivery) = whole(&bytes) {
            break delivery;
        }
    };
    let told = inside.answers.lock().unwrap().pop_front();
    if told.is_none() {
        inside.taken.lock().unwrap().push(delivery);
        inside.came.notify_waiters();
    }
    let status = told.unwrap_or("204 No Content");
    let text = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let _ = stream.write_all(text.as_bytes()).await;
}

fn whole(bytes: &[u8]) -> Option<Delivery> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let delivery = Delivery { head: head.to_owned(), body: body.to_owned() };
    let length: usize = delivery.header("content-length").parse().ok()?;
    (body.len() == length).then_some(delivery)
}
