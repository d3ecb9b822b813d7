//! Make a moderator a plain member of the community again.

use serde::Serialize;

use crate::audience::{known_member, may_in};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{ModeratorUnmade, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The leader or an administrator ends a moderation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnmakeModerator {
    /// Where.
    pub community: CommunityId,
    /// Whose.
    pub member: MemberId,
}

impl Action for UnmakeModerator {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        known_member(facts, self.member, "member")?;
        if !state.moderator {
            return Ok(vec![]);
        }
        Ok(vec![ModeratorUnmade { community: self.community, member: self.member }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::{Given, community, member};
    use crate::membership::{Joined, ModeratorMade};

    fn given() -> Given {
        Given::people()
            .community(1, Access::Open)
            .and(Joined { community: community(1), member: member(2) })
            .and(ModeratorMade { community: community(1), member: member(2) })
    }

    fn unmake(n: u32) -> UnmakeModerator {
        UnmakeModerator { community: community(1), member: member(n) }
    }

    #[test]
    fn the_leader_ends_a_moderation_once() {
        let unmade = ModeratorUnmade { community: community(1), member: member(2) };
        given().by(1).when(unmake(2)).then([unmade.clone()]);
        given().and(unmade).by(1).when(unmake(2)).then_nothing();
    }

    #[test]
    fn moderators_unmake_nobody() {
        given().by(2).when(unmake(2)).refused(audience::Refusal::LeaderNeeded);
        given().by(1).when(unmake(9)).refused(audience::Refusal::NoSuchMember);
    }
}
