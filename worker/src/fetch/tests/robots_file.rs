//! What else a robots.txt can hold: a pause between requests, bytes of any kind, patterns made to take long.

use std::time::Duration;

use bytes::Bytes;
use proptest::prelude::*;
use url::Url;

use super::super::robots::{RobotsFile, RobotsRuling};

fn ruling(rules: &[u8], url: &str) -> RobotsRuling {
    let file = RobotsFile::Text(Bytes::copy_from_slice(rules));
    file.ruling("FooBot", &Url::parse(url).unwrap())
}

#[test]
fn the_crawl_delay_is_that_of_our_group_and_nonsense_is_none() {
    let delay = |rules: &str| ruling(rules.as_bytes(), "http://films.example/").crawl_delay;
    assert_eq!(
        delay("User-agent: *\nCrawl-delay: 3\nUser-agent: FooBot\nCrawl-delay: 0.5\n"),
        Some(Duration::from_millis(500))
    );
    assert_eq!(delay("User-agent: *\nCrawl-delay: 3\nUser-agent: FooBot\nDisallow: /x\n"), None);
    for nonsense in ["-1", "soon", "NaN", "inf", "1e999", ""] {
        assert_eq!(delay(&format!("User-agent: *\nCrawl-delay: {nonsense}\n")), None, "{nonsense}");
    }
}

#[test]
fn a_pattern_made_to_take_long_does_not() {
    let rules = format!("User-agent: *\n{}", format!("Disallow: /{}b\n", "*a".repeat(500)).repeat(400));
    assert!(rules.len() < 500 * 1_024);
    let url = format!("http://films.example/{}", "a".repeat(2_000));
    assert!(ruling(rules.as_bytes(), &url).is_allowed);
}

proptest! {
    #[test]
    fn any_bytes_are_read_and_robots_txt_itself_is_always_allowed(rules in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(ruling(&rules, "http://films.example/robots.txt").is_allowed);
    }

    #[test]
    fn cutting_a_file_never_leaves_half_a_line(rules in "([a-z:/ #]{0,12}(\n|\r|\r\n)){0,12}", bytes_max in 0_usize..80) {
        let body = Bytes::copy_from_slice(rules.as_bytes().split_at(rules.len().min(bytes_max + 1)).0);
        let RobotsFile::Text(kept) = RobotsFile::from_body(body, bytes_max) else { panic!("a body is a file") };
        prop_assert!(kept.len() <= bytes_max && rules.as_bytes().starts_with(&kept));
        let next = rules.as_bytes().get(kept.len());
        prop_assert!(kept.is_empty() || next.is_none_or(|byte| b"\r\n".contains(byte)) || kept.ends_with(b"\n") || kept.ends_with(b"\r"));
    }
}
