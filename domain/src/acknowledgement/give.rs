//! Acknowledge an announcement: once, and its author need not.

use serde::Serialize;

use crate::acknowledgement::{Given, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::PostId;
use crate::policy::Ability;
use crate::post::Kind;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor acknowledges an announcement.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Give {
    /// Which.
    pub post: PostId,
}

refusals! {
    NotAnAnnouncement = "NOT_AN_ANNOUNCEMENT", "Only an announcement is acknowledged; react to the post instead.",
        "Seule une annonce se confirme ; réagissez plutôt à la publication.";
}

impl Action for Give {
    type State = State;
    const ABILITY: Ability = Ability::Respond;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::acknowledgement(self.post, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let post = facts.post(self.post)?.standing(facts)?;
        if post.kind != Kind::Announcement {
            return Err(Refusal::NotAnAnnouncement.into());
        }
        if state.given || post.author == member {
            return Ok(vec![]);
        }
        let community = post.audience.community();
        Ok(vec![Given { post: self.post, author: post.author, community, member }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given;
    use crate::given::items::{published, to};
    use crate::given::{member, post};
    use crate::post;

    fn given() -> given::Given {
        given::Given::people().and(published(1, Kind::Announcement, to([3]))).by(3)
    }

    fn give() -> Give {
        Give { post: post(1) }
    }

    fn acknowledged() -> Given {
        Given { post: post(1), author: member(2), community: None, member: member(3) }
    }

    #[test]
    fn whom_it_concerns_acknowledges_it_once() {
        given().when(give()).then([acknowledged()]);
        given().and(acknowledged()).when(give()).then_nothing();
    }

    #[test]
    fn its_author_need_not() {
        given().by(2).when(give()).then_nothing();
    }

    #[test]
    fn only_announcements_are_acknowledged() {
        let given = given::Given::people().and(published(1, Kind::Update, to([3]))).by(3);
        given.when(give()).refused(Refusal::NotAnAnnouncement);
    }

    #[test]
    fn whom_it_does_not_concern_does_not_find_it() {
        given().by(4).when(give()).refused(post::Refusal::NoSuchPost);
        given().without_post(1).when(give()).refused(post::Refusal::NoSuchPost);
    }
}
