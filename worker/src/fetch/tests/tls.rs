//! TLS: the certificate must be the host's and somebody trusted must vouch for it.

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::server::{Saying, Server};
use super::*;

async fn server_with_certificate_for(name: &str) -> (Server, CertificateDer<'static>) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let certificate = made.cert.der().clone();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    let at = "127.0.0.1:0".parse().unwrap();
    let tls = Some(TlsAcceptor::from(Arc::new(config)));
    let server = Server::listen(at, tls, |asked| match asked.target() {
        "/robots.txt" => Saying::not_found(),
        _ => Saying::page("<p>Film"),
    })
    .await;
    (server, certificate)
}

fn fetcher_trusting(server: &Server, certificate: Option<CertificateDer<'static>>) -> Fetcher {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificate);
    let names = Names::of(&[
        ("films.example", &[&["127.0.0.1"]]),
        ("films.example.", &[&["127.0.0.1"]]),
        ("other.example", &[&["127.0.0.1"]]),
    ]);
    Fetcher::with_roots(settings(&[server.address.to_string()], FetchLimits::default()), names, roots).unwrap()
}

#[tokio::test]
async fn a_page_is_fetched_over_tls_under_the_name_in_the_url() {
    let (server, certificate) = server_with_certificate_for("films.example").await;
    let fetcher = fetcher_trusting(&server, Some(certificate));
    let port = server.address.port();
    for host in ["films.example", "FILMS.example."] {
        let attempt = fetch(&fetcher, &format!("https://{host}:{port}/")).await;
        assert_eq!(attempt.record.address, Some(server.address));
        assert_eq!(page(attempt).bytes, "<p>Film");
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_or_from_nobody_trusted_is_refused() {
    let (server, certificate) = server_with_certificate_for("films.example").await;
    let port = server.address.port();
    let trusting = fetcher_trusting(&server, Some(certificate));
    for host in ["other.example", "127.0.0.1"] {
        failed(&fetch(&trusting, &format!("https://{host}:{port}/")).await, "TLS_FAILED", Verdict::Retry);
    }
    let strict = fetcher_trusting(&server, None);
    failed(&fetch(&strict, &format!("https://films.example:{port}/")).await, "TLS_FAILED", Verdict::Retry);
    assert!(server.targets().is_empty());
}

#[tokio::test]
async fn a_host_that_does_not_speak_tls_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n").await.unwrap();
        }
    });
    let fetcher = Fetcher::new(settings(&[address.to_string()], FetchLimits::default())).unwrap();
    let attempt = fetch(&fetcher, &format!("https://{address}/")).await;
    failed(&attempt, "TLS_FAILED", Verdict::Retry);
}
