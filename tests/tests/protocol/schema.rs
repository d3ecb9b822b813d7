//! A small schema with one field for each thing a transport has to carry.

use std::time::Duration;

use async_graphql::{Context, Error, ErrorExtensions, Object, Result, Schema, Subscription};
use futures::stream::{self, Stream, StreamExt};
use passerelle::http::Language;

use super::server::Caller;

pub(super) type Small = Schema<Query, Mutation, Ticker>;

pub(super) fn small() -> Small {
    Schema::build(Query, Mutation, Ticker).disable_suggestions().finish()
}

pub(super) struct Query;

#[Object]
impl Query {
    async fn hello(&self) -> &str {
        "world"
    }

    async fn this(&self) -> Self {
        Self
    }

    /// Who asks, and in which language.
    async fn me(&self, ctx: &Context<'_>) -> Result<String> {
        Ok(format!("{} {:?}", ctx.data::<Caller>()?.0, ctx.data::<Language>()?))
    }

    async fn double(&self, of: i32) -> i32 {
        of.saturating_mul(2)
    }

    /// Fails as a resolver does by an accidental `?`.
    async fn broken(&self) -> Option<Result<i32>> {
        let failed: Result<i32, std::io::Error> =
            Err(std::io::Error::other("secret: /var/lib/keys.db is gone"));
        Some(failed.map_err(Error::from))
    }

    /// Fails at the root, so that there is no data at all.
    async fn broken_root(&self) -> Result<i32> {
        Err(Error::new("secret words"))
    }

    /// Fails as a rule does.
    async fn refused(&self) -> Option<Result<i32>> {
        Some(Err(Error::new("The campaign is closed.").extend_with(|_, e| e.set("code", "CAMPAIGN_CLOSED"))))
    }

    async fn slow(&self) -> bool {
        tokio::time::sleep(Duration::from_secs(60)).await;
        true
    }
}

pub(super) struct Mutation;

#[Object]
impl Mutation {
    async fn touch(&self) -> bool {
        true
    }
}

pub(super) struct Ticker;

#[Subscription]
impl Ticker {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    async fn ticks(&self) -> impl Stream<Item = i32> {
        stream::iter(1..).then(|n| async move {
            tokio::time::sleep(Duration::from_millis(10)).await;
            n
        })
    }

    async fn never(&self) -> impl Stream<Item = i32> {
        stream::pending()
    }
}
