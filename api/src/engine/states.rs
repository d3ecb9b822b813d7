//! The folded ends of streams, kept at hand: what commands are decided on without reading the journal each time.

use std::sync::Arc;

use dashmap::DashMap;
use domain::decision::Folded;
use domain::event::Recorded;
use domain::stream::StreamName;
use parking_lot::RwLock;

/// A bounded cache of folded streams. Two generations: what is used moves to the young one, and when that is full
/// the old one is dropped, so memory is bounded and what is in use stays.
pub(crate) struct States {
    young_max: usize,
    generations: RwLock<Generations>,
}

#[derive(Default)]
struct Generations {
    young: DashMap<StreamName, Arc<Folded>>,
    old: DashMap<StreamName, Arc<Folded>>,
}

impl States {
    /// A cache of at most twice `young_max` streams.
    pub(crate) fn new(young_max: usize) -> Self {
        Self { young_max, generations: RwLock::default() }
    }

    /// A stream folded to its end, as far as this cache knows.
    pub(crate) fn get(&self, stream: &StreamName) -> Option<Arc<Folded>> {
        let generations = self.generations.read();
        if let Some(folded) = generations.young.get(stream) {
            return Some(Arc::clone(&folded));
        }
        let (stream, folded) = generations.old.remove(stream)?;
        generations.young.insert(stream, Arc::clone(&folded));
        Some(folded)
    }

    /// Puts a stream folded from the journal in, unless what is there is newer.
    pub(crate) fn put(&self, stream: StreamName, folded: Arc<Folded>) {
        self.make_room();
        let generations = self.generations.read();
        let mut entry = generations.young.entry(stream).or_insert_with(|| Arc::clone(&folded));
        if entry.next < folded.next {
            *entry = folded;
        }
    }

    /// Folds an event of the journal into what is at hand of its stream. Events already folded change nothing; after
    /// a gap the stream is forgotten, to be read again.
    pub(crate) fn evolve(&self, recorded: &Recorded) {
        let generations = self.generations.read();
        for generation in [&generations.young, &generations.old] {
            let Some(mut entry) = generation.get_mut(&recorded.stream) else { continue };
            if entry.next == recorded.revision {
                Arc::make_mut(&mut entry).evolve(recorded);
            } else if entry.next < recorded.revision {
                drop(entry);
                generation.remove(&recorded.stream);
            }
        }
    }

    /// Forgets a stream, so that it is read again.
    pub(crate) fn forget(&self, stream: &StreamName) {
        let generations = self.generations.read();
        generations.young.remove(stream);
        generations.old.remove(stream);
    }

    fn make_room(&self) {
        if self.generations.read().young.len() < self.young_max {
            return;
        }
        let mut generations = self.generations.write();
        if generations.young.len() >= self.young_max {
            generations.old = std::mem::take(&mut generations.young);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(n: u32) -> StreamName {
        StreamName::try_new(&format!("post-{n}")).unwrap()
    }

    fn folded(n: u32) -> Arc<Folded> {
        Arc::new(Folded::empty(&stream(n)).unwrap())
    }

    #[test]
    fn what_is_used_stays_and_what_is_not_goes() {
        let states = States::new(4);
        for n in 0..100 {
            states.put(stream(n), folded(n));
            assert!(states.get(&stream(0)).is_some(), "in use after {n}");
        }
        assert!(states.get(&stream(1)).is_none());
        let generations = states.generations.read();
        assert!(generations.young.len() + generations.old.len() <= 8);
    }
}
