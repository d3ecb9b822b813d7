//! Who is asking: the bearer token of a request, and the trait that knows what it is worth.

use std::future::Future;

use axum::http::{HeaderMap, header};

/// The token does not hold: unknown, revoked or expired. Which of them is nobody's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unauthenticated;

/// Turns a bearer token into the caller it stands for. Any `Fn(&str) -> Result<Caller, Unauthenticated>` is one.
pub trait Authenticate: Clone + Send + Sync + 'static {
    /// What resolvers find in the request data.
    type Caller: Clone + Send + Sync + 'static;

    /// The caller, asked once for each request, and for a socket at its start, for each operation and at each ping,
    /// so that a revoked token ends its subscriptions.
    fn authenticate(&self, token: &str)
    -> impl Future<Output = Result<Self::Caller, Unauthenticated>> + Send;
}

impl<F, Caller> Authenticate for F
where
    F: Fn(&str) -> Result<Caller, Unauthenticated> + Clone + Send + Sync + 'static,
    Caller: Clone + Send + Sync + 'static,
{
    type Caller = Caller;

    async fn authenticate(&self, token: &str) -> Result<Caller, Unauthenticated> {
        self(token)
    }
}

/// The token of an `Authorization: Bearer …` header.
pub(super) fn bearer_of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok().and_then(bearer)
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
    use super::*;

    #[test]
    fn a_bearer_token_is_read_whatever_the_case_of_its_scheme() {
        assert_eq!(bearer("Bearer abc.DEF-123_~+/="), Some("abc.DEF-123_~+/="));
        assert_eq!(bearer("bearer  abc"), Some("abc"));
        for other in ["abc", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer \u{e9}"] {
            assert_eq!(bearer(other), None, "{other}");
        }
    }
}
