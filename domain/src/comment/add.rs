//! Comment on a post, or on another comment below it.

use serde::Serialize;

use crate::audience::{may_mention, may_write_in};
use crate::comment::{Added, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommentId, MemberId, PostId};
use crate::policy::Ability;
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
    const ABILITY: Ability = Ability::Publish;

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
            Some(parent) => Some(facts.comment(parent)?.below(facts, self.post)?.author),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience::{self, Audience};
    use crate::comment;
    use crate::community::Access;
    use crate::given::items::{BODY, added, published, to};
    use crate::given::{Given, NEW, comment, community, in_community, member, post};
    use crate::post::{self, Kind};

    fn given(audience: Audience) -> Given {
        Given::people().community(1, Access::Open).and(published(1, Kind::Update, audience)).by(3)
    }

    fn add(n: u32, parent: Option<CommentId>) -> Add {
        Add {
            comment: Some(comment(n)),
            post: post(1),
            parent,
            body: BODY.to_owned(),
            language: None,
            mentions: vec![],
            topics: vec![],
        }
    }

    #[test]
    fn author_and_addressees_comment_on_what_is_between_them() {
        given(to([3])).when(add(1, None)).then([added(1)]);
        given(to([3])).by(2).when(add(1, None)).then([Added { author: member(2), ..added(1) }]);
        given(to([3])).by(4).when(add(1, None)).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn members_of_a_community_comment_in_it() {
        let given = given(in_community(1));
        given.clone().when(add(1, None)).refused(audience::Refusal::NotInCommunity);
        let added = Added { community: Some(community(1)), ..added(1) };
        given.clone().joined(1, 3).when(add(1, None)).then([added]);
        given.joined(1, 3).archived(1).when(add(1, None)).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn a_comment_on_a_comment_names_it_and_its_author() {
        let answer =
            Added { author: member(2), parent: Some(comment(1)), parent_author: Some(member(3)), ..added(2) };
        given(to([3])).and(added(1)).by(2).when(add(2, Some(comment(1)))).then([answer]);
    }

    #[test]
    fn what_it_answers_stands_on_the_same_post() {
        let elsewhere = Added { post: post(2), ..added(2) };
        let given = given(to([3])).and(added(1)).without_comment(1).and(elsewhere);
        for n in [1, 2, 77] {
            given.clone().when(add(3, Some(comment(n)))).refused(comment::Refusal::NoSuchComment);
        }
    }

    #[test]
    fn a_removed_post_takes_no_comment() {
        given(to([3])).without_post(1).when(add(1, None)).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn an_id_is_given_to_one_comment_alone() {
        given(to([3])).and(added(1)).when(add(1, None)).refused(Refusal::CommentExists);
        let comment = CommentId(NEW);
        let without = Add { comment: None, ..add(1, None) };
        given(to([3])).and(added(1)).when(without).then([Added { comment, ..added(1) }]);
    }

    #[test]
    fn it_mentions_known_members() {
        let mentions = vec![member(77)];
        given(to([3])).when(Add { mentions, ..add(1, None) }).refused(audience::Refusal::NoSuchMember);
    }

    #[test]
    fn a_comment_says_something() {
        let empty = Add { body: "\n".to_owned(), ..add(1, None) };
        given(to([3])).when(empty).refused(words::Refusal::Blank);
    }
}
