//! What figures were at any position: their tables alone, folded from the journal in the background, from the nearest
//! end of a month that is kept; a few positions are kept for all who ask.

mod month_ends;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, Weak};

use domain::event::Position;
use domain::id::EventId;
use domain::time::Day;
use journal::{Codec, Journal};
use parking_lot::Mutex;
use projections::Views;
use projections::checkpoint::Checkpoint;
use projections::figures::grid::Window;
use projections::figures::known::Known;
use projections::figures::population::Chart;
use projections::figures::sheet::Sheet;

use super::sheets::keep;
use super::{Engine, Error};
use crate::clock::local_day;
use crate::figures::House;
use month_ends::MonthEnds;

/// Positions kept.
const KEPT: usize = 4;
/// Sheets kept of each.
const SHEETS_KEPT: usize = 32;
/// Events folded at a time.
const PAGE: usize = 5_000;

/// Everything that figures were computed from at a position, as far as it is folded. Its file goes with it.
pub struct Past {
    position: Position,
    path: PathBuf,
    reached: AtomicU64,
    folded: OnceLock<Result<Folded, String>>,
    sheets: Mutex<Vec<Kept>>,
}

/// A sheet by what it is of.
type Kept = ((Window, Chart), Arc<Sheet>);

struct Folded {
    views: Views,
    begun: Position,
    event: Option<EventId>,
    /// Nothing where nothing had been recorded.
    known: Option<Arc<Known>>,
}

impl std::fmt::Debug for Past {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Past").field("position", &self.position).field("reached", &self.reached).finish()
    }
}

impl Drop for Past {
    fn drop(&mut self) {
        if let Err(error) = Views::remove(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "figures as of a position are left behind");
        }
    }
}

impl Past {
    /// The position.
    pub fn position(&self) -> Position {
        self.position
    }

    /// The last day that was known; none where nothing had been recorded.
    pub fn cut(&self) -> Option<Day> {
        self.known().map(|known| known.cut())
    }

    /// From where on it was folded: the position of an end of a month, or of nothing.
    pub fn begun(&self) -> Option<Position> {
        Some(self.folded.get()?.as_ref().ok()?.begun)
    }

    /// The last event that was known.
    pub fn event(&self) -> Option<EventId> {
        self.folded.get()?.as_ref().ok()?.event
    }

    /// The figures of a window by a chart, as they were known at the position.
    pub fn sheet(&self, window: Window, chart: Chart) -> Option<Arc<Sheet>> {
        let (Some(Ok(Folded { views, .. })), known) = (self.folded.get(), self.known()?) else { return None };
        let mut sheets = self.sheets.lock();
        let found = sheets.iter().find(|(of, _)| *of == (window, chart)).map(|(_, sheet)| Arc::clone(sheet));
        let sheet =
            found.unwrap_or_else(|| Arc::new(Sheet::new(views.clone(), Arc::clone(known), window, chart)));
        Some(keep(&mut sheets, (window, chart), sheet, SHEETS_KEPT))
    }

    fn known(&self) -> Option<&Arc<Known>> {
        self.folded.get()?.as_ref().ok()?.known.as_ref()
    }
}

/// Whether figures as of a position can be had.
pub enum AsOf {
    /// They can.
    Folded(Arc<Past>),
    /// They are being folded: such a share is.
    Folding(f64),
}

/// The positions kept, the newest asked for last.
pub(super) struct Pasts {
    kept: Mutex<Vec<(Position, Arc<Past>)>>,
    /// One is folded at a time.
    turn: Turn,
}

type Turn = Arc<tokio::sync::Mutex<MonthEnds>>;

impl Pasts {
    /// None yet; their files will be in a folder.
    pub(super) fn within(folder: PathBuf) -> Self {
        let turn = Arc::new(tokio::sync::Mutex::new(MonthEnds::within(folder)));
        Self { kept: Mutex::default(), turn }
    }
}

impl Engine {
    /// Figures as of a position of this journal. Whoever asks first has them folded, in the background; the position
    /// that was asked for least lately is let go.
    pub fn as_of(&self, position: Position) -> Result<AsOf, Error> {
        let mut kept = self.pasts.kept.lock();
        let found = kept.iter().find(|(of, _)| *of == position).map(|(_, past)| Arc::clone(past));
        if let Some(past) = &found {
            match past.folded.get() {
                None => {
                    let reached = past.reached.load(Ordering::Relaxed);
                    return Ok(AsOf::Folding(reached as f64 / position.0.max(1) as f64));
                }
                Some(Err(why)) => {
                    let failed = Error::NotFolded(why.clone());
                    kept.retain(|(of, _)| *of != position);
                    return Err(failed);
                }
                Some(Ok(_)) => {}
            }
        }
        let is_new = found.is_none();
        let past = match found {
            Some(past) => past,
            None => Arc::new(self.past(position)?),
        };
        let past = keep(&mut kept, position, past, KEPT);
        if !is_new {
            return Ok(AsOf::Folded(past));
        }
        let (journal, codec) = (Arc::clone(&self.journal), Arc::clone(&self.codec));
        tokio::spawn(fold(Arc::downgrade(&past), (journal, codec), Arc::clone(&self.pasts.turn)));
        Ok(AsOf::Folding(0.0))
    }

    fn past(&self, position: Position) -> Result<Past, Error> {
        let path = self.folder.join(format!("views-as-of-{}-{}.db", position.0, self.random_id()?));
        let (reached, folded, sheets) = (AtomicU64::new(0), OnceLock::new(), Mutex::default());
        Ok(Past { position, path, reached, folded, sheets })
    }
}

/// Folds what figures are computed from up to a position, while anybody waits for it.
async fn fold(past: Weak<Past>, from: (Arc<dyn Journal>, Arc<Codec>), turn: Turn) {
    let folded = folded(&past, from, turn).await.map_err(|error| error.to_string());
    if let Err(error) = &folded {
        tracing::warn!(%error, "figures as of a position could not be folded");
    }
    if let Some(past) = past.upgrade() {
        let _ = past.folded.set(folded);
    }
}

async fn folded(
    past: &Weak<Past>,
    (journal, codec): (Arc<dyn Journal>, Arc<Codec>),
    turn: Turn,
) -> Result<Folded, Error> {
    let mut months = turn.lock_owned().await;
    let (path, upto) = {
        let past = past.upgrade().ok_or(Error::Ended)?;
        (past.path.clone(), past.position)
    };
    let views = months.begin(&path, upto)?;
    let mut writer = views.writer()?;
    let begun = writer.position();
    while writer.position() < upto {
        let mut page = journal.read_all(writer.position(), PAGE).await?;
        page.events.retain(|stored| stored.position <= upto);
        let (events, next) = (codec.decode(&page.events).await?, page.next.min(upto));
        let fold = move || months.fold(&mut writer, &events, (next, upto)).map(|()| (months, writer));
        (months, writer) = tokio::task::spawn_blocking(fold).await.map_err(|_| Error::Ended)??;
        past.upgrade().ok_or(Error::Ended)?.reached.store(next.0, Ordering::Relaxed);
    }
    drop(writer);
    let read = move || {
        let snapshot = views.snapshot()?;
        let house = House::of(&snapshot)?;
        let day_of = |at| local_day(at, &house.time_zone);
        let Checkpoint { event, known_at, known_day: cut, .. } = snapshot.checkpoint();
        let read = |cut| Known::read(&snapshot, cut, &day_of).map(|known| Arc::new(known.until(known_at)));
        let known = cut.map(read).transpose()?;
        drop(snapshot);
        Ok(Folded { views, begun, event, known })
    };
    tokio::task::spawn_blocking(read).await.map_err(|_| Error::Ended)?
}
