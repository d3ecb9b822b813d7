//! Ideas and how far each has come; a campaign's in the order submitted, or ranked: by score, then the earlier
//! submission, then id. Ideas are for everybody, but for those that are hidden.

use domain::event::{Event, Recorded};
use domain::id::{CampaignId, IdeaId, MemberId};
use domain::idea::{Event as E, Stage};
use domain::time::Time;
use rusqlite::Row;

use crate::audience::unhidden;
use crate::list::{ByRank, ByTime, List, each};
use crate::posts::{read_topics, topics};
use crate::projection::Projection;
use crate::snapshot::ByIds;
use crate::table::{Layout, Table, put, update};
use crate::tallies::{self, Tally, tally_columns};
use crate::value::{Value, col, id, ids, maybe_id};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static IDEAS: Table = Table {
    name: "ideas",
    key: &["idea BLOB NOT NULL"],
    columns: &[
        "campaign BLOB NOT NULL",
        "author BLOB NOT NULL",
        "submitted_at INTEGER NOT NULL",
        "stage INTEGER NOT NULL",
        "merged_into BLOB",
        "decided_at INTEGER",
        "implemented_at INTEGER",
        "edited_at INTEGER",
        "revision INTEGER NOT NULL",
        "language TEXT",
        "topics TEXT",
        "mentions BLOB",
        "title TEXT",
        "reason TEXT",
        "outcome TEXT",
        "body TEXT",
    ],
    layout: Layout::Heap,
    also: &["CREATE INDEX ideas_of_campaign ON ideas(campaign, submitted_at, idea)"],
    looked_up: &[],
};

/// Ideas.
pub static PROJECTION: Projection = Projection { name: "ideas", version: 1, tables: &[&IDEAS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let Event::Idea(event) = &recorded.event else { return };
    let at = recorded.metadata.occurred_at;
    match event {
        E::Submitted(e) => put!(
            writes,
            IDEAS {
                idea: e.idea,
                campaign: e.campaign,
                author: e.author,
                submitted_at: at,
                stage: 0,
                merged_into: Value::Null,
                decided_at: Value::Null,
                implemented_at: Value::Null,
                edited_at: Value::Null,
                revision: recorded.revision,
                language: e.language.as_ref().map(|language| language.as_str()),
                topics: topics(&e.topics),
                mentions: Value::ids(&e.mentions),
                title: &e.title,
                reason: Value::Null,
                outcome: Value::Null,
                body: &e.body,
            }
        ),
        E::Revised(e) => update!(writes, IDEAS [e.idea] {
            edited_at = at,
            revision = recorded.revision,
            language = e.language.as_ref().map(|language| language.as_str()),
            topics = topics(&e.topics),
            mentions = Value::ids(&e.mentions),
            title = &e.title,
            body = &e.body,
        }),
        E::ReviewStarted(e) => update!(writes, IDEAS [e.idea] { stage = 1 }),
        E::Accepted(e) => update!(writes, IDEAS [e.idea] { stage = 2, decided_at = at, reason = &e.reason }),
        E::Declined(e) => update!(writes, IDEAS [e.idea] { stage = 3, decided_at = at, reason = &e.reason }),
        E::Implemented(e) => {
            update!(writes, IDEAS [e.idea] { stage = 4, implemented_at = at, outcome = &e.outcome });
        }
        E::Merged(e) => update!(writes, IDEAS [e.idea] { merged_into = e.into }),
        E::SharedOn(_) => {}
    }
}

/// An idea.
#[derive(Clone, Debug, PartialEq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// In which campaign.
    pub campaign: CampaignId,
    /// Who had it.
    pub author: MemberId,
    /// When.
    pub submitted_at: Time,
    /// How far it has come.
    pub stage: Stage,
    /// The idea it was merged into, if it was.
    pub merged_into: Option<IdeaId>,
    /// When it was accepted or declined.
    pub decided_at: Option<Time>,
    /// When it was carried out.
    pub implemented_at: Option<Time>,
    /// When it was last rewritten, if ever.
    pub edited_at: Option<Time>,
    /// The revision of its text, on which an edit is based.
    pub revision: u64,
    /// The language it is written in, if said, as a BCP 47 tag.
    pub language: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// In a line; nothing once it is gone.
    pub title: Option<String>,
    /// Why it was accepted or declined.
    pub reason: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// In full; nothing once it is gone.
    pub body: Option<String>,
    /// What its votes come to.
    pub tally: Tally,
    /// What the viewer voted on it, if they did.
    pub own_vote: Option<i32>,
}

impl Idea {
    /// The key of its place among a campaign's ideas in the order submitted.
    pub fn key(&self) -> ByTime {
        (self.submitted_at, self.id.0)
    }

    /// The key of its place in the ranking.
    pub fn rank(&self) -> ByRank {
        (-self.tally.score, self.submitted_at, self.id.0)
    }
}

macro_rules! idea_columns {
    () => {
        concat!(
            "SELECT i.idea, i.campaign, i.author, i.submitted_at, i.stage, i.merged_into, i.decided_at,
                i.implemented_at, i.edited_at, i.revision, i.language, i.topics, i.mentions, i.title, i.reason,
                i.outcome, i.body, ",
            tally_columns!(),
            ", b.value"
        )
    };
}
macro_rules! idea_joins {
    () => {
        " LEFT JOIN votes b ON b.idea = i.idea AND b.member = ?1"
    };
}

pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Idea> {
    Ok(Idea {
        id: id(row, 0)?,
        campaign: id(row, 1)?,
        author: id(row, 2)?,
        submitted_at: col(row, 3)?,
        stage: match col(row, 4)? {
            0i64 => Stage::Submitted,
            1 => Stage::UnderReview,
            2 => Stage::Accepted,
            3 => Stage::Declined,
            _ => Stage::Implemented,
        },
        merged_into: maybe_id(row, 5)?,
        decided_at: col(row, 6)?,
        implemented_at: col(row, 7)?,
        edited_at: col(row, 8)?,
        revision: col(row, 9)?,
        language: col::<Option<String>>(row, 10)?,
        topics: read_topics(row, 11)?,
        mentions: ids(row, 12)?,
        title: col::<Option<String>>(row, 13)?,
        reason: col::<Option<String>>(row, 14)?,
        outcome: col::<Option<String>>(row, 15)?,
        body: col::<Option<String>>(row, 16)?,
        tally: tallies::read(row, 17)?,
        own_vote: col(row, 26)?,
    })
}

pub(crate) const RANKING: List = List {
    select: concat!(
        idea_columns!(),
        " FROM tallies t CROSS JOIN ideas i ON i.idea = t.idea",
        idea_joins!(),
        " WHERE t.campaign = ?2 AND t.merged = 0 AND ",
        unhidden!("t.idea")
    ),
    key: "t.penalty, t.submitted_at, t.idea",
    descending: false,
};

/// Of each campaign, a page of the ranking of its ideas, those merged into others left out: by score, then the earlier
/// submission, then id.
pub fn rankings(
    snapshot: &Snapshot,
    viewer: &Viewer,
    campaigns: &[CampaignId],
    paging: &Paging<ByRank>,
) -> Result<Vec<Page<Idea>>, Error> {
    RANKING.pages(snapshot, (&[viewer.value()], &each(campaigns)), paging, read)
}

pub(crate) const SUBMITTED: List = List {
    select: concat!(
        idea_columns!(),
        " FROM ideas i CROSS JOIN tallies t ON t.idea = i.idea",
        idea_joins!(),
        " WHERE i.campaign = ?2 AND ",
        unhidden!("i.idea")
    ),
    key: "i.submitted_at, i.idea",
    descending: false,
};

/// Every idea of a campaign in the order submitted, those merged since among them.
pub fn of_campaign(
    snapshot: &Snapshot,
    viewer: &Viewer,
    campaign: CampaignId,
    paging: &Paging<ByTime>,
) -> Result<Page<Idea>, Error> {
    SUBMITTED.page(snapshot, &[viewer.value(), campaign.into()], paging, read)
}

pub(crate) const BY_IDS: ByIds = ByIds {
    sql: concat!(
        idea_columns!(),
        " FROM ideas i CROSS JOIN tallies t ON t.idea = i.idea",
        idea_joins!(),
        " WHERE ",
        unhidden!("i.idea"),
        " AND i.idea IN ({ids})"
    ),
    columns: 27,
};

/// Ideas by their ids, in no order.
pub fn by_ids(snapshot: &Snapshot, viewer: &Viewer, ids: &[IdeaId]) -> Result<Vec<Idea>, Error> {
    snapshot.by_ids(BY_IDS.sql, &[viewer.value()], ids.iter().copied(), read)
}

#[cfg(test)]
mod tests;
