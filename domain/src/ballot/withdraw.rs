//! Take a vote back.

use serde::Serialize;

use crate::ballot::{State, VoteWithdrawn, budget};
use crate::campaign::{Voting, taking_part};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CampaignId, IdeaId};
use crate::idea::{self, not_merged};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor takes back their vote on an idea. Where none stands there is nothing to do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Withdraw {
    /// In which campaign: it names the ballot.
    pub campaign: CampaignId,
    /// On which idea.
    pub idea: IdeaId,
}

impl Action for Withdraw {
    type State = State;
    const ABILITY: Ability = Ability::Respond;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::ballot(self.campaign, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let rule = taking_part(facts, self.campaign)?.voting;
        let idea = facts.idea(self.idea)?.standing(facts)?;
        if idea.campaign != self.campaign {
            return Err(idea::Refusal::NoSuchIdea.on("idea").into());
        }
        not_merged(facts, self.idea, idea)?;
        let Some(vote) = state.votes.get(&self.idea) else { return Ok(vec![]) };
        if let Voting::Points { budget } = rule {
            let mut votes = state.votes.clone();
            votes.remove(&self.idea);
            budget::within(budget, &votes, &state.votes, facts)?;
        }
        let withdrawn = VoteWithdrawn {
            campaign: self.campaign,
            idea: self.idea,
            author: idea.author,
            member,
            value_was: vote.value,
        };
        Ok(vec![withdrawn.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{self, Closed};
    use crate::given::{Given, campaign, idea, member};

    fn given(rule: Voting) -> Given {
        Given::people().campaign(1, rule).idea(1).idea(2).idea(3).by(4)
    }

    fn withdraw(n: u32) -> Withdraw {
        Withdraw { campaign: campaign(1), idea: idea(n) }
    }

    fn withdrawn(n: u32, value_was: i32) -> VoteWithdrawn {
        let (campaign, author) = (campaign(1), member(3));
        VoteWithdrawn { campaign, idea: idea(n), author, member: member(4), value_was }
    }

    const TEN: Voting = Voting::Points { budget: 10 };

    #[test]
    fn a_vote_is_taken_back_and_says_what_it_was() {
        given(Voting::Opinion).vote(1, -1).when(withdraw(1)).then([withdrawn(1, -1)]);
    }

    #[test]
    fn taking_back_twice_is_taking_back_once() {
        given(Voting::Support).vote(1, 1).and(withdrawn(1, 1)).when(withdraw(1)).then_nothing();
        given(Voting::Support).when(withdraw(1)).then_nothing();
    }

    #[test]
    fn a_closed_campaign_keeps_its_votes() {
        let closed =
            given(Voting::Support).vote(1, 1).and(Closed { campaign: campaign(1), author: member(2) });
        closed.when(withdraw(1)).refused(campaign::Refusal::CampaignClosed);
    }

    #[test]
    fn the_idea_is_of_that_campaign() {
        let given = given(Voting::Support).campaign(2, Voting::Support);
        given.when(Withdraw { campaign: campaign(2), ..withdraw(1) }).refused(idea::Refusal::NoSuchIdea);
    }

    #[test]
    fn a_vote_on_a_merged_idea_stays_with_the_one_that_goes_on() {
        let merged = given(Voting::Support).vote(1, 1).merged(1, 2);
        merged.when(withdraw(1)).refused_with(idea::Refusal::IdeaMerged, idea(2));
    }

    #[test]
    fn what_counts_again_in_its_place_fits_the_budget() {
        let outweighed = given(TEN).vote(1, 8).vote(2, 2).merged(1, 2);
        outweighed.clone().vote(3, 2).when(withdraw(2)).then([withdrawn(2, 2)]);
        outweighed.vote(3, 3).when(withdraw(2)).refused(budget::Refusal::BudgetExceeded);
    }
}
