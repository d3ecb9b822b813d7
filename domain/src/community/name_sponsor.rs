//! Name a sponsor of a community, or end the sponsorship.

use serde::Serialize;

use crate::audience::active_member;
use crate::community::{SponsorNamed, State};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator names a sponsor from general management.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NameSponsor {
    /// Which.
    pub community: CommunityId,
    /// Who sponsors from now on: an active member, who comes in by it; nobody if none.
    pub sponsor: Option<MemberId>,
    /// The revision at which the actor read who sponsored; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for NameSponsor {
    type State = State;
    const ABILITY: Ability = Ability::NameSponsors;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let community = state.living()?;
        let sponsor_was = community.sponsor;
        if sponsor_was == self.sponsor {
            return Ok(vec![]);
        }
        based_on(self.based_on, community.revision)?;
        if let Some(sponsor) = self.sponsor {
            active_member(facts, sponsor, "sponsor")?;
        }
        Ok(vec![SponsorNamed { community: self.community, sponsor: self.sponsor, sponsor_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::Access;
    use crate::given::{Given, community, member};
    use crate::{audience, decision};

    fn given() -> Given {
        Given::people().community(1, Access::Open)
    }

    fn name(sponsor: Option<u32>) -> NameSponsor {
        NameSponsor { community: community(1), sponsor: sponsor.map(member), based_on: None }
    }

    fn named(sponsor: Option<u32>, was: Option<u32>) -> SponsorNamed {
        let (sponsor, sponsor_was) = (sponsor.map(member), was.map(member));
        SponsorNamed { community: community(1), sponsor, sponsor_was }
    }

    #[test]
    fn a_sponsorship_begins_and_ends() {
        given().by(1).when(name(Some(2))).then([named(Some(2), None)]);
        given().and(named(Some(2), None)).when(name(None)).then([named(None, Some(2))]);
        given().when(name(None)).then_nothing();
    }

    #[test]
    fn administrators_name_sponsors_of_communities_there_are() {
        given().by(2).when(name(Some(2))).refused(decision::Refusal::AdministratorNeeded);
        given().when(name(Some(9))).refused(audience::Refusal::NoSuchMember);
        Given::people().when(name(Some(2))).refused(audience::Refusal::NoSuchCommunity);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| NameSponsor { based_on: Some(based_on), ..name(Some(3)) };
        let given = given().and(named(Some(2), None)).by(1);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([named(Some(3), Some(2))]);
    }
}
