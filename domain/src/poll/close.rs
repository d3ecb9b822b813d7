//! Close a poll before its end: its author, or a moderator.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::policy::Ability;
use crate::poll::{Closed, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author of a post or a moderator closes the poll with it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Close {
    /// The post it stands with.
    pub post: PostId,
}

impl Action for Close {
    type State = State;
    const ABILITY: Ability = Ability::TendContents;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::poll(self.post)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let post = facts.post(self.post)?.standing(facts)?;
        post.about().is_own_or_moderated(facts)?;
        if !state.known()?.is_open(facts.now) {
            return Ok(vec![]);
        }
        let community = post.audience.community();
        Ok(vec![Closed { post: self.post, author: post.author, community }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::items::{polled, published};
    use crate::given::{Given, community, in_community, member, post};
    use crate::poll::{Opened, Refusal, Rule};
    use crate::post::Kind;

    fn given() -> Given {
        let given = Given::people().community(1, Access::Open).moderator(1, 4);
        given.and(published(1, Kind::Update, in_community(1)))
    }

    fn close() -> Close {
        Close { post: post(1) }
    }

    fn closed() -> Closed {
        Closed { post: post(1), author: member(2), community: Some(community(1)) }
    }

    #[test]
    fn its_author_or_a_moderator_closes_it() {
        let given = given().and(polled(Rule::One));
        given.clone().by(2).when(close()).then([closed()]);
        given.clone().by(4).when(close()).then([closed()]);
        given.by(3).when(close()).refused(audience::Refusal::ModeratorNeeded);
    }

    #[test]
    fn what_is_closed_or_has_ended_needs_no_closing() {
        given().and(polled(Rule::One)).and(closed()).by(2).when(close()).then_nothing();
        let closes_at = Some("2026-03-02T08:30:00Z".parse().unwrap());
        given().and(Opened { closes_at, ..polled(Rule::One) }).by(2).when(close()).then_nothing();
    }

    #[test]
    fn a_post_without_a_poll_has_none_to_close() {
        given().by(2).when(close()).refused(Refusal::NoSuchPoll);
    }
}
