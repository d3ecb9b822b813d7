//! The messages of `graphql-transport-ws`, and the codes a socket is closed with.

use async_graphql::ServerError;
use axum::extract::ws::CloseFrame;
use serde::Serialize;
use serde_json::{Map, Value};

use super::super::answer::Answer;
use super::super::request::Parameters;

/// The name of the protocol in `Sec-WebSocket-Protocol`.
pub(super) const SUBPROTOCOL: &str = "graphql-transport-ws";

/// Longest id of an operation that is taken.
const MAX_ID_BYTES: usize = 128;
/// Longest reason that fits a close frame (RFC 6455, section 5.5).
const MAX_REASON_BYTES: usize = 123;

/// Why a socket is closed by us.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Close {
    GoingAway,
    MessageTooLarge,
    InvalidMessage,
    Unauthorized,
    Forbidden,
    InitTimeout,
    SubscriberExists(String),
    TooManyInits,
    TooManySockets,
    TooSlow,
}

impl Close {
    /// The frame that says so.
    pub(super) fn frame(self) -> CloseFrame {
        let (code, mut reason) = match self {
            Self::GoingAway => (1001, "Going away".to_owned()),
            Self::MessageTooLarge => (1009, "Message too large".to_owned()),
            // Try again later, as IANA registered it.
            Self::TooManySockets => (1013, "Too many sockets are open".to_owned()),
            Self::TooSlow => (4290, "Messages were not taken in time".to_owned()),
            Self::InvalidMessage => (4400, "Invalid message received".to_owned()),
            Self::Unauthorized => (4401, "Unauthorized".to_owned()),
            Self::Forbidden => (4403, "Forbidden".to_owned()),
            Self::InitTimeout => (4408, "Connection initialisation timeout".to_owned()),
            Self::SubscriberExists(id) => (4409, format!("Subscriber for {id} already exists")),
            Self::TooManyInits => (4429, "Too many initialisation requests".to_owned()),
        };
        reason.truncate(reason.floor_char_boundary(MAX_REASON_BYTES));
        CloseFrame { code, reason: reason.into() }
    }
}

/// A message from the client.
#[derive(Debug)]
pub(super) enum Incoming {
    ConnectionInit(Map<String, Value>),
    Ping,
    Pong,
    Subscribe { id: String, parameters: Parameters },
    Complete { id: String },
}

impl Incoming {
    /// Reads a message; what is none closes the socket.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        let Ok(Value::Object(mut message)) = serde_json::from_str(text) else {
            return Err(Close::InvalidMessage);
        };
        let payload = match message.remove("payload") {
            None | Some(Value::Null) => None,
            Some(Value::Object(payload)) => Some(payload),
            Some(_) => return Err(Close::InvalidMessage),
        };
        match message.get("type").and_then(Value::as_str) {
            Some("connection_init") => Ok(Self::ConnectionInit(payload.unwrap_or_default())),
            Some("ping") => Ok(Self::Ping),
            Some("pong") => Ok(Self::Pong),
            Some("complete") => Ok(Self::Complete { id: id_of(message)? }),
            Some("subscribe") => {
                let parameters = Parameters::of_map(payload.ok_or(Close::InvalidMessage)?);
                let parameters = parameters.map_err(|_| Close::InvalidMessage)?;
                Ok(Self::Subscribe { id: id_of(message)?, parameters })
            }
            _ => Err(Close::InvalidMessage),
        }
    }
}

fn id_of(mut message: Map<String, Value>) -> Result<String, Close> {
    match message.remove("id") {
        Some(Value::String(id)) if (1..=MAX_ID_BYTES).contains(&id.len()) => Ok(id),
        _ => Err(Close::InvalidMessage),
    }
}

/// A message to the client.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Outgoing<'a> {
    ConnectionAck,
    Pong,
    Next { id: &'a str, payload: &'a Answer },
    Error { id: &'a str, payload: &'a [ServerError] },
    Complete { id: &'a str },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_closes_the_socket() {
        for text in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"type":"start","id":"1"}"#,
            r#"{"type":"connection_init","payload":"x"}"#,
            r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{a}"}}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
            r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":"x"}}"#,
            r#"{"type":"complete"}"#,
        ] {
            assert_eq!(Incoming::read(text).unwrap_err(), Close::InvalidMessage, "{text}");
        }
        assert!(Incoming::read(r#"{"type":"subscribe","id":"1","payload":{"query":"{a}"}}"#).is_ok());
    }

    #[test]
    fn a_close_reason_fits_its_frame() {
        let frame = Close::SubscriberExists("é".repeat(60)).frame();
        assert_eq!(frame.code, 4409);
        assert!(frame.reason.len() <= MAX_REASON_BYTES);
    }
}
