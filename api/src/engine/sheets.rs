//! Sheets of figures, as the engine keeps them: one for each window, chart and cut that is asked for, shared by all who
//! ask, the oldest let go.

use std::sync::{Arc, Weak};
use std::time::Duration;

use domain::id::EventId;
use domain::time::Day;
use parking_lot::Mutex;
use projections::figures::deeds::Level;
use projections::figures::figure::{Figure, Value};
use projections::figures::grid::{Length, Window};
use projections::figures::groups::Group;
use projections::figures::known::Known;
use projections::figures::population::Chart;
use projections::figures::publish::Published;
use projections::figures::sheet::{ShareOf, Sheet};
use projections::suppression::Threshold;
use tokio::task::JoinHandle;

use super::{Engine, Error};
use crate::clock::local_day;
use crate::figures::House;
use crate::receipt::{Claim, Seal, Unverified};

/// Cuts kept in memory.
const CUTS_KEPT: usize = 4;
/// Sheets kept in memory.
const SHEETS_KEPT: usize = 96;

/// What a sheet is of.
type Key = (Day, Window, Chart);

/// What was read for figures, the newest last.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    cuts: Once<Day, Arc<Known>>,
    sheets: Mutex<Vec<(Key, Arc<Sheet>)>>,
}

/// Takes what was found to the end, and lets the oldest go.
pub(super) fn keep<K: PartialEq, V: Clone>(kept: &mut Vec<(K, V)>, key: K, value: V, at_most: usize) -> V {
    kept.retain(|(known, _)| *known != key);
    kept.push((key, value.clone()));
    let excess = kept.len().saturating_sub(at_most);
    kept.drain(..excess);
    value
}

/// What is read once for all who ask. Whoever asks first reads it; who asks for the same waits, and nobody else.
#[derive(Debug)]
struct Once<K, V>(Mutex<Vec<(K, Slot<V>)>>);

/// Where something is kept once it is read.
type Slot<V> = Arc<Mutex<Option<V>>>;

impl<K, V> Default for Once<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, V: Clone> Once<K, V> {
    /// What is kept under a key, the newest so many being kept, or is read now. What fails is read again by the next.
    fn get<E>(&self, key: K, at_most: usize, read: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        let mut kept = self.0.lock();
        let found = kept.iter().find(|(known, _)| *known == key).map(|(_, slot)| Arc::clone(slot));
        let slot = keep(&mut kept, key, found.unwrap_or_default(), at_most);
        drop(kept);
        let mut value = slot.lock();
        match &*value {
            Some(value) => Ok(value.clone()),
            None => Ok(value.insert(read()?).clone()),
        }
    }
}

/// What a receipt is about.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Of which window, chart and cut.
    pub sheet: &'a Sheet,
    /// Which figure.
    pub figure: Figure,
    /// For whom.
    pub group: Group,
    /// The fewest people behind it; none where ids stand for nobody.
    pub threshold: Option<Threshold>,
    /// The last event that was known, where not all of a day were.
    pub as_of: Option<EventId>,
}

impl Engine {
    /// Writes the receipt of a figure; none before there is an organisation.
    pub async fn receipt(
        &self,
        about: About<'_>,
        version: u32,
        published: &Published<Value>,
    ) -> Result<Option<(String, Claim)>, Error> {
        let Some(organisation) = self.organisation().await? else { return Ok(None) };
        let seal = Seal::of(&self.codec, organisation).await?;
        Ok(Some(seal.receipt(self.journal.as_ref(), organisation, (about, version), published).await?))
    }

    /// What a receipt says, if it was signed by this organisation.
    pub async fn claim(&self, receipt: &str) -> Result<Result<Claim, Unverified>, Error> {
        let Some(organisation) = self.organisation().await? else { return Ok(Err(Unverified::NotSigned)) };
        Ok(Seal::of(&self.codec, organisation).await?.verify(receipt))
    }

    /// The newest cut; none before anything was recorded.
    pub fn newest_cut(&self, house: &House) -> Result<Option<Day>, Error> {
        let (snapshot, now) = (self.snapshot()?, self.now());
        let is_current = self.progress.borrow().behind(now).is_zero();
        Ok(house.newest_cut(&snapshot, now, is_current))
    }

    /// The figures of a window by a chart at a cut. It may read a lot: call it where waiting is no harm.
    pub fn sheet(
        &self,
        (cut, time_zone): (Day, &str),
        window: Window,
        chart: Chart,
    ) -> Result<Arc<Sheet>, Error> {
        let key = (cut, window, chart);
        let mut sheets = self.sheets.sheets.lock();
        let found = sheets.iter().find(|(known, _)| *known == key).map(|(_, sheet)| Arc::clone(sheet));
        if let Some(sheet) = found {
            return Ok(keep(&mut sheets, key, sheet, SHEETS_KEPT));
        }
        drop(sheets);
        let sheet =
            Arc::new(Sheet::new(self.views.read().clone(), self.known(cut, time_zone)?, window, chart));
        Ok(keep(&mut self.sheets.sheets.lock(), key, sheet, SHEETS_KEPT))
    }

    /// What was known at a cut.
    fn known(&self, cut: Day, time_zone: &str) -> Result<Arc<Known>, Error> {
        self.sheets.cuts.get(cut, CUTS_KEPT, || {
            Ok(Arc::new(Known::read(&self.snapshot()?, cut, &|at| local_day(at, time_zone))?))
        })
    }
}

/// How often it is looked whether there is a new cut.
const LOOKED_EVERY: Duration = Duration::from_secs(600);
/// Windows of four weeks that are computed ahead.
const AHEAD: i32 = 12;

/// Computes ahead, at each new cut, what an overview asks for first, until the task is aborted.
pub fn keep_ahead(engine: Arc<Engine>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut done = None;
        // Gone with this task: what is being computed then ends as well.
        let wanted = Arc::new(());
        let mut interval = tokio::time::interval(LOOKED_EVERY);
        interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            interval.tick().await;
            let (computing, still) = (Arc::clone(&engine), Arc::downgrade(&wanted));
            match tokio::task::spawn_blocking(move || computing.compute_ahead(done, &still)).await {
                Ok(Ok(cut)) => done = cut,
                Ok(Err(error)) => tracing::warn!(%error, "figures are computed when they are asked for"),
                Err(error) => tracing::error!(%error, "computing figures ahead stopped"),
            }
        }
    })
}

impl Engine {
    /// Computes the shares of the newest windows unless that was done at this cut, while somebody waits for it.
    fn compute_ahead(&self, done: Option<Day>, still: &Weak<()>) -> Result<Option<Day>, Error> {
        let house = House::of(&self.snapshot()?)?;
        let Some(newest) = self.newest_cut(&house)?.filter(|newest| Some(*newest) != done) else {
            return Ok(done);
        };
        let Ok((window, cut)) = house.placed(Length::FourWeeks, None, newest) else {
            return Ok(Some(newest));
        };
        for back in 0..AHEAD {
            let sheet = self.sheet((cut, &house.time_zone), window.before(back), Chart::default())?;
            for level in [Level::Participated, Level::Consumed, Level::Contributed] {
                if still.strong_count() == 0 {
                    return Ok(done);
                }
                sheet.share(ShareOf::Active(level), Group::Organisation, house.threshold)?;
            }
        }
        Ok(Some(newest))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    fn read(once: &Once<u8, u8>, key: u8, value: u8) -> u8 {
        once.get(key, 2, || Ok::<_, Infallible>(value)).unwrap()
    }

    #[test]
    fn one_reads_and_who_asks_for_the_same_waits_and_nobody_else() {
        let once = &Once::<u8, u8>::default();
        let ((begun, begins), (go, goes)) = (mpsc::channel(), mpsc::channel());
        thread::scope(|threads| {
            let long = threads.spawn(move || {
                once.get(1, 2, || {
                    begun.send(()).unwrap();
                    goes.recv().map(|()| 10)
                })
            });
            begins.recv().unwrap();
            let same = threads.spawn(move || read(once, 1, 11));
            let (told, tells) = mpsc::channel();
            threads.spawn(move || told.send(read(once, 2, 20)));
            let other = tells.recv_timeout(Duration::from_secs(5));
            go.send(()).unwrap();
            assert_eq!(other, Ok(20), "another is not waited for");
            assert_eq!((long.join().unwrap(), same.join().unwrap()), (Ok(10), 10));
        });
    }

    #[test]
    fn what_fails_is_read_again_and_the_oldest_is_let_go() {
        let once = Once::default();
        assert_eq!(once.get(1, 2, || Err("no")), Err("no"));
        assert_eq!((read(&once, 1, 10), read(&once, 1, 11)), (10, 10));
        assert_eq!((read(&once, 2, 20), read(&once, 1, 11), read(&once, 3, 30)), (20, 10, 30));
        assert_eq!((read(&once, 1, 11), read(&once, 2, 21)), (10, 21));
    }
}
