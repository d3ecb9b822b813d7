//! Take a vote back.

use serde::Serialize;

use crate::ballot::{State, VoteWithdrawn, budget};
use crate::campaign::{Voting, taking_part};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CampaignId, IdeaId};
use crate::idea::{self, not_merged};
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

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::ballot(self.campaign, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let rule = taking_part(facts, self.campaign)?.voting;
        let idea = facts.idea(self.idea)?.known()?;
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
