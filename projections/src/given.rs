//! Given a history, then rows: the words in which read models are tested.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use domain::event::{Agent, Event, Metadata, Origin, Position, Recorded};
use domain::id::*;
use domain::stream::StreamName;
use domain::time::Time;
use uuid::Uuid;

use crate::batch::Batch;
use crate::projection::Projection;
use crate::writes::Writes;
use crate::{Snapshot, Views};

macro_rules! numbered {
    ($($name:ident -> $ty:ident = $kind:literal;)+) => {$(
        pub(crate) fn $name(n: u64) -> $ty { $ty(Uuid::from_u64_pair($kind, n)) }
    )+};
}

numbered! {
    department -> DepartmentId = 1;
    member -> MemberId = 2;
    community -> CommunityId = 3;
    post -> PostId = 4;
    comment -> CommentId = 5;
    document -> DocumentId = 6;
    campaign -> CampaignId = 7;
    idea -> IdeaId = 8;
    organisation -> OrganisationId = 9;
    draft -> DraftId = 13;
    webhook -> WebhookId = 14;
}

/// A history in the making. Member 1 of department 1 acts, one second after the other.
#[derive(Clone)]
pub(crate) struct History {
    pub(crate) events: Vec<Recorded>,
    actor: Option<MemberId>,
    department: Option<DepartmentId>,
    agent: Agent,
    at: i64,
    imported: Option<i64>,
}

pub(crate) fn history() -> History {
    History {
        events: Vec::new(),
        actor: Some(member(1)),
        department: Some(department(1)),
        agent: Agent::Person,
        at: 1_700_000_000_000_000,
        imported: None,
    }
}

impl History {
    /// Member `n` of department `d` acts from now on.
    pub(crate) fn by(mut self, n: u64, d: u64) -> Self {
        (self.actor, self.department, self.agent) = (Some(member(n)), Some(department(d)), Agent::Person);
        self
    }

    /// Nobody that is named acts from now on.
    pub(crate) fn by_agent(mut self, agent: Agent) -> Self {
        (self.actor, self.department, self.agent) = (None, None, agent);
        self
    }

    /// So many seconds pass.
    pub(crate) fn later(mut self, seconds: i64) -> Self {
        self.at += seconds * 1_000_000;
        self
    }

    /// The next event is imported from so many days away.
    pub(crate) fn days_away(mut self, days: i64) -> Self {
        self.imported = Some(days);
        self
    }

    /// The time of the last event.
    pub(crate) fn time(&self) -> Time {
        Time::try_from_micros(self.at).unwrap()
    }

    /// One more event. The stream is of no account to folds, its revision is: it is the event's number.
    pub(crate) fn and(self, event: impl Into<Event>) -> Self {
        let mut next = self.later(1);
        let (now, number) = (next.time(), next.events.len() as u64 + 1);
        let away = next.imported.take();
        let micros = now.micros() + away.unwrap_or(0) * 86_400_000_000;
        let at = Time::try_from_micros(micros).unwrap();
        let metadata = Metadata {
            actor: next.actor,
            department: next.department,
            agent: next.agent,
            on_behalf_of: None,
            automatic: false,
            command_id: CommandId(Uuid::from_u64_pair(10, number)),
            input: None,
            correlation_id: None,
            causation_id: None,
            facts_at: None,
            occurred_at: at,
            local_day: at.utc().date_naive().into(),
            origin: if away.is_some() { Origin::Import } else { Origin::Live },
            source_id: None,
        };
        next.events.push(Recorded {
            position: Position(number),
            id: EventId(Uuid::from_u64_pair(11, number)),
            stream: StreamName::organisation(),
            revision: number,
            recorded_at: now,
            metadata,
            event: event.into(),
        });
        next
    }

    /// What a read model writes for it, one write a line, as it was written.
    pub(crate) fn writes(&self, projection: &Projection) -> String {
        let mut writes = Writes::new();
        for event in &self.events {
            writes.know(Some(event.metadata.local_day));
            (projection.fold)(event, &mut writes);
        }
        writes.to_string()
    }

    /// Views of it.
    pub(crate) fn views(&self) -> Built {
        self.views_in_batches(1000)
    }

    /// Views of it, folded so many events at a time.
    pub(crate) fn views_in_batches(&self, size: usize) -> Built {
        self.built(size, Batch::of)
    }

    /// Views of it in which there is nothing but what figures are computed from.
    pub(crate) fn views_of_figures(&self) -> Built {
        self.built(1000, Batch::of_figures)
    }

    fn built(&self, size: usize, fold: impl Fn(&[Recorded], Position) -> Batch) -> Built {
        let folder = Folder::new();
        let views = Views::open(folder.path()).unwrap();
        let mut writer = views.writer().unwrap();
        for batch in self.events.chunks(size) {
            writer.write(&fold(batch, batch.last().unwrap().position)).unwrap();
        }
        Built { views, _folder: folder }
    }

    /// What the views of it show.
    pub(crate) fn snapshot(&self) -> Shown {
        let built = self.views();
        Shown { snapshot: built.views.snapshot().unwrap(), _built: built }
    }
}

/// A snapshot of views that live as long as it does.
pub(crate) struct Shown {
    snapshot: Snapshot,
    _built: Built,
}

impl std::ops::Deref for Shown {
    type Target = Snapshot;
    fn deref(&self) -> &Snapshot {
        &self.snapshot
    }
}

/// Views in a folder of their own.
pub(crate) struct Built {
    pub(crate) views: Views,
    _folder: Folder,
}

/// A folder that goes when the test does.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("passerelle-views-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How SQLite carries a query out.
pub(crate) fn plan(snapshot: &Snapshot, sql: &str) -> String {
    let explained = format!("EXPLAIN QUERY PLAN {sql}");
    let lines = snapshot.with(|connection| {
        let mut statement = connection.prepare(&explained)?;
        let rows = statement.raw_query().mapped(|row| row.get::<_, String>(3));
        rows.collect::<rusqlite::Result<Vec<_>>>()
    });
    lines.unwrap().join("\n")
}

/// Fails if a query reads a table from end to end or sorts.
#[track_caller]
pub(crate) fn assert_indexed(snapshot: &Snapshot, sql: &str) {
    let plan = plan(snapshot, sql);
    let bad = |line: &str| {
        line.contains("TEMP B-TREE") || (line.contains("SCAN") && !line.contains("CONSTANT ROW"))
    };
    assert!(!plan.lines().any(bad), "{sql}\n{plan}");
}
