//! Mark a feed as read up to a time. A mark moves forward alone, so that two devices never make old things new.

use serde::Serialize;

use crate::audience::may_read_in;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::policy::Ability;
use crate::reading::{Feed, FeedMarked, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;

/// The actor has read a feed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkFeed {
    /// Which: their own, their notifications, or that of a community they may read.
    pub feed: Feed,
    /// Up to where: the time of the newest thing read, not after now.
    pub up_to: Time,
}

refusals! {
    ReadAhead = "READ_AHEAD", "Nobody has read what is still to come; send the time of the newest item read.",
        "Personne n’a lu ce qui est encore à venir ; envoyez l’heure de l’élément le plus récent lu.";
}

impl Action for MarkFeed {
    type State = State;
    const ABILITY: Ability = Ability::KeepTheirState;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::reading(self.feed, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        if let Feed::Community(community) = self.feed {
            may_read_in(facts, community)?;
        }
        if self.up_to > facts.now {
            return Err(Refusal::ReadAhead.on("upTo").into());
        }
        if state.up_to.is_some_and(|up_to| up_to >= self.up_to) {
            return Ok(vec![]);
        }
        let (up_to, up_to_was) = (self.up_to.into(), state.up_to.into());
        Ok(vec![FeedMarked { feed: self.feed, member, up_to, up_to_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::Access;
    use crate::given::{Given, community, member};
    use crate::sealed::Sealed;
    use crate::{audience, decision};

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    fn mark(feed: Feed, hour: u32) -> MarkFeed {
        MarkFeed { feed, up_to: time(&format!("2026-03-02T{hour:02}:00:00Z")) }
    }

    fn marked(feed: Feed, hour: u32, was: Option<u32>) -> FeedMarked {
        let up_to = |hour| mark(feed, hour).up_to;
        FeedMarked { feed, member: member(2), up_to: up_to(hour).into(), up_to_was: was.map(up_to).into() }
    }

    #[test]
    fn a_mark_moves_forward_alone() {
        for feed in [Feed::Personal, Feed::Notifications] {
            let given = Given::people().by(2);
            given.clone().when(mark(feed, 7)).then([marked(feed, 7, None)]);
            let given = given.and(marked(feed, 7, None));
            given.clone().when(mark(feed, 7)).then_nothing();
            given.clone().when(mark(feed, 6)).then_nothing();
            given.when(mark(feed, 8)).then([marked(feed, 8, Some(7))]);
        }
    }

    #[test]
    fn nobody_reads_ahead() {
        Given::people().by(2).when(mark(Feed::Personal, 9)).then([marked(Feed::Personal, 9, None)]);
        Given::people().by(2).when(mark(Feed::Personal, 10)).refused(Refusal::ReadAhead);
    }

    #[test]
    fn a_community_is_marked_by_who_may_read_it() {
        let feed = Feed::Community(community(1));
        let given = Given::people().community(1, Access::Request).joined(1, 2);
        given.clone().by(2).when(mark(feed, 7)).then([marked(feed, 7, None)]);
        given.by(3).when(mark(feed, 7)).refused(audience::Refusal::NoSuchCommunity);
    }

    #[test]
    fn what_is_gone_was_never_marked() {
        let gone = FeedMarked { up_to: Sealed::Gone, ..marked(Feed::Personal, 8, None) };
        let given = Given::people().by(2).and(gone);
        given.when(mark(Feed::Personal, 7)).then([marked(Feed::Personal, 7, None)]);
    }

    #[test]
    fn a_service_reads_nothing() {
        Given::people().when(mark(Feed::Personal, 7)).refused(decision::Refusal::PersonNeeded);
    }
}
