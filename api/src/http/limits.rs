//! How much one client may ask for in a minute, in points: what its documents cost; and how much it may hold open.

use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::Credential;

/// The limits of all clients: each token and each session has its own.
pub(super) struct Limits {
    limiter: Option<DefaultKeyedRateLimiter<u64>>,
    points: u32,
    clock: DefaultClock,
    hasher: RandomState,
    taken: AtomicU32,
    held: Arc<DashMap<u64, usize>>,
    held_max: usize,
}

/// A socket or stream of events that counts among what its client holds open, until this is dropped.
pub(super) struct Held {
    client: u64,
    held: Arc<DashMap<u64, usize>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Entry::Occupied(mut count) = self.held.entry(self.client) {
            *count.get_mut() -= 1;
            if *count.get() == 0 {
                count.remove();
            }
        }
    }
}

/// After so many requests, clients that have not been heard of for a while are forgotten.
const FORGOTTEN_AFTER: u32 = 10_000;

impl Limits {
    /// So many points a minute, which may be asked for at once; without a number, no limit. And so many sockets and
    /// streams of events at a time.
    pub(super) fn new(points: Option<NonZeroU32>, held_max: usize) -> Self {
        Self {
            limiter: points.map(|points| RateLimiter::keyed(Quota::per_minute(points))),
            points: points.map_or(u32::MAX, NonZeroU32::get),
            clock: DefaultClock::default(),
            hasher: RandomState::new(),
            taken: AtomicU32::new(0),
            held: Arc::default(),
            held_max,
        }
    }

    /// Counts one more socket or stream of a client; nothing when there are as many as there may be.
    pub(super) fn hold(&self, client: &Credential) -> Option<Held> {
        let client = self.hasher.hash_one(client);
        let mut count = self.held.entry(client).or_default();
        if *count >= self.held_max {
            return None;
        }
        *count += 1;
        Some(Held { client, held: Arc::clone(&self.held) })
    }

    /// Takes what a document costs; else says how long to wait. What costs more than a minute's points takes them all.
    pub(super) fn take(&self, client: &Credential, cost: usize) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.taken.fetch_add(1, Ordering::Relaxed) % FORGOTTEN_AFTER == FORGOTTEN_AFTER - 1 {
            limiter.retain_recent();
        }
        let cost = u32::try_from(cost).unwrap_or(u32::MAX).clamp(1, self.points);
        let cost = NonZeroU32::new(cost).unwrap_or(NonZeroU32::MIN);
        match limiter.check_key_n(&self.hasher.hash_one(client), cost) {
            Ok(Err(until)) => Err(until.wait_time_from(self.clock.now())),
            Ok(Ok(())) | Err(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_has_a_minute_of_points() {
        let limits = Limits::new(NonZeroU32::new(60), 2);
        let client = |name: &str| Credential::Bearer(name.to_owned());
        assert_eq!(limits.take(&client("a"), 50), Ok(()));
        let wait = limits.take(&client("a"), 40).unwrap_err();
        assert!((Duration::from_secs(20)..Duration::from_secs(40)).contains(&wait), "{wait:?}");
        assert_eq!(limits.take(&client("b"), 1_000), Ok(()), "another client, and never more than all");
        assert!(limits.take(&client("b"), 1).is_err());
    }

    #[test]
    fn without_a_limit_there_is_none() {
        let limits = Limits::new(None, 2);
        assert!((0..100).all(|_| limits.take(&Credential::Session(String::new()), usize::MAX).is_ok()));
    }

    #[test]
    fn a_client_holds_so_many_open_until_it_lets_go() {
        let limits = Limits::new(None, 2);
        let client = |name: &str| Credential::Bearer(name.to_owned());
        let (first, second) = (limits.hold(&client("a")), limits.hold(&client("a")));
        assert!(first.is_some() && second.is_some());
        assert!(limits.hold(&client("a")).is_none());
        assert!(limits.hold(&client("b")).is_some());
        drop(first);
        assert!(limits.hold(&client("a")).is_some());
        drop(second);
        assert!(limits.held.is_empty(), "nobody is remembered who holds nothing");
    }
}
