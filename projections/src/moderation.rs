//! Moderation: what is hidden, and why; what was reported, and what came of it.

use domain::event::{Event, Recorded};
use domain::id::{CommunityId, Item, MemberId};
use domain::moderation::Event as E;
use domain::time::Time;
use rusqlite::Row;
use uuid::Uuid;

use crate::audience::moderates;
use crate::contents;
use crate::list::{ByTime, List, each};
use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put};
use crate::value::{Value, col, id, maybe_id};
use crate::writes::{Statement, Writes};
use crate::{Error, Page, Paging, Snapshot, Viewer};

// Few rows: every query of contents looks in here whether a row of its is hidden. A comment is within its post, an idea
// within its campaign.
static HIDDEN: Table = Table {
    name: "hidden",
    key: &["item BLOB NOT NULL"],
    columns: &[
        "author BLOB NOT NULL",
        "community BLOB",
        "within BLOB",
        "by BLOB",
        "at INTEGER NOT NULL",
        "reason TEXT",
    ],
    layout: Layout::Clustered,
    also: &["CREATE INDEX hidden_within ON hidden(within, item) WHERE within IS NOT NULL"],
    looked_up: &[],
};

// A report is called what its event is called. `decision` is 0 while nobody has decided.
static REPORTS: Table = Table {
    name: "reports",
    key: &["report BLOB NOT NULL"],
    columns: &[
        "item BLOB NOT NULL",
        "kind INTEGER NOT NULL",
        "author BLOB NOT NULL",
        "community BLOB",
        "member BLOB NOT NULL",
        "at INTEGER NOT NULL",
        "decision INTEGER NOT NULL",
        "decided_at INTEGER",
        "decided_by BLOB",
        "reason TEXT",
        "decision_reason TEXT",
    ],
    layout: Layout::Heap,
    also: &[
        "CREATE INDEX reports_waiting ON reports(community, at, report) WHERE decision = 0",
        "CREATE INDEX reports_to_settle ON reports(item) WHERE decision = 0",
        "CREATE INDEX reports_by_member ON reports(member, at, report)",
    ],
    looked_up: &[],
};

/// What is hidden, and reports.
pub static PROJECTION: Projection =
    Projection { name: "moderation", version: 1, tables: &[&HIDDEN, &REPORTS], fold };

static SETTLE: Statement = Statement {
    name: "settle reports",
    sql: &["UPDATE reports SET decision = ?2, decided_at = ?3, decided_by = ?4, decision_reason = ?5
        WHERE item = ?1 AND decision = 0"],
};

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Moderation(event) = &recorded.event else { return };
    let (at, by) = (recorded.metadata.occurred_at, recorded.metadata.actor);
    match event {
        E::Reported(e) => put!(
            writes,
            REPORTS {
                report: recorded.id,
                item: e.item,
                kind: contents::kind(e.item),
                author: e.author,
                community: e.community,
                member: e.member,
                at: at,
                decision: 0,
                decided_at: Value::Null,
                decided_by: Value::Null,
                reason: &e.reason,
                decision_reason: Value::Null,
            }
        ),
        E::Hidden(e) => {
            put!(
                writes,
                HIDDEN {
                    item: e.item,
                    author: e.author,
                    community: e.community,
                    within: e.post.map(|post| post.0).or(e.campaign.map(|campaign| campaign.0)),
                    by: by,
                    at: at,
                    reason: &e.reason,
                }
            );
            settle(writes, (e.item, Decision::Hidden), recorded, (&e.reason).into());
        }
        E::Restored(e) => delete!(writes, HIDDEN[e.item]),
        E::Dismissed(e) => settle(writes, (e.item, Decision::Dismissed), recorded, (&e.reason).into()),
    }
}

fn settle(writes: &mut Writes, (item, decision): (Item, Decision), recorded: &Recorded, reason: Value) {
    let (at, by) = (recorded.metadata.occurred_at, recorded.metadata.actor);
    writes.execute(&SETTLE, [item.into(), Value::Int(decision as i64), at.into(), by.into(), reason]);
}

/// What was decided on a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// What was reported was hidden.
    Hidden = 1,
    /// It stays as it is.
    Dismissed = 2,
}

/// A hidden item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// What.
    pub item: Uuid,
    /// Who hid it, if it was a member.
    pub by: Option<MemberId>,
    /// When.
    pub at: Time,
    /// Why; nothing once it is gone.
    pub reason: Option<String>,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// What was reported.
    pub item: Item,
    /// Where that is, if in a community.
    pub community: Option<CommunityId>,
    /// Who reported it.
    pub member: MemberId,
    /// When.
    pub at: Time,
    /// What is wrong with it; nothing once it is gone.
    pub reason: Option<String>,
    /// What was decided, if it was.
    pub decision: Option<Decision>,
    /// When.
    pub decided_at: Option<Time>,
    /// By whom, if it was a member.
    pub decided_by: Option<MemberId>,
    /// Why; nothing once it is gone.
    pub decision_reason: Option<String>,
}

impl Report {
    /// The key of its place in a list of reports.
    pub fn key(&self) -> ByTime {
        (self.at, self.id)
    }
}

/// Which of these items are hidden, and why, for whom they are not hidden from: their author, and those who moderate.
pub fn hidden(snapshot: &Snapshot, viewer: &Viewer, items: &[Uuid]) -> Result<Vec<Hidden>, Error> {
    const SQL: &str = concat!(
        "SELECT h.item, h.by, h.at, h.reason FROM hidden h WHERE (?1 IS NULL OR h.author = ?1 OR ",
        moderates!("h.community"),
        ") AND h.item IN ({ids})"
    );
    snapshot.by_ids(SQL, &[viewer.value()], items.iter().copied(), |row| {
        Ok(Hidden { item: id(row, 0)?, by: maybe_id(row, 1)?, at: col(row, 2)?, reason: col(row, 3)? })
    })
}

macro_rules! reports_where {
    ($($more:expr),+) => {
        concat!(
            "SELECT r.report, r.item, r.kind, r.community, r.member, r.at, r.reason, r.decision, r.decided_at,
                r.decided_by, r.decision_reason FROM reports r WHERE ",
            $($more),+
        )
    };
}

pub(crate) const OPEN_IN: List = List {
    select: reports_where!(
        "r.decision = 0 AND r.community = ?2 AND (?1 IS NULL OR r.author <> ?1 AND ",
        moderates!("r.community"),
        ")"
    ),
    key: "r.at, r.report",
    descending: false,
};

/// Of each community, a page of the reports that wait for a decision, the longest waiting first: for those who moderate
/// it, without those about what they wrote themselves.
pub fn open_in(
    snapshot: &Snapshot,
    viewer: &Viewer,
    communities: &[CommunityId],
    paging: &Paging<ByTime>,
) -> Result<Vec<Page<Report>>, Error> {
    OPEN_IN.pages(snapshot, (&[viewer.value()], &each(communities)), paging, read)
}

pub(crate) const OPEN_OUTSIDE: List = List {
    select: reports_where!(
        "r.decision = 0 AND r.community IS NULL AND (?1 IS NULL OR r.author <> ?1 AND ",
        moderates!("NULL"),
        ")"
    ),
    key: "r.at, r.report",
    descending: false,
};

/// The reports of what is in no community that wait for a decision, the longest waiting first: for administrators.
pub fn open_outside(
    snapshot: &Snapshot,
    viewer: &Viewer,
    paging: &Paging<ByTime>,
) -> Result<Page<Report>, Error> {
    OPEN_OUTSIDE.page(snapshot, &[viewer.value()], paging, read)
}

pub(crate) const OWN: List =
    List { select: reports_where!("r.member = ?1"), key: "r.at, r.report", descending: true };

/// What the viewer reported, and what came of it, the newest first.
pub fn own(snapshot: &Snapshot, viewer: &Viewer, paging: &Paging<ByTime>) -> Result<Page<Report>, Error> {
    OWN.page(snapshot, &[viewer.value()], paging, read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Report> {
    Ok(Report {
        id: id(row, 0)?,
        item: contents::item(col(row, 2)?, id(row, 1)?),
        community: maybe_id(row, 3)?,
        member: id(row, 4)?,
        at: col(row, 5)?,
        reason: col(row, 6)?,
        decision: match col(row, 7)? {
            0i64 => None,
            1 => Some(Decision::Hidden),
            _ => Some(Decision::Dismissed),
        },
        decided_at: col(row, 8)?,
        decided_by: maybe_id(row, 9)?,
        decision_reason: col(row, 10)?,
    })
}

#[cfg(test)]
mod tests;
