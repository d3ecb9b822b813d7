//! Mutations of moderation: report, hide, show again, dismiss.

use async_graphql::ID;
use domain::moderation::dismiss::Dismiss;
use domain::moderation::hide::Hide;
use domain::moderation::report::Report;
use domain::moderation::restore::Restore;

use crate::graphql::mutations::mutations;
use crate::graphql::node::NodePayload;

mutations! {
    /// Mutations of moderation.
    ModerationMutation -> NodePayload {
        /// Reports something to those who moderate where it is: the moderators and the leader of its community, or the
        /// administrators. Once a member and thing.
        change reportItem(ReportItemInput {
            /// A post, a comment, a document or an idea that the caller may read and did not write.
            item: ID,
            /// What is wrong with it, at most 100,000 characters; for those who moderate.
            reason: String,
        }) on item => |ids, input| Report { item: ids.id("item", &input.item)?, reason: input.reason.clone() };

        /// Hides something: its author and those who moderate still see it, and why. Settles the reports of it. For
        /// those who moderate where it is, unless they wrote it.
        change hideItem(HideItemInput {
            /// A post, a comment, a document or an idea.
            item: ID,
            /// Why, at most 100,000 characters; for its author and those who reported it.
            reason: String,
        }) on item => |ids, input| Hide { item: ids.id("item", &input.item)?, reason: input.reason.clone() };

        /// Shows something again that was hidden. For those who moderate where it is, unless they wrote it.
        change restoreItem(RestoreItemInput {
            /// What is hidden.
            item: ID,
            /// Why, at most 100,000 characters.
            reason: String,
        }) on item => |ids, input| Restore { item: ids.id("item", &input.item)?, reason: input.reason.clone() };

        /// Dismisses the reports of something: it stays as it is. For those who moderate where it is, unless they wrote
        /// it.
        change dismissReports(DismissReportsInput {
            /// What was reported.
            item: ID,
            /// Why it stays, at most 100,000 characters; for those who reported it.
            reason: String,
        }) on item => |ids, input| Dismiss { item: ids.id("item", &input.item)?, reason: input.reason.clone() };
    }
}
