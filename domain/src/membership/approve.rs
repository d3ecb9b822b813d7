//! Approve a request: the member is in.

use serde::Serialize;

use crate::audience::{active_member, living_community, may_in};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Approved, Refusal, Standing, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator lets a member in who asked for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Approve {
    /// Where.
    pub community: CommunityId,
    /// Whose request.
    pub member: MemberId,
}

impl Action for Approve {
    type State = State;
    const ABILITY: Ability = Ability::ModerateCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        living_community(facts, self.community)?;
        active_member(facts, self.member, "member")?;
        match state.standing {
            Standing::Member => Ok(vec![]),
            Standing::Requested => {
                Ok(vec![Approved { community: self.community, member: self.member }.into()])
            }
            Standing::Outside | Standing::Invited => Err(Refusal::NoSuchRequest.on("member").into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::Access;
    use crate::given::{Given, community, department, member};
    use crate::member::Deactivated;
    use crate::membership::{ModeratorMade, Requested};
    use crate::{audience, member};

    fn given() -> Given {
        Given::people().community(1, Access::Request)
    }

    fn requested() -> Given {
        given().and(Requested { community: community(1), member: member(2) })
    }

    fn approve() -> Approve {
        Approve { community: community(1), member: member(2) }
    }

    fn approved() -> Approved {
        Approved { community: community(1), member: member(2) }
    }

    #[test]
    fn a_moderator_lets_in_who_asked() {
        requested().by(1).when(approve()).then([approved()]);
        let moderated = requested().and(ModeratorMade { community: community(1), member: member(3) });
        moderated.by(3).when(approve()).then([approved()]);
        requested().and(approved()).by(1).when(approve()).then_nothing();
    }

    #[test]
    fn nobody_is_let_in_who_did_not_ask() {
        given().by(1).when(approve()).refused(Refusal::NoSuchRequest);
    }

    #[test]
    fn who_left_the_organisation_is_not_let_in() {
        let left = requested().and(Deactivated { member: member(2), department: department(1) });
        left.by(1).when(approve()).refused(member::Refusal::MemberInactive);
    }

    #[test]
    fn nobody_approves_their_own_request() {
        requested().by(2).when(approve()).refused(audience::Refusal::ModeratorNeeded);
    }
}
