//! How much one client may ask for in a minute, in points: what its documents cost; how much it may hold open; and how
//! often strangers may come from one address.

use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use dashmap::DashMap;
use dashmap::mapref::entry::Entry;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use uuid::Uuid;

use super::Credential;

/// The limits of all clients: each member has their own, whatever they bring, and so has each token of a service.
pub(super) struct Limits {
    clients: Buckets,
    strangers: Buckets,
    hasher: RandomState,
    held: Arc<DashMap<u64, usize>>,
    held_max: usize,
}

/// Whom a limit counts as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Client(u64);

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

/// How much each of many may take in a minute, which they may take at once.
struct Buckets {
    limiter: Option<DefaultKeyedRateLimiter<u64>>,
    most: u32,
    clock: DefaultClock,
    taken: AtomicU32,
}

/// After so many requests, those that have not been heard of for a while are forgotten.
const FORGOTTEN_AFTER: u32 = 10_000;

impl Buckets {
    /// So much a minute for each; without a number, no limit.
    fn new(most: Option<NonZeroU32>) -> Self {
        Self {
            limiter: most.map(|most| RateLimiter::keyed(Quota::per_minute(most))),
            most: most.map_or(u32::MAX, NonZeroU32::get),
            clock: DefaultClock::default(),
            taken: AtomicU32::new(0),
        }
    }

    /// Takes so much; else says how long to wait. Who asks for more than a minute's takes all of it.
    fn take(&self, whose: u64, much: usize) -> Result<(), Duration> {
        let Some(limiter) = &self.limiter else { return Ok(()) };
        if self.taken.fetch_add(1, Ordering::Relaxed) % FORGOTTEN_AFTER == FORGOTTEN_AFTER - 1 {
            limiter.retain_recent();
        }
        let much = u32::try_from(much).unwrap_or(u32::MAX).clamp(1, self.most);
        let much = NonZeroU32::new(much).unwrap_or(NonZeroU32::MIN);
        match limiter.check_key_n(&whose, much) {
            Ok(Err(until)) => Err(until.wait_time_from(self.clock.now())),
            Ok(Ok(())) | Err(_) => Ok(()),
        }
    }
}

impl Limits {
    /// So many points a minute for a client and so many requests a minute of strangers from an address, without a number
    /// no limit; and so many sockets and streams of events at a time.
    pub(super) fn new(points: Option<NonZeroU32>, strangers: Option<NonZeroU32>, held_max: usize) -> Self {
        Self {
            clients: Buckets::new(points),
            strangers: Buckets::new(strangers),
            hasher: RandomState::new(),
            held: Arc::default(),
            held_max,
        }
    }

    /// The client that a credential is of: the member, if it is one's, else whoever has it.
    pub(super) fn client(&self, member: Option<Uuid>, credential: &Credential) -> Client {
        Client(member.map_or_else(|| self.hasher.hash_one(credential), |member| self.hasher.hash_one(member)))
    }

    /// Counts one more socket or stream of a client; nothing when there are as many as there may be.
    pub(super) fn hold(&self, Client(client): Client) -> Option<Held> {
        let mut count = self.held.entry(client).or_default();
        if *count >= self.held_max {
            return None;
        }
        *count += 1;
        Some(Held { client, held: Arc::clone(&self.held) })
    }

    /// Takes what a document costs; else says how long to wait.
    pub(super) fn take(&self, Client(client): Client, cost: usize) -> Result<(), Duration> {
        self.clients.take(client, cost)
    }

    /// Counts a stranger from an address; else says how long to wait.
    pub(super) fn meet(&self, address: IpAddr) -> Result<(), Duration> {
        self.strangers.take(self.hasher.hash_one(address), 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(limits: &Limits, name: &str) -> Client {
        limits.client(None, &Credential::Bearer(name.to_owned()))
    }

    #[test]
    fn each_client_has_a_minute_of_points() {
        let limits = Limits::new(NonZeroU32::new(60), None, 2);
        let client = |name| client(&limits, name);
        assert_eq!(limits.take(client("a"), 50), Ok(()));
        let wait = limits.take(client("a"), 40).unwrap_err();
        assert!((Duration::from_secs(20)..Duration::from_secs(40)).contains(&wait), "{wait:?}");
        assert_eq!(limits.take(client("b"), 1_000), Ok(()), "another client, and never more than all");
        assert!(limits.take(client("b"), 1).is_err());
    }

    #[test]
    fn a_member_is_one_client_whatever_they_bring() {
        let limits = Limits::new(NonZeroU32::new(60), None, 2);
        let token = |name: &str| Credential::Bearer(name.to_owned());
        let [ada, bo] = [1, 2].map(|n| Some(Uuid::from_u128(n)));
        assert_eq!(limits.client(ada, &token("a")), limits.client(ada, &token("b")));
        assert_ne!(limits.client(ada, &token("a")), limits.client(bo, &token("a")));
        assert_ne!(limits.client(None, &token("a")), limits.client(None, &token("b")));
    }

    #[test]
    fn strangers_of_an_address_have_a_minute_of_their_own() {
        let limits = Limits::new(NonZeroU32::new(1), NonZeroU32::new(3), 2);
        let [one, other] = [[192, 0, 2, 1], [192, 0, 2, 2]].map(IpAddr::from);
        assert!((0..3).all(|_| limits.meet(one).is_ok()));
        assert!(limits.meet(one).is_err());
        assert!(limits.meet(other).is_ok() && limits.take(client(&limits, "a"), 1).is_ok());
    }

    #[test]
    fn without_a_limit_there_is_none() {
        let limits = Limits::new(None, None, 2);
        assert!((0..100).all(|_| limits.take(client(&limits, ""), usize::MAX).is_ok()));
        assert!((0..100).all(|_| limits.meet([192, 0, 2, 1].into()).is_ok()));
    }

    #[test]
    fn a_client_holds_so_many_open_until_it_lets_go() {
        let limits = Limits::new(None, None, 2);
        let client = |name| client(&limits, name);
        let (first, second) = (limits.hold(client("a")), limits.hold(client("a")));
        assert!(first.is_some() && second.is_some());
        assert!(limits.hold(client("a")).is_none());
        assert!(limits.hold(client("b")).is_some());
        drop(first);
        assert!(limits.hold(client("a")).is_some());
        drop(second);
        assert!(limits.held.is_empty(), "nobody is remembered who holds nothing");
    }
}
