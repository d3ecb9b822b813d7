//! Security headers on every response (OWASP ASVS 5.0, 3.4 and 4.1).

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

/// What a page may load: its own files and connections to where it came from. Nothing stands inline.
pub(super) const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; \
    style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The same for GraphiQL, whose editor writes styles inline and brings its fonts along.
pub(super) const EDITOR_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What an answer that is no page may load: nothing.
const ANSWER_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// Adds the headers, leaving those that the response chose itself.
/// Where connections are encrypted, browsers are told to come no other way for a year.
pub(super) async fn secure(mut response: Response, encrypted: bool) -> Response {
    let defaults: [(HeaderName, &'static str); 6] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, ANSWER_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in defaults {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    if encrypted {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONE_YEAR));
    }
    response
}

const ONE_YEAR: &str = "max-age=31536000";
