//! Move the end of a campaign: later, to none, or earlier as long as it is still to come.

use serde::Serialize;

use crate::campaign::{self, Extended, State, may_decide};
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::CampaignId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;

/// The end of a campaign moves. One whose date has passed goes on; one that was closed does not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Extend {
    /// Which.
    pub campaign: CampaignId,
    /// When it ends from now on; never by itself, if absent.
    pub closes_at: Option<Time>,
    /// The revision at which the actor read the end; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

refusals! {
    EndInThePast = "END_IN_THE_PAST", "Choose an end in the future or none; to end the campaign now, close it.",
        "Choisissez une fin à venir, ou aucune ; pour finir la campagne maintenant, fermez-la.";
}

impl Action for Extend {
    type State = State;
    const ABILITY: Ability = Ability::DecideCampaigns;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::campaign(self.campaign)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let campaign = state.known()?;
        may_decide(facts, campaign)?;
        if campaign.closed {
            return Err(campaign::Refusal::CampaignClosed.into());
        }
        if campaign.closes_at == self.closes_at {
            return Ok(vec![]);
        }
        based_on(self.based_on, campaign.revision)?;
        if self.closes_at.is_some_and(|end| end <= facts.now) {
            return Err(Refusal::EndInThePast.on("closesAt").into());
        }
        let extended = Extended {
            campaign: self.campaign,
            author: campaign.author,
            closes_at: self.closes_at,
            closes_at_was: campaign.closes_at,
        };
        Ok(vec![extended.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{Closed, Voting};
    use crate::decision;
    use crate::given::{Given, campaign, member};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).by(2)
    }

    fn to(end: Option<&str>) -> Extend {
        Extend { campaign: campaign(1), closes_at: end.map(|end| end.parse().unwrap()), based_on: None }
    }

    fn extended(now: Option<&str>, was: Option<&str>) -> Extended {
        let (closes_at, closes_at_was) = (to(now).closes_at, to(was).closes_at);
        Extended { campaign: campaign(1), author: member(2), closes_at, closes_at_was }
    }

    const MARCH: Option<&str> = Some("2026-03-31T00:00:00Z");
    const APRIL: Option<&str> = Some("2026-04-30T00:00:00Z");
    const PAST: Option<&str> = Some("2026-03-02T08:30:00Z");

    #[test]
    fn the_end_moves_later_earlier_and_away_and_says_where_it_was() {
        given().and(extended(MARCH, None)).when(to(APRIL)).then([extended(APRIL, MARCH)]);
        given().and(extended(APRIL, None)).when(to(MARCH)).then([extended(MARCH, APRIL)]);
        given().and(extended(MARCH, None)).when(to(None)).then([extended(None, MARCH)]);
    }

    #[test]
    fn the_same_end_is_no_extension() {
        given().and(extended(MARCH, None)).when(to(MARCH)).then_nothing();
    }

    #[test]
    fn the_end_is_still_to_come() {
        given().when(to(PAST)).refused(Refusal::EndInThePast);
    }

    #[test]
    fn a_campaign_past_its_end_goes_on_and_a_closed_one_does_not() {
        given().and(extended(PAST, None)).when(to(APRIL)).then([extended(APRIL, PAST)]);
        let closed = given().and(Closed { campaign: campaign(1), author: member(2) });
        closed.when(to(APRIL)).refused(campaign::Refusal::CampaignClosed);
    }

    #[test]
    fn its_author_and_administrators_extend_it_and_nobody_else() {
        given().by(1).when(to(APRIL)).then([extended(APRIL, None)]);
        given().by(3).when(to(APRIL)).refused(campaign::Refusal::CampaignAuthorNeeded);
    }

    #[test]
    fn there_is_a_campaign_to_extend() {
        Given::people().by(1).when(to(APRIL)).refused(campaign::Refusal::NoSuchCampaign);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| Extend { based_on: Some(based_on), ..to(APRIL) };
        let given = given().and(extended(MARCH, None));
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([extended(APRIL, MARCH)]);
    }
}
