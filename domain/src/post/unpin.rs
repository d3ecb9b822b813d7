//! Unpin a post from the head of its community.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::policy::Ability;
use crate::post::{State, Unpinned};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator unpins a post.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unpin {
    /// Which.
    pub post: PostId,
}

impl Action for Unpin {
    type State = State;
    const ABILITY: Ability = Ability::ModerateCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::post(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let (post, community) = state.pinnable(facts)?;
        if !post.pinned {
            return Ok(vec![]);
        }
        Ok(vec![Unpinned { post: self.post, author: post.author, community }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::items::{published, to};
    use crate::given::{Given, community, in_community, member, post};
    use crate::post::{self, Kind, Pinned};

    fn given() -> Given {
        Given::people().community(1, Access::Open).and(published(1, Kind::Update, in_community(1))).by(1)
    }

    fn pinned() -> Pinned {
        Pinned { post: post(1), author: member(2), community: community(1) }
    }

    fn unpinned() -> Unpinned {
        Unpinned { post: post(1), author: member(2), community: community(1) }
    }

    #[test]
    fn a_moderator_unpins_it_and_its_author_does_not() {
        given().and(pinned()).when(Unpin { post: post(1) }).then([unpinned()]);
        given().and(pinned()).by(2).when(Unpin { post: post(1) }).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn a_post_published_pinned_is_unpinned_like_any() {
        let published = post::Published { pinned: true, ..published(1, Kind::Update, in_community(1)) };
        let given = Given::people().community(1, Access::Open).and(published).by(1);
        given.when(Unpin { post: post(1) }).then([unpinned()]);
    }

    #[test]
    fn what_is_not_pinned_needs_no_unpinning() {
        given().when(Unpin { post: post(1) }).then_nothing();
        given().and(pinned()).and(unpinned()).when(Unpin { post: post(1) }).then_nothing();
    }

    #[test]
    fn what_is_addressed_to_members_has_no_pin() {
        let addressed = Given::people().and(published(1, Kind::Update, to([3]))).by(2);
        addressed.when(Unpin { post: post(1) }).refused(post::Refusal::NotInACommunity);
    }
}
