//! Request to be let into a community.

use serde::Serialize;

use crate::audience::{is_in, living_community};
use crate::community::Access;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::CommunityId;
use crate::membership::{Requested, Standing, State, join};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor asks the moderators of a community to let them in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Request {
    /// Which.
    pub community: CommunityId,
}

refusals! {
    JoinInstead = "JOIN_INSTEAD", "Nobody needs to let you in: join the community.",
        "Personne n’a besoin de vous accepter : rejoignez la communauté.";
}

impl Action for Request {
    type State = State;
    const ABILITY: Ability = Ability::TakePart;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::membership(self.community, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let community = living_community(facts, self.community)?;
        if state.standing == Standing::Requested || is_in(facts, self.community, member)? {
            return Ok(vec![]);
        }
        match (state.standing, community.access) {
            (Standing::Invited, _) | (_, Access::Open) => Err(Refusal::JoinInstead.into()),
            (_, Access::Invitation) => Err(join::Refusal::InvitationNeeded.into()),
            (_, Access::Request) => Ok(vec![Requested { community: self.community, member }.into()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::community::Archived;
    use crate::given::{Given, community, member};
    use crate::membership::{Declined, Invited, Joined};

    fn request() -> Request {
        Request { community: community(1) }
    }

    fn requested() -> Requested {
        Requested { community: community(1), member: member(2) }
    }

    fn given(access: Access) -> Given {
        Given::people().community(1, access).by(2)
    }

    #[test]
    fn a_request_waits_until_it_is_answered() {
        let given = given(Access::Request);
        given.clone().when(request()).then([requested()]);
        let waiting = given.and(requested());
        waiting.clone().when(request()).then_nothing();
        let declined = Declined { community: community(1), member: member(2) };
        waiting.and(declined).when(request()).then([requested()]);
    }

    #[test]
    fn who_is_in_needs_no_request() {
        let given = given(Access::Request);
        given
            .clone()
            .and(Joined { community: community(1), member: member(2) })
            .when(request())
            .then_nothing();
        given.by(1).when(request()).then_nothing();
    }

    #[test]
    fn where_the_door_is_open_nobody_knocks() {
        given(Access::Open).when(request()).refused(Refusal::JoinInstead);
        let invited = Invited { community: community(1), member: member(2) };
        given(Access::Request).and(invited).when(request()).refused(Refusal::JoinInstead);
    }

    #[test]
    fn a_community_by_invitation_takes_no_requests_and_is_not_there_for_others() {
        given(Access::Invitation).when(request()).refused(audience::Refusal::NoSuchCommunity);
        let led_by_another = given(Access::Invitation).and(crate::community::LeaderAppointed {
            community: community(1),
            leader: member(3),
            leader_was: member(1),
        });
        led_by_another.by(1).when(request()).refused(join::Refusal::InvitationNeeded);
    }

    #[test]
    fn an_archived_community_takes_no_requests() {
        let given = given(Access::Request).and(Archived { community: community(1) });
        given.when(request()).refused(audience::Refusal::CommunityArchived);
    }
}
