//! What normalisation does to each part of a URL, and that doing it twice changes nothing.

use proptest::prelude::*;

use super::*;

fn normal(text: &str) -> String {
    normalise(text).unwrap().into()
}

#[track_caller]
fn becomes(given: &str, expected: &str) {
    assert_eq!(normal(given), expected, "{given}");
}

#[test]
fn scheme_and_host_are_lower_case_and_the_default_port_goes() {
    becomes("HTTPS://Reviews.Example.ORG:443/A", "https://reviews.example.org/A");
    becomes("http://example.org:80", "http://example.org/");
    becomes("http://example.org:8080/", "http://example.org:8080/");
    becomes("https://example.org:80/", "https://example.org:80/");
    becomes("  https://example.org/a \n", "https://example.org/a");
}

#[test]
fn hosts_are_brought_to_ascii_by_idna() {
    becomes("https://kinokühl.example/", "https://xn--kinokhl-r2a.example/");
    becomes("https://KINOKÜHL.example/", "https://xn--kinokhl-r2a.example/");
    becomes("http://１２７.0.0.1/", "http://127.0.0.1/");
    becomes("http://0x7f.1/", "http://127.0.0.1/");
}

#[test]
fn dot_segments_are_resolved_and_the_fragment_goes() {
    becomes("https://example.org/a/./b/../c#rating", "https://example.org/a/c");
    becomes("https://example.org/a/%2e%2E/c", "https://example.org/c");
    becomes("https://example.org/../../c", "https://example.org/c");
    becomes("https://example.org/a//b", "https://example.org/a//b");
    becomes("https://example.org//b", "https://example.org//b");
}

#[test]
fn a_trailing_slash_is_kept_and_a_missing_one_is_not_added() {
    becomes("https://example.org/a/", "https://example.org/a/");
    becomes("https://example.org/a", "https://example.org/a");
}

#[test]
fn percent_encoding_has_one_spelling() {
    becomes("https://example.org/%7euser/%61", "https://example.org/~user/a");
    becomes("https://example.org/caf%c3%a9", "https://example.org/caf%C3%A9");
    becomes("https://example.org/café", "https://example.org/caf%C3%A9");
    becomes("https://example.org/a%2fb", "https://example.org/a%2Fb");
    becomes("https://example.org/a|b", "https://example.org/a%7Cb");
    becomes("https://example.org/100%", "https://example.org/100%25");
    becomes("https://example.org/?q[]='x'", "https://example.org/?q%5B%5D=%27x%27");
}

#[test]
fn a_percent_sign_and_decoded_digits_do_not_join_to_an_escape() {
    becomes("https://example.org/%%34%31", "https://example.org/%2541");
    becomes(&normal("https://example.org/%%34%31"), "https://example.org/%2541");
}

#[test]
fn tracking_parameters_go_and_the_others_keep_their_order() {
    becomes("https://example.org/r?b=2&utm_source=x&a=1&fbclid=y&b=1", "https://example.org/r?b=2&a=1&b=1");
    becomes("https://example.org/r?UTM_Campaign=x&utm%5Fmedium=y", "https://example.org/r");
    becomes("https://example.org/r?gclid", "https://example.org/r");
    becomes("https://example.org/r?", "https://example.org/r");
    becomes("https://example.org/r?&a=1&&", "https://example.org/r?a=1");
    becomes("https://example.org/r?ref=home&utmost=1", "https://example.org/r?ref=home&utmost=1");
}

#[test]
fn the_list_of_tracking_parameters_is_lower_case_without_doubles() {
    let names: Vec<_> = TRACKING.exact.iter().chain(&TRACKING.beginnings).collect();
    let distinct: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len());
    assert!(names.iter().all(|name| !name.is_empty() && **name == name.to_ascii_lowercase()));
    assert!(TRACKING.exact.iter().all(|name| !name.contains('*')), "a star stands only at the end");
}

#[test]
fn what_is_not_a_url_says_so_and_what_would_be() {
    for text in ["", "example.org/review", "https://", "http://exa mple.org/", "http://[::1/", "http://300.1.1.1/"] {
        let error = normalise(text).unwrap_err();
        assert_eq!(error.code(), "INVALID_URL", "{text}");
        assert!(error.to_string().contains("https://example.org/review"), "{error}");
    }
}

#[test]
fn other_schemes_are_not_supported() {
    for text in ["ftp://example.org/", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "gopher://a/"] {
        assert_eq!(normalise(text).unwrap_err().code(), "UNSUPPORTED_SCHEME", "{text}");
    }
}

#[test]
fn credentials_are_refused_and_not_repeated() {
    for text in ["https://critic@example.org/", "https://critic:hunter2@example.org/", "https://:hunter2@example.org/"]
    {
        let error = normalise(text).unwrap_err();
        assert_eq!(error.code(), "INVALID_URL");
        assert!(!error.to_string().contains("hunter2") && error.to_string().contains("example.org"), "{error}");
    }
}

#[test]
fn length_is_bounded_before_and_after_encoding() {
    let base = "https://example.org/";
    let longest = format!("{base}{}", "a".repeat(URL_BYTES_MAX - base.len()));
    assert_eq!(normal(&longest).len(), URL_BYTES_MAX);
    let error = normalise(&format!("{longest}a")).unwrap_err();
    assert_eq!(error.code(), "INVALID_URL");
    assert!(error.to_string().len() < 300, "{error}");
    let grows = format!("{base}{}", "é".repeat(900));
    assert!(matches!(normalise(&grows), Err(PageUrlError::TooLong { bytes, .. }) if bytes > URL_BYTES_MAX));
}

#[test]
fn a_site_is_its_registrable_host() {
    for (url, expected) in [
        ("https://www.kinokuehl.co.uk/r", "kinokuehl.co.uk"),
        ("https://kinokuehl.co.uk./r", "kinokuehl.co.uk"),
        ("https://a.b.example.com:8443/", "example.com"),
        ("https://critic.github.io/", "critic.github.io"),
        ("https://github.io/", "github.io"),
        ("http://localhost:8080/", "localhost"),
        ("http://localhost./", "localhost"),
        ("http://127.0.0.1:8080/", "127.0.0.1"),
        ("http://[::1]:8080/", "[::1]"),
        ("https://www.xn--fiqs8s/", "www.xn--fiqs8s"),
    ] {
        assert_eq!(registrable_host(&Url::parse(url).unwrap()), expected, "{url}");
    }
}

#[test]
fn only_pages_of_one_registrable_host_are_of_one_site() {
    let same = |one: &str, other: &str| same_site(&Url::parse(one).unwrap(), &Url::parse(other).unwrap());
    assert!(same("https://www.example.org/a", "http://m.example.org:8080/b"));
    assert!(!same("https://a.github.io/", "https://b.github.io/"));
    assert!(!same("https://example.org/", "https://example.net/"));
    assert!(!same("https://a.co.uk/", "https://b.co.uk/"));
    assert!(!same("http://127.0.0.1/", "http://127.0.0.2/"));
    assert!(!same("data:text/html,a", "data:text/html,b"));
}

#[test]
fn a_page_may_name_any_page_of_its_site_but_the_front_page() {
    let may = |page: &str, link: &str| may_stand_at(&Url::parse(page).unwrap(), &Url::parse(link).unwrap());
    assert!(may("https://m.example.org/amp/a", "https://www.example.org/a"));
    assert!(!may("https://example.org/a", "https://example.net/a"));
    for front in ["https://example.org", "https://www.example.org/", "https://example.org/index.html"] {
        assert!(!may("https://example.org/a", front), "{front}");
        assert!(!may("https://example.org/a/index.html", front), "{front}");
        assert!(!may("https://example.org/?p=12", front), "{front}");
        assert!(may("https://example.org/index.php", front), "{front}");
    }
    assert!(may("https://example.org/a", "https://example.org/?p=12"));
    assert!(may("https://example.org/a", "https://example.org/a/index.html"));
}

/// Texts that are mostly URLs, of the pieces that normalisation treats apart.
fn url_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("/"),
        Just("%"),
        Just("%2"),
        Just("%41"),
        Just("%2e"),
        Just("%2F"),
        Just("%c3%a9"),
        Just(".."),
        Just("."),
        Just("é"),
        Just("a"),
        Just("F"),
        Just("4"),
        Just("?"),
        Just("&"),
        Just("="),
        Just("utm_x"),
        Just("fbclid"),
        Just("#"),
        Just("\\"),
        Just("|"),
        Just("["),
        Just("'"),
        Just(" "),
        Just("+"),
        Just(";"),
        Just(":"),
        Just("@"),
        Just("\""),
        Just("^"),
        Just("{")
    ];
    let host = prop_oneof![
        Just("example.org"),
        Just("KINÖ.example:443"),
        Just("[::1]:8081"),
        Just("2130706433"),
        Just("a.b:80")
    ];
    ("https?", host, proptest::collection::vec(piece, 0..24))
        .prop_map(|(scheme, host, pieces)| format!("{scheme}://{host}/{}", pieces.concat()))
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(text in url_text()) {
        if let Ok(once) = normalise(&text) {
            prop_assert_eq!(normalise(once.as_str()), Ok(once));
        }
    }

    #[test]
    fn any_text_is_answered_and_what_passes_is_clean(text in any::<String>()) {
        if let Ok(url) = normalise(&text) {
            prop_assert!(url.fragment().is_none() && url.as_str().is_ascii() && url.as_str().len() <= URL_BYTES_MAX);
        }
    }

    #[test]
    fn dropping_tracking_keeps_every_other_parameter_in_order(names in proptest::collection::vec("[a-e]|utm_[a-z]|gclid", 0..8)) {
        let query: Vec<String> = names.iter().enumerate().map(|(place, name)| format!("{name}={place}")).collect();
        let url = normalise(&format!("https://example.org/?{}", query.join("&"))).unwrap();
        let kept: Vec<String> = query.into_iter().filter(|pair| !pair.starts_with("utm_") && !pair.starts_with("gclid")).collect();
        prop_assert_eq!(url.query().unwrap_or_default(), kept.join("&"));
    }
}
