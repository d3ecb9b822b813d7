//! Accept a comment as the answer to a question; another one accepted later takes its place.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommentId, PostId};
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
}

refusals! {
    NotAQuestion = "NOT_A_QUESTION", "Only a question has an answer to accept; react to the comment instead.",
        "Seule une question a une réponse à accepter ; réagissez plutôt au commentaire.";
}

impl Action for AcceptAnswer {
    type State = State;

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
        let answer = facts.comment(self.comment)?.below(self.post)?;
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
