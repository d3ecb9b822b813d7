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
    cuts: Mutex<Vec<(Day, Arc<Known>)>>,
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

    /// What was known at a cut. Whoever asks for it first reads it; the others wait.
    fn known(&self, cut: Day, time_zone: &str) -> Result<Arc<Known>, Error> {
        let mut cuts = self.sheets.cuts.lock();
        let found = cuts.iter().find(|(known, _)| *known == cut).map(|(_, known)| Arc::clone(known));
        if let Some(known) = found {
            return Ok(keep(&mut cuts, cut, known, CUTS_KEPT));
        }
        let known = Known::read(&self.snapshot()?, cut, &|at| local_day(at, time_zone))?;
        Ok(keep(&mut cuts, cut, Arc::new(known), CUTS_KEPT))
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
