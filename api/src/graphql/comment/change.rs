//! Mutations upon comments.

use async_graphql::ID;
use domain::comment::add::Add;
use domain::comment::edit::Edit;
use domain::comment::remove::Remove;
use domain::id::CommentId;

use super::Comment;
use crate::graphql::answer::{WordsInput, revision};
use crate::graphql::mutations::{mutations, payload};

payload! {
    /// What became of a mutation upon a comment.
    CommentPayload {
        /// The comment as it stands now; null when nothing was changed.
        comment: Comment = CommentId
    }
}

mutations! {
    /// Mutations upon comments.
    CommentMutation -> CommentPayload {
        /// Adds a comment to a post, or below another comment on it.
        create addComment(AddCommentInput {
            /// The post it stands below.
            post: ID,
            /// The comment it answers; none, if it answers the post.
            parent: Option<ID>,
            /// The text, at most 100,000 characters.
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
        }) => |ids, input| {
            let words = ids.words(&input.words)?;
            Add {
                comment: None,
                post: ids.id("post", &input.post)?,
                parent: ids.maybe("parent", input.parent.as_ref())?,
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
            }
        };

        /// Edits a comment: everything that can be edited, as it is to stand. For its author.
        change editComment(EditCommentInput {
            /// Which.
            comment: ID,
            /// The revision of the text that was read; refused with the current one if it has changed since.
            expected_revision: i32,
            /// The text, at most 100,000 characters.
            body: String,
            /// The language it is written in, whom it mentions, what it is about.
            #[graphql(default)]
            words: WordsInput,
        }) on comment => |ids, input| {
            let words = ids.words(&input.words)?;
            Edit {
                comment: ids.id("comment", &input.comment)?,
                body: input.body.clone(),
                language: words.language,
                mentions: words.mentions,
                topics: words.topics,
                based_on: revision(input.expected_revision)?,
            }
        };

        /// Removes a comment; what answers it stays. For its author and moderators.
        change removeComment(RemoveCommentInput {
            /// Which.
            comment: ID,
        }) on comment => |ids, input| Remove { comment: ids.id("comment", &input.comment)? };
    }
}
