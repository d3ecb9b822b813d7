//! What people did with an item: reactions, views, shares.

pub(crate) mod change;

use async_graphql::{Context, Enum, Result, SimpleObject};
use projections::engagement::{Engagement as Row, REACTIONS_IN_ORDER};
use uuid::Uuid;

use super::caller::Asked;

/// A reaction, of a small set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::reaction::Reaction")]
pub(crate) enum Reaction {
    /// I like it.
    Like,
    /// Well done.
    Celebrate,
    /// Thank you.
    Thanks,
    /// It helped me.
    Useful,
    /// I wonder.
    Curious,
    /// I am with you.
    Support,
}

/// How many gave a reaction.
#[derive(Clone, Copy, Debug, SimpleObject)]
pub(crate) struct ReactionCount {
    /// Which.
    reaction: Reaction,
    /// How many members.
    count: u64,
}

/// What people did with an item.
#[derive(Clone, Debug, SimpleObject)]
pub(crate) struct Engagement {
    /// Comments that stand below it; below a comment, its answers.
    comments: u64,
    /// The reactions that stand, those nobody gave left out.
    reactions: Vec<ReactionCount>,
    /// Acknowledgements of an announcement.
    acknowledgements: u64,
    /// Members and days on which it was looked at.
    views: u64,
    /// How often it was passed on.
    shares: u64,
    /// The caller's own reaction; null without one.
    own_reaction: Option<Reaction>,
    /// Whether the caller acknowledged it.
    acknowledged: bool,
}

impl Engagement {
    /// What people did with an item that was read.
    pub(crate) async fn of(ctx: &Context<'_>, item: Uuid) -> Result<Self> {
        let reading = ctx.reading();
        Ok(reading.loaders().engagement.load(reading, item).await?.unwrap_or_default().into())
    }
}

impl From<Row> for Engagement {
    fn from(row: Row) -> Self {
        let counts = REACTIONS_IN_ORDER.into_iter().zip(row.reactions);
        let given = counts.filter(|(_, count)| *count > 0);
        Self {
            comments: row.comments,
            reactions: given.map(|(kind, count)| ReactionCount { reaction: kind.into(), count }).collect(),
            acknowledgements: row.acknowledgements,
            views: row.views,
            shares: row.shares,
            own_reaction: row.own_reaction.map(Into::into),
            acknowledged: row.acknowledged,
        }
    }
}
