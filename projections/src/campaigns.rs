//! Idea campaigns, with the votes that stand in each. Campaigns are for everybody.

use domain::campaign::{Event as Campaigned, Voting};
use domain::event::{Event, Recorded};
use domain::id::{CampaignId, MemberId};
use domain::time::Time;
use domain::{ballot, idea};
use rusqlite::Row;

use crate::list::{ByTime, List};
use crate::posts::{read_topics, topics};
use crate::projection::Projection;
use crate::table::{Layout, Table, put, update};
use crate::value::{Value, col, id, ids};
use crate::writes::Writes;
use crate::{Error, Page, Paging, Snapshot, Viewer};

static CAMPAIGNS: Table = Table {
    name: "campaigns",
    key: &["campaign BLOB NOT NULL"],
    columns: &[
        "author BLOB NOT NULL",
        "voting INTEGER NOT NULL",
        "budget INTEGER",
        "opened_at INTEGER NOT NULL",
        "closes_at INTEGER",
        "closed_at INTEGER",
        "ideas INTEGER NOT NULL",
        "agree INTEGER NOT NULL",
        "disagree INTEGER NOT NULL",
        "pass INTEGER NOT NULL",
        "revision INTEGER NOT NULL",
        "language TEXT",
        "topics TEXT",
        "mentions BLOB",
        "name TEXT",
    ],
    layout: Layout::Clustered,
    also: &["CREATE INDEX campaigns_by_opening ON campaigns(opened_at, campaign)"],
    looked_up: &[],
};

/// Campaigns.
pub static PROJECTION: Projection = Projection { name: "campaigns", version: 2, tables: &[&CAMPAIGNS], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    match &recorded.event {
        Event::Campaign(event) => fold_campaign(event, recorded, writes),
        Event::Idea(idea::Event::Submitted(e)) => update!(writes, CAMPAIGNS [e.campaign] { ideas += 1 }),
        Event::Ballot(ballot::Event::VoteCast(e)) => voted(writes, e.campaign, e.value, 1),
        Event::Ballot(ballot::Event::VoteChanged(e)) => {
            voted(writes, e.campaign, e.value_was, -1);
            voted(writes, e.campaign, e.value, 1);
        }
        Event::Ballot(ballot::Event::VoteWithdrawn(e)) => voted(writes, e.campaign, e.value_was, -1),
        _ => {}
    }
}

fn fold_campaign(event: &Campaigned, recorded: &Recorded, writes: &mut Writes) {
    let at = recorded.metadata.occurred_at;
    match event {
        Campaigned::Opened(e) => {
            let (voting, budget) = match e.voting {
                Voting::Support => (0, None),
                Voting::Opinion => (1, None),
                Voting::Points { budget } => (2, Some(budget)),
            };
            put!(
                writes,
                CAMPAIGNS {
                    campaign: e.campaign,
                    author: e.author,
                    voting: voting,
                    budget: budget,
                    opened_at: at,
                    closes_at: e.closes_at,
                    closed_at: Value::Null,
                    ideas: 0,
                    agree: 0,
                    disagree: 0,
                    pass: 0,
                    revision: recorded.revision,
                    language: e.language.as_ref().map(|language| language.as_str()),
                    topics: topics(&e.topics),
                    mentions: Value::ids(&e.mentions),
                    name: &e.name,
                }
            );
        }
        Campaigned::Extended(e) => update!(writes, CAMPAIGNS [e.campaign] {
            closes_at = e.closes_at,
            revision = recorded.revision,
        }),
        Campaigned::Closed(e) => update!(writes, CAMPAIGNS [e.campaign] { closed_at = at }),
    }
}

fn voted(writes: &mut Writes, campaign: CampaignId, value: i32, by: i64) {
    match value.signum() {
        1 => update!(writes, CAMPAIGNS [campaign] { agree += by }),
        0 => update!(writes, CAMPAIGNS [campaign] { pass += by }),
        _ => update!(writes, CAMPAIGNS [campaign] { disagree += by }),
    }
}

/// A campaign.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// Its name: the question it asks; nothing once it is gone.
    pub name: Option<String>,
    /// Who opened it.
    pub author: MemberId,
    /// How one votes.
    pub voting: Voting,
    /// Since when it runs.
    pub opened_at: Time,
    /// When it ends, if that is set.
    pub closes_at: Option<Time>,
    /// When it was closed before its end, if it was.
    pub closed_at: Option<Time>,
    /// Ideas submitted, those merged since among them and hidden ones not.
    pub ideas: u64,
    /// Standing votes above zero: for, in support, or with points.
    pub agree: u64,
    /// Standing votes below zero: against.
    pub disagree: u64,
    /// Standing votes of zero: no opinion.
    pub pass: u64,
    /// The revision of its end, on which another is based.
    pub revision: u64,
    /// The language it is written in, if said, as a BCP 47 tag.
    pub language: Option<String>,
    /// What it is about.
    pub topics: Vec<String>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
}

impl Campaign {
    /// The key of its place in the list of campaigns.
    pub fn key(&self) -> ByTime {
        (self.opened_at, self.id.0)
    }

    /// Whether ideas and votes are taken at a time.
    pub fn is_open(&self, at: Time) -> bool {
        self.closed_at.is_none() && self.closes_at.is_none_or(|end| at < end)
    }
}

macro_rules! campaign_select {
    ($where:literal) => {
        concat!(
            "SELECT campaign, name, author, voting, budget, opened_at, closes_at, closed_at,
                ideas - (SELECT count(*) FROM hidden h WHERE h.within = campaigns.campaign), agree, disagree,
                pass, language, topics, mentions, revision FROM campaigns WHERE ",
            $where
        )
    };
}

const NEWEST: List = List { select: campaign_select!("TRUE"), key: "opened_at, campaign", descending: true };

/// The campaigns, the newest first.
pub fn campaigns(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    paging: &Paging<ByTime>,
) -> Result<Page<Campaign>, Error> {
    NEWEST.page(snapshot, &[], paging, read)
}

/// Campaigns by their ids, in no order.
pub fn by_ids(snapshot: &Snapshot, _viewer: &Viewer, ids: &[CampaignId]) -> Result<Vec<Campaign>, Error> {
    snapshot.by_ids(campaign_select!("campaign IN ({ids})"), &[], ids.iter().copied(), read)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Campaign> {
    let budget: Option<u32> = col(row, 4)?;
    Ok(Campaign {
        id: id(row, 0)?,
        name: col::<Option<String>>(row, 1)?,
        author: id(row, 2)?,
        voting: match col(row, 3)? {
            0i64 => Voting::Support,
            1 => Voting::Opinion,
            _ => Voting::Points { budget: budget.unwrap_or(0) },
        },
        opened_at: col(row, 5)?,
        closes_at: col(row, 6)?,
        closed_at: col(row, 7)?,
        ideas: col(row, 8)?,
        agree: col(row, 9)?,
        disagree: col(row, 10)?,
        pass: col(row, 11)?,
        language: col::<Option<String>>(row, 12)?,
        topics: read_topics(row, 13)?,
        mentions: ids(row, 14)?,
        revision: col(row, 15)?,
    })
}

#[cfg(test)]
mod tests;
