//! Sessions of browsers at `/session`: opened with a sign-in link, held in a cookie that no script can read, ended.

use std::sync::Arc;
use std::time::Duration;

use async_graphql::Executor;
use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::answer::Answer;
use super::authentication::{Authenticate, Credential, NewSession, Offers, SESSION_COOKIES, credential_of};
use super::endpoint::{language_of, respond};
use super::negotiation::{Media, is_json};
use super::transport::Transport;
use super::{Code, origin};

/// Answers a request to `/session`, whatever its method.
pub(super) async fn answer<E: Executor, A: Authenticate>(
    State(transport): State<Arc<Transport<E, A>>>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    let answered = match parts.method {
        Method::GET => Ok(standing(&transport, &parts.headers).await),
        Method::POST => open(&transport, &parts.headers, body).await,
        Method::DELETE => end(&transport, &parts.headers).await,
        _ => Err(Code::MethodNotAllowed),
    };
    answered.unwrap_or_else(|code| {
        let mut response = respond(Media::Json, Answer::refused(code, language_of(&parts.headers)));
        if code == Code::MethodNotAllowed {
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST, DELETE"));
        }
        response
    })
}

/// Whether a session is open in the browser that asks, and by which ways one can be.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Standing {
    signed_in: bool,
    #[serde(flatten)]
    offers: Offers,
}

async fn standing<E: Executor, A: Authenticate>(
    transport: &Transport<E, A>,
    headers: &HeaderMap,
) -> Response {
    let signed_in = match credential_of(headers, &Method::GET) {
        Ok(Some(session @ Credential::Session(_))) => transport.authenticator.still_holds(&session).await,
        _ => false,
    };
    Json(Standing { signed_in, offers: transport.authenticator.offers() }).into_response()
}

/// What opens a session.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    /// What stood behind `#` in the link.
    link: String,
}

async fn open<E: Executor, A: Authenticate>(
    transport: &Transport<E, A>,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Code> {
    // Another site must not sign a browser in as somebody else either.
    if !origin::is_own_page(headers, &Method::POST) {
        return Err(Code::ForeignPage);
    }
    if !is_json(headers) {
        return Err(Code::UnsupportedMediaType);
    }
    let body = to_bytes(body, LONGEST_OPENING).await.map_err(|_| Code::PayloadTooLarge)?;
    let Opening { link } = serde_json::from_slice(&body).map_err(|_| Code::BadRequest)?;
    let opened = transport.authenticator.open_session(&link).await.map_err(|_| Code::SignInRefused)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&opened, transport.settings.https)?)])
        .into_response())
}

const LONGEST_OPENING: usize = 4 * 1024;

/// Ends the session of the browser that asks. One that is over already is no error: the cookie goes.
async fn end<E: Executor, A: Authenticate>(
    transport: &Transport<E, A>,
    headers: &HeaderMap,
) -> Result<Response, Code> {
    if let Some(Credential::Session(cookie)) = credential_of(headers, &Method::DELETE)? {
        transport.authenticator.end_session(&cookie).await;
    }
    let gone = NewSession { cookie: String::new(), lasts: Duration::ZERO };
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie(&gone, transport.settings.https)?)])
        .into_response())
}

/// The cookie of a session: sent to this host alone, to no script, with no request of another site.
pub(super) fn cookie(session: &NewSession, https: bool) -> Result<HeaderValue, Code> {
    let [secure, plain] = SESSION_COOKIES;
    let (name, flag) = if https { (secure, "; Secure") } else { (plain, "") };
    let (text, seconds) = (&session.cookie, session.lasts.as_secs());
    let line = format!("{name}={text}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{flag}");
    HeaderValue::from_str(&line).map_err(|_| Code::InternalServerError)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_for_no_script_and_no_other_site() {
        let session = NewSession { cookie: "pss_1".to_owned(), lasts: Duration::from_secs(60) };
        assert_eq!(
            cookie(&session, false).unwrap(),
            "passerelle-session=pss_1; Path=/; Max-Age=60; HttpOnly; SameSite=Strict"
        );
        assert_eq!(
            cookie(&session, true).unwrap(),
            "__Host-passerelle-session=pss_1; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure"
        );
    }
}
