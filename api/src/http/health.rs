//! `/healthz`, `/readyz` and `/metrics`: what those who keep the server running ask, without a token.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::Executor;
use axum::Extension;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::policy::{Ability, Role, Standing};

use super::Code;
use super::answer::Answer;
use super::authentication::Authenticate;
use super::endpoint::{language_of, respond};
use super::negotiation::Media;
use super::transport::Transport;

/// How far the views may stand behind the journal for answers to be worth sending here.
const MAX_LAG: Duration = Duration::from_secs(10);

/// How the views stand to the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// At its end, or nearly.
    Ready,
    /// Behind it by so much; more than ten seconds is not ready.
    Behind(Duration),
    /// At an event that cannot be folded; they will not move again.
    Stopped,
}

/// The process runs and answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// Whether requests should be sent here.
pub(super) async fn ready<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
) -> Response {
    match (transport.readiness)() {
        Readiness::Behind(lag) if lag > MAX_LAG => {
            let words = format!("the views are {} s behind the journal\n", lag.as_secs());
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response()
        }
        Readiness::Ready | Readiness::Behind(_) => "ready\n".into_response(),
        Readiness::Stopped => {
            (StatusCode::SERVICE_UNAVAILABLE, "the views have stopped; the log names the event\n")
                .into_response()
        }
    }
}

/// Prometheus figures, for whom the policy lets have them. Without a token there is one to be told by where they ask
/// from: on this machine it is its operator, and what a proxy passed on is not from this machine.
pub(super) async fn metrics<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
) -> Response {
    let passed_on = headers.contains_key(header::FORWARDED) || headers.contains_key("x-forwarded-for");
    let local = peer.is_some_and(|Extension(ConnectInfo(peer))| peer.ip().is_loopback());
    let roles = if local && !passed_on { vec![Role::Operator] } else { vec![] };
    let asking = Standing { roles, ..Standing::default() };
    let refuse = |code| respond(Media::Json, Answer::refused(code, language_of(&headers)));
    if !asking.may(Ability::Scrape) {
        return refuse(Code::Forbidden);
    }
    match &transport.metrics {
        Some(handle) => {
            let content_type = "text/plain; version=0.0.4; charset=utf-8";
            ([(header::CONTENT_TYPE, content_type)], handle.render()).into_response()
        }
        None => refuse(Code::NotFound),
    }
}

/// Any other path.
pub(super) async fn nothing_here(headers: HeaderMap) -> Response {
    respond(Media::Json, Answer::refused(Code::NotFound, language_of(&headers)))
}
