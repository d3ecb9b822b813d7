//! Mutations by which people engage with an item: react, acknowledge, look at it.

use async_graphql::ID;
use domain::acknowledgement::give::Give as Acknowledge;
use domain::id::Item;
use domain::reaction::give::Give;
use domain::reaction::withdraw::Withdraw;
use domain::seen::view::View;

use super::Reaction;
use crate::graphql::mutations::mutations;
use crate::graphql::node::NodePayload;

mutations! {
    /// Mutations by which people engage with an item.
    EngagementMutation -> NodePayload {
        /// Gives a reaction, or puts another in the place of the one given.
        change react(ReactInput {
            /// To what: a post, a comment, a document or an idea.
            item: ID,
            /// Which reaction.
            reaction: Reaction,
        }) on item => |ids, input| Give { item: ids.id::<Item>("item", &input.item)?, reaction: input.reaction.into() };

        /// Withdraws the caller's reaction.
        change withdrawReaction(WithdrawReactionInput {
            /// From what.
            item: ID,
        }) on item => |ids, input| Withdraw { item: ids.id::<Item>("item", &input.item)? };

        /// Acknowledges an announcement: once.
        change acknowledge(AcknowledgeInput {
            /// Which.
            post: ID,
        }) on post => |ids, input| Acknowledge { post: ids.id("post", &input.post)? };

        /// Records that the caller looked at an item: a trace, once a day at most.
        change recordView(RecordViewInput {
            /// At what.
            item: ID,
        }) on item => |ids, input| View { item: ids.id::<Item>("item", &input.item)? };
    }
}
