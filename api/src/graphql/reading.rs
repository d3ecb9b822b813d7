//! How far the caller has read, as they say themselves.

use async_graphql::{Context, ID, Object, Result};
use domain::id::CommunityId;
use domain::reading::Feed;
use domain::reading::mark_feed::MarkFeed;
use domain::reading::mark_notifications::MarkNotifications;

use super::answer::{Answer, UserError};
use super::caller::Asked;
use super::member::Member;
use super::mutations::mutations;
use super::position::Position;
use super::time::DateTime;

/// What became of a mutation upon what is the caller's alone.
pub(crate) struct PersonalPayload(Answer);

impl PersonalPayload {
    /// What became of a command upon what is the caller's alone.
    #[allow(clippy::unnecessary_wraps, reason = "payloads of all mutations are made in one form")]
    pub(crate) fn create(answer: Answer) -> Result<Self> {
        Ok(Self(answer))
    }
}

/// What became of a mutation upon what is the caller's alone.
#[Object]
impl PersonalPayload {
    /// The caller, with what is theirs as it stands now; null when nothing was changed.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Result<Member>> {
        let changed = self.0.user_errors.is_empty();
        Member::of(ctx, ctx.caller().actor.member().filter(|_| changed)?).await
    }
    /// Answers at this position or after hold the change; null when nothing was changed.
    async fn position(&self) -> Option<Position> {
        self.0.position
    }
    /// Whether the change shows already. If not, it is recorded and will: read again with `atLeast`.
    async fn projected(&self) -> bool {
        self.0.projected
    }
    /// Why nothing was changed; empty when all went well.
    async fn user_errors(&self) -> &[UserError] {
        &self.0.user_errors
    }
}

mutations! {
    /// Mutations by which members say how far they have read.
    ReadingMutation -> PersonalPayload {
        /// Says up to where the caller has read their own feed, or that of a community. A mark moves forward alone.
        create markFeedRead(MarkFeedReadInput {
            /// The community whose feed was read; the caller's own feed if absent.
            community: Option<ID>,
            /// When the newest item that was read was published; not after now.
            up_to: DateTime,
        }) => |ids, input| MarkFeed {
            feed: ids.maybe::<CommunityId>("community", input.community.as_ref())?
                .map_or(Feed::Personal, Feed::Community),
            up_to: input.up_to.0,
        };

        /// Says that the caller has read some of their notifications.
        create markNotificationsRead(MarkNotificationsReadInput {
            /// Which, at most 100.
            notifications: Vec<ID>,
        }) => |ids, input| MarkNotifications { notifications: ids.ids("notifications", &input.notifications)? };

        /// Says up to where the caller has read all their notifications. A mark moves forward alone.
        create markAllNotificationsRead(MarkAllNotificationsReadInput {
            /// The time of the newest that was read; not after now.
            up_to: DateTime,
        }) => |_ids, input| MarkFeed { feed: Feed::Notifications, up_to: input.up_to.0 };
    }
}
