//! Archive a community: it stays readable, and nothing new comes.

use serde::Serialize;

use crate::audience::may_in;
use crate::community::{Archived, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator archives a community.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Archive {
    /// Which.
    pub community: CommunityId,
}

impl Action for Archive {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        if state.known()?.archived {
            return Ok(vec![]);
        }
        Ok(vec![Archived { community: self.community }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::{Given, community, member};

    fn archive() -> Archive {
        Archive { community: community(1) }
    }

    fn archived() -> Archived {
        Archived { community: community(1) }
    }

    #[test]
    fn a_leader_archives_once() {
        let given = Given::people().community(1, Access::Open).and(crate::community::LeaderAppointed {
            community: community(1),
            leader: member(2),
            leader_was: member(1),
        });
        given.clone().by(2).when(archive()).then([archived()]);
        given.clone().and(archived()).by(2).when(archive()).then_nothing();
        given.by(3).when(archive()).refused(audience::Refusal::LeaderNeeded);
    }

    #[test]
    fn only_a_community_that_exists_is_archived() {
        Given::people().when(archive()).refused(audience::Refusal::NoSuchCommunity);
    }
}
