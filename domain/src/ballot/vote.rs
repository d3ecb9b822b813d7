//! Vote on an idea: for the first time or otherwise than before.

use serde::Serialize;

use crate::ballot::{Standing, State, VoteCast, VoteChanged, budget};
use crate::campaign::{Voting, taking_part};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CampaignId, IdeaId};
use crate::idea::{self, not_merged};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor votes on an idea, their own too. The same vote again changes nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Vote {
    /// In which campaign: it names the ballot.
    pub campaign: CampaignId,
    /// On which idea.
    pub idea: IdeaId,
    /// 1 for support; 1, 0 or −1 for an opinion; the number of points.
    pub value: i32,
}

refusals! {
    NotASupport = "NOT_A_SUPPORT", "In this campaign one supports an idea with 1, or withdraws the vote.",
        "Dans cette campagne on soutient une idée avec 1, ou l’on retire son vote.";
    NotAnOpinion = "NOT_AN_OPINION", "In this campaign one votes 1 (agree), -1 (disagree) or 0 (pass).",
        "Dans cette campagne on vote 1 (pour), -1 (contre) ou 0 (sans avis).";
    NotPoints = "NOT_POINTS", "Give a number of points from 1 to the campaign's budget, or withdraw the vote.",
        "Donnez un nombre de points de 1 au budget de la campagne, ou retirez votre vote.";
}

impl Action for Vote {
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
        self.fits(rule)?;
        let stands = state.votes.get(&self.idea).map(|vote| vote.value);
        if stands == Some(self.value) {
            return Ok(vec![]);
        }
        if let Voting::Points { budget } = rule {
            self.within(budget, state, facts)?;
        }
        let Self { campaign, idea: id, value } = *self;
        Ok(vec![match stands {
            None => VoteCast { campaign, idea: id, author: idea.author, member, value }.into(),
            Some(value_was) => {
                VoteChanged { campaign, idea: id, author: idea.author, member, value, value_was }.into()
            }
        }])
    }
}

impl Vote {
    fn fits(&self, rule: Voting) -> Result<(), Stop> {
        let refusal = match rule {
            Voting::Support if self.value == 1 => return Ok(()),
            Voting::Opinion if (-1..=1).contains(&self.value) => return Ok(()),
            Voting::Points { budget } if (1..=i64::from(budget)).contains(&self.value.into()) => {
                return Ok(());
            }
            Voting::Support => Refusal::NotASupport,
            Voting::Opinion => Refusal::NotAnOpinion,
            Voting::Points { budget } => return Err(Refusal::NotPoints.on("value").with(budget).into()),
        };
        Err(refusal.on("value").into())
    }

    fn within(&self, budget: u32, state: &State, facts: &Facts) -> Result<(), Stop> {
        let mut votes = state.votes.clone();
        votes.insert(self.idea, Standing { value: self.value, at: facts.now, order: u64::MAX });
        budget::within(budget, &votes, &state.votes, facts)
    }
}
