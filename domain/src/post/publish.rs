//! Publish an update, a question or an announcement: in a community, or addressed to members.

use serde::Serialize;

use crate::audience::{Audience, addressed, may_mention, may_moderate};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{MemberId, PostId};
use crate::post::{Kind, Published, Refusal as PostRefusal, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, Topic};

/// The actor publishes a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Publish {
    /// Its id, if the sender chose one.
    pub post: Option<PostId>,
    /// What it is.
    pub kind: Kind,
    /// Where, or to whom: at most 500 members, of whom each is named once and the author not at all.
    pub audience: Audience,
    /// The text.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// It is to stay at the head of its community, for which it takes a moderator.
    pub pinned: bool,
}

refusals! {
    PostExists = "POST_EXISTS", "There is a post with this id already; leave the id out or choose another.",
        "Une publication porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
}

impl Action for Publish {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::post(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.published.is_some() {
            return Err(Refusal::PostExists.on("post").into());
        }
        let audience = addressed(facts, &self.audience, author)?;
        if self.pinned {
            may_moderate(facts, audience.community().ok_or(PostRefusal::NotInACommunity)?)?;
        }
        words::required("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let published = Published {
            post: self.id(facts),
            author,
            kind: self.kind,
            audience,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            pinned: self.pinned,
            body: self.body.clone().into(),
        };
        Ok(vec![published.into()])
    }
}

impl Publish {
    fn id(&self, facts: &Facts) -> PostId {
        self.post.unwrap_or(PostId(facts.new_id))
    }
}
