//! Leave a community.

use serde::Serialize;

use crate::audience::visible_community;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::membership::{Left, Refusal, Standing, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor leaves a community; its leader only once another leads.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leave {
    /// Which.
    pub community: CommunityId,
}

impl Action for Leave {
    type State = State;
    const ABILITY: Ability = Ability::TakePart;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::membership(self.community, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let community = visible_community(facts, self.community)?;
        if community.leader == member {
            return Err(Refusal::LeaderStays.into());
        }
        if state.standing != Standing::Member {
            return Ok(vec![]);
        }
        Ok(vec![Left { community: self.community, member }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::{Access, Archived, LeaderAppointed};
    use crate::given::{Given, community, member};
    use crate::membership::{Joined, Requested};
    use crate::{audience, decision};

    fn given() -> Given {
        Given::people().community(1, Access::Open)
    }

    fn joined(n: u32) -> Joined {
        Joined { community: community(1), member: member(n) }
    }

    fn left(n: u32) -> Left {
        Left { community: community(1), member: member(n) }
    }

    fn leave() -> Leave {
        Leave { community: community(1) }
    }

    #[test]
    fn who_is_in_leaves_once_also_an_archived_community() {
        given().and(joined(2)).by(2).when(leave()).then([left(2)]);
        given().and(joined(2)).and(Archived { community: community(1) }).by(2).when(leave()).then([left(2)]);
        given().and(joined(2)).and(left(2)).by(2).when(leave()).then_nothing();
    }

    #[test]
    fn who_only_asked_has_nothing_to_leave() {
        given()
            .and(Requested { community: community(1), member: member(2) })
            .by(2)
            .when(leave())
            .then_nothing();
    }

    #[test]
    fn the_leader_leaves_after_handing_over() {
        let led = given().and(joined(1));
        led.clone().by(1).when(leave()).refused(Refusal::LeaderStays);
        let (leader, leader_was) = (member(2), member(1));
        let handed = led.and(LeaderAppointed { community: community(1), leader, leader_was });
        handed.by(1).when(leave()).then([left(1)]);
    }

    #[test]
    fn a_person_leaves_a_community_there_is() {
        given().when(leave()).refused(decision::Refusal::PersonNeeded);
        Given::people().by(2).when(leave()).refused(audience::Refusal::NoSuchCommunity);
    }
}
