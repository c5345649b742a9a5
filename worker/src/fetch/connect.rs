//! Connections: from a URL to a byte stream whose other end was approved.
//!
//! A name is resolved once, what the policy refuses is dropped, and only what remains is connected to: there is no second look-up
//! that could answer differently. Must not know HTTP.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use queue::address::{AddressPolicy, AddressRefused};
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::{Host, Url};

use super::FetchError;

/// Where names are looked up. A test puts names of its own in its place.
pub trait Resolve: Send + Sync {
    /// Every address of a host name, in the order to try them; none if the name is unknown.
    ///
    /// # Errors
    /// Whatever keeps the look-up from being answered.
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>>;
}

/// The system's own resolver.
pub(super) struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, host: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|found| found.ip()).collect()) })
    }
}

/// What HTTP is spoken over.
pub(super) trait ByteStream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> ByteStream for S {}

/// Opens connections that the policy permits, and no others.
pub(super) struct Connector {
    pub(super) policy: AddressPolicy,
    pub(super) resolver: Arc<dyn Resolve>,
    pub(super) tls: TlsConnector,
    /// For the whole of it: look-up, connection, TLS.
    pub(super) limit: Duration,
    /// Addresses of one name that are tried.
    pub(super) addresses_max: usize,
}

impl Connector {
    /// A stream to the URL's host, encrypted if its scheme is https. Leaves the address that was tried last in `address`.
    pub(super) async fn open(
        &self,
        url: &Url,
        address: &mut Option<SocketAddr>,
    ) -> Result<Box<dyn ByteStream>, FetchError> {
        match timeout(self.limit, self.open_without_limit(url, address)).await {
            Ok(opened) => opened,
            Err(_elapsed) => Err(FetchError::TimedOut { what: "connecting", limit: self.limit }),
        }
    }

    async fn open_without_limit(
        &self,
        url: &Url,
        address: &mut Option<SocketAddr>,
    ) -> Result<Box<dyn ByteStream>, FetchError> {
        let approved = self.approved_addresses(url).await?;
        let stream = self.connect_to_one_of(url, &approved, address).await?;
        let peer = stream.peer_addr().map_err(|cause| not_connected(url, *address, cause))?;
        // The system has the last word on where a connection leads (it may be redirected on the way out): ask it.
        self.policy.permits(peer.ip(), peer.port())?;
        *address = Some(peer);
        if url.scheme() != "https" {
            return Ok(Box::new(stream));
        }
        let tls_failed = |cause| FetchError::Tls { host: host_text(url), cause };
        let name = server_name(url).map_err(tls_failed)?;
        let stream = self.tls.connect(name, stream).await.map_err(tls_failed)?;
        Ok(Box::new(stream))
    }

    /// The host's addresses that the policy permits, at most as many as are tried.
    async fn approved_addresses(&self, url: &Url) -> Result<Vec<SocketAddr>, FetchError> {
        self.policy.judge_url(url)?;
        let no_host = || AddressRefused::NoHost { url: url.to_string() };
        let port = url.port_or_known_default().ok_or_else(no_host)?;
        let found = match url.host().ok_or_else(no_host)? {
            Host::Ipv4(address) => vec![address.into()],
            Host::Ipv6(address) => vec![address.into()],
            Host::Domain(name) => self
                .resolver
                .resolve(name)
                .await
                .map_err(|cause| FetchError::NoSuchHost { host: name.to_owned(), cause: Some(cause) })?,
        };
        let mut refusal = None;
        let mut approved = Vec::new();
        for address in found.into_iter().map(|address| address.to_canonical()) {
            match self.policy.permits(address, port) {
                Ok(()) => approved.push(SocketAddr::new(address, port)),
                Err(refused) => refusal = Some(refused),
            }
        }
        approved.truncate(self.addresses_max);
        match refusal {
            Some(refused) if approved.is_empty() => Err(refused.into()),
            None if approved.is_empty() => Err(FetchError::NoSuchHost { host: host_text(url), cause: None }),
            _ => Ok(approved),
        }
    }

    /// The first address that takes a connection. Each is given its share of the time, so that a dead one among several does
    /// not use up all of it.
    async fn connect_to_one_of(
        &self,
        url: &Url,
        approved: &[SocketAddr],
        tried: &mut Option<SocketAddr>,
    ) -> Result<TcpStream, FetchError> {
        let share = self.limit / u32::try_from(approved.len()).unwrap_or(u32::MAX).max(1);
        let mut failure = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in approved {
            *tried = Some(*address);
            match timeout(share, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(cause)) => failure = cause,
                Err(_elapsed) => failure = io::ErrorKind::TimedOut.into(),
            }
        }
        if failure.kind() == io::ErrorKind::TimedOut {
            return Err(FetchError::TimedOut { what: "connecting", limit: self.limit });
        }
        Err(not_connected(url, *tried, failure))
    }
}

fn not_connected(url: &Url, address: Option<SocketAddr>, cause: io::Error) -> FetchError {
    FetchError::NotConnected { host: host_text(url), address, cause }
}

fn host_text(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// What the certificate must be for: the name as it stands in the URL, or the literal address without brackets.
fn server_name(url: &Url) -> io::Result<ServerName<'static>> {
    match url.host() {
        Some(Host::Domain(name)) => ServerName::try_from(name.to_owned()).map_err(io::Error::other),
        Some(Host::Ipv4(address)) => Ok(ServerName::from(IpAddr::V4(address))),
        Some(Host::Ipv6(address)) => Ok(ServerName::from(IpAddr::V6(address))),
        None => Err(io::ErrorKind::InvalidInput.into()),
    }
}
