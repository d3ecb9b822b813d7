//! Mutations upon bookmarks.

use async_graphql::ID;
use domain::bookmark::drop::Drop;
use domain::bookmark::keep::Keep;

use crate::graphql::mutations::mutations;
use crate::graphql::node::NodePayload;

mutations! {
    /// Mutations upon bookmarks.
    BookmarkMutation -> NodePayload {
        /// Keeps something to find it again: for the caller alone.
        change keepBookmark(KeepBookmarkInput {
            /// A post, a comment, a document or an idea.
            item: ID,
        }) on item => |ids, input| Keep { item: ids.id("item", &input.item)? };

        /// Keeps something no more.
        change dropBookmark(DropBookmarkInput {
            /// What was kept.
            item: ID,
        }) on item => |ids, input| Drop { item: ids.id("item", &input.item)? };
    }
}
