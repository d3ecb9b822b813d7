//! A batch of events, folded and ready to be flushed: made on one thread while another writes the one before.

use domain::event::{Position, Recorded};
use domain::time::Time;

use crate::checkpoint::{Checkpoint, learned_at};
use crate::projection::Projection;
use crate::registry;
use crate::writes::Writes;

/// What a run of events writes, and how far it reaches.
#[derive(Debug)]
pub struct Batch {
    pub(crate) first: Option<Position>,
    pub(crate) reached: Checkpoint,
    pub(crate) writes: Writes,
}

impl Batch {
    /// Folds events, which stand in the order of their positions, through every read model. `upto` is how far the
    /// journal was read to find them, at least the position of the last.
    pub fn of(events: &[Recorded], upto: Position) -> Self {
        Self::through(registry::ALL, events, upto)
    }

    /// The same through those read models alone that figures are computed from.
    pub fn of_figures(events: &[Recorded], upto: Position) -> Self {
        Self::through(registry::FIGURES, events, upto)
    }

    fn through(projections: &[&Projection], events: &[Recorded], upto: Position) -> Self {
        let mut batch = Self {
            first: events.first().map(|event| event.position),
            reached: Checkpoint::default(),
            writes: Writes::new(),
        };
        for event in events {
            batch.reached.pass(event);
            batch.writes.know(batch.reached.known_day);
            for projection in projections {
                (projection.fold)(event, &mut batch.writes);
            }
        }
        batch.reached.position = batch.reached.position.max(upto);
        batch.writes.merge();
        batch
    }
}

/// Cuts events, which follow what is known at a time, to those that were known by a limit: always a prefix.
pub fn known_by(events: &[Recorded], mut known_at: Option<Time>, limit: Time) -> &[Recorded] {
    let beyond = events.iter().position(|event| {
        known_at = known_at.max(learned_at(event));
        known_at > Some(limit)
    });
    &events[..beyond.unwrap_or(events.len())]
}
