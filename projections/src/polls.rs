//! Polls: what can be chosen, how often it was, and what the viewer chose. Who chose what is shown to nobody.

use domain::choice::Event as Chosen;
use domain::event::{Event, Recorded};
use domain::id::PostId;
use domain::poll::{Event as Polled, Results, Rule};
use domain::time::Time;
use rusqlite::Row;

use crate::projection::Projection;
use crate::table::{Layout, Table, delete, put, update};
use crate::value::{Value, col, id};
use crate::writes::Writes;
use crate::{Error, Snapshot, Viewer};

// The audience of a poll is its post's.
static POLLS: Table = Table {
    name: "polls",
    key: &["post BLOB NOT NULL"],
    columns: &[
        "rule INTEGER NOT NULL",
        "results INTEGER NOT NULL",
        "opened_at INTEGER NOT NULL",
        "closes_at INTEGER",
        "closed_at INTEGER",
        "voters INTEGER NOT NULL",
    ],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

static OPTIONS: Table = Table {
    name: "poll_options",
    key: &["post BLOB NOT NULL", "number INTEGER NOT NULL"],
    columns: &["votes INTEGER NOT NULL", "text TEXT"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

// `chosen` has a bit for each option: the first is 1, the second 2, the third 4.
static CHOICES: Table = Table {
    name: "choices",
    key: &["post BLOB NOT NULL", "member BLOB NOT NULL"],
    columns: &["community BLOB", "chosen INTEGER NOT NULL", "at INTEGER NOT NULL"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// Polls and what was chosen.
pub static PROJECTION: Projection =
    Projection { name: "polls", version: 1, tables: &[&POLLS, &OPTIONS, &CHOICES], fold };

fn fold(recorded: &Recorded, writes: &mut Writes) {
    let at = recorded.metadata.occurred_at;
    match &recorded.event {
        Event::Poll(Polled::Opened(e)) => {
            put!(
                writes,
                POLLS {
                    post: e.post,
                    rule: e.rule as i64,
                    results: e.results as i64,
                    opened_at: at,
                    closes_at: e.closes_at,
                    closed_at: Value::Null,
                    voters: 0,
                }
            );
            for number in 1..=e.option_count {
                let text = e.options.open().and_then(|options| options.get(number as usize - 1));
                put!(writes, OPTIONS { post: e.post, number: number, votes: 0, text: text });
            }
        }
        Event::Poll(Polled::Closed(e)) => update!(writes, POLLS [e.post] { closed_at = at }),
        Event::Choice(event) => fold_choice(event, at, writes),
        _ => {}
    }
}

fn fold_choice(event: &Chosen, at: Time, writes: &mut Writes) {
    match event {
        Chosen::Made(e) => {
            update!(writes, POLLS [e.post] { voters += 1 });
            count(writes, e.post, &e.chosen, 1);
            let chosen = bits(&e.chosen);
            put!(
                writes,
                CHOICES { post: e.post, member: e.member, community: e.community, chosen: chosen, at: at }
            );
        }
        Chosen::Changed(e) => {
            count(writes, e.post, &e.chosen_was, -1);
            count(writes, e.post, &e.chosen, 1);
            let chosen = bits(&e.chosen);
            put!(
                writes,
                CHOICES { post: e.post, member: e.member, community: e.community, chosen: chosen, at: at }
            );
        }
        Chosen::Withdrawn(e) => {
            update!(writes, POLLS [e.post] { voters += -1 });
            count(writes, e.post, &e.chosen_was, -1);
            delete!(writes, CHOICES[e.post, e.member]);
        }
    }
}

fn count(writes: &mut Writes, post: PostId, chosen: &[u32], by: i64) {
    for number in chosen {
        update!(writes, OPTIONS [post, *number] { votes += by });
    }
}

fn bits(chosen: &[u32]) -> i64 {
    chosen
        .iter()
        .filter_map(|number| 1i64.checked_shl(number.wrapping_sub(1)))
        .fold(0, |bits, bit| bits | bit)
}

/// A poll, as a viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The post it stands with.
    pub post: PostId,
    /// How many options a voter chooses.
    pub rule: Rule,
    /// From when on results are shown.
    pub results: Results,
    /// Since when it runs.
    pub opened_at: Time,
    /// When it ends, if that is set.
    pub closes_at: Option<Time>,
    /// When it was closed before its end, if it was.
    pub closed_at: Option<Time>,
    /// How many members voted.
    pub voters: u64,
    /// What can be chosen, in order.
    pub options: Vec<Choice>,
}

/// An option of a poll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its number, from 1.
    pub number: u32,
    /// What it says; nothing once it is gone.
    pub text: Option<String>,
    /// How often it was chosen, for whoever [`Poll::shows_results`].
    votes: u64,
    /// Whether the viewer chose it.
    pub own: bool,
}

/// The fewest voters whose votes are shown as a count: of fewer, one could tell who chose what. (The threshold that
/// analytics of the field hold to.)
pub const FEWEST_VOTERS: u64 = 5;

impl Poll {
    /// Whether votes are taken at a time.
    pub fn is_open(&self, at: Time) -> bool {
        self.closed_at.is_none() && self.closes_at.is_none_or(|end| at < end)
    }

    /// Whether the viewer may see at a time how often each option was chosen: when the poll is over, before that when
    /// they voted and it is so set, and never while fewer than [`FEWEST_VOTERS`] voted.
    pub fn shows_results(&self, at: Time) -> bool {
        let voted = self.results == Results::Voted && self.options.iter().any(|option| option.own);
        self.voters >= FEWEST_VOTERS && (voted || !self.is_open(at))
    }

    /// How often an option was chosen, where that is shown.
    pub fn votes(&self, option: &Choice, at: Time) -> Option<u64> {
        self.shows_results(at).then_some(option.votes)
    }
}

// What `?1` chose is read with each option.
const BY_POSTS: &str = "SELECT p.post, p.rule, p.results, p.opened_at, p.closes_at, p.closed_at, p.voters,
        o.number, o.text, o.votes, coalesce(c.chosen, 0)
    FROM polls p JOIN poll_options o ON o.post = p.post
    LEFT JOIN choices c ON c.post = p.post AND c.member = ?1
    WHERE p.post IN ({ids}) ORDER BY p.post, o.number";

/// The polls that stand with posts which the viewer may read (the caller has read them), in no order.
pub fn by_posts(snapshot: &Snapshot, viewer: &Viewer, posts: &[PostId]) -> Result<Vec<Poll>, Error> {
    let mut polls: Vec<Poll> = vec![];
    let rows = snapshot.by_ids(BY_POSTS, &[viewer.value()], posts.iter().copied(), read)?;
    for (poll, option) in rows {
        match polls.last_mut().filter(|last| last.post == poll.post) {
            Some(last) => last.options.push(option),
            None => polls.push(Poll { options: vec![option], ..poll }),
        }
    }
    Ok(polls)
}

fn read(row: &Row<'_>) -> rusqlite::Result<(Poll, Choice)> {
    let (number, own): (u32, i64) = (col(row, 7)?, col(row, 10)?);
    let poll = Poll {
        post: id(row, 0)?,
        rule: if col::<i64>(row, 1)? == Rule::One as i64 { Rule::One } else { Rule::Several },
        results: if col::<i64>(row, 2)? == Results::Voted as i64 { Results::Voted } else { Results::Closed },
        opened_at: col(row, 3)?,
        closes_at: col(row, 4)?,
        closed_at: col(row, 5)?,
        voters: col(row, 6)?,
        options: vec![],
    };
    let option = Choice { number, text: col(row, 8)?, votes: col(row, 9)?, own: own & bits(&[number]) != 0 };
    Ok((poll, option))
}

#[cfg(test)]
mod tests;
