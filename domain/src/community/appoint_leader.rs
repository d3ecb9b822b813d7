//! Appoint another leader of a community.

use serde::Serialize;

use crate::audience::{active_member, may_in};
use crate::community::{LeaderAppointed, State};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader hands over, or an administrator decides. Who led stays in if they had joined as well.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AppointLeader {
    /// Which.
    pub community: CommunityId,
    /// Who leads from now on: an active member, who comes in by it.
    pub leader: MemberId,
    /// The revision at which the actor read who led; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for AppointLeader {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        let community = state.living()?;
        let leader_was = community.leader;
        active_member(facts, self.leader, "leader")?;
        if leader_was == self.leader {
            return Ok(vec![]);
        }
        based_on(self.based_on, community.revision)?;
        Ok(vec![LeaderAppointed { community: self.community, leader: self.leader, leader_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::decision;
    use crate::given::{Given, community, department, member};
    use crate::member::{self, Deactivated};

    fn given() -> Given {
        Given::people().community(1, Access::Open)
    }

    fn appoint(n: u32) -> AppointLeader {
        AppointLeader { community: community(1), leader: member(n), based_on: None }
    }

    fn appointed(leader: u32, was: u32) -> LeaderAppointed {
        LeaderAppointed { community: community(1), leader: member(leader), leader_was: member(was) }
    }

    #[test]
    fn a_leader_hands_over_and_leads_no_more() {
        given().by(1).when(appoint(2)).then([appointed(2, 1)]);
        let handed = given().and(appointed(2, 1));
        handed.clone().by(2).when(appoint(3)).then([appointed(3, 2)]);
        handed.clone().by(3).when(appoint(3)).refused(audience::Refusal::LeaderNeeded);
        handed.by(2).when(appoint(2)).then_nothing();
    }

    #[test]
    fn an_administrator_appoints_a_leader_anywhere() {
        let given = Given::people().community(1, Access::Invitation).and(appointed(2, 1));
        given.by(1).when(appoint(3)).then([appointed(3, 2)]);
    }

    #[test]
    fn a_leader_is_an_active_member() {
        given().when(appoint(9)).refused(audience::Refusal::NoSuchMember);
        let left = given().and(Deactivated { member: member(2), department: department(1) });
        left.when(appoint(2)).refused(member::Refusal::MemberInactive);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| AppointLeader { based_on: Some(based_on), ..appoint(3) };
        let given = given().and(appointed(2, 1)).by(2);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([appointed(3, 2)]);
    }
}
