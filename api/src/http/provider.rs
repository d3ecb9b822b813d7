//! Signing in with the identity provider: a browser leaves from `/session/identity-provider` and comes back to
//! `/session/identity-provider/callback`.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Executor;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Code;
use super::authentication::{Authenticate, cookie as kept_cookie};
use super::pages::HOME;
use super::sessions::cookie as session_cookie;
use super::transport::Transport;
use crate::oidc::Returned;

/// The cookie that a browser keeps while it is away. It comes back from the provider's site, so it is not strict.
const AWAY: &str = "passerelle-away";
/// For how long a browser may be away.
const AWAY_AT_MOST: Duration = Duration::from_secs(10 * 60);

/// Where somebody is told that they are not signed in.
const REFUSED: &str = "/sign-in?refused";

/// Sends a browser to the provider.
pub(super) async fn depart<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
) -> Response {
    match transport.authenticator.depart().await {
        Ok(departure) => {
            let cookie = away(&departure.kept, AWAY_AT_MOST, transport.settings.https);
            see(&departure.location, vec![cookie])
        }
        Err(_) => see(REFUSED, vec![]),
    }
}

/// Opens a session for a browser that comes back.
pub(super) async fn arrive<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
    headers: HeaderMap,
    returned: Result<Query<Returned>, QueryRejection>,
) -> Response {
    let https = transport.settings.https;
    let kept = kept_cookie(&headers, &[AWAY]).unwrap_or_default();
    let returned = returned.map(|Query(returned)| returned).unwrap_or_default();
    let arrived = transport.authenticator.arrive(kept, &returned).await;
    let back = away("", Duration::ZERO, https);
    match arrived.map(|opened| session_cookie(&opened, https)) {
        Ok(session) => see(HOME, vec![session, back]),
        Err(_) => see(REFUSED, vec![back]),
    }
}

fn away(kept: &str, lasts: Duration, https: bool) -> Result<HeaderValue, Code> {
    let (seconds, flag) = (lasts.as_secs(), if https { "; Secure" } else { "" });
    let line = format!(
        "{AWAY}={kept}; Path=/session/identity-provider; Max-Age={seconds}; HttpOnly; SameSite=Lax{flag}"
    );
    HeaderValue::from_str(&line).map_err(|_| Code::InternalServerError)
}

fn see(location: &str, cookies: Vec<Result<HeaderValue, Code>>) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    let headers = response.headers_mut();
    if let Ok(location) = HeaderValue::from_str(location) {
        headers.insert(header::LOCATION, location);
    }
    for cookie in cookies.into_iter().flatten() {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}
