//! Where deliveries may go: not into the networks behind the server, unless that is allowed. A name is looked up once,
//! and the address that was checked is the one connected to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// What may be reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reach {
    /// Private networks too.
    pub(super) private: bool,
}

impl Reach {
    /// Whether the host of an address may be reached, as far as its spelling says. This machine itself may where it is
    /// spelled out: whoever administers it registered it so.
    pub(super) fn allows_host(self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        match host.parse::<IpAddr>() {
            Ok(ip) => self.private || is_public(ip) || ip == Ipv4Addr::LOCALHOST || ip == Ipv6Addr::LOCALHOST,
            Err(_) => !host.is_empty(),
        }
    }

    fn allows(self, name: &str, ip: IpAddr) -> bool {
        self.private || is_public(ip) || (name == "localhost" && ip.is_loopback())
    }
}

/// Looks names up, and leaves out the addresses that may not be reached.
pub(super) struct Resolver(pub(super) Reach);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let allowed: Vec<SocketAddr> =
                found.filter(|address| reach.allows(name.as_str(), address.ip())).collect();
            if allowed.is_empty() {
                return Err("the name leads to no address that may be reached".into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the Internet at large.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match embedded(ip) {
            Some(inner) => is_public_v4(inner),
            None => {
                let first = ip.segments()[0];
                // Global unicast is 2000::/3; of it, 2001:db8::/32 is for documents.
                (0x2000..0x4000).contains(&first) && !(first == 0x2001 && ip.segments()[1] == 0x0db8)
            }
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let reserved = a == 0 || a >= 240 || (a == 192 && b == 0) || (a == 198 && (b == 18 || b == 19));
    let special = ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_documentation();
    !(special || shared || reserved || ip.is_multicast() || ip.is_broadcast())
}

/// The IPv4 address inside an IPv6 one that stands for it: mapped, or translated (64:ff9b::/96, 2002::/16).
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let [s0, s1, s2, .., s6, s7] = ip.segments();
    let of = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (ip.to_ipv4_mapped(), s0, s1) {
        (Some(mapped), ..) => Some(mapped),
        (None, 0x0064, 0xff9b) => Some(of(s6, s7)),
        (None, 0x2002, _) => Some(of(s1, s2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks_are_not_reached_unless_allowed() {
        let inside = [
            "10.0.0.1",
            "172.16.3.4",
            "192.168.1.1",
            "169.254.169.254",
            "127.0.0.2",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.8",
            "198.18.0.1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "ff02::1",
            "2001:db8::1",
        ];
        for text in inside {
            let ip: IpAddr = text.parse().unwrap();
            assert!(!Reach { private: false }.allows("example.org", ip), "{text}");
            assert!(Reach { private: true }.allows("example.org", ip), "{text}");
        }
        for text in ["93.184.215.14", "2606:2800:21f::1", "::ffff:93.184.215.14"] {
            assert!(Reach { private: false }.allows("example.org", text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn this_machine_is_reached_by_its_own_names_alone() {
        let reach = Reach { private: false };
        let host = |url: &str| reach.allows_host(&Url::parse(url).unwrap());
        assert!(host("http://127.0.0.1:8080/") && host("http://[::1]/") && host("http://localhost/"));
        assert!(!host("https://127.0.0.2/") && !host("https://10.0.0.1/") && !host("https://[fe80::1]/"));
        assert!(reach.allows("localhost", IpAddr::V4(Ipv4Addr::LOCALHOST)));
        assert!(!reach.allows("rebound.example.org", IpAddr::V4(Ipv4Addr::LOCALHOST)));
    }
}
