//! Make a member of a community one of its moderators.

use serde::Serialize;

use crate::audience::{active_member, living_community, may_in};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{ModeratorMade, Standing, State};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The leader or an administrator makes a moderator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MakeModerator {
    /// Where.
    pub community: CommunityId,
    /// Whom: one who has joined. The leader moderates anyway.
    pub member: MemberId,
}

refusals! {
    NotJoined = "NOT_JOINED", "The member has not joined the community; invite them first.",
        "Ce membre n’a pas rejoint la communauté ; invitez-le d’abord.";
}

impl Action for MakeModerator {
    type State = State;
    const ABILITY: Ability = Ability::LeadCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        let leader = living_community(facts, self.community)?.leader;
        active_member(facts, self.member, "member")?;
        if state.moderator || leader == self.member {
            return Ok(vec![]);
        }
        if state.standing != Standing::Member {
            return Err(Refusal::NotJoined.on("member").into());
        }
        Ok(vec![ModeratorMade { community: self.community, member: self.member }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::{Given, community, member};
    use crate::membership::Joined;

    fn given() -> Given {
        Given::people().community(1, Access::Open).and(Joined { community: community(1), member: member(2) })
    }

    fn make(n: u32) -> MakeModerator {
        MakeModerator { community: community(1), member: member(n) }
    }

    #[test]
    fn the_leader_makes_a_moderator_once() {
        let made = ModeratorMade { community: community(1), member: member(2) };
        given().by(1).when(make(2)).then([made.clone()]);
        given().and(made).by(1).when(make(2)).then_nothing();
        given().by(1).when(make(1)).then_nothing();
    }

    #[test]
    fn a_moderator_has_joined() {
        given().by(1).when(make(3)).refused(Refusal::NotJoined);
        given().by(1).when(make(9)).refused(audience::Refusal::NoSuchMember);
    }

    #[test]
    fn moderators_make_no_moderators() {
        let moderated = given().and(ModeratorMade { community: community(1), member: member(2) });
        moderated.by(2).when(make(3)).refused(audience::Refusal::LeaderNeeded);
    }
}
