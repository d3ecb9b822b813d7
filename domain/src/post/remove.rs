//! Remove a post: its author takes it back, or a moderator takes it down.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::policy::Ability;
use crate::post::{Removed, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author or a moderator removes a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remove {
    /// Which.
    pub post: PostId,
}

impl Action for Remove {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let post = state.readable(facts)?;
        post.about().is_own_or_moderated(facts)?;
        if post.removed {
            return Ok(vec![]);
        }
        let community = post.audience.community();
        Ok(vec![Removed { post: self.post, author: post.author, community }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::items::{published, to};
    use crate::given::{Given, community, in_community, member, post};
    use crate::item;
    use crate::post::Kind;

    fn remove() -> Remove {
        Remove { post: post(1) }
    }

    fn removed() -> Removed {
        Removed { post: post(1), author: member(2), community: Some(community(1)) }
    }

    fn given() -> Given {
        Given::people().community(1, Access::Open).and(published(1, Kind::Update, in_community(1)))
    }

    #[test]
    fn its_author_or_a_moderator_removes_it() {
        given().by(2).when(remove()).then([removed()]);
        given().moderator(1, 4).by(4).when(remove()).then([removed()]);
        given().by(3).when(remove()).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn what_is_addressed_to_members_has_no_moderator() {
        let given = Given::people().and(published(1, Kind::Update, to([3])));
        given.clone().by(3).when(remove()).refused(item::Refusal::AuthorNeeded);
        given.clone().when(remove()).then([Removed { community: None, ..removed() }]);
        given.by(2).when(remove()).then([Removed { community: None, ..removed() }]);
    }

    #[test]
    fn removing_twice_is_removing_once() {
        given().and(removed()).by(2).when(remove()).then_nothing();
    }

    #[test]
    fn also_where_nothing_new_is_taken() {
        given().archived(1).by(2).when(remove()).then([removed()]);
    }
}
