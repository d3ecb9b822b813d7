//! Where a request of a browser comes from: a page of this server, or another site's.

use axum::http::{HeaderMap, Method, header};

/// Whether a page of this server sends it, as the browser says (Fetch Metadata), or for browsers that do not, the
/// `Origin`. What somebody types into the address bar comes from no page; it may look, and change nothing.
pub(super) fn is_own_page(headers: &HeaderMap, method: &Method) -> bool {
    match headers.get("sec-fetch-site").map(|site| site.as_bytes()) {
        Some(b"same-origin") => true,
        Some(b"none") => method.is_safe(),
        Some(_) => false,
        None => origin_of(headers).is_some_and(|origin| is_of_host(origin, headers)),
    }
}

/// Whether a socket may be opened from there: another site's page must not speak for a member whose browser it runs
/// in. Programs send no `Origin`.
pub(super) fn may_connect(headers: &HeaderMap, allowed: &[String]) -> bool {
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    let may = |origin: &str| is_of_host(origin, headers) || allowed.iter().any(|allowed| allowed == origin);
    origin_of(headers).is_some_and(may)
}

fn origin_of(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN)?.to_str().ok()
}

fn is_of_host(origin: &str, headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    origin.split_once("://").is_some_and(|(_, authority)| Some(authority) == host)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn from(origin: &'static str) -> HeaderMap {
        HeaderMap::from_iter([
            (header::HOST, HeaderValue::from_static("127.0.0.1:8080")),
            (header::ORIGIN, HeaderValue::from_static(origin)),
        ])
    }

    #[test]
    fn only_pages_of_the_server_and_of_allowed_origins_connect() {
        let allowed = ["https://intranet.example".to_owned()];
        assert!(may_connect(&HeaderMap::new(), &[]));
        assert!(may_connect(&from("http://127.0.0.1:8080"), &[]));
        assert!(may_connect(&from("https://intranet.example"), &allowed));
        for other in
            ["http://127.0.0.1:8081", "https://evil.example", "null", "", "http://127.0.0.1:8080.evil"]
        {
            assert!(!may_connect(&from(other), &allowed), "{other}");
        }
    }

    #[test]
    fn what_is_typed_into_the_address_bar_changes_nothing() {
        let typed = HeaderMap::from_iter([(
            header::HeaderName::from_static("sec-fetch-site"),
            HeaderValue::from_static("none"),
        )]);
        assert!(is_own_page(&typed, &Method::GET));
        assert!(!is_own_page(&typed, &Method::POST));
    }

    #[test]
    fn a_browser_that_does_not_say_is_known_by_its_origin() {
        assert!(is_own_page(&from("http://127.0.0.1:8080"), &Method::POST));
        assert!(!is_own_page(&from("https://evil.example"), &Method::POST));
        assert!(!is_own_page(&HeaderMap::new(), &Method::GET));
    }
}
