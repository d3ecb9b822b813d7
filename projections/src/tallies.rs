//! Votes and what they come to. Each idea has its own votes, and those that follow it from ideas merged into it: of
//! each member one at most, their own vote first, else the latest on what was merged. No ballot is rewritten.

use domain::ballot::Event as Balloted;
use domain::event::{Event, Recorded};
use domain::id::{IdeaId, MemberId};
use domain::idea::Event as Idea;

use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put, update};
use crate::value::{col, id};
use crate::writes::{Statement, Writes};
use crate::{Error, Snapshot, Viewer};

// `penalty` is the score with its sign turned: the ranking's index runs upwards.
static TALLIES: Table = Table {
    name: "tallies",
    key: &["idea BLOB NOT NULL"],
    columns: &[
        "campaign BLOB NOT NULL",
        "submitted_at INTEGER NOT NULL",
        "merged INTEGER NOT NULL",
        "penalty INTEGER NOT NULL",
        "agree INTEGER NOT NULL",
        "disagree INTEGER NOT NULL",
        "pass INTEGER NOT NULL",
        "sum INTEGER NOT NULL",
        "followed_agree INTEGER NOT NULL",
        "followed_disagree INTEGER NOT NULL",
        "followed_pass INTEGER NOT NULL",
        "followed_sum INTEGER NOT NULL",
    ],
    layout: Layout::Clustered,
    also: &[
        // With the counts, so that a ranking looks up no row of this table.
        "CREATE INDEX tallies_ranking ON tallies(campaign, penalty, submitted_at, idea, agree, disagree, pass, sum,
            followed_agree, followed_disagree, followed_pass, followed_sum) WHERE merged = 0",
    ],
    looked_up: &[],
};

static MERGES: Table = Table {
    name: "merges",
    key: &["idea BLOB NOT NULL"],
    columns: &["campaign BLOB NOT NULL", "target BLOB NOT NULL"],
    layout: Layout::Clustered,
    also: &["CREATE INDEX merges_of_campaign ON merges(campaign, idea)"],
    looked_up: &[],
};

// Every idea that takes part in a merge, and the one that goes on in its place at the end of the chain.
static GROUPS: Table = Table {
    name: "merge_groups",
    key: &["idea BLOB NOT NULL"],
    columns: &["campaign BLOB NOT NULL", "target BLOB NOT NULL"],
    layout: Layout::Clustered,
    also: &[
        "CREATE INDEX merge_groups_by_target ON merge_groups(target, idea)",
        "CREATE INDEX merge_groups_of_campaign ON merge_groups(campaign, idea)",
    ],
    looked_up: &[],
};

static FOLLOWED: Table = Table {
    name: "followed_votes",
    key: &["target BLOB NOT NULL", "member BLOB NOT NULL"],
    columns: &["value INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[
        "CREATE TRIGGER vote_followed AFTER INSERT ON followed_votes BEGIN
            UPDATE tallies SET followed_agree = followed_agree + (NEW.value > 0),
                followed_disagree = followed_disagree + (NEW.value < 0),
                followed_pass = followed_pass + (NEW.value = 0),
                followed_sum = followed_sum + NEW.value, penalty = penalty - NEW.value WHERE idea = NEW.target; END",
        "CREATE TRIGGER vote_unfollowed AFTER DELETE ON followed_votes BEGIN
            UPDATE tallies SET followed_agree = followed_agree - (OLD.value > 0),
                followed_disagree = followed_disagree - (OLD.value < 0),
                followed_pass = followed_pass - (OLD.value = 0),
                followed_sum = followed_sum - OLD.value, penalty = penalty + OLD.value WHERE idea = OLD.target; END",
    ],
    looked_up: &[],
};

// What follows of a member's vote on an idea that takes part in a merge is found anew: a function of the votes that
// stand and the merges alone, so that no size of batches changes it.
macro_rules! follow_again {
    ($name:literal, $event:literal, $row:literal) => {
        concat!(
            "CREATE TRIGGER ",
            $name,
            " AFTER ",
            $event,
            " ON votes
                WHEN EXISTS (SELECT 1 FROM merge_groups WHERE idea = ",
            $row,
            ".idea) BEGIN
                DELETE FROM followed_votes WHERE member = ",
            $row,
            ".member
                    AND target = (SELECT target FROM merge_groups WHERE idea = ",
            $row,
            ".idea);
                INSERT INTO followed_votes (target, member, value) SELECT g.target, v.member, v.value
                    FROM merge_groups m JOIN merge_groups g ON g.target = m.target
                    JOIN votes v ON v.idea = g.idea AND v.member = ",
            $row,
            ".member
                    WHERE m.idea = ",
            $row,
            ".idea AND NOT EXISTS (SELECT 1 FROM votes o
                        WHERE o.idea = m.target AND o.member = ",
            $row,
            ".member)
                    ORDER BY v.at DESC, v.revision DESC LIMIT 1; END"
        )
    };
}

static VOTES: Table = Table {
    name: "votes",
    key: &["idea BLOB NOT NULL", "member BLOB NOT NULL"],
    columns: &["value INTEGER NOT NULL", "at INTEGER NOT NULL", "revision INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[
        follow_again!("vote_cast", "INSERT", "NEW"),
        follow_again!("vote_changed", "UPDATE", "NEW"),
        follow_again!("vote_withdrawn", "DELETE", "OLD"),
    ],
    looked_up: &[],
};

/// Votes, merges and tallies.
pub static PROJECTION: Projection = Projection {
    name: "tallies",
    version: 1,
    tables: &[&TALLIES, &MERGES, &GROUPS, &FOLLOWED, &VOTES],
    fold,
};

// `?1` is the idea merged, `?2` its campaign. A chain of merges ends where nothing is merged on; should two merges at
// the same moment have closed it into a circle, the least id of the circle goes on, as the rules have it.
static MERGE: Statement = Statement {
    name: "merge",
    sql: &[
        "DELETE FROM followed_votes WHERE target = ?1
            OR target = (SELECT target FROM merge_groups WHERE idea = (SELECT target FROM merges WHERE idea = ?1))",
        "DELETE FROM merge_groups WHERE campaign = ?2",
        "WITH RECURSIVE chain(start, at) AS (
                SELECT idea, target FROM merges WHERE campaign = ?2
                UNION SELECT start, target FROM chain JOIN merges ON idea = at),
            ends(start, target) AS (
                SELECT start, at FROM chain WHERE at NOT IN (SELECT idea FROM merges WHERE campaign = ?2)
                UNION ALL SELECT start, min(at) FROM chain c
                    WHERE EXISTS (SELECT 1 FROM chain x WHERE x.start = c.at AND x.at = c.at) GROUP BY start)
            INSERT INTO merge_groups (idea, campaign, target)
                SELECT start, ?2, target FROM ends
                UNION SELECT target, ?2, target FROM ends",
        "DELETE FROM followed_votes WHERE target = (SELECT target FROM merge_groups WHERE idea = ?1)",
        "INSERT INTO followed_votes (target, member, value)
            SELECT target, member, value FROM (
                SELECT g.target, v.member, v.value, row_number() OVER (
                    PARTITION BY v.member ORDER BY v.at DESC, v.revision DESC) AS latest
                FROM merge_groups g JOIN votes v ON v.idea = g.idea
                WHERE g.target = (SELECT target FROM merge_groups WHERE idea = ?1)
                AND NOT EXISTS (SELECT 1 FROM votes o WHERE o.idea = g.target AND o.member = v.member))
            WHERE latest = 1",
        "UPDATE tallies SET merged = (SELECT g.target <> g.idea FROM merge_groups g WHERE g.idea = tallies.idea)
            WHERE idea IN (SELECT idea FROM merge_groups WHERE campaign = ?2)",
    ],
};

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let (at, revision) = (recorded.metadata.occurred_at, recorded.revision);
    match &recorded.event {
        Event::Idea(Idea::Submitted(e)) => put!(
            writes,
            TALLIES {
                idea: e.idea,
                campaign: e.campaign,
                submitted_at: at,
                merged: false,
                penalty: 0,
                agree: 0,
                disagree: 0,
                pass: 0,
                sum: 0,
                followed_agree: 0,
                followed_disagree: 0,
                followed_pass: 0,
                followed_sum: 0,
            }
        ),
        Event::Idea(Idea::Merged(e)) => {
            put!(writes, MERGES { idea: e.idea, campaign: e.campaign, target: e.into });
            writes.execute(&MERGE, [e.idea.into(), e.campaign.into()]);
        }
        Event::Ballot(Balloted::VoteCast(e)) => {
            tally(writes, e.idea, e.value, 1);
            put!(
                writes,
                VOTES { idea: e.idea, member: e.member, value: e.value, at: at, revision: revision }
            );
        }
        Event::Ballot(Balloted::VoteChanged(e)) => {
            tally(writes, e.idea, e.value_was, -1);
            tally(writes, e.idea, e.value, 1);
            put!(
                writes,
                VOTES { idea: e.idea, member: e.member, value: e.value, at: at, revision: revision }
            );
        }
        Event::Ballot(Balloted::VoteWithdrawn(e)) => {
            tally(writes, e.idea, e.value_was, -1);
            delete!(writes, VOTES [e.idea, e.member]);
        }
        _ => {}
    }
}

fn tally(writes: &mut Writes, idea: IdeaId, value: i32, by: i64) {
    let points = i64::from(value) * by;
    match value.signum() {
        1 => update!(writes, TALLIES [idea] { agree += by, sum += points, penalty += -points }),
        0 => update!(writes, TALLIES [idea] { pass += by }),
        _ => update!(writes, TALLIES [idea] { disagree += by, sum += points, penalty += -points }),
    }
}

/// Votes by what they say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Votes {
    /// Above zero: for, in support, or with points.
    pub agree: u64,
    /// Below zero: against.
    pub disagree: u64,
    /// Zero: no opinion.
    pub pass: u64,
    /// Their sum: supporters, agreements less disagreements, or points.
    pub sum: i64,
}

/// What the votes on an idea come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Votes on the idea itself.
    pub own: Votes,
    /// Votes that follow it from ideas merged into it, of members who did not vote on it themselves.
    pub followed: Votes,
    /// What it is ranked by: both sums.
    pub score: i64,
}

/// The columns of [`Tally`].
macro_rules! tally_columns {
    () => {
        "t.agree, t.disagree, t.pass, t.sum, t.followed_agree, t.followed_disagree, t.followed_pass, t.followed_sum,
            t.penalty"
    };
}
pub(crate) use tally_columns;

pub(crate) fn read(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Tally> {
    let votes = |from: usize| -> rusqlite::Result<Votes> {
        Ok(Votes {
            agree: col(row, from)?,
            disagree: col(row, from + 1)?,
            pass: col(row, from + 2)?,
            sum: col(row, from + 3)?,
        })
    };
    Ok(Tally { own: votes(from)?, followed: votes(from + 4)?, score: -col::<i64>(row, from + 8)? })
}

/// What a member voted on ideas, by the votes that stand on them; ideas without are left out.
pub fn votes_of(
    snapshot: &Snapshot,
    _viewer: &Viewer,
    member: MemberId,
    ideas: &[IdeaId],
) -> Result<Vec<(IdeaId, i32)>, Error> {
    let sql = "SELECT idea, value FROM votes WHERE member = ?1 AND idea IN ({ids})";
    snapshot.by_ids(sql, &[member.into()], ideas.iter().copied(), |row| Ok((id(row, 0)?, col(row, 1)?)))
}

#[cfg(test)]
mod tests;
