//! What is the caller's alone, as fields of the member they are: null in the place of whoever else.

use async_graphql::{Context, Object, Result};
use domain::id::MemberId;
use projections::access::Whose;

use super::caller::Asked;
use super::entry::{self, Session, Token};
use super::follow::{self, Follow};
use super::notification::{self, Notifications};
use super::paging::{Connection, Slice};
use super::personal_feed::{self, PersonalFeed};
use super::preferences::Preferences;

/// What is a member's alone.
pub(crate) struct Personal(pub(crate) MemberId);

impl Personal {
    /// Nothing, unless the caller is that member.
    fn own(&self, ctx: &Context<'_>) -> Option<()> {
        (ctx.caller().actor.member() == Some(self.0)).then_some(())
    }
}

/// What is a member's alone.
#[Object]
impl Personal {
    /// Whether the caller follows them.
    async fn followed(&self, ctx: &Context<'_>) -> Result<bool> {
        let reading = ctx.reading();
        Ok(reading.loaders().followed.load(reading, self.0).await?.is_some())
    }

    /// Whom and what they follow, the newest first; null for anybody but the caller.
    async fn following(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Follow>>> {
        self.own(ctx)?;
        Some(follow::following(ctx, &Slice { first, after, last, before }))
    }

    /// What is in their communities, what those they follow write, what is about topics they follow, what is
    /// addressed to them or mentions them: the newest first, each thing once; null for anybody but the caller.
    async fn feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Option<Result<PersonalFeed>> {
        self.own(ctx)?;
        Some(personal_feed::of_caller(ctx, &Slice { first, after, last, before }).await)
    }

    /// What concerns them, the newest first; null for anybody but the caller.
    #[allow(clippy::too_many_arguments, reason = "the four of Relay, and one of its own")]
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
        #[graphql(desc = "Those alone that were not read.", default)] unread_only: bool,
    ) -> Option<Result<Notifications>> {
        self.own(ctx)?;
        let slice = Slice { first, after, last, before };
        Some(notification::of_caller(ctx, &slice, unread_only))
    }

    /// Tokens that act as them, the newest first; null for anybody but the caller.
    async fn tokens(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Token>>> {
        self.own(ctx)?;
        Some(entry::tokens(ctx, Whose::Own, &Slice { first, after, last, before }))
    }

    /// Their sessions in browsers, those that end last first; null for anybody but the caller.
    async fn sessions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first so many: 1 to 100; 20 when neither first nor last is given.")]
        first: Option<i32>,
        #[graphql(desc = "Behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many: 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Ahead of this cursor.")] before: Option<String>,
    ) -> Option<Result<Connection<Session>>> {
        self.own(ctx)?;
        Some(entry::sessions(ctx, Whose::Own, &Slice { first, after, last, before }))
    }

    /// How they want to be told of what concerns them; null for anybody but the caller.
    async fn preferences(&self, ctx: &Context<'_>) -> Option<Result<Preferences>> {
        self.own(ctx)?;
        Some(Preferences::of_caller(ctx))
    }
}
