//! Remove a member from a community.

use serde::Serialize;

use crate::audience::{community, known_member, may_in};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Refusal, Removed, Standing, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator removes a member; never the leader.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Remove {
    /// From where.
    pub community: CommunityId,
    /// Whom.
    pub member: MemberId,
}

impl Action for Remove {
    type State = State;
    const ABILITY: Ability = Ability::ModerateCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        known_member(facts, self.member, "member")?;
        if community(facts, self.community)?.leader == self.member {
            return Err(Refusal::LeaderStays.on("member").into());
        }
        if state.standing != Standing::Member {
            return Ok(vec![]);
        }
        Ok(vec![Removed { community: self.community, member: self.member }.into()])
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
        Given::people().community(1, Access::Open).and(Joined { community: community(1), member: member(2) })
    }

    fn remove(n: u32) -> Remove {
        Remove { community: community(1), member: member(n) }
    }

    #[test]
    fn a_moderator_removes_a_member_once() {
        let removed = Removed { community: community(1), member: member(2) };
        let moderated = given().and(ModeratorMade { community: community(1), member: member(3) });
        moderated.clone().by(3).when(remove(2)).then([removed.clone()]);
        moderated.and(removed).by(3).when(remove(2)).then_nothing();
    }

    #[test]
    fn the_leader_is_not_removed() {
        given().when(remove(1)).refused(Refusal::LeaderStays);
    }

    #[test]
    fn members_remove_nobody() {
        given().by(2).when(remove(3)).refused(audience::Refusal::ModeratorNeeded);
        given().by(1).when(remove(9)).refused(audience::Refusal::NoSuchMember);
    }
}
