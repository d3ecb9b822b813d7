//! Polls that stand with posts.

pub(crate) mod change;

use async_graphql::{Context, Enum, Object, Result, SimpleObject};
use domain::id::PostId;
use projections::polls;

use super::caller::Asked;
use super::time::DateTime;

/// How many options a voter chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::poll::Rule")]
pub(crate) enum PollRule {
    /// One.
    One,
    /// One or more.
    Several,
}

/// From when on the results of a poll are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::poll::Results")]
pub(crate) enum PollResults {
    /// To whoever has voted, and to everybody once it is closed.
    Voted,
    /// To everybody once it is closed, and to nobody before.
    Closed,
}

/// An option of a poll.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct PollOption {
    /// Its number, from 1: what a vote sends.
    number: u32,
    /// What it says; null once it was erased.
    text: Option<String>,
    /// How many chose it; null while `resultsShown` is false.
    votes: Option<u64>,
    /// Whether the caller chose it.
    chosen: bool,
}

/// A poll.
pub(crate) struct Poll(polls::Poll);

impl Poll {
    /// The poll that stands with a post that was read, if one does.
    pub(crate) async fn of(ctx: &Context<'_>, post: PostId) -> Option<Result<Self>> {
        let reading = ctx.reading();
        let found = reading.loaders().polls.load(reading, post).await.map_err(Into::into).transpose()?;
        Some(found.map(Self))
    }
}

/// A poll that stands with a post. Who chose what is shown to nobody.
#[Object]
impl Poll {
    /// How many options a voter chooses.
    async fn rule(&self) -> PollRule {
        self.0.rule.into()
    }
    /// From when on results are shown.
    async fn results(&self) -> PollResults {
        self.0.results.into()
    }
    /// Whether the caller sees how many chose each option: as `results` says, and never while fewer than five voted,
    /// since one could tell who chose what.
    async fn results_shown(&self, ctx: &Context<'_>) -> bool {
        self.0.shows_results(ctx.engine().now())
    }
    /// What can be chosen, in order.
    async fn options(&self, ctx: &Context<'_>) -> Vec<PollOption> {
        let now = ctx.engine().now();
        let shown = |option: &polls::Choice| PollOption {
            number: option.number,
            text: option.text.clone(),
            votes: self.0.votes(option, now),
            chosen: option.own,
        };
        self.0.options.iter().map(shown).collect()
    }
    /// How many members voted.
    async fn voter_count(&self) -> u64 {
        self.0.voters
    }
    /// Whether votes are taken.
    async fn open(&self, ctx: &Context<'_>) -> bool {
        self.0.is_open(ctx.engine().now())
    }
    /// When it was opened.
    async fn opened_at(&self) -> DateTime {
        DateTime(self.0.opened_at)
    }
    /// When it ends; null when no end is set.
    async fn closes_at(&self) -> Option<DateTime> {
        self.0.closes_at.map(DateTime)
    }
    /// When it was closed before its end; null unless it was.
    async fn closed_at(&self) -> Option<DateTime> {
        self.0.closed_at.map(DateTime)
    }
}
