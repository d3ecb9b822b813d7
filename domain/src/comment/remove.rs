//! Remove a comment: its author takes it back, or a moderator takes it down. What answers it stays.

use serde::Serialize;

use crate::comment::{Removed, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommentId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator removes a comment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remove {
    /// Which.
    pub comment: CommentId,
}

impl Action for Remove {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::comment(self.comment)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let (comment, about) = state.readable(facts)?;
        about.is_own_or_moderated(facts)?;
        if comment.removed {
            return Ok(vec![]);
        }
        let removed = Removed {
            comment: self.comment,
            author: comment.author,
            post: comment.post,
            community: about.community(),
        };
        Ok(vec![removed.into()])
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
    use crate::item;
    use crate::post::Kind;

    fn remove() -> Remove {
        Remove { comment: comment(1) }
    }

    fn removed() -> Removed {
        Removed { comment: comment(1), author: member(3), post: post(1), community: None }
    }

    fn given() -> Given {
        Given::people().and(published(1, Kind::Update, to([3]))).and(added(1))
    }

    #[test]
    fn its_author_removes_it_and_the_post_s_author_does_not() {
        given().by(3).when(remove()).then([removed()]);
        given().by(2).when(remove()).refused(item::Refusal::AuthorNeeded);
        given().by(4).when(remove()).refused(comment::Refusal::NoSuchComment);
    }

    #[test]
    fn a_moderator_removes_it() {
        let given = Given::people().community(1, Access::Open).moderator(1, 4);
        let given = given.and(published(1, Kind::Update, in_community(1))).and(added(1));
        given.clone().by(4).when(remove()).then([Removed { community: Some(community(1)), ..removed() }]);
        given.by(5).when(remove()).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn removing_twice_is_removing_once() {
        given().and(removed()).by(3).when(remove()).then_nothing();
    }
}
