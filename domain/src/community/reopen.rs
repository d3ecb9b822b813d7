//! Reopen an archived community.

use serde::Serialize;

use crate::audience::may_in;
use crate::community::{Reopened, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator reopens a community.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reopen {
    /// Which.
    pub community: CommunityId,
}

impl Action for Reopen {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        if !state.known()?.archived {
            return Ok(vec![]);
        }
        Ok(vec![Reopened { community: self.community }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::{Access, Archived};
    use crate::given::{Given, community};

    fn reopen() -> Reopen {
        Reopen { community: community(1) }
    }

    fn archived() -> Given {
        Given::people().community(1, Access::Open).and(Archived { community: community(1) })
    }

    #[test]
    fn an_archived_community_is_reopened_once() {
        let reopened = Reopened { community: community(1) };
        archived().by(1).when(reopen()).then([reopened.clone()]);
        archived().and(reopened).by(1).when(reopen()).then_nothing();
    }

    #[test]
    fn its_leader_reopens_it() {
        archived().by(2).when(reopen()).refused(audience::Refusal::LeaderNeeded);
        Given::people().when(reopen()).refused(audience::Refusal::NoSuchCommunity);
    }
}
