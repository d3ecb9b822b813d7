//! GraphQL over WebSocket, protocol `graphql-transport-ws` (the one of npm `graphql-ws`): the way in.

mod operations;
mod protocol;
mod session;

use std::sync::Arc;

use async_graphql::Executor;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, header};
use axum::response::Response;

use super::Code;
use super::answer::{Answer, Problem};
use super::authentication::{Authenticate, bearer_of};
use super::endpoint::{language_of, respond};
use super::negotiation::Media;
use super::transport::Transport;
use protocol::SUBPROTOCOL;
use session::Session;

/// The gauge of sockets that are open.
pub(super) const OPEN_SOCKETS: &str = "websocket_open";

/// Opens a socket. A browser cannot send a token here, so it comes with `connection_init`; until then a socket can do
/// nothing but wait for its end.
pub(super) async fn upgrade<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let language = language_of(&headers);
    let refuse = |problem: Problem| respond(Media::Json, Answer::refused(problem, language));
    let Ok(upgrade) = upgrade else {
        return refuse(Problem::new(Code::BadRequest, "This path answers WebSockets alone."));
    };
    if !origin_allowed(&headers, &transport.settings.origins) {
        return refuse(Problem::new(Code::Forbidden, "Pages of this origin may not connect."));
    }
    if !offers_subprotocol(&headers) {
        return refuse(Problem::new(Code::BadRequest, "The subprotocol must be graphql-transport-ws."));
    }
    let token = bearer_of(&headers).map(str::to_owned);
    // Messages up to twice the bound are read, so that their sender can be told what is wrong.
    let most = 2 * transport.settings.max_message_bytes;
    upgrade
        .protocols([SUBPROTOCOL])
        .max_message_size(most)
        .max_frame_size(most)
        .on_upgrade(move |socket| Session::new(transport, socket, token, language).run())
}

/// Another site's page must not speak for a member whose browser it runs in. Programs send no `Origin`.
fn origin_allowed(headers: &HeaderMap, allowed: &[String]) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let same = origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host);
    same || allowed.iter().any(|allowed| allowed == origin)
}

fn offers_subprotocol(headers: &HeaderMap) -> bool {
    let offered = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|p| p.trim() == SUBPROTOCOL)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn only_pages_of_the_server_and_of_allowed_origins_connect() {
        let from = |origin: &'static str| {
            HeaderMap::from_iter([
                (header::HOST, HeaderValue::from_static("127.0.0.1:8080")),
                (header::ORIGIN, HeaderValue::from_static(origin)),
            ])
        };
        let allowed = ["https://intranet.example".to_owned()];
        assert!(origin_allowed(&HeaderMap::new(), &[]));
        assert!(origin_allowed(&from("http://127.0.0.1:8080"), &[]));
        assert!(origin_allowed(&from("https://intranet.example"), &allowed));
        for other in
            ["http://127.0.0.1:8081", "https://evil.example", "null", "", "http://127.0.0.1:8080.evil"]
        {
            assert!(!origin_allowed(&from(other), &allowed), "{other}");
        }
    }
}
