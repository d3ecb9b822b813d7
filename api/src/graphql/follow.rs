//! Whom and what members follow. Only the caller's own following is shown, and of followers only how many a topic has.

pub(crate) mod change;

use async_graphql::{Context, Object, Result, Union};
use domain::follow::Followed as Named;
use domain::words;
use projections::follows;

use super::caller::Asked;
use super::failure::Failure;
use super::member::Member;
use super::paging::{Connection, Listed, Slice};
use super::time::DateTime;

const FOLLOWING: Listed = Listed("following");

/// A topic, by its word.
pub(crate) struct Topic(pub(crate) words::Topic);

impl Topic {
    async fn following(&self, ctx: &Context<'_>) -> Result<follows::Following, Failure> {
        let (reading, word) = (ctx.reading(), self.0.as_str().to_owned());
        Ok(reading.loaders().topics.load(reading, word).await?.unwrap_or_default())
    }
}

/// A topic: what posts, comments, documents and ideas are about, in a word.
#[Object]
impl Topic {
    /// The word, in lower case.
    async fn name(&self) -> &str {
        self.0.as_str()
    }
    /// Whether the caller follows it.
    async fn followed(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.following(ctx).await?.by_viewer)
    }
    /// How many members follow it; null below five, who could be guessed.
    async fn followers(&self, ctx: &Context<'_>) -> Result<Option<u64>> {
        Ok(self.following(ctx).await?.followers)
    }
}

/// Whom, or what, somebody follows.
#[derive(Union)]
pub(crate) enum Followed {
    /// A person.
    Member(Member),
    /// A topic.
    Topic(Topic),
}

/// Something that the caller follows.
pub(crate) struct Follow(follows::Follow);

/// Something that the caller follows.
#[Object]
impl Follow {
    /// Whom, or what.
    async fn followed(&self, ctx: &Context<'_>) -> Option<Result<Followed>> {
        match &self.0.followed {
            Named::Topic(topic) => Some(Ok(Followed::Topic(Topic(topic.clone())))),
            Named::Member(member) => Some(Member::of(ctx, *member).await?.map(Followed::Member)),
        }
    }
    /// Since when.
    async fn since(&self) -> DateTime {
        DateTime(self.0.since)
    }
}

/// What the caller follows, the newest first.
pub(crate) fn following(ctx: &Context<'_>, slice: &Slice) -> Result<Connection<Follow>> {
    let paging = FOLLOWING.paging(slice)?;
    let page = ctx.reading().read(|s| follows::of_viewer(s, &ctx.viewer(), &paging))?;
    Ok(FOLLOWING.connection(slice, page, follows::Follow::key, Follow))
}

/// Queries about topics.
#[derive(Default)]
pub(crate) struct TopicQuery;

#[Object]
impl TopicQuery {
    /// A topic by its word, used before or not; null for what cannot be one.
    async fn topic(&self, #[graphql(desc = "The word, with or without `#`.")] name: String) -> Option<Topic> {
        name.parse().ok().map(Topic)
    }
}
