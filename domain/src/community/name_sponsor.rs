//! Name a sponsor of a community, or end the sponsorship.

use serde::Serialize;

use crate::audience::active_member;
use crate::community::{SponsorNamed, State};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CommunityId, MemberId};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator names a sponsor from general management.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NameSponsor {
    /// Which.
    pub community: CommunityId,
    /// Who sponsors from now on: an active member, who comes in by it; nobody if none.
    pub sponsor: Option<MemberId>,
}

impl Action for NameSponsor {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::community(self.community)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        let sponsor_was = state.living()?.sponsor;
        if sponsor_was == self.sponsor {
            return Ok(vec![]);
        }
        if let Some(sponsor) = self.sponsor {
            active_member(facts, sponsor, "sponsor")?;
        }
        Ok(vec![SponsorNamed { community: self.community, sponsor: self.sponsor, sponsor_was }.into()])
    }
}
