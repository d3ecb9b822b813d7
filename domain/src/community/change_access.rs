//! Change who may come into a community.

use serde::Serialize;

use crate::audience::may_in;
use crate::community::{Access, AccessChanged, State};
use crate::decision::{Action, Facts};
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
}

impl Action for ChangeAccess {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        let access_was = state.living()?.access;
        if access_was == self.access {
            return Ok(vec![]);
        }
        Ok(vec![AccessChanged { community: self.community, access: self.access, access_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::given::{Given, community};

    fn change(access: Access) -> ChangeAccess {
        ChangeAccess { community: community(1), access }
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
}
