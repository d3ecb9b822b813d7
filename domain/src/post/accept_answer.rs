//! Accept a comment as the answer to a question; another one accepted later takes its place.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{CommentId, PostId};
use crate::policy::Ability;
use crate::post::{AnswerAccepted, Kind, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// Who asked, or a moderator, accepts an answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AcceptAnswer {
    /// The question.
    pub post: PostId,
    /// The answer.
    pub comment: CommentId,
    /// The revision at which the actor read the question; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

refusals! {
    NotAQuestion = "NOT_A_QUESTION", "Only a question has an answer to accept; react to the comment instead.",
        "Seule une question a une réponse à accepter ; réagissez plutôt au commentaire.";
}

impl Action for AcceptAnswer {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let post = state.standing(facts)?;
        post.about().is_own_or_moderated(facts)?;
        post.about().is_alive(facts)?;
        if post.kind != Kind::Question {
            return Err(Refusal::NotAQuestion.into());
        }
        if post.answer == Some(self.comment) {
            return Ok(vec![]);
        }
        based_on(self.based_on, post.revision)?;
        let answer = facts.comment(self.comment)?.below(facts, self.post)?;
        let accepted = AnswerAccepted {
            post: self.post,
            author: post.author,
            community: post.audience.community(),
            comment: self.comment,
            answerer: answer.author,
            comment_was: post.answer,
        };
        Ok(vec![accepted.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::comment;
    use crate::community::Access;
    use crate::given::items::{added, published, to};
    use crate::given::{Given, comment, community, in_community, member, post};
    use crate::{decision, item};

    fn given() -> Given {
        Given::people().and(published(1, Kind::Question, to([3, 4]))).and(added(1)).and(added(2)).by(2)
    }

    fn accept(n: u32) -> AcceptAnswer {
        AcceptAnswer { post: post(1), comment: comment(n), based_on: None }
    }

    fn accepted(n: u32, comment_was: Option<CommentId>) -> AnswerAccepted {
        AnswerAccepted {
            post: post(1),
            author: member(2),
            community: None,
            comment: comment(n),
            answerer: member(3),
            comment_was,
        }
    }

    #[test]
    fn who_asked_accepts_an_answer() {
        given().when(accept(1)).then([accepted(1, None)]);
        given().by(4).when(accept(1)).refused(item::Refusal::AuthorNeeded);
    }

    #[test]
    fn a_moderator_accepts_one_for_them() {
        let question = published(1, Kind::Question, in_community(1));
        let given = Given::people().community(1, Access::Open).and(question).and(added(1)).moderator(1, 4);
        let accepted = AnswerAccepted { community: Some(community(1)), ..accepted(1, None) };
        given.clone().by(4).when(accept(1)).then([accepted]);
        given.archived(1).by(4).when(accept(1)).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn another_answer_takes_the_place_of_the_first_and_says_so() {
        let given = given().and(accepted(1, None));
        given.clone().when(accept(1)).then_nothing();
        given.when(accept(2)).then([accepted(2, Some(comment(1)))]);
    }

    #[test]
    fn an_answer_stands_below_the_question() {
        let elsewhere = comment::Added { post: post(2), ..added(3) };
        let given = given().and(elsewhere).without_comment(2);
        for n in [2, 3, 77] {
            given.clone().when(accept(n)).refused(comment::Refusal::NoSuchComment);
        }
    }

    #[test]
    fn only_a_question_has_an_answer() {
        let given = Given::people().and(published(1, Kind::Update, to([3]))).and(added(1)).by(2);
        given.when(accept(1)).refused(Refusal::NotAQuestion);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| AcceptAnswer { based_on: Some(based_on), ..accept(2) };
        let given = given().and(accepted(1, None));
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([accepted(2, Some(comment(1)))]);
    }
}
