//! Pin a post to the head of its community.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::policy::Ability;
use crate::post::{Pinned, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator pins a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pin {
    /// Which.
    pub post: PostId,
}

impl Action for Pin {
    type State = State;
    const ABILITY: Ability = Ability::ModerateCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let (post, community) = state.pinnable(facts)?;
        if post.pinned {
            return Ok(vec![]);
        }
        Ok(vec![Pinned { post: self.post, author: post.author, community }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::items::{published, to};
    use crate::given::{Given, community, in_community, member, post};
    use crate::post::{self, Kind};

    fn given() -> Given {
        Given::people().community(1, Access::Open).and(published(1, Kind::Update, in_community(1))).by(1)
    }

    fn pinned() -> Pinned {
        Pinned { post: post(1), author: member(2), community: community(1) }
    }

    #[test]
    fn a_moderator_pins_it_and_its_author_does_not() {
        given().when(Pin { post: post(1) }).then([pinned()]);
        given().by(2).when(Pin { post: post(1) }).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn pinning_twice_is_pinning_once() {
        given().and(pinned()).when(Pin { post: post(1) }).then_nothing();
    }

    #[test]
    fn only_what_is_in_a_living_community_is_pinned() {
        let addressed = Given::people().and(published(1, Kind::Update, to([3]))).by(2);
        addressed.when(Pin { post: post(1) }).refused(post::Refusal::NotInACommunity);
        given().archived(1).when(Pin { post: post(1) }).refused(audience::Refusal::CommunityArchived);
    }

    #[test]
    fn a_removed_post_is_not_pinned() {
        given().without_post(1).when(Pin { post: post(1) }).refused(post::Refusal::NoSuchPost);
    }
}
