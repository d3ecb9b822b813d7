//! What figures are computed from as it was at ends of months, kept so that what is asked as of a later position is
//! folded from there and not from the beginning.

use std::path::{Path, PathBuf};

use domain::event::{Position, Recorded};
use domain::time::{Day, Month};
use projections::Views;
use projections::batch::Batch;
use projections::checkpoint::learned_on;
use projections::writer::Writer;

use crate::engine::Error;

/// Ends of months kept, each a file as large as the tables of figures were then.
const KEPT: usize = 12;

/// The ends of months that are kept, the first first.
#[derive(Debug)]
pub(super) struct MonthEnds {
    folder: PathBuf,
    kept: Vec<MonthEnd>,
    made: u64,
}

/// One of them. Its file goes with it.
#[derive(Debug)]
struct MonthEnd {
    position: Position,
    path: PathBuf,
}

impl Drop for MonthEnd {
    fn drop(&mut self) {
        if let Err(error) = Views::remove(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "figures at the end of a month are left behind");
        }
    }
}

impl MonthEnds {
    /// None yet.
    pub(super) fn within(folder: PathBuf) -> Self {
        Self { folder, kept: Vec::new(), made: 0 }
    }

    /// Begins views at the last end of a month that is kept up to a position, or with nothing.
    pub(super) fn begin(&self, path: &Path, upto: Position) -> Result<Views, projections::Error> {
        match self.before(upto) {
            Some(month_end) => Views::build_upon(path, &month_end.path),
            None => Views::build_to(path),
        }
    }

    /// Folds events on the way to a position, and keeps what is there at ends of months.
    pub(super) fn fold(
        &mut self,
        writer: &mut Writer,
        events: &[Recorded],
        (next, upto): (Position, Position),
    ) -> Result<(), Error> {
        let (mut begin, mut known) = (0, writer.checkpoint().known_day);
        for (place, event) in events.iter().enumerate() {
            let learned = known.max(learned_on(&event.metadata));
            if known.is_some() && month(learned) != month(known) {
                let before = &events[begin..place];
                let reached = before.last().map_or(writer.position(), |event| event.position);
                writer.write(&Batch::of_figures(before, reached))?;
                self.keep(writer, upto)?;
                begin = place;
            }
            known = learned;
        }
        writer.write(&Batch::of_figures(&events[begin..], next))?;
        Ok(())
    }

    /// Keeps a copy of views, if there is none near: no more on the way to a position than there is room for.
    fn keep(&mut self, writer: &Writer, upto: Position) -> Result<(), Error> {
        let position = writer.position();
        let before = self.before(position).map_or(0, |month_end| month_end.position.0);
        if position.0 - before <= upto.0 / KEPT as u64 {
            return Ok(());
        }
        let path = self.folder.join(format!("views-month-{}-{}.db", std::process::id(), self.made));
        self.made += 1;
        let month_end = MonthEnd { position, path };
        if writer.copy_to(&month_end.path)? {
            let place = self.kept.partition_point(|kept| kept.position < position);
            self.kept.insert(place, month_end);
        }
        if self.kept.len() > KEPT {
            self.kept.remove(self.nearest());
        }
        Ok(())
    }

    fn before(&self, position: Position) -> Option<&MonthEnd> {
        self.kept.iter().rfind(|kept| kept.position <= position)
    }

    /// The one that comes soonest after the one before it: without it the fewest events are folded again.
    fn nearest(&self) -> usize {
        let befores = std::iter::once(0).chain(self.kept.iter().map(|kept| kept.position.0));
        let gaps = self.kept.iter().zip(befores).map(|(kept, before)| kept.position.0 - before);
        gaps.enumerate().min_by_key(|(_, gap)| *gap).map_or(0, |(place, _)| place)
    }
}

fn month(day: Option<Day>) -> Option<Month> {
    day.map(Day::month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_nearest_to_the_one_before_it_is_let_go() {
        let mut month_ends = MonthEnds::within(std::env::temp_dir());
        let path = PathBuf::from("/nowhere/at/all");
        let end = |position| MonthEnd { position: Position(position), path: path.clone() };
        month_ends.kept = [40, 90, 110, 180].map(end).into();
        assert_eq!(month_ends.nearest(), 2);
        assert_eq!(month_ends.before(Position(109)).map(|end| end.position), Some(Position(90)));
        assert!(month_ends.before(Position(39)).is_none());
    }
}
