//! Change who may come into a community.

use serde::Serialize;

use crate::audience::may_in;
use crate::community::{Access, AccessChanged, State};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::CommunityId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator changes who may come in; who is in stays in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeAccess {
    /// Which.
    pub community: CommunityId,
    /// Who may come in from now on.
    pub access: Access,
    /// The revision at which the actor read what it was; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for ChangeAccess {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        let community = state.living()?;
        let access_was = community.access;
        if access_was == self.access {
            return Ok(vec![]);
        }
        based_on(self.based_on, community.revision)?;
        Ok(vec![AccessChanged { community: self.community, access: self.access, access_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::decision;
    use crate::given::{Given, community};

    fn change(access: Access) -> ChangeAccess {
        ChangeAccess { community: community(1), access, based_on: None }
    }

    #[test]
    fn a_change_says_what_was() {
        let given = Given::people().community(1, Access::Open).by(1);
        given.clone().when(change(Access::Request)).then([AccessChanged {
            community: community(1),
            access: Access::Request,
            access_was: Access::Open,
        }]);
        given.when(change(Access::Open)).then_nothing();
    }

    #[test]
    fn the_leader_decides_who_comes_in() {
        let given = Given::people().community(1, Access::Open).by(2);
        given.when(change(Access::Request)).refused(audience::Refusal::LeaderNeeded);
        Given::people().by(1).when(change(Access::Open)).refused(audience::Refusal::NoSuchCommunity);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| ChangeAccess { based_on: Some(based_on), ..change(Access::Invitation) };
        let given = Given::people().community(1, Access::Open).by(1).and(AccessChanged {
            community: community(1),
            access: Access::Request,
            access_was: Access::Open,
        });
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([AccessChanged {
            community: community(1),
            access: Access::Invitation,
            access_was: Access::Request,
        }]);
    }
}
