//! Comment on a post, or on another comment below it.

use serde::Serialize;

use crate::audience::{may_mention, may_write_in};
use crate::comment::{Added, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommentId, MemberId, PostId};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, Topic};

/// The actor comments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Add {
    /// Its id, if the sender chose one.
    pub comment: Option<CommentId>,
    /// The post it stands below.
    pub post: PostId,
    /// The comment it answers, unless it answers the post.
    pub parent: Option<CommentId>,
    /// The text.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
}

refusals! {
    CommentExists = "COMMENT_EXISTS",
        "There is a comment with this id already; leave the id out or choose another.",
        "Un commentaire porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
}

impl Action for Add {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::comment(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.added.is_some() {
            return Err(Refusal::CommentExists.on("comment").into());
        }
        let post = facts.post(self.post)?.standing(facts)?;
        let community = post.audience.community();
        community.map_or(Ok(()), |community| may_write_in(facts, community))?;
        let parent_author = match self.parent {
            Some(parent) => Some(facts.comment(parent)?.below(self.post)?.author),
            None => None,
        };
        words::required("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let added = Added {
            comment: self.id(facts),
            author,
            post: self.post,
            post_author: post.author,
            community,
            parent: self.parent,
            parent_author,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            body: self.body.clone().into(),
        };
        Ok(vec![added.into()])
    }
}

impl Add {
    fn id(&self, facts: &Facts) -> CommentId {
        self.comment.unwrap_or(CommentId(facts.new_id))
    }
}
