//! Mutations upon posts.

use async_graphql::ID;
use domain::id::PostId;
use domain::post::accept_answer::AcceptAnswer;
use domain::post::edit::Edit;
use domain::post::pin::Pin;
use domain::post::publish::Publish;
use domain::post::remove::Remove;
use domain::post::share_on::ShareOn;
use domain::post::unpin::Unpin;

use super::{Post, PostKind};
use crate::graphql::answer::{AudienceInput, WordsInput, maybe_revision, revision};
use crate::graphql::mutations::{mutations, payload};

payload! {
    /// What became of a mutation upon a post.
    PostPayload {
        /// The post as it stands now; null when nothing was changed, or once it is removed.
        post: Post = PostId
    }
}

mutations! {
    /// Mutations upon posts.
    PostMutation -> PostPayload {
        /// Publishes a post, in a community or addressed to members.
        create publishPost(PublishPostInput {
            /// Where, or to whom.
            audience: AudienceInput,
            /// What it is.
            #[graphql(default_with = "PostKind::Update")]
            kind: PostKind,
            /// The text, at most 100,000 characters.
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
            /// Whether it stays at the head of its community; for moderators and the leader.
            #[graphql(default)]
            pinned: bool,
        }) => |ids, input| {
            let words = ids.words(&input.words)?;
            Publish {
                post: None,
                kind: input.kind.into(),
                audience: ids.audience(&input.audience)?,
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
                pinned: input.pinned,
            }
        };

        /// Edits a post: everything that can be edited, as it is to stand. For its author.
        change editPost(EditPostInput {
            /// Which.
            post: ID,
            /// The revision of the text that was read; refused with the current one if it has changed since.
            expected_revision: i32,
            /// The text, at most 100,000 characters.
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
        }) on post => |ids, input| {
            let words = ids.words(&input.words)?;
            Edit {
                post: ids.id("post", &input.post)?,
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
                based_on: revision(input.expected_revision)?,
            }
        };

        /// Removes a post. For its author and moderators.
        change removePost(RemovePostInput {
            /// Which.
            post: ID,
        }) on post => |ids, input| Remove { post: ids.id("post", &input.post)? };

        /// Pins a post to the head of its community. For moderators and the leader.
        change pinPost(PinPostInput {
            /// Which.
            post: ID,
        }) on post => |ids, input| Pin { post: ids.id("post", &input.post)? };

        /// Unpins a post. For moderators and the leader.
        change unpinPost(UnpinPostInput {
            /// Which.
            post: ID,
        }) on post => |ids, input| Unpin { post: ids.id("post", &input.post)? };

        /// Accepts a comment as the answer to a question. For who asked, and moderators.
        change acceptAnswer(AcceptAnswerInput {
            /// The question.
            post: ID,
            /// The answer.
            comment: ID,
            /// The `revision` that the question was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on post => |ids, input| AcceptAnswer {
            post: ids.id("post", &input.post)?,
            comment: ids.id("comment", &input.comment)?,
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Passes a post on to others.
        change sharePostOn(SharePostOnInput {
            /// Which.
            post: ID,
            /// Where, or to whom.
            audience: AudienceInput,
        }) on post => |ids, input| ShareOn {
            post: ids.id("post", &input.post)?,
            audience: ids.audience(&input.audience)?,
        };
    }
}
