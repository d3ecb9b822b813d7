//! What a figure is computed from, read from the journal up to a cut, some events at a time.

use domain::event::{Agent, Metadata, Position};
use domain::id::EventId;
use domain::time::Day;
use journal::{Error, Journal, Stored};
use projections::checkpoint::learned_on;
use projections::figures::figure::{Figure, Reach};

use crate::definition::{Definition, of_version};

/// Events read at a time.
const PAGE: usize = 5_000;

/// An event that a figure is computed from.
#[derive(Clone, Debug)]
pub struct Input {
    /// As it is stored.
    pub stored: Stored,
    /// Who, when and why.
    pub metadata: Metadata,
}

/// The inputs of a figure, as they are read.
pub struct Reading<'a> {
    journal: &'a dyn Journal,
    definition: Option<&'static Definition>,
    reach: Reach,
    until: Option<EventId>,
    known: Option<Day>,
    after: Position,
    last: Option<(EventId, Position)>,
    is_over: bool,
}

impl<'a> Reading<'a> {
    /// Of a figure by a version of its definition, as far as it reaches; from the beginning. Of a version that there is not
    /// there are none.
    pub fn of(journal: &'a dyn Journal, (figure, version): (Figure, u32), reach: Reach) -> Self {
        let definition = of_version(figure.metric(), version);
        let (known, after, last, is_over) = (None, Position(0), None, definition.is_none());
        Self { journal, definition, reach, until: None, known, after, last, is_over }
    }

    /// The same up to an event at most, if one is named.
    pub fn until(self, until: Option<EventId>) -> Self {
        Self { until, ..self }
    }

    /// The same from behind an event that was read.
    pub fn behind(self, after: Position) -> Self {
        Self { after, ..self }
    }

    /// The inputs among the next events, which may be none; nothing when there are no more events up to the cut.
    pub async fn next(&mut self) -> Result<Option<Vec<Input>>, Error> {
        let Some(definition) = self.definition.filter(|_| !self.is_over) else { return Ok(None) };
        let page = self.journal.read_all(self.after, PAGE).await?;
        self.after = page.next;
        self.is_over = page.next >= page.end;
        let mut found = Vec::new();
        for stored in page.events {
            let Ok(metadata) = serde_json::from_slice::<Metadata>(&stored.metadata) else { continue };
            self.known = self.known.max(learned_on(&metadata));
            if self.known.is_some_and(|known| known > self.reach.cut) {
                self.is_over = true;
                break;
            }
            self.last = Some((stored.id, stored.position));
            let is_last = self.until == Some(stored.id);
            if counts(definition, self.reach, &stored, &metadata) {
                found.push(Input { stored, metadata });
            }
            if is_last {
                self.is_over = true;
                break;
            }
        }
        Ok(Some(found))
    }

    /// The last event that was read, whether it counts or not, and where it stands.
    pub fn last(&self) -> Option<(EventId, Position)> {
        self.last
    }

    /// Behind which event it goes on; none when it is over.
    pub fn goes_on_behind(&self) -> Option<Position> {
        (!self.is_over).then_some(self.after)
    }
}

/// Whether an event is among what a figure is computed from.
fn counts(definition: &Definition, reach: Reach, stored: &Stored, metadata: &Metadata) -> bool {
    let kind = &*stored.kind;
    let is_listed = definition.events.iter().any(|listed| listed == kind);
    if reach.stands_on(kind) {
        // The first version of stickiness knew no working days.
        return is_listed || !kind.starts_with("organisation.");
    }
    let by_somebody =
        metadata.agent == Agent::Person && !metadata.automatic || stored.kind.starts_with("seen.");
    let within =
        reach.first.is_none_or(|first| metadata.local_day >= first) && metadata.local_day <= reach.last;
    is_listed && by_somebody && within
}
