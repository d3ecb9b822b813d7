//! Mutations by which members follow, and follow no more.

use async_graphql::{Context, ID, Object, Result};
use domain::follow::Followed;
use domain::follow::begin::Begin;
use domain::follow::end::End;

use super::Topic;
use crate::graphql::answer::{Answer, UserError};
use crate::graphql::member::change::MemberPayload;
use crate::graphql::mutations::mutations;
use crate::graphql::position::Position;

mutations! {
    /// Mutations by which members follow each other.
    FollowMutation -> MemberPayload {
        /// Follows a person: what they publish is in the caller's feed, as far as the caller may read it.
        change followMember(FollowMemberInput {
            /// Whom.
            member: ID,
        }) on member => |ids, input| Begin { followed: Followed::Member(ids.id("member", &input.member)?) };

        /// Follows a person no more.
        change unfollowMember(UnfollowMemberInput {
            /// Whom.
            member: ID,
        }) on member => |ids, input| End { followed: Followed::Member(ids.id("member", &input.member)?) };
    }
}

/// What became of a mutation upon a topic.
pub(crate) struct TopicPayload {
    answer: Answer,
    word: String,
}

impl TopicPayload {
    fn change(_ctx: &Context<'_>, answer: Answer, word: &str) -> Result<Self> {
        Ok(Self { answer, word: word.to_owned() })
    }
}

/// What became of a mutation upon a topic.
#[Object]
impl TopicPayload {
    /// The topic as it stands now; null when nothing was changed.
    async fn topic(&self) -> Option<Topic> {
        let changed = self.answer.user_errors.is_empty();
        self.word.parse().ok().filter(|_| changed).map(Topic)
    }
    /// Answers at this position or after hold the change; null when nothing was changed.
    async fn position(&self) -> Option<Position> {
        self.answer.position
    }
    /// Whether the change shows already. If not, it is recorded and will: read again with `atLeast`.
    async fn projected(&self) -> bool {
        self.answer.projected
    }
    /// Why nothing was changed; empty when all went well.
    async fn user_errors(&self) -> &[UserError] {
        &self.answer.user_errors
    }
}

mutations! {
    /// Mutations by which members follow topics.
    TopicMutation -> TopicPayload {
        /// Follows a topic: what is about it is in the caller's feed, as far as the caller may read it.
        change followTopic(FollowTopicInput {
            /// Its word, with or without `#`.
            topic: String,
        }) on topic => |_ids, input| Begin { followed: topic(&input.topic)? };

        /// Follows a topic no more.
        change unfollowTopic(UnfollowTopicInput {
            /// Its word, with or without `#`.
            topic: String,
        }) on topic => |_ids, input| End { followed: topic(&input.topic)? };
    }
}

fn topic(word: &str) -> Result<Followed, domain::refusal::Refused> {
    word.parse().map(Followed::Topic).map_err(|refused: domain::refusal::Refused| refused.on("topic"))
}
