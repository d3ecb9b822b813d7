//! GraphQL over WebSocket, protocol `graphql-transport-ws` (the one of npm `graphql-ws`): the way in.

mod operations;
mod protocol;
mod session;

use std::sync::Arc;

use async_graphql::Executor;
use axum::Extension;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;

use super::answer::{Answer, Problem};
use super::authentication::{Authenticate, credential_of};
use super::endpoint::{language_of, respond};
use super::negotiation::Media;
use super::strangers::Address;
use super::transport::Transport;
use super::{Code, origin};
use protocol::SUBPROTOCOL;
use session::Session;

/// The gauge of sockets that are open.
pub(super) const OPEN_SOCKETS: &str = "websocket_open";

/// What is read of a socket at a time. Each keeps as much for as long as it is open, and most wait in silence.
const READ_BYTES: usize = 2 * 1024;

/// Opens a socket. A browser cannot send a token here, so it comes with `connection_init`, unless the browser holds a
/// session; until then a socket can do nothing but wait for its end.
pub(super) async fn upgrade<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
    address: Option<Extension<Address>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let language = language_of(&headers);
    let refuse = |problem: Problem| respond(Media::Json, Answer::refused(problem, language));
    let Ok(upgrade) = upgrade else {
        return refuse(Problem::new(Code::BadRequest, "This path answers WebSockets alone."));
    };
    if !origin::may_connect(&headers, &transport.settings.origins) {
        return refuse(Problem::new(Code::Forbidden, "Pages of this origin may not connect."));
    }
    if !offers_subprotocol(&headers) {
        return refuse(Problem::new(Code::BadRequest, "The subprotocol must be graphql-transport-ws."));
    }
    // The cookie of another site's page says nothing; that page may still send a token.
    let credential = credential_of(&headers, &Method::GET).unwrap_or_default();
    let address = address.map(|Extension(address)| address);
    // Messages up to twice the bound are read, so that their sender can be told what is wrong.
    let most = 2 * transport.settings.max_message_bytes;
    upgrade
        .protocols([SUBPROTOCOL])
        .read_buffer_size(READ_BYTES)
        .write_buffer_size(0)
        .max_message_size(most)
        .max_frame_size(most)
        .on_upgrade(move |socket| Session::new(transport, socket, credential, language).from(address).run())
}

fn offers_subprotocol(headers: &HeaderMap) -> bool {
    let offered = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|p| p.trim() == SUBPROTOCOL)
}
