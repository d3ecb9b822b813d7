//! A comment on a post, or on another comment below it.

use crate::event::{Moment, events};
use crate::id::{CommentId, CommunityId, MemberId, PostId};
use crate::words::{Language, Topic};

events! {
    Act "comment"
    /// A comment was added.
    Added = "added" v 1 {
        /// Its id.
        comment: CommentId,
        /// Who wrote it.
        author: MemberId,
        /// The post it stands below.
        post: PostId,
        /// Who wrote the post.
        post_author: MemberId,
        /// Where the post is, if in a community.
        community: Option<CommunityId>,
        /// The comment it answers, unless it answers the post.
        parent: Option<CommentId>,
        /// Who wrote that comment.
        parent_author: Option<MemberId>,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
    } + content(comment) {
        /// The text.
        body: String,
    }
    /// It was edited: everything that can be edited as it now stands.
    Edited = "edited" v 1 {
        /// Which.
        comment: CommentId,
        /// Who wrote it.
        author: MemberId,
        /// The post it stands below.
        post: PostId,
        /// Where that is, if in a community.
        community: Option<CommunityId>,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
    } + content(comment) {
        /// The text from now on.
        body: String,
    }
    /// It was removed, by its author or a moderator; what answers it stays.
    Removed = "removed" v 1 {
        /// Which.
        comment: CommentId,
        /// Who wrote it.
        author: MemberId,
        /// The post it stood below.
        post: PostId,
        /// Where that is, if in a community.
        community: Option<CommunityId>,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
