//! Edit a post: its author rewrites it.

use serde::Serialize;

use crate::audience::may_mention;
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{MemberId, PostId};
use crate::policy::Ability;
use crate::post::{Edited, State};
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, Topic};

/// The author rewrites a post: everything that can be edited, as it is to stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edit {
    /// Which.
    pub post: PostId,
    /// The text from now on.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// The revision of the post's stream at which the author read what they rewrite; whatever stands if absent.
    pub based_on: Option<u64>,
}

impl Action for Edit {
    type State = State;
    const ABILITY: Ability = Ability::Revise;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let post = state.standing(facts)?;
        post.about().is_own(facts)?;
        post.about().is_alive(facts)?;
        based_on(self.based_on, post.revision)?;
        words::required("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let edited = Edited {
            post: self.post,
            author: post.author,
            community: post.audience.community(),
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            body: self.body.clone().into(),
        };
        Ok(vec![edited.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::decision;
    use crate::given::items::{published, to};
    use crate::given::{Given, in_community, member, post};
    use crate::item;
    use crate::post::{self, Kind, Pinned};

    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).by(2)
    }

    fn edit(based_on: Option<u64>) -> Edit {
        let body = "Bonsoir".to_owned();
        Edit { post: post(1), body, language: None, mentions: vec![], topics: vec![], based_on }
    }

    fn edited() -> Edited {
        Edited {
            post: post(1),
            author: member(2),
            community: None,
            language: None,
            mentions: vec![],
            topics: vec![],
            body: "Bonsoir".to_owned().into(),
        }
    }

    #[test]
    fn its_author_edits_it_and_nobody_else() {
        given().when(edit(None)).then([edited()]);
        given().by(3).when(edit(None)).refused(item::Refusal::AuthorNeeded);
        given().by(4).when(edit(None)).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn an_edit_of_an_old_text_is_told_which_is_current() {
        let given = given().and(edited());
        given.clone().when(edit(Some(0))).refused_with(decision::Refusal::StaleRevision, 1);
        given.when(edit(Some(1))).then([edited()]);
    }

    #[test]
    fn a_pin_makes_no_edit_stale() {
        let given =
            Given::people().community(1, Access::Open).and(published(1, Kind::Update, in_community(1)));
        let given =
            given.and(Pinned { post: post(1), author: member(2), community: crate::given::community(1) });
        let edited = Edited { community: Some(crate::given::community(1)), ..edited() };
        given.clone().by(2).when(edit(Some(0))).then([edited]);
        given.archived(1).by(2).when(edit(Some(0))).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn a_removed_post_is_not_edited() {
        given().without_post(1).when(edit(None)).refused(post::Refusal::NoSuchPost);
    }

    #[test]
    fn it_mentions_known_members() {
        let mentions = vec![member(77)];
        given().when(Edit { mentions, ..edit(None) }).refused(audience::Refusal::NoSuchMember);
    }

    #[test]
    fn it_keeps_a_text() {
        given().when(Edit { body: " ".to_owned(), ..edit(None) }).refused(words::Refusal::Blank);
    }
}
