//! Edit a comment: its author rewrites it.

use serde::Serialize;

use crate::audience::may_mention;
use crate::comment::{Edited, State};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{CommentId, MemberId};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, Topic};

/// The author rewrites a comment: everything that can be edited, as it is to stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Edit {
    /// Which.
    pub comment: CommentId,
    /// The text from now on.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// The revision of the comment's stream at which the author read what they rewrite; whatever stands if absent.
    pub based_on: Option<u64>,
}

impl Action for Edit {
    type State = State;
    const ABILITY: Ability = Ability::Revise;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::comment(self.comment)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let (comment, about) = state.standing(facts)?;
        about.is_own(facts)?;
        about.is_alive(facts)?;
        based_on(self.based_on, comment.text_revision)?;
        words::required("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let edited = Edited {
            comment: self.comment,
            author: comment.author,
            post: comment.post,
            community: about.community(),
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
    use crate::comment;
    use crate::community::Access;
    use crate::decision;
    use crate::given::items::{added, published, to};
    use crate::given::{Given, comment, in_community, member, post};
    use crate::item;
    use crate::post::Kind;

    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3, 4]))).and(added(1)).by(3)
    }

    fn edit(based_on: Option<u64>) -> Edit {
        let body = "Bonsoir".to_owned();
        Edit { comment: comment(1), body, language: None, mentions: vec![], topics: vec![], based_on }
    }

    fn edited() -> Edited {
        Edited {
            comment: comment(1),
            author: member(3),
            post: post(1),
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
        given().by(2).when(edit(None)).refused(item::Refusal::AuthorNeeded);
        given().by(5).when(edit(None)).refused(comment::Refusal::NoSuchComment);
    }

    #[test]
    fn an_edit_of_an_old_text_is_told_which_is_current() {
        let given = given().and(edited());
        given.clone().when(edit(Some(0))).refused_with(decision::Refusal::StaleRevision, 1);
        given.when(edit(Some(1))).then([edited()]);
    }

    #[test]
    fn it_keeps_a_text_and_mentions_known_members() {
        given().when(Edit { body: String::new(), ..edit(None) }).refused(words::Refusal::Blank);
        let mentions = vec![member(77)];
        given().when(Edit { mentions, ..edit(None) }).refused(audience::Refusal::NoSuchMember);
    }

    #[test]
    fn nothing_is_edited_in_an_archived_community() {
        let given =
            Given::people().community(1, Access::Open).and(published(1, Kind::Update, in_community(1)));
        let given = given.and(added(1)).archived(1).by(3);
        given.when(edit(None)).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn what_was_removed_is_not_edited() {
        given().without_comment(1).when(edit(None)).refused(comment::Refusal::NoSuchComment);
        given().without_post(1).when(edit(None)).refused(comment::Refusal::NoSuchComment);
    }
}
