//! Strangers: who brings nothing that holds. From one address they are told so, and try to sign in, so often in a minute
//! and no more.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::answer::{Answer, Problem};
use super::endpoint::{language_of, respond};
use super::limits::Limits;
use super::negotiation::Media;

/// Where the address stands from which somebody asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Addresses {
    /// It is that of the connection. What comes from this machine itself may be passed on by a proxy, so it has none.
    #[default]
    OfConnections,
    /// It is the last one in a header, where the proxy in front writes it.
    InHeader(HeaderName),
    /// Everything comes from a proxy that does not say for whom.
    Unknown,
}

impl Addresses {
    /// From where a request comes, as far as it is known. Whoever has one address of IPv6 has all that begin alike.
    pub(super) fn of(&self, headers: &HeaderMap, peer: Option<SocketAddr>) -> Option<IpAddr> {
        let address = match self {
            Self::OfConnections => peer.map(|peer| peer.ip()).filter(|address| !address.is_loopback()),
            Self::InHeader(name) => {
                let line = headers.get_all(name).iter().next_back()?.to_str().ok()?;
                line.rsplit(',').next()?.trim().parse().ok()
            }
            Self::Unknown => None,
        };
        address.map(|address| match address.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
            address => address,
        })
    }
}

/// The address from which a request comes, among its extensions where it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address(pub(super) IpAddr);

/// What is needed to hold strangers to their bounds.
#[derive(Clone)]
pub(super) struct Bounds {
    pub(super) limits: Arc<Limits>,
    pub(super) addresses: Addresses,
}

/// Lets a request pass, unless it is another attempt to sign in from an address that made too many; who turns out to be a
/// stranger once too often is told to wait instead.
pub(super) async fn bound(State(bounds): State<Bounds>, mut request: Request<Body>, next: Next) -> Response {
    let peer = request.extensions().get().map(|ConnectInfo(peer)| *peer);
    let Some(address) = bounds.addresses.of(request.headers(), peer) else { return next.run(request).await };
    request.extensions_mut().insert(Address(address));
    let language = language_of(request.headers());
    let refused = |wait| respond(Media::Json, Answer::refused(Problem::wait(wait), language));
    if is_attempt(request.method(), request.uri().path()) {
        return match bounds.limits.meet(address) {
            Ok(()) => next.run(request).await,
            Err(wait) => refused(wait),
        };
    }
    let response = next.run(request).await;
    match response.status() {
        StatusCode::UNAUTHORIZED => bounds.limits.meet(address).map_or_else(refused, |()| response),
        _ => response,
    }
}

/// Whether somebody tries to sign in: by a link, or by way of the identity provider.
fn is_attempt(method: &Method, path: &str) -> bool {
    path == "/session" && method == Method::POST || path.starts_with("/session/")
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn address(addresses: &Addresses, lines: &[&'static str], peer: &str) -> Option<String> {
        let name = HeaderName::from_static("x-forwarded-for");
        let lines = lines.iter().map(|line| (name.clone(), HeaderValue::from_static(line)));
        let found = addresses.of(&lines.collect(), Some(peer.parse().unwrap()));
        found.map(|address| address.to_string())
    }

    #[test]
    fn an_address_is_that_of_the_connection_whatever_headers_say() {
        let of = |peer| address(&Addresses::OfConnections, &["203.0.113.9"], peer);
        assert_eq!(of("192.0.2.7:4000").as_deref(), Some("192.0.2.7"));
        assert_eq!(of("[::ffff:192.0.2.7]:4000").as_deref(), Some("192.0.2.7"));
        assert_eq!(of("[2001:db8:1:2:3:4:5:6]:4000").as_deref(), Some("2001:db8:1:2::"));
        assert_eq!(of("127.0.0.1:4000"), None, "it may be a proxy");
        assert_eq!(address(&Addresses::Unknown, &["203.0.113.9"], "192.0.2.7:4000"), None);
    }

    #[test]
    fn of_a_header_what_the_proxy_wrote_last_counts() {
        let header = Addresses::InHeader(HeaderName::from_static("x-forwarded-for"));
        let of = |lines| address(&header, lines, "192.0.2.7:4000");
        assert_eq!(of(&["198.51.100.1, 203.0.113.9"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(of(&["198.51.100.1", "203.0.113.9"]).as_deref(), Some("203.0.113.9"));
        assert_eq!(of(&["unknown"]), None);
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn to_look_at_the_ways_in_is_no_attempt() {
        assert!(is_attempt(&Method::POST, "/session"));
        assert!(is_attempt(&Method::GET, crate::oidc::CALLBACK));
        assert!(!is_attempt(&Method::GET, "/session") && !is_attempt(&Method::DELETE, "/session"));
        assert!(!is_attempt(&Method::GET, "/sign-in"));
    }
}
