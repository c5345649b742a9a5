//! When a worker asks the queue for a job: at an interval, and at once when somebody in this process rang.
//!
//! The strategies that come with apalis answer Ready while their timer is still armed for nobody, and so lose wake-ups:
//! a job then starts at the next heartbeat. This one polls both its sources until both are pending, so that each has
//! the waker registered again.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use apalis_core::backend::ext::poll_strategy::{PollSnapshot, PollStrategy};
use tokio::sync::Notify;
use tokio::time::{Interval, MissedTickBehavior, interval};

/// Wakes the worker at an interval and at a ring.
pub(crate) struct IntervalOrRing {
    interval: Interval,
    notify: Arc<Notify>,
    ring: Pin<Box<dyn Future<Output = ()> + Send + Sync>>,
}

impl IntervalOrRing {
    /// Asks every `period`, and whenever `notify` is notified.
    pub(crate) fn new(period: Duration, notify: Arc<Notify>) -> Self {
        let mut interval = interval(period);
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let ring = Box::pin(Arc::clone(&notify).notified_owned());
        Self { interval, notify, ring }
    }
}

impl PollStrategy for IntervalOrRing {
    fn poll_drive(&mut self, context: &mut Context<'_>, _snapshot: &PollSnapshot) -> Poll<Option<()>> {
        let mut woken = false;
        while self.interval.poll_tick(context).is_ready() {
            woken = true;
        }
        while self.ring.as_mut().poll(context).is_ready() {
            self.ring = Box::pin(Arc::clone(&self.notify).notified_owned());
            woken = true;
        }
        if woken { Poll::Ready(Some(())) } else { Poll::Pending }
    }
}
