//! Which addresses a fetch connects to, whatever names, redirects and spellings lead there.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::server::{Saying, Server};
use super::*;

fn naming(server: &Server, names: Arc<Names>) -> Fetcher {
    Fetcher::with_resolver(settings(&[server.address.to_string()], FetchLimits::default()), names).unwrap()
}

fn named_url(name: &str, server: &Server) -> String {
    format!("http://{name}:{}/", server.address.port())
}

const BLOCKED: Verdict = ends(SubmissionOutcome::BlockedAddress);

#[tokio::test]
async fn nothing_private_is_connected_to_by_default_in_any_spelling() {
    let server = Server::saying(|| Saying::page("<p>Secret")).await;
    let fetcher = Fetcher::new(settings(&[], FetchLimits::default())).unwrap();
    let port = server.address.port();
    for host in
        ["127.0.0.1", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "localhost", "localhost."]
    {
        for url in [format!("http://{host}:{port}/"), format!("http://{host}/"), format!("https://{host}/")] {
            let attempt = fetch(&fetcher, &url).await;
            failed(&attempt, "BLOCKED_ADDRESS", BLOCKED);
            assert_eq!(attempt.record.address, None, "{url}");
        }
    }
    assert!(server.targets().is_empty());
}

#[tokio::test]
async fn urls_that_are_no_page_urls_are_not_asked_for() {
    let fetcher = Fetcher::new(settings(&[], FetchLimits::default())).unwrap();
    for (url, code) in [
        ("ftp://example.org/", "UNSUPPORTED_SCHEME"),
        ("data:text/html,x", "UNSUPPORTED_SCHEME"),
        ("http://critic@example.org/", "INVALID_URL"),
    ] {
        failed(&fetch(&fetcher, url).await, code, ends(SubmissionOutcome::Unsupported));
    }
    failed(&fetch(&fetcher, "http://example.org:25/").await, "BLOCKED_ADDRESS", BLOCKED);
}

#[tokio::test]
async fn a_name_with_a_good_and_bad_addresses_connects_to_the_good_one_only() {
    let server = Server::saying(|| Saying::page("<p>Film")).await;
    let bad = SocketAddr::new(Ipv4Addr::new(127, 0, 0, 2).into(), server.address.port());
    let secret = Server::listen(bad, None, |_| Saying::page("<p>Secret")).await;
    let answers: &[&[&str]] = &[&["169.254.169.254", "127.0.0.2", "::1", "10.0.0.1", "127.0.0.1", "::ffff:127.0.0.2"]];
    let fetcher = naming(&server, Names::of(&[("films.example", answers)]));
    let attempt = fetch(&fetcher, &named_url("films.example", &server)).await;
    assert_eq!(attempt.record.address, Some(server.address));
    assert_eq!(page(attempt).bytes, "<p>Film");
    assert_eq!(server.last().header("host"), Some(format!("films.example:{}", server.address.port()).as_str()));
    assert!(secret.targets().is_empty());
}

#[tokio::test]
async fn a_name_with_bad_addresses_only_is_refused() {
    let server = Server::saying(|| Saying::page("<p>Secret")).await;
    let names =
        Names::of(&[("meta.example", &[&["169.254.169.254"]]), ("here.example", &[&["127.0.0.2", "::ffff:10.0.0.1"]])]);
    let fetcher = naming(&server, names);
    for name in ["meta.example", "here.example"] {
        failed(&fetch(&fetcher, &named_url(name, &server)).await, "BLOCKED_ADDRESS", BLOCKED);
        failed(&fetch(&fetcher, &format!("https://{name}/")).await, "BLOCKED_ADDRESS", BLOCKED);
    }
}

#[tokio::test]
async fn a_name_that_changes_its_answer_gains_nothing() {
    let server = Server::saying(|| Saying::page("<p>Film")).await;
    // Good for robots.txt, bad for the page: each connection looks up once, judges that answer, and connects to it alone.
    let names = Names::of(&[("rebind.example", &[&["127.0.0.1"], &["127.0.0.2"], &["127.0.0.1"]])]);
    let fetcher = naming(&server, Arc::clone(&names));
    failed(&fetch(&fetcher, &named_url("rebind.example", &server)).await, "BLOCKED_ADDRESS", BLOCKED);
    assert_eq!(server.targets(), ["/robots.txt"]);
    assert_eq!(names.looked_up.lock().unwrap().len(), 2);
    // The third answer is good again: one look-up, one connection.
    page(fetch(&fetcher, &named_url("rebind.example", &server)).await);
    assert_eq!(names.looked_up.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_dead_address_among_several_does_not_cost_the_page() {
    let server = Server::saying(|| Saying::page("<p>Film")).await;
    let port = server.address.port();
    let allow = [format!("127.0.0.0/8:{port}")];
    let names = Names::of(&[("films.example", &[&["127.0.0.9", "127.0.0.1"]])]);
    let fetcher = Fetcher::with_resolver(settings(&allow, FetchLimits::default()), names).unwrap();
    page(fetch(&fetcher, &named_url("films.example", &server)).await);
    // No more addresses than the bound are tried.
    let names = Names::of(&[("films.example", &[&["127.0.0.9", "127.0.0.8", "127.0.0.1"]])]);
    let limits = FetchLimits { addresses_max: 2, ..FetchLimits::default() };
    let fetcher = Fetcher::with_resolver(settings(&allow, limits), names).unwrap();
    failed(&fetch(&fetcher, &named_url("films.example", &server)).await, "NOT_CONNECTED", Verdict::Retry);
}

#[tokio::test]
async fn unknown_names_and_closed_ports_are_tried_again() {
    let server = Server::saying(|| Saying::page("<p>Film")).await;
    let names = Names::of(&[("empty.example", &[&[]])]);
    let fetcher = naming(&server, names);
    for name in ["nowhere.example", "empty.example"] {
        failed(&fetch(&fetcher, &named_url(name, &server)).await, "NO_SUCH_HOST", Verdict::Retry);
    }
    let gone = server.address;
    drop(server);
    let attempt = fetch(&fetcher, &format!("http://{gone}/")).await;
    failed(&attempt, "NOT_CONNECTED", Verdict::Retry);
    assert!(attempt.result.unwrap_err().to_string().contains(&gone.to_string()));
}

#[tokio::test]
async fn a_resolver_that_never_answers_is_given_up() {
    struct Silent;
    impl Resolve for Silent {
        fn resolve<'a>(&'a self, _: &'a str) -> BoxFuture<'a, io::Result<Vec<IpAddr>>> {
            Box::pin(std::future::pending())
        }
    }
    let limits = FetchLimits { connect: Duration::from_millis(20), ..FetchLimits::default() };
    let fetcher = Fetcher::with_resolver(settings(&[], limits), Arc::new(Silent)).unwrap();
    let attempt = fetch(&fetcher, "https://films.example/").await;
    failed(&attempt, "TIMED_OUT", Verdict::Retry);
    assert!(attempt.result.unwrap_err().to_string().contains("connecting"));
}

#[tokio::test]
async fn names_are_asked_for_in_ascii_and_the_systems_own_resolver_works() {
    let server = Server::saying(|| Saying::page("<p>Film")).await;
    let names = Names::of(&[("xn--kinokhl-r2a.example", &[&["127.0.0.1"]])]);
    let fetcher = naming(&server, names);
    page(fetch(&fetcher, &named_url("KINOKÜHL.example", &server)).await);
    assert!(server.last().header("host").unwrap().starts_with("xn--kinokhl-r2a.example:"));
    let attempt = fetch(&fetcher_for(&server, FetchLimits::default()), &named_url("localhost", &server)).await;
    assert_eq!(attempt.record.address, Some(server.address));
    page(attempt);
}

#[tokio::test]
async fn an_ipv6_literal_keeps_its_brackets_in_the_request_and_not_on_the_way_to_the_host() {
    let at = "[::1]:0".parse().unwrap();
    let server = Server::listen(at, None, |_| Saying::page("<p>Film")).await;
    let attempt = fetch_from(&server, "/").await;
    assert_eq!(attempt.record.address, Some(server.address));
    page(attempt);
    assert_eq!(server.last().header("host"), Some(format!("[::1]:{}", server.address.port()).as_str()));
}
