//! Decline a request to be let in.

use serde::Serialize;

use crate::audience::{known_member, may_in};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::membership::{Declined, Refusal, Standing, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// A moderator declines the request of a member, who may ask again.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decline {
    /// Where.
    pub community: CommunityId,
    /// Whose request.
    pub member: MemberId,
}

impl Action for Decline {
    type State = State;
    const ABILITY: Ability = Ability::ModerateCommunities;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::membership(self.community, self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        may_in(facts, self.community, Self::ABILITY)?;
        known_member(facts, self.member, "member")?;
        match state.standing {
            Standing::Outside => Ok(vec![]),
            Standing::Requested => {
                Ok(vec![Declined { community: self.community, member: self.member }.into()])
            }
            Standing::Invited | Standing::Member => Err(Refusal::NoSuchRequest.on("member").into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Access;
    use crate::given::{Given, community, member};
    use crate::membership::{Invited, Requested};

    fn given() -> Given {
        Given::people().community(1, Access::Request)
    }

    fn decline() -> Decline {
        Decline { community: community(1), member: member(2) }
    }

    fn requested() -> Requested {
        Requested { community: community(1), member: member(2) }
    }

    #[test]
    fn a_request_is_declined_once() {
        let declined = Declined { community: community(1), member: member(2) };
        given().and(requested()).by(1).when(decline()).then([declined.clone()]);
        given().and(requested()).and(declined).by(1).when(decline()).then_nothing();
    }

    #[test]
    fn an_invitation_is_no_request() {
        let invited = given().and(Invited { community: community(1), member: member(2) });
        invited.by(1).when(decline()).refused(Refusal::NoSuchRequest);
    }

    #[test]
    fn moderators_decline_requests_of_members() {
        given().and(requested()).by(3).when(decline()).refused(audience::Refusal::ModeratorNeeded);
        let stranger = Decline { member: member(9), ..decline() };
        given().by(1).when(stranger).refused(audience::Refusal::NoSuchMember);
    }
}
