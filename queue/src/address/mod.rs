//! Which addresses may be connected to: the one rule that every outgoing request obeys, and that a submission is judged by.
//!
//! Pure: it must not resolve names or open connections. Who does, asks [`AddressPolicy::permits`] for each address.

mod allowed;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use url::{Host, Url};

pub use allowed::{AllowedAddress, AllowedAddressError};

/// The ports that web pages are served from; any other needs an operator's leave.
const WEB_PORTS: [u16; 2] = [80, 443];

/// The part of IPv6 that is given out to the public. What lies outside it and is not listed below is refused as well, so that
/// a range that is set aside tomorrow is closed today.
const GLOBAL_UNICAST: Ipv6Net = v6(0x2000, 0, 0, 0, 3);

/// Addresses that stand for an IPv4 address behind a translator (RFC 6052): judged by the address they stand for, since on a
/// network without IPv4 every IPv4 host is reached so.
const TRANSLATED: Ipv6Net = v6(0x64, 0xff9b, 0, 0, 96);

/// IPv4 ranges that are never a public web site's (IANA's special-purpose registry, and multicast).
const REFUSED_V4: [(Ipv4Net, &str); 16] = [
    (v4(0, 0, 0, 0, 8), "this network"),
    (v4(10, 0, 0, 0, 8), "private network"),
    (v4(100, 64, 0, 0, 10), "carrier-grade address translation"),
    (v4(127, 0, 0, 0, 8), "this machine"),
    (v4(169, 254, 0, 0, 16), "link-local, cloud metadata"),
    (v4(172, 16, 0, 0, 12), "private network"),
    (v4(192, 0, 0, 0, 24), "protocol assignments"),
    (v4(192, 0, 2, 0, 24), "documentation"),
    (v4(192, 88, 99, 0, 24), "6to4 relays"),
    (v4(192, 168, 0, 0, 16), "private network"),
    (v4(198, 18, 0, 0, 15), "benchmarks"),
    (v4(198, 51, 100, 0, 24), "documentation"),
    (v4(203, 0, 113, 0, 24), "documentation"),
    (v4(224, 0, 0, 0, 4), "multicast"),
    (v4(255, 255, 255, 255, 32), "broadcast"),
    (v4(240, 0, 0, 0, 4), "reserved"),
];

/// IPv6 ranges that are never a public web site's, or that carry an IPv4 address past the list above.
const REFUSED_V6: [(Ipv6Net, &str); 13] = [
    (v6(0, 0, 0, 0, 96), "this machine, or an IPv4 address in the deprecated compatible form"),
    (v6(0x64, 0xff9b, 1, 0, 48), "local address translation"),
    (v6(0x100, 0, 0, 0, 64), "discarded"),
    (v6(0x2001, 0, 0, 0, 32), "Teredo tunnels"),
    (v6(0x2001, 0, 0, 0, 23), "protocol assignments"),
    (v6(0x2001, 0xdb8, 0, 0, 32), "documentation"),
    (v6(0x2002, 0, 0, 0, 16), "6to4 tunnels"),
    (v6(0x3fff, 0, 0, 0, 20), "documentation"),
    (v6(0x5f00, 0, 0, 0, 16), "segment routing"),
    (v6(0xfc00, 0, 0, 0, 7), "private network"),
    (v6(0xfe80, 0, 0, 0, 10), "link-local"),
    (v6(0xfec0, 0, 0, 0, 10), "site-local"),
    (v6(0xff00, 0, 0, 0, 8), "multicast"),
];

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(a: u16, b: u16, c: u16, d: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0), prefix)
}

/// Why an address is not connected to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    /// It is not a public address.
    #[error(
        "address {address} lies in {range} ({purpose}), where no public site is; an operator may allow {}",
        AllowedAddress::single(*address, *port)
    )]
    NotPublic {
        /// The address, an IPv4-mapped one as IPv4.
        address: IpAddr,
        /// The port that was wanted.
        port: u16,
        /// The range that it lies in.
        range: IpNet,
        /// What that range is for.
        purpose: &'static str,
    },
    /// The port is not one that pages are served from.
    #[error(
        "port {port} of {host} is not one of 80 and 443; an operator may allow it by address and port, such as 192.0.2.1:{port}"
    )]
    Port {
        /// The host, a name or an address.
        host: String,
        /// The port that was wanted.
        port: u16,
    },
    /// There is nothing to judge: the URL has no host or no port.
    #[error("{url} names no host and port; give an http or https URL")]
    NoHost {
        /// The URL.
        url: String,
    },
}

/// What may be connected to: public addresses at ports 80 and 443, and what an operator allows besides.
#[derive(Debug, Clone, Default)]
pub struct AddressPolicy {
    allow: Vec<AllowedAddress>,
}

impl AddressPolicy {
    /// A policy that allows what is given besides public web addresses. The default allows nothing besides.
    pub fn new(allow: Vec<AllowedAddress>) -> Self {
        Self { allow }
    }

    /// Whether a connection to this address and port may be opened.
    ///
    /// # Errors
    /// [`AddressRefused`] saying which rule forbids it.
    pub fn permits(&self, ip: IpAddr, port: u16) -> Result<(), AddressRefused> {
        let ip = ip.to_canonical();
        if self.allow.iter().any(|allowed| allowed.covers(ip, port)) {
            return Ok(());
        }
        if let Some((range, purpose)) = refused_range(ip) {
            return Err(AddressRefused::NotPublic { address: ip, port, range, purpose });
        }
        if !WEB_PORTS.contains(&port) {
            return Err(AddressRefused::Port { host: ip.to_string(), port });
        }
        Ok(())
    }

    /// Whether a URL can be refused without resolving anything: a literal address in any spelling, `localhost`, a port.
    ///
    /// A URL that passes may still turn out to lead to a refused address; [`AddressPolicy::permits`] has the last word.
    ///
    /// # Errors
    /// [`AddressRefused`] saying which rule forbids it.
    pub fn judge_url(&self, url: &Url) -> Result<(), AddressRefused> {
        let (Some(host), Some(port)) = (url.host(), url.port_or_known_default()) else {
            return Err(AddressRefused::NoHost { url: url.to_string() });
        };
        match host {
            Host::Ipv4(address) => self.permits(address.into(), port),
            Host::Ipv6(address) => self.permits(address.into(), port),
            Host::Domain(name) if is_localhost(name) => self
                .permits(Ipv6Addr::LOCALHOST.into(), port)
                .or_else(|_| self.permits(Ipv4Addr::LOCALHOST.into(), port)),
            Host::Domain(name) => {
                let allowed = WEB_PORTS.contains(&port) || self.allow.iter().any(|allowed| allowed.names_port(port));
                allowed.then_some(()).ok_or_else(|| AddressRefused::Port { host: name.to_owned(), port })
            }
        }
    }
}

/// RFC 6761: these names mean this machine, whatever a resolver says.
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// The range that forbids an address, and what it is for. The address is canonical: not an IPv4-mapped one.
fn refused_range(ip: IpAddr) -> Option<(IpNet, &'static str)> {
    match ip {
        IpAddr::V4(ip) => refused_v4(ip),
        IpAddr::V6(ip) if TRANSLATED.contains(&ip) => {
            let [.., a, b, c, d] = ip.octets();
            refused_v4(Ipv4Addr::new(a, b, c, d))
        }
        IpAddr::V6(ip) => refused_v6(ip),
    }
}

fn refused_v4(ip: Ipv4Addr) -> Option<(IpNet, &'static str)> {
    let (range, purpose) = REFUSED_V4.iter().find(|(range, _)| range.contains(&ip))?;
    Some((IpNet::V4(*range), purpose))
}

fn refused_v6(ip: Ipv6Addr) -> Option<(IpNet, &'static str)> {
    if let Some((range, purpose)) = REFUSED_V6.iter().find(|(range, _)| range.contains(&ip)) {
        return Some((IpNet::V6(*range), purpose));
    }
    let everything = Ipv6Net::new_assert(Ipv6Addr::UNSPECIFIED, 0);
    (!GLOBAL_UNICAST.contains(&ip)).then_some((IpNet::V6(everything), "outside global unicast 2000::/3"))
}
