//! Who is asking: the bearer token or the session cookie of a request, and the trait that knows what they are worth.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use axum::http::{HeaderMap, Method, header};
use futures::future::BoxFuture;
use uuid::Uuid;

use super::{Code, origin};
use crate::oidc::{Departure, Returned};

/// What a request brings to say who asks.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Credential {
    /// The token of an `Authorization` header, or of a socket's `connection_init`.
    Bearer(String),
    /// The text of the session cookie, from a page of this server.
    Session(String),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bearer(_) => "Bearer(…)",
            Self::Session(_) => "Session(…)",
        })
    }
}

/// It does not hold: unknown, revoked, used or expired. Which of them is nobody's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unauthenticated;

/// The ways in that pages may offer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offers {
    /// One-time sign-in links.
    pub links: bool,
    /// An identity provider, by OpenID Connect.
    pub identity_provider: bool,
}

/// A session just opened.
#[derive(Clone)]
pub struct NewSession {
    /// What its cookie holds.
    pub cookie: String,
    /// For how long.
    pub lasts: Duration,
}

/// Turns what a request brings into the caller it stands for. Any `Fn(&Credential) -> Result<Caller, Unauthenticated>`
/// is one that offers no sessions.
pub trait Authenticate: Clone + Send + Sync + 'static {
    /// What resolvers find in the request data.
    type Caller: Clone + Send + Sync + 'static;

    /// The caller, asked once for each request, and for a socket at its start and for each operation.
    fn authenticate(
        &self,
        credential: &Credential,
    ) -> impl Future<Output = Result<Self::Caller, Unauthenticated>> + Send;

    /// The member whom limits count as one client; nobody where each credential is counted for itself.
    fn member(&self, _caller: &Self::Caller) -> Option<Uuid> {
        None
    }

    /// Whether the caller is still there, asked at each ping and whenever that is in [`doubt`](Self::doubt), so that a
    /// revoked token or an ended session ends its subscriptions. To be asked that is not to use it.
    fn still_holds(&self, credential: &Credential) -> impl Future<Output = bool> + Send {
        async { self.authenticate(credential).await.is_ok() }
    }

    /// Done when the caller may be there no more: when a token or session ends by itself, or something was taken back
    /// from whom it is of. What happens from this call on counts.
    fn doubt(&self, _credential: &Credential) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    /// The ways in.
    fn offers(&self) -> Offers {
        Offers::default()
    }

    /// Opens the session of a sign-in link, once.
    fn open_session(&self, _link: &str) -> impl Future<Output = Result<NewSession, Unauthenticated>> + Send {
        async { Err(Unauthenticated) }
    }

    /// Where a browser goes to be signed in by the identity provider, and what it keeps meanwhile.
    fn depart(&self) -> impl Future<Output = Result<Departure, Unauthenticated>> + Send {
        async { Err(Unauthenticated) }
    }

    /// Opens a session for whoever comes back from the identity provider, in the browser that left.
    fn arrive(
        &self,
        _kept: &str,
        _returned: &Returned,
    ) -> impl Future<Output = Result<NewSession, Unauthenticated>> + Send {
        async { Err(Unauthenticated) }
    }

    /// Ends the session that a cookie holds, if it holds one.
    fn end_session(&self, _cookie: &str) -> impl Future<Output = ()> + Send {
        async {}
    }
}

impl<F, Caller> Authenticate for F
where
    F: Fn(&Credential) -> Result<Caller, Unauthenticated> + Clone + Send + Sync + 'static,
    Caller: Clone + Send + Sync + 'static,
{
    type Caller = Caller;

    async fn authenticate(&self, credential: &Credential) -> Result<Caller, Unauthenticated> {
        self(credential)
    }
}

/// What a request brings: a bearer token before a cookie. A cookie counts only from a page of this server, so that
/// no other site can make a member's browser act.
pub(super) fn credential_of(headers: &HeaderMap, method: &Method) -> Result<Option<Credential>, Code> {
    if let Some(token) = headers.get(header::AUTHORIZATION) {
        let token = token.to_str().ok().and_then(bearer);
        return Ok(token.map(|token| Credential::Bearer(token.to_owned())));
    }
    match cookie(headers, &SESSION_COOKIES) {
        Some(_) if !origin::is_own_page(headers, method) => Err(Code::ForeignPage),
        cookie => Ok(cookie.map(|cookie| Credential::Session(cookie.to_owned()))),
    }
}

/// The name of the session cookie: over HTTPS one that browsers take from this very host alone.
pub(super) const SESSION_COOKIES: [&str; 2] = ["__Host-passerelle-session", "passerelle-session"];

/// The value of the first of these cookies that is there.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, names: &[&str]) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| names.contains(&name).then_some(value))
}

/// The token of a `Bearer …` value (RFC 6750, section 2.1).
pub(super) fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.trim().split_once(' ')?;
    let token = token.trim_start();
    let well_formed = !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    (scheme.eq_ignore_ascii_case("bearer") && well_formed).then_some(token)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_bearer_token_is_read_whatever_the_case_of_its_scheme() {
        assert_eq!(bearer("Bearer abc.DEF-123_~+/="), Some("abc.DEF-123_~+/="));
        assert_eq!(bearer("bearer  abc"), Some("abc"));
        for other in ["abc", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer \u{e9}"] {
            assert_eq!(bearer(other), None, "{other}");
        }
    }

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_cookie_counts_from_a_page_of_this_server_alone() {
        let cookie = (header::COOKIE, "theme=dark; passerelle-session=pss_1");
        let site = |value| (header::HeaderName::from_static("sec-fetch-site"), value);
        let of = |pairs: &[_]| credential_of(&headers(pairs), &Method::POST);
        let session = Ok(Some(Credential::Session("pss_1".to_owned())));
        assert_eq!(of(&[cookie.clone(), site("same-origin")]), session);
        for foreign in ["same-site", "cross-site", "none"] {
            assert_eq!(of(&[cookie.clone(), site(foreign)]), Err(Code::ForeignPage), "{foreign}");
        }
        assert_eq!(of(std::slice::from_ref(&cookie)), Err(Code::ForeignPage));
        let bearer = (header::AUTHORIZATION, "Bearer abc");
        assert_eq!(of(&[cookie, bearer]), Ok(Some(Credential::Bearer("abc".to_owned()))));
        assert_eq!(of(&[]), Ok(None));
    }
}
