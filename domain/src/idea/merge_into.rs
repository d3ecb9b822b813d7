//! Merge an idea into another that says the same: one event on its own stream, and no ballot is rewritten.

use serde::Serialize;

use crate::campaign::{may_decide, taking_part};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{Merged, State, undecided};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// Who opened the campaign merges an idea into another, which takes over its votes: each member counts once there,
/// with their vote on it if there is one, else with the latest of theirs on the ideas merged into it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MergeInto {
    /// Which.
    pub idea: IdeaId,
    /// The idea that goes on.
    pub into: IdeaId,
}

refusals! {
    IntoItself = "MERGE_INTO_ITSELF", "An idea cannot be merged into itself; name the other one.",
        "Une idée ne peut pas être fusionnée avec elle-même ; nommez l’autre.";
    OtherCampaign = "OTHER_CAMPAIGN", "Both ideas must be of the same campaign; choose one of its ideas.",
        "Les deux idées doivent être de la même campagne ; choisissez une de ses idées.";
}

impl Action for MergeInto {
    type State = State;
    const ABILITY: Ability = Ability::DecideCampaigns;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let idea = state.known()?;
        may_decide(facts, facts.campaign(idea.campaign)?.known()?)?;
        if self.into == self.idea {
            return Err(Refusal::IntoItself.on("into").into());
        }
        if idea.merged_into == Some(self.into) {
            return Ok(vec![]);
        }
        let into = facts.idea(self.into)?.known()?;
        if into.campaign != idea.campaign {
            return Err(Refusal::OtherCampaign.on("into").into());
        }
        taking_part(facts, idea.campaign)?;
        undecided(facts, self.idea, idea)?;
        undecided(facts, self.into, into)?;
        let merged = Merged {
            idea: self.idea,
            campaign: idea.campaign,
            author: idea.author,
            into: self.into,
            into_author: into.author,
        };
        Ok(vec![merged.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{self, Closed, Voting};
    use crate::given::{Given, campaign, idea, member};
    use crate::idea::{self, Accepted, Submitted};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).idea(1).idea(2).idea(3).by(2)
    }

    fn merge(n: u32, into: u32) -> MergeInto {
        MergeInto { idea: idea(n), into: idea(into) }
    }

    fn merged(n: u32, into: u32) -> Merged {
        let (author, into_author) = (member(3), member(3));
        Merged { idea: idea(n), campaign: campaign(1), author, into: idea(into), into_author }
    }

    fn accepted(n: u32) -> Accepted {
        let reason = "Yes.".to_owned().into();
        Accepted { idea: idea(n), campaign: campaign(1), author: member(3), reason }
    }

    #[test]
    fn the_author_of_the_campaign_and_administrators_merge_and_nobody_else() {
        given().when(merge(1, 2)).then([merged(1, 2)]);
        given().by(1).when(merge(1, 2)).then([merged(1, 2)]);
        given().by(3).when(merge(1, 2)).refused(campaign::Refusal::CampaignAuthorNeeded);
    }

    #[test]
    fn merging_twice_is_merging_once() {
        given().merged(1, 2).when(merge(1, 2)).then_nothing();
    }

    #[test]
    fn an_idea_that_others_were_merged_into_can_be_merged_on() {
        given().merged(1, 2).when(merge(2, 3)).then([merged(2, 3)]);
    }

    #[test]
    fn what_was_merged_names_the_one_that_goes_on_at_either_end() {
        let given = given().merged(1, 2).merged(2, 3);
        given.clone().idea(4).when(merge(4, 1)).refused_with(idea::Refusal::IdeaMerged, idea(3));
        given.idea(4).when(merge(1, 4)).refused_with(idea::Refusal::IdeaMerged, idea(3));
    }

    #[test]
    fn merges_never_run_in_a_circle() {
        given().merged(1, 2).when(merge(2, 1)).refused_with(idea::Refusal::IdeaMerged, idea(2));
        given().when(merge(1, 1)).refused(Refusal::IntoItself);
    }

    #[test]
    fn two_merges_at_the_same_moment_leave_the_least_of_the_circle_to_go_on() {
        let circle = given().merged(3, 2).merged(2, 1).merged(1, 2).idea(4);
        circle.clone().when(merge(2, 4)).refused_with(idea::Refusal::IdeaMerged, idea(1));
        circle.clone().when(merge(3, 4)).refused_with(idea::Refusal::IdeaMerged, idea(1));
        circle.when(merge(1, 4)).then([merged(1, 4)]);
    }

    #[test]
    fn neither_has_been_decided_on() {
        given().and(accepted(1)).when(merge(1, 2)).refused(idea::Refusal::IdeaDecided);
        given().and(accepted(2)).when(merge(1, 2)).refused(idea::Refusal::IdeaDecided);
    }

    #[test]
    fn both_are_of_one_campaign() {
        let elsewhere = Submitted {
            idea: idea(9),
            campaign: campaign(2),
            author: member(3),
            language: None,
            mentions: vec![],
            topics: vec![],
            title: "Elsewhere".to_owned().into(),
            body: String::new().into(),
        };
        given().and(elsewhere).when(merge(1, 9)).refused(Refusal::OtherCampaign);
        given().when(merge(1, 9)).refused(idea::Refusal::NoSuchIdea);
    }

    #[test]
    fn the_tallies_of_a_closed_campaign_stay_as_they_are() {
        let closed = given().and(Closed { campaign: campaign(1), author: member(2) });
        closed.when(merge(1, 2)).refused(campaign::Refusal::CampaignClosed);
    }
}
