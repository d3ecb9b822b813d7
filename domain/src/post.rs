//! A post: an update, a question or an announcement, in a community or addressed to members.

use serde::{Deserialize, Serialize};

use crate::audience::Audience;
use crate::event::{Moment, events};
use crate::id::{CommentId, CommunityId, MemberId, PostId};
use crate::words::{Language, Topic};

/// What a post is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// News, a thought, a message.
    #[default]
    Update,
    /// A question, to which one answer can be accepted.
    Question,
    /// Something everybody concerned should acknowledge.
    Announcement,
}

events! {
    Act "post"
    /// A post was published.
    Published = "published" v 1 {
        /// Its id.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// What it is.
        kind: Kind,
        /// Where, or to whom.
        audience: Audience,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
        /// It stays at the head of its community.
        pinned: bool,
    } + content(post) {
        /// The text.
        body: String,
    }
    /// It was edited: everything that can be edited as it now stands.
    Edited = "edited" v 1 {
        /// Which.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// The language it is written in, if said.
        language: Option<Language>,
        /// Whom it mentions.
        mentions: Vec<MemberId>,
        /// What it is about.
        topics: Vec<Topic>,
    } + content(post) {
        /// The text from now on.
        body: String,
    }
    /// It was removed, by its author or a moderator.
    Removed = "removed" v 1 {
        /// Which.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// Where it was, if in a community.
        community: Option<CommunityId>,
    }
    /// It was pinned to the head of its community.
    Pinned = "pinned" v 1 {
        /// Which.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// Where.
        community: CommunityId,
    }
    /// It was unpinned.
    Unpinned = "unpinned" v 1 {
        /// Which.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// Where.
        community: CommunityId,
    }
    /// A comment was accepted as the answer to a question.
    AnswerAccepted = "answer-accepted" v 1 {
        /// The question.
        post: PostId,
        /// Who asked.
        author: MemberId,
        /// Where it was asked, if in a community.
        community: Option<CommunityId>,
        /// The answer.
        comment: CommentId,
        /// Who answered.
        answerer: MemberId,
        /// The answer accepted before, if another was.
        comment_was: Option<CommentId>,
    }
    /// Somebody passed it on to others.
    SharedOn = "shared-on" v 1 {
        /// Which.
        post: PostId,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// Where, or to whom, it was passed on.
        audience: Audience,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
