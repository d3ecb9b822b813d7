//! Writing an activity log: every event as a row, in order of time, then of position.
//!
//! The journal is read twice. The first reading gathers the tables, the names, and which activities stand after a
//! later one in the journal; the second writes the activities, fetching those where their time comes. Of the
//! activities nothing is held but the place of those.

use std::collections::VecDeque;
use std::io::{self, Write};

use async_trait::async_trait;
use domain::event::{Position, Recorded};
use domain::time::Time;
use journal::{Codec, Journal};

use crate::activity_log::collect::Tables;
use crate::activity_log::lines::PLAIN;
use crate::activity_log::names::NamesBack;
use crate::activity_log::rows;
use crate::activity_log::source::Target;

/// Events, to be read more than once.
#[async_trait]
pub trait History: Sync {
    /// At most so many events after a position, and where the next page begins after.
    async fn page(&self, after: Position, limit: usize) -> Result<(Vec<Recorded>, Position), Error>;
    /// Where it ends now.
    async fn end(&self) -> Result<Position, Error>;
}

/// A journal with what it takes to read it.
#[derive(Clone, Copy)]
pub struct Decoded<'a> {
    /// The events as they are stored.
    pub journal: &'a dyn Journal,
    /// The stored form, with the keys.
    pub codec: &'a Codec,
}

#[async_trait]
impl History for Decoded<'_> {
    async fn page(&self, after: Position, limit: usize) -> Result<(Vec<Recorded>, Position), Error> {
        let page = self.journal.read_all(after, limit).await?;
        Ok((self.codec.decode(&page.events).await?, page.next))
    }

    async fn end(&self) -> Result<Position, Error> {
        Ok(self.journal.end().await?)
    }
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The journal could not be read.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// A file could not be written.
    #[error("the activity log cannot be written: {0}")]
    Files(#[from] io::Error),
    /// There is nothing to export.
    #[error("the journal holds no organisation yet")]
    NoOrganisation,
}

/// What an export wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Events read.
    pub events: u64,
    /// Activities written.
    pub activities: u64,
}

/// Events read at a time.
const PAGE: usize = 5_000;
/// The most positions that a page of what stands out of order may span.
const SPAN: u64 = 1_000;

/// Writes everything that the history holds now.
pub async fn export(history: &dyn History, target: &mut dyn Target) -> Result<Summary, Error> {
    let end = history.end().await?;
    let mut first = FirstReading::default();
    let mut summary = Summary::default();
    let mut after = Position::default();
    while after < end {
        let (events, next) = history.page(after, PAGE).await?;
        for recorded in events.iter().filter(|recorded| recorded.position <= end) {
            summary.events += 1;
            first.take(recorded);
        }
        after = next;
    }
    let FirstReading { tables, names, mut late, .. } = first;
    if !tables.write(target)? {
        return Err(Error::NoOrganisation);
    }
    late.sort_unstable();
    let late = OutOfOrder { history, waiting: late.into(), fetched: VecDeque::new() };
    let mut writing = Writing { names, late, out: target.create(PLAIN)?, line: Vec::new(), written: 0 };
    writing.all(history, end).await?;
    summary.activities = writing.written;
    Ok(summary)
}

/// What the first reading gathers.
#[derive(Default)]
struct FirstReading {
    tables: Tables,
    names: NamesBack,
    newest: Option<Time>,
    late: Vec<(Time, Position)>,
}

impl FirstReading {
    fn take(&mut self, recorded: &Recorded) {
        if let (Some(id), Some(foreign)) = (rows::created(&recorded.event), &recorded.metadata.source_id) {
            self.names.learn(id, foreign);
        }
        self.tables.take(recorded, &self.names);
        if stands_late(&mut self.newest, recorded) {
            self.late.push((recorded.metadata.occurred_at, recorded.position));
        }
    }
}

/// Whether an event happened before one that stands before it; `newest` is the time of the newest so far.
fn stands_late(newest: &mut Option<Time>, recorded: &Recorded) -> bool {
    let at = recorded.metadata.occurred_at;
    let late = newest.is_some_and(|newest| at < newest);
    if !late {
        *newest = Some(at);
    }
    late
}

struct Writing<'a> {
    names: NamesBack,
    late: OutOfOrder<'a>,
    out: Box<dyn Write + 'a>,
    line: Vec<u8>,
    written: u64,
}

impl Writing<'_> {
    async fn all(&mut self, history: &dyn History, end: Position) -> Result<(), Error> {
        let mut newest = None;
        let mut after = Position::default();
        while after < end {
            let (events, next) = history.page(after, PAGE).await?;
            for recorded in events.iter().filter(|recorded| recorded.position <= end) {
                if stands_late(&mut newest, recorded) {
                    continue;
                }
                let until = (recorded.metadata.occurred_at, recorded.position);
                while let Some(earlier) = self.late.next_before(until).await? {
                    self.write(&earlier)?;
                }
                self.write(recorded)?;
            }
            after = next;
        }
        let for_ever = (Time::MAX, Position(u64::MAX));
        while let Some(earlier) = self.late.next_before(for_ever).await? {
            self.write(&earlier)?;
        }
        Ok(self.out.flush()?)
    }

    fn write(&mut self, recorded: &Recorded) -> Result<(), Error> {
        let Some(activity) = rows::activity(recorded, &self.names) else { return Ok(()) };
        self.line.clear();
        serde_json::to_writer(&mut self.line, &activity).map_err(io::Error::from)?;
        self.line.push(b'\n');
        self.out.write_all(&self.line)?;
        self.written += 1;
        Ok(())
    }
}

/// The events that stand after a later one, in order of time.
struct OutOfOrder<'a> {
    history: &'a dyn History,
    waiting: VecDeque<(Time, Position)>,
    fetched: VecDeque<Recorded>,
}

impl OutOfOrder<'_> {
    /// The next one, if it comes before this place.
    async fn next_before(&mut self, until: (Time, Position)) -> Result<Option<Recorded>, Error> {
        let Some(&next) = self.waiting.front() else { return Ok(None) };
        if next >= until {
            return Ok(None);
        }
        if self.fetched.front().is_none_or(|recorded| recorded.position != next.1) {
            self.fetch(next.1).await?;
        }
        self.waiting.pop_front();
        Ok(self.fetched.pop_front())
    }

    /// Reads the events that follow in time as long as they follow in the journal too: what was imported after
    /// newer events is read page by page, single stragglers one by one.
    async fn fetch(&mut self, first: Position) -> Result<(), Error> {
        let mut wanted = vec![];
        for (_, position) in &self.waiting {
            let follows = wanted.last().is_none_or(|last| last < position);
            if !follows || position.0 - first.0 >= SPAN {
                break;
            }
            wanted.push(*position);
        }
        let span = wanted.last().map_or(1, |last| last.0 - first.0 + 1);
        let mut after = Position(first.0.saturating_sub(1));
        self.fetched.clear();
        while self.fetched.len() < wanted.len() {
            let (events, next) = self.history.page(after, span as usize).await?;
            if next == after {
                let source = io::Error::other("an event read before is not there any more");
                return Err(Error::Files(source));
            }
            after = next;
            self.fetched.extend(events.into_iter().filter(|e| wanted.binary_search(&e.position).is_ok()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::audience::Audience;
    use domain::event::{Agent, Event, Metadata, Origin};
    use domain::id::{CommandId, CommunityId, EventId, MemberId, OrganisationId, PostId};
    use domain::stream::StreamName;
    use domain::{organisation, post};
    use uuid::Uuid;

    use super::*;
    use crate::activity_log::source::Files;

    /// Events with the seconds they happened at, in order of position.
    struct Events(Vec<Recorded>);

    #[async_trait]
    impl History for Events {
        async fn page(&self, after: Position, limit: usize) -> Result<(Vec<Recorded>, Position), Error> {
            let events: Vec<_> = self.0.iter().filter(|e| e.position > after).take(limit).cloned().collect();
            let next = events.last().map_or(after, |last| last.position);
            Ok((events, next))
        }

        async fn end(&self) -> Result<Position, Error> {
            Ok(self.0.last().map_or(Position::default(), |last| last.position))
        }
    }

    fn recorded(position: u64, second: u32, event: impl Into<Event>) -> Recorded {
        let at: Time = format!("2026-01-01T00:00:{second:02}Z").parse().unwrap();
        Recorded {
            position: Position(position),
            id: EventId(Uuid::nil()),
            stream: StreamName::chart(),
            revision: 0,
            recorded_at: at,
            metadata: Metadata {
                actor: Some(MemberId(Uuid::nil())),
                department: None,
                agent: Agent::Person,
                on_behalf_of: None,
                automatic: false,
                command_id: CommandId(Uuid::from_u128(position.into())),
                input: None,
                correlation_id: None,
                causation_id: None,
                facts_at: None,
                occurred_at: at,
                local_day: at.utc().date_naive().into(),
                origin: Origin::Live,
                source_id: Some(position.to_string()),
            },
            event: event.into(),
        }
    }

    fn published(position: u64, second: u32) -> Recorded {
        let event = post::Published {
            post: PostId(Uuid::from_u128(position.into())),
            author: MemberId(Uuid::nil()),
            kind: post::Kind::Update,
            audience: Audience::Community(CommunityId(Uuid::nil())),
            language: None,
            mentions: vec![],
            topics: vec![],
            pinned: false,
            body: domain::sealed::Sealed::Gone,
        };
        recorded(position, second, event)
    }

    fn established() -> Recorded {
        let event = organisation::Established {
            organisation: OrganisationId(Uuid::nil()),
            time_zone: "UTC".to_owned(),
            language: "en".parse().unwrap(),
            anonymous: false,
            source: None,
            threshold: None,
            name: "O".to_owned().into(),
        };
        recorded(1, 0, event)
    }

    #[tokio::test]
    async fn activities_are_written_in_order_of_time_then_of_position() {
        let seconds = [1, 5, 3, 3, 9, 2, 9, 4, 1];
        let posts = (10..).step_by(300).zip(seconds).map(|(position, second)| published(position, second));
        let history = Events([established()].into_iter().chain(posts).collect());
        let mut files = Files::new();
        let summary = export(&history, &mut files).await.unwrap();
        assert_eq!(summary, Summary { events: 10, activities: 9 });
        let text = String::from_utf8(files.remove(PLAIN).unwrap()).unwrap();
        let note = |line: &str| line.split("note:").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let written: Vec<u64> = text.lines().map(|line| note(line).parse().unwrap()).collect();
        let order = [0, 8, 5, 2, 3, 7, 1, 4, 6].map(|n| 10 + 300 * n);
        assert_eq!(written, order);
    }

    #[tokio::test]
    async fn without_an_organisation_there_is_nothing_to_export() {
        let error = export(&Events(vec![]), &mut Files::new()).await.unwrap_err();
        assert!(matches!(error, Error::NoOrganisation));
    }
}
