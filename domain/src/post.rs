//! A post: an update, a question or an announcement, in a community or addressed to members.

pub mod accept_answer;
pub mod edit;
pub mod pin;
pub mod publish;
pub mod remove;
pub mod share_on;
pub mod unpin;

use serde::{Deserialize, Serialize};

use crate::audience::{Audience, living_community, may_in, may_read};
use crate::decision::Facts;
use crate::event::{Moment, events};
use crate::id::{CommentId, CommunityId, Item, MemberId, PostId};
use crate::item::About;
use crate::moderation::hides;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
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

/// A post as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Its id.
    pub id: PostId,
    /// Who wrote it.
    pub author: MemberId,
    /// What it is.
    pub kind: Kind,
    /// Where, or to whom.
    pub audience: Audience,
    /// It stays at the head of its community.
    pub pinned: bool,
    /// The comment accepted as the answer.
    pub answer: Option<CommentId>,
    /// It was removed.
    pub removed: bool,
    /// The revision of the last event that changed its text or its answer.
    pub revision: u64,
}

impl Post {
    /// Who wrote it and for whom.
    pub fn about(&self) -> About<'_> {
        About { author: self.author, audience: Some(&self.audience) }
    }
}

/// What the rules of this subject remember. The text is not among it: no rule reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What stands, once published.
    pub published: Option<Post>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        if let Event::Published(e) = event {
            self.published = Some(Post {
                id: e.post,
                author: e.author,
                kind: e.kind,
                audience: e.audience.clone(),
                pinned: e.pinned,
                answer: None,
                removed: false,
                revision: at.revision,
            });
        }
        let Some(post) = &mut self.published else { return };
        match event {
            Event::Published(_) | Event::SharedOn(_) => {}
            Event::Edited(_) => post.revision = at.revision,
            Event::Removed(_) => post.removed = true,
            Event::Pinned(_) => post.pinned = true,
            Event::Unpinned(_) => post.pinned = false,
            Event::AnswerAccepted(e) => (post.answer, post.revision) = (Some(e.comment), at.revision),
        }
    }

    /// The post, whoever it is for; refused as absent once removed.
    pub fn known(&self) -> Result<&Post, Refusal> {
        self.published.as_ref().filter(|post| !post.removed).ok_or(Refusal::NoSuchPost)
    }

    /// The post, removed or not; refused, as if it had never been, if it is not for the actor.
    pub fn readable(&self, facts: &Facts) -> Result<&Post, Stop> {
        let post = self.published.as_ref().ok_or(Refusal::NoSuchPost)?;
        may_read(facts, &post.audience, post.author, Refusal::NoSuchPost.into())?;
        Ok(post)
    }

    /// The post that the actor may read; refused as absent once removed, and while it is hidden from them.
    pub fn standing(&self, facts: &Facts) -> Result<&Post, Stop> {
        let post = self.readable(facts)?;
        if post.removed || hides(facts, Item::Post(post.id), post.about())? {
            Err(Refusal::NoSuchPost.into())
        } else {
            Ok(post)
        }
    }

    /// The post and its community, if the actor may pin it there and unpin it.
    pub fn pinnable(&self, facts: &Facts) -> Result<(&Post, CommunityId), Stop> {
        let post = self.standing(facts)?;
        let community = post.audience.community().ok_or(Refusal::NotInACommunity)?;
        may_in(facts, community, Ability::ModerateCommunities)?;
        living_community(facts, community)?;
        Ok((post, community))
    }
}

refusals! {
    NoSuchPost = "NO_SUCH_POST", "There is no such post; it may have been removed.",
        "Cette publication n’existe pas ; elle a peut-être été retirée.";
    NotInACommunity = "NOT_IN_A_COMMUNITY", "Only a post in a community has a head to be pinned to.",
        "Seule une publication de communauté peut être épinglée en tête de celle-ci.";
}
