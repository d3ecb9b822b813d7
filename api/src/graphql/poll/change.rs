//! Mutations upon polls.

use async_graphql::ID;
use domain::choice::make::Make;
use domain::choice::withdraw::Withdraw;
use domain::poll::close::Close;
use domain::poll::open::Open;

use super::{PollResults, PollRule};
use crate::graphql::mutations::mutations;
use crate::graphql::post::change::PostPayload;
use crate::graphql::time::DateTime;

mutations! {
    /// Mutations upon polls.
    PollMutation -> PostPayload {
        /// Opens a poll with a post: one a post. For its author.
        change openPoll(OpenPollInput {
            /// With which post.
            post: ID,
            /// What can be chosen, in order: 2 to 10 different texts of at most 300 characters.
            options: Vec<String>,
            /// How many a voter chooses.
            #[graphql(default_with = "PollRule::One")]
            rule: PollRule,
            /// From when on results are shown.
            #[graphql(default_with = "PollResults::Voted")]
            results: PollResults,
            /// When it ends; open until it is closed when left out.
            closes_at: Option<DateTime>,
        }) on post => |ids, input| Open {
            post: ids.id("post", &input.post)?,
            options: input.options.clone(),
            rule: input.rule.into(),
            results: input.results.into(),
            closes_at: input.closes_at.map(|at| at.0),
        };

        /// Closes a poll before its end. For the author of its post and moderators.
        change closePoll(ClosePollInput {
            /// The post it stands with.
            post: ID,
        }) on post => |ids, input| Close { post: ids.id("post", &input.post)? };

        /// Votes in a poll, or otherwise than before.
        change voteInPoll(VoteInPollInput {
            /// The post it stands with.
            post: ID,
            /// The options chosen, by their numbers.
            chosen: Vec<u32>,
        }) on post => |ids, input| Make { post: ids.id("post", &input.post)?, chosen: input.chosen.clone() };

        /// Takes the caller's vote in a poll back.
        change withdrawPollVote(WithdrawPollVoteInput {
            /// The post it stands with.
            post: ID,
        }) on post => |ids, input| Withdraw { post: ids.id("post", &input.post)? };
    }
}
