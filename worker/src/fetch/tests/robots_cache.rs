//! The cache of robots.txt files keeps within its bounds, and one file is fetched by one at a time.

use std::time::Duration;

use bytes::Bytes;

use super::super::robots::RobotsFile;
use super::super::robots_cache::RobotsCache;

fn file(length: usize) -> RobotsFile {
    RobotsFile::Text(Bytes::from(vec![b'#'; length]))
}

const DAY: Duration = Duration::from_secs(86_400);

#[tokio::test]
async fn a_file_is_kept_for_its_own_origin_until_it_is_too_old() {
    let cache = RobotsCache::new(DAY, 10, 1 << 20);
    cache.keep("https://a.example", file(10));
    assert_eq!(cache.get("https://a.example"), Some(file(10)));
    assert_eq!(cache.get("http://a.example"), None);
    let forgetful = RobotsCache::new(Duration::ZERO, 10, 1 << 20);
    forgetful.keep("https://a.example", file(10));
    assert_eq!(forgetful.get("https://a.example"), None);
}

#[tokio::test]
async fn the_oldest_files_go_when_there_are_too_many_or_too_large_ones() {
    let cache = RobotsCache::new(DAY, 3, 1 << 20);
    for origin in ["a", "b", "a", "c", "d"] {
        cache.keep(origin, file(1));
    }
    let kept: Vec<_> = ["a", "b", "c", "d"].into_iter().filter(|origin| cache.get(origin).is_some()).collect();
    assert_eq!(kept, ["a", "c", "d"]);
    let cache = RobotsCache::new(DAY, 1_000, 10_000);
    for number in 0..100 {
        cache.keep(&format!("origin {number}"), file(3_000));
    }
    let kept = (0..100).filter(|number| cache.get(&format!("origin {number}")).is_some()).count();
    assert_eq!(kept, 3);
    cache.keep("huge", file(20_000));
    assert_eq!(cache.get("huge"), None);
}

#[tokio::test]
async fn keeping_one_origin_for_ever_does_not_grow_the_books() {
    let cache = RobotsCache::new(DAY, 4, 10_000);
    for round in 0..10_000 {
        cache.keep("same", file(round % 5_000));
    }
    assert!(cache.places() <= 8, "{}", cache.places());
    assert!(cache.get("same").is_some());
}

#[tokio::test]
async fn only_one_flight_to_an_origin_is_in_the_air_and_none_is_left_behind() {
    let cache = RobotsCache::new(DAY, 4, 10_000);
    let first = cache.take_off("a").await;
    let elsewhere = cache.take_off("b").await;
    let mut second = Box::pin(cache.take_off("a"));
    assert!(futures::poll!(&mut second).is_pending());
    let mut given_up = Box::pin(cache.take_off("a"));
    assert!(futures::poll!(&mut given_up).is_pending());
    drop(first);
    let second = second.await;
    drop(given_up);
    drop(second);
    drop(elsewhere);
    assert_eq!(cache.flights(), 0);
}
