//! A comment on a post, or on another comment below it.

pub mod add;
pub mod edit;
pub mod remove;

use crate::decision::Facts;
use crate::event::{Moment, events};
use crate::id::{CommentId, CommunityId, Item, MemberId, PostId};
use crate::item::About;
use crate::moderation::hides;
use crate::refusal::{Stop, refusals};
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

/// A comment as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it.
    pub author: MemberId,
    /// The post it stands below.
    pub post: PostId,
    /// It was removed.
    pub removed: bool,
    /// The revision of the last event that changed its text.
    pub text_revision: u64,
}

/// What the rules of this subject remember. The text is not among it: no rule reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once added.
    pub added: Option<Comment>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        if let Event::Added(e) = event {
            let text_revision = at.revision;
            let (id, author, post) = (e.comment, e.author, e.post);
            self.added = Some(Comment { id, author, post, removed: false, text_revision });
        }
        let Some(comment) = &mut self.added else { return };
        match event {
            Event::Added(_) => {}
            Event::Edited(_) => comment.text_revision = at.revision,
            Event::Removed(_) => comment.removed = true,
        }
    }

    /// The comment, if it stands below this post and is not hidden from the actor.
    pub fn below(&self, facts: &Facts, post: PostId) -> Result<&Comment, Stop> {
        let absent = || Refusal::NoSuchComment.on("comment");
        let below = self.added.as_ref().filter(|comment| comment.post == post).ok_or_else(absent)?;
        self.standing(facts).map_err(|stop| stop.instead(absent()))?;
        Ok(below)
    }

    /// The comment, whoever it is for; refused as absent once removed.
    pub fn known(&self) -> Result<&Comment, Refusal> {
        self.added.as_ref().filter(|comment| !comment.removed).ok_or(Refusal::NoSuchComment)
    }

    /// The comment, removed or not, and who may read it; refused, as if it had never been, if its post is gone or
    /// is not for the actor.
    pub fn readable<'a>(&'a self, facts: &'a Facts) -> Result<(&'a Comment, About<'a>), Stop> {
        let comment = self.added.as_ref().ok_or(Refusal::NoSuchComment)?;
        let post = facts.post(comment.post)?.standing(facts);
        let post = post.map_err(|stop| stop.instead(Refusal::NoSuchComment))?;
        Ok((comment, About { author: comment.author, audience: Some(&post.audience) }))
    }

    /// The comment that the actor may read, and who may; refused as absent once removed, and while it is hidden from
    /// them.
    pub fn standing<'a>(&'a self, facts: &'a Facts) -> Result<(&'a Comment, About<'a>), Stop> {
        let (comment, about) = self.readable(facts)?;
        let hidden = !comment.removed && hides(facts, Item::Comment(comment.id), about)?;
        if comment.removed || hidden { Err(Refusal::NoSuchComment.into()) } else { Ok((comment, about)) }
    }
}

refusals! {
    NoSuchComment = "NO_SUCH_COMMENT", "There is no such comment on this post; it may have been removed.",
        "Ce commentaire n’existe pas sous cette publication ; il a peut-être été retiré.";
}
