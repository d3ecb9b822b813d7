//! Loaders: whatever the fields of one level of an answer ask for by id is read in one statement.
//!
//! The fields of a level are polled one after the other. Each says what it wants and lets the others go first; the
//! first that is polled again reads it all.

use std::collections::HashMap;
use std::fmt;
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{self, Poll};
use std::time::{Duration, Instant};

use futures::stream::{self, Stream, StreamExt};
use parking_lot::Mutex;
use projections::{Page, Paging};

use super::caller::Reading;
use super::failure::Failure;

/// Finds what there is by many ids, in no order.
type Find<K, V> = fn(&Reading, &[K]) -> Found<K, V>;

/// What was found, each with its id.
type Found<K, V> = Result<Vec<(K, V)>, Failure>;

/// What one answer has loaded of one kind.
pub(crate) struct Loader<K, V> {
    find: Find<K, V>,
    state: Mutex<State<K, V>>,
}

struct State<K, V> {
    wanted: Vec<K>,
    loaded: HashMap<K, Result<Option<V>, Failure>>,
}

impl<K, V> fmt::Debug for Loader<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader").finish_non_exhaustive()
    }
}

impl<K: Clone + Eq + Hash, V: Clone> Loader<K, V> {
    pub(crate) fn new(find: Find<K, V>) -> Self {
        Self { find, state: Mutex::new(State { wanted: vec![], loaded: HashMap::new() }) }
    }

    /// What an id leads to, for this caller; nothing where it leads to nothing that they may see.
    pub(crate) async fn load(&self, reading: &Reading, id: K) -> Result<Option<V>, Failure> {
        if let Some(known) = self.known_or_wanted(&id) {
            return known;
        }
        reading.turns().others_first().await;
        let mut state = self.state.lock();
        if !state.loaded.contains_key(&id) {
            let wanted = std::mem::take(&mut state.wanted);
            let found = (self.find)(reading, &wanted);
            let unfound = found.as_ref().map(|_| None).map_err(Clone::clone);
            state.loaded.extend(wanted.into_iter().map(|id| (id, unfound.clone())));
            state.loaded.extend(found.into_iter().flatten().map(|(id, value)| (id, Ok(Some(value)))));
        }
        state.loaded.get(&id).cloned().unwrap_or(Ok(None))
    }

    fn known_or_wanted(&self, id: &K) -> Option<Result<Option<V>, Failure>> {
        let mut state = self.state.lock();
        let known = state.loaded.get(id).cloned();
        if known.is_none() {
            state.wanted.push(id.clone());
        }
        known
    }
}

/// How long an answer is worked on before others are.
const LONGEST_AT_ONCE: Duration = Duration::from_millis(100);

/// The turns in which the fields of one answer are polled.
#[derive(Debug, Default)]
pub(crate) struct Turns(AtomicBool);

impl Turns {
    /// Lets whatever is polled together with this go first.
    async fn others_first(&self) {
        let mut asked = false;
        poll_fn(|context| {
            if std::mem::replace(&mut asked, true) {
                return Poll::Ready(());
            }
            self.0.store(true, Ordering::Relaxed);
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    /// Takes an answer through its turns at once: while it only waits for those, nothing else is served in between,
    /// so that few moments of the views are open together. One that takes long lets others go on, and can be ended.
    pub(crate) async fn take<T>(&self, answer: impl Future<Output = T>) -> T {
        let mut answer = pin!(answer);
        poll_fn(|context| self.poll(context, |context| answer.as_mut().poll(context))).await
    }

    /// The same for each answer of many.
    pub(crate) fn take_each<T>(
        reading: Arc<Reading>,
        mut answers: impl Stream<Item = T> + Unpin,
    ) -> impl Stream<Item = T> {
        stream::poll_fn(move |context| {
            reading.turns().poll(context, |context| answers.poll_next_unpin(context))
        })
    }

    fn poll<T>(
        &self,
        context: &mut task::Context<'_>,
        mut poll: impl FnMut(&mut task::Context<'_>) -> Poll<T>,
    ) -> Poll<T> {
        let begun = Instant::now();
        loop {
            match poll(context) {
                Poll::Pending if self.0.swap(false, Ordering::Relaxed) => {}
                polled => return polled,
            }
            if begun.elapsed() > LONGEST_AT_ONCE {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
        }
    }
}

/// Pages of lists, by what the list is of and which part of it is asked for.
pub(crate) type Pages<P, K, V> = Loader<(P, Paging<K>), Page<V>>;

impl<P: Copy, K: Clone + Eq + Hash, V> Pages<P, K, V> {
    /// A page of a list; empty where there is none.
    pub(crate) async fn page(&self, reading: &Reading, of: P, paging: Paging<K>) -> Result<Page<V>, Failure>
    where
        P: Eq + Hash,
        V: Clone,
    {
        Ok(self.load(reading, (of, paging)).await?.unwrap_or_default())
    }
}

/// Finds pages: those of the same part of their lists together.
pub(crate) fn pages<P: Copy, K: Clone + Eq + Hash, V>(
    wanted: &[(P, Paging<K>)],
    find: impl Fn(&[P], &Paging<K>) -> Result<Vec<Page<V>>, Failure>,
) -> Found<(P, Paging<K>), Page<V>> {
    let mut parts: HashMap<&Paging<K>, Vec<P>> = HashMap::new();
    for (of, paging) in wanted {
        parts.entry(paging).or_default().push(*of);
    }
    let mut found = Vec::with_capacity(wanted.len());
    for (paging, lists) in parts {
        let pages = find(&lists, paging)?;
        found.extend(lists.into_iter().zip(pages).map(|(of, page)| ((of, paging.clone()), page)));
    }
    Ok(found)
}

/// Rows together that belong to the same.
pub(crate) fn grouped<K: Eq + Hash, V>(rows: Vec<V>, key: impl Fn(&V) -> K) -> Vec<(K, Vec<V>)> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for row in rows {
        groups.entry(key(&row)).or_default().push(row);
    }
    groups.into_iter().collect()
}
