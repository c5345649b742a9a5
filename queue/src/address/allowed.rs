//! The addresses that an operator allows besides public ones, as they are written on the command line.
//!
//! Must not know which addresses are refused without it.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net};

use super::WEB_PORTS;

/// An address, or a range of them, that an operator allows although it is not a public web address.
///
/// Written `127.0.0.1:8081`, `10.0.0.0/8`, `10.0.0.0/8:8080`, `::1`, `fd00::/8`, `[::1]:80`, `[fd00::/8]:8080`. Without a port it
/// opens ports 80 and 443 only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllowedAddress {
    network: IpNet,
    port: Option<u16>,
}

impl AllowedAddress {
    /// One address at one port.
    pub(super) fn single(address: IpAddr, port: u16) -> Self {
        Self { network: IpNet::from(address), port: Some(port) }
    }

    /// Whether it allows this address at this port. The address is canonical: not an IPv4-mapped one.
    pub(super) fn covers(&self, ip: IpAddr, port: u16) -> bool {
        let port_agrees = match self.port {
            Some(allowed) => allowed == port,
            None => WEB_PORTS.contains(&port),
        };
        port_agrees && self.network.contains(&ip)
    }

    /// Whether it opens this very port, for whatever addresses.
    pub(super) fn names_port(&self, port: u16) -> bool {
        self.port == Some(port)
    }
}

impl fmt::Display for AllowedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let single = self.network.prefix_len() == self.network.max_prefix_len();
        let network = if single { self.network.addr().to_string() } else { self.network.to_string() };
        match (self.port, self.network) {
            (None, _) => write!(f, "{network}"),
            (Some(port), IpNet::V4(_)) => write!(f, "{network}:{port}"),
            (Some(port), IpNet::V6(_)) => write!(f, "[{network}]:{port}"),
        }
    }
}

/// Why a text is not an address that can be allowed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AllowedAddressError {
    /// The part before the port is neither an address nor a range.
    #[error(
        "{given:?} is not an address to allow: write 127.0.0.1:8081, 10.0.0.0/8, [::1]:80 or [fd00::/8]:8080, not a name"
    )]
    Address {
        /// The whole text.
        given: String,
    },
    /// The part after the last colon is not a port.
    #[error("{given:?} has no usable port: {port:?} is not a number from 1 to 65535")]
    Port {
        /// The whole text.
        given: String,
        /// The part that should be a port.
        port: String,
    },
    /// The address has bits set beyond the prefix, so that one cannot tell which of the two is meant.
    #[error(
        "{given:?} has bits set beyond its prefix: write {network} for the range, or {address} for the one address"
    )]
    BitsBeyondPrefix {
        /// The whole text.
        given: String,
        /// The range that it lies in.
        network: IpNet,
        /// The address before the slash.
        address: IpAddr,
    },
}

impl FromStr for AllowedAddress {
    type Err = AllowedAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (network, port) = split_port(text)?;
        let Some(network) = parse_network(network) else {
            return Err(AllowedAddressError::Address { given: text.to_owned() });
        };
        if network.addr() != network.network() {
            return Err(AllowedAddressError::BitsBeyondPrefix {
                given: text.to_owned(),
                network: network.trunc(),
                address: network.addr(),
            });
        }
        let port = port.map(|port| parse_port(text, port)).transpose()?;
        Ok(Self { network: canonical(network), port })
    }
}

/// Cuts off the port. An IPv6 address has a port only in brackets, as its own colons leave no other way to tell.
fn split_port(text: &str) -> Result<(&str, Option<&str>), AllowedAddressError> {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((network, after)) = rest.split_once(']') else {
            return Err(AllowedAddressError::Address { given: text.to_owned() });
        };
        return match (network.contains(':'), after.strip_prefix(':')) {
            (true, Some(port)) => Ok((network, Some(port))),
            (true, None) if after.is_empty() => Ok((network, None)),
            _ => Err(AllowedAddressError::Address { given: text.to_owned() }),
        };
    }
    match text.split_once(':') {
        Some((network, port)) if !port.contains(':') => Ok((network, Some(port))),
        _ => Ok((text, None)),
    }
}

fn parse_network(text: &str) -> Option<IpNet> {
    text.parse::<IpAddr>().map(IpNet::from).or_else(|_| text.parse::<IpNet>()).ok()
}

fn parse_port(given: &str, port: &str) -> Result<u16, AllowedAddressError> {
    match port.parse::<u16>() {
        Ok(number) if number != 0 && port.bytes().all(|byte| byte.is_ascii_digit()) => Ok(number),
        _ => Err(AllowedAddressError::Port { given: given.to_owned(), port: port.to_owned() }),
    }
}

/// An IPv4-mapped address or range as IPv4, since that is what addresses are compared as.
fn canonical(network: IpNet) -> IpNet {
    match network {
        IpNet::V6(mapped) if mapped.prefix_len() >= 96 => match mapped.addr().to_ipv4_mapped() {
            Some(address) => Ipv4Net::new(address, mapped.prefix_len() - 96).map_or(network, IpNet::V4),
            None => network,
        },
        other => other,
    }
}
