//! Answers that last: streams of events, of which thousands are open at once and say nothing most of the time. For each
//! connection hyper holds two buffers of eight kilobytes, more than all else a subscriber needs; so a connection that
//! was opened for such an answer is taken back from it, and the answer written here.

use std::io;

use axum::body::{Body, Bytes};
use axum::http::header::{CONNECTION, DATE, TRANSFER_ENCODING};
use axum::http::{HeaderValue, Response};
use futures::StreamExt;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::clock::{Clock, SystemClock};

/// Marks an answer that lasts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lasting;

/// Whether an answer lasts.
pub(super) fn lasts(response: &Response<Body>) -> bool {
    response.extensions().get::<Lasting>().is_some()
}

/// Writes an answer until it ends or nobody is there any more. Nothing is asked on the connection after it.
pub(super) async fn write(
    mut connection: impl AsyncRead + AsyncWrite + Unpin,
    response: Response<Body>,
) -> io::Result<()> {
    let (head, body) = (head(&response), response.into_body());
    connection.write_all(&head).await?;
    drop(head);
    connection.flush().await?;
    let mut body = body.into_data_stream();
    loop {
        let mut heard = [0; 64];
        let bytes = tokio::select! {
            bytes = body.next() => bytes,
            // What is said after the request is not heard; the end of it is.
            heard = connection.read(&mut heard) => match heard? {
                0 => return Ok(()),
                _ => continue,
            },
        };
        let Some(bytes) = bytes.transpose().map_err(io::Error::other)? else { break };
        // A chunk of nothing is the end.
        if !bytes.is_empty() {
            connection.write_all(&chunk(&bytes)).await?;
            connection.flush().await?;
        }
    }
    connection.write_all(b"0\r\n\r\n").await?;
    connection.shutdown().await
}

/// As RFC 9110 writes when an answer was made.
const DATE_FORMAT: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// The status line and the headers, as RFC 9112 has them.
fn head(response: &Response<Body>) -> Vec<u8> {
    let date = HeaderValue::try_from(SystemClock.now().utc().format(DATE_FORMAT).to_string());
    let date = date.iter().map(|date| (&DATE, date));
    let (chunked, close) = (HeaderValue::from_static("chunked"), HeaderValue::from_static("close"));
    let added = [(&TRANSFER_ENCODING, &chunked), (&CONNECTION, &close)];
    let mut head = format!("HTTP/1.1 {}\r\n", response.status()).into_bytes();
    for (name, value) in response.headers().iter().chain(added).chain(date) {
        head.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

/// Bytes with how many they are.
fn chunk(bytes: &Bytes) -> Vec<u8> {
    [format!("{:X}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat()
}
