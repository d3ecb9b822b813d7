//! Load over real HTTP: connections that are kept open, each sending the next request when the last is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// One HTTP/1.1 connection to a server on this machine.
pub struct Connection {
    stream: TcpStream,
    host: SocketAddr,
    buffer: Vec<u8>,
}

/// An answer: its status and its body.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub async fn open(host: SocketAddr) -> std::io::Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, host, buffer: Vec::with_capacity(16 * 1024) })
    }

    /// Sends a GraphQL request and waits for the answer. The server must say how long its answer is.
    pub async fn graphql(&mut self, token: &str, body: &str) -> std::io::Result<Answer> {
        let accept = "accept: application/graphql-response+json";
        self.post("/graphql", &format!("authorization: Bearer {token}\r\n{accept}"), body).await
    }

    /// Opens a session as a page of the server does, with the secret of a sign-in link.
    pub async fn sign_in(&mut self, secret: &str) -> std::io::Result<Answer> {
        self.post("/session", "sec-fetch-site: same-origin", &format!("{{\"link\":\"{secret}\"}}")).await
    }

    async fn post(&mut self, path: &str, headers: &str, body: &str) -> std::io::Result<Answer> {
        let (host, length) = (self.host, body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\n{headers}\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n\r\n{body}"
        );
        self.stream.write_all(head.as_bytes()).await?;
        self.answer().await
    }

    /// Asks for what is at a path, without a token.
    pub async fn get(&mut self, path: &str) -> std::io::Result<Answer> {
        let head = format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.host);
        self.stream.write_all(head.as_bytes()).await?;
        self.answer().await
    }

    /// Reads an answer to its end and keeps nothing of its body, which must have so many bytes.
    async fn drained(&mut self, bytes: usize) -> std::io::Result<()> {
        self.buffer.clear();
        self.buffer.reserve(256 * 1024);
        let (status, start, length) = loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if let Some(head) = head(&self.buffer) {
                break head;
            }
        };
        if (status, length) != (200, bytes) {
            return Err(std::io::Error::other(format!("{status} with {length} bytes")));
        }
        let mut left = (start + length).saturating_sub(self.buffer.len());
        while left > 0 {
            self.buffer.clear();
            match self.stream.read_buf(&mut self.buffer).await? {
                0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                read => left = left.saturating_sub(read),
            }
        }
        Ok(())
    }

    async fn answer(&mut self) -> std::io::Result<Answer> {
        self.buffer.clear();
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            let whole = head(&self.buffer).filter(|(_, start, length)| self.buffer.len() >= start + length);
            if let Some((status, start, length)) = whole {
                return Ok(Answer { status, body: self.buffer[start..start + length].to_vec() });
            }
        }
    }
}

/// Status, where the body starts and how long it is, once the whole head is there.
fn head(buffer: &[u8]) -> Option<(u16, usize, usize)> {
    let end = buffer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(&buffer[..end]).ok()?;
    let status = head.get(9..12)?.parse().ok()?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    Some((status, end + 4, length.unwrap_or(0)))
}

/// A GraphQL request over HTTP.
#[derive(Clone, Debug)]
pub struct Asked {
    /// With which bearer token.
    pub token: Arc<str>,
    /// What for.
    pub body: String,
}

/// Runs `connections` connections for a while, each sending what `request` makes of its number and its count;
/// answers a second. Every answer is looked at by `accept` beside its request: one it does not accept ends the run.
pub async fn rate(
    host: SocketAddr,
    (connections, duration): (usize, Duration),
    request: impl Fn(usize, u64) -> Asked + Send + Sync + 'static,
    accept: impl Fn(&Asked, &Answer) -> bool + Send + Sync + 'static,
) -> std::io::Result<f64> {
    let answered = Arc::new(AtomicU64::new(0));
    let (request, accept) = (Arc::new(request), Arc::new(accept));
    let started = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|connection| {
            let answered = Arc::clone(&answered);
            let (request, accept) = (Arc::clone(&request), Arc::clone(&accept));
            tokio::spawn(async move {
                let mut open = Connection::open(host).await?;
                let mut count = 0;
                while started.elapsed() < duration {
                    let asked = request(connection, count);
                    let answer = open.graphql(&asked.token, &asked.body).await?;
                    accepted(&answer, accept(&asked, &answer))?;
                    answered.fetch_add(1, Ordering::Relaxed);
                    count += 1;
                }
                Ok::<(), std::io::Error>(())
            })
        })
        .collect();
    for task in tasks {
        task.await.map_err(std::io::Error::other)??;
    }
    Ok(answered.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64())
}

fn accepted(answer: &Answer, accepted: bool) -> std::io::Result<()> {
    if accepted {
        return Ok(());
    }
    let body = String::from_utf8_lossy(&answer.body);
    Err(std::io::Error::other(format!("{}: {body}", answer.status)))
}

/// Downloads the same file over and over on some connections for a while; how many a second. One that is not of so many
/// bytes ends the run.
pub async fn downloads(
    host: SocketAddr,
    (connections, duration): (usize, Duration),
    (token, path): (&str, &str),
    bytes: usize,
) -> std::io::Result<f64> {
    let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\r\n");
    let (request, started): (Arc<str>, _) = (request.into(), Instant::now());
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let request = Arc::clone(&request);
            tokio::spawn(async move {
                let (mut open, mut count) = (Connection::open(host).await?, 0_u64);
                while started.elapsed() < duration {
                    open.stream.write_all(request.as_bytes()).await?;
                    open.drained(bytes).await?;
                    count += 1;
                }
                Ok::<_, std::io::Error>(count)
            })
        })
        .collect();
    let mut downloaded = 0;
    for task in tasks {
        downloaded += task.await.map_err(std::io::Error::other)??;
    }
    Ok(downloaded as f64 / started.elapsed().as_secs_f64())
}
