//! The robots.txt files that were fetched lately, and who is fetching one now. Bounded in age, number and bytes.
//!
//! Must not know what the files say or how they are fetched.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use super::robots::RobotsFile;

/// Files by origin (scheme, host and port).
pub(super) struct RobotsCache {
    kept_for: Duration,
    entries_max: usize,
    bytes_max: usize,
    files: Mutex<Files>,
    flights: Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>,
}

#[derive(Default)]
struct Files {
    by_origin: HashMap<String, Kept>,
    /// Oldest first. An origin stands here once for each time it was kept; only the place with its last number counts.
    order: VecDeque<(String, u64)>,
    bytes: usize,
    last_number: u64,
}

struct Kept {
    file: RobotsFile,
    until: Instant,
    number: u64,
}

/// The right to fetch one origin's file: nobody else fetches it meanwhile. Given back when dropped, also by a fetch that was
/// given up.
pub(super) struct Flight<'a> {
    cache: &'a RobotsCache,
    origin: String,
    turn: Option<OwnedMutexGuard<()>>,
}

impl RobotsCache {
    pub(super) fn new(kept_for: Duration, entries_max: usize, bytes_max: usize) -> Self {
        Self { kept_for, entries_max, bytes_max, files: Mutex::default(), flights: Mutex::default() }
    }

    /// The file of an origin, if it was kept and is not too old.
    pub(super) fn get(&self, origin: &str) -> Option<RobotsFile> {
        let files = lock(&self.files);
        let kept = files.by_origin.get(origin)?;
        (Instant::now() < kept.until).then(|| kept.file.clone())
    }

    /// Waits until nobody else fetches this origin's file. Look again whether it has been kept meanwhile.
    pub(super) async fn take_off(&self, origin: &str) -> Flight<'_> {
        let turns = Arc::clone(lock(&self.flights).entry(origin.to_owned()).or_default());
        // Made before waiting, so that a wait that is given up is cleared away too.
        let mut flight = Flight { cache: self, origin: origin.to_owned(), turn: None };
        flight.turn = Some(turns.lock_owned().await);
        flight
    }

    /// Keeps a file, and drops the oldest ones over the bounds.
    pub(super) fn keep(&self, origin: &str, file: RobotsFile) {
        let mut files = lock(&self.files);
        files.remove(origin);
        files.last_number += 1;
        let number = files.last_number;
        files.bytes += weight(origin, &file);
        files.order.push_back((origin.to_owned(), number));
        files.by_origin.insert(origin.to_owned(), Kept { file, until: Instant::now() + self.kept_for, number });
        while files.by_origin.len() > self.entries_max
            || files.bytes > self.bytes_max
            || files.order.len() > 2 * self.entries_max
        {
            let Some((oldest, number)) = files.order.pop_front() else {
                break;
            };
            if files.by_origin.get(&oldest).is_some_and(|kept| kept.number == number) {
                files.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
impl RobotsCache {
    /// Places in the order, of files kept and of files that others have replaced.
    pub(super) fn places(&self) -> usize {
        lock(&self.files).order.len()
    }

    /// Origins whose file is being fetched or waited for.
    pub(super) fn flights(&self) -> usize {
        lock(&self.flights).len()
    }
}

impl Files {
    fn remove(&mut self, origin: &str) {
        if let Some(kept) = self.by_origin.remove(origin) {
            self.bytes -= weight(origin, &kept.file);
        }
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut flights = lock(&self.cache.flights);
        self.turn = None;
        // Two waiters hold it between them; the last to leave finds it held by the map alone.
        if flights.get(&self.origin).is_some_and(|turns| Arc::strong_count(turns) == 1) {
            flights.remove(&self.origin);
        }
    }
}

fn weight(origin: &str, file: &RobotsFile) -> usize {
    // The origin stands in the map and in the order; the rest is the maps' own share of an entry.
    2 * origin.len() + file.len() + 160
}

/// A panic elsewhere leaves the maps whole, since nothing between their changes can panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
