//! Vote on an idea: for the first time or otherwise than before.

use serde::Serialize;

use crate::ballot::{Standing, State, VoteCast, VoteChanged, budget};
use crate::campaign::{Voting, taking_part};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CampaignId, IdeaId};
use crate::idea::{self, not_merged};
use crate::policy::Ability;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballot::budget::Refusal::BudgetExceeded;
    use crate::campaign::{self, Closed};
    use crate::given::{Given, campaign, idea, member};

    fn given(rule: Voting) -> Given {
        Given::people().campaign(1, rule).idea(1).idea(2).idea(3).by(4)
    }

    fn vote(n: u32, value: i32) -> Vote {
        Vote { campaign: campaign(1), idea: idea(n), value }
    }

    fn cast(n: u32, value: i32) -> VoteCast {
        VoteCast { campaign: campaign(1), idea: idea(n), author: member(3), member: member(4), value }
    }

    fn changed(n: u32, value: i32, value_was: i32) -> VoteChanged {
        let (campaign, author) = (campaign(1), member(3));
        VoteChanged { campaign, idea: idea(n), author, member: member(4), value, value_was }
    }

    const TEN: Voting = Voting::Points { budget: 10 };

    #[test]
    fn a_first_vote_is_cast() {
        given(Voting::Support).when(vote(1, 1)).then([cast(1, 1)]);
    }

    #[test]
    fn a_changed_vote_says_what_it_was() {
        given(Voting::Opinion).vote(1, 1).when(vote(1, -1)).then([changed(1, -1, 1)]);
    }

    #[test]
    fn the_same_vote_again_changes_nothing() {
        given(Voting::Opinion).vote(1, 0).when(vote(1, 0)).then_nothing();
    }

    #[test]
    fn one_may_vote_for_ones_own_idea() {
        let (campaign, author) = (campaign(1), member(3));
        let own = VoteCast { campaign, idea: idea(1), author, member: author, value: 1 };
        given(Voting::Support).by(3).when(vote(1, 1)).then([own]);
    }

    #[test]
    fn a_vote_fits_the_voting_rule() {
        for value in [-1, 0, 2] {
            given(Voting::Support).when(vote(1, value)).refused(Refusal::NotASupport);
        }
        for value in [-2, 2] {
            given(Voting::Opinion).when(vote(1, value)).refused(Refusal::NotAnOpinion);
        }
        for value in [-1, 0, 11] {
            given(TEN).when(vote(1, value)).refused_with(Refusal::NotPoints, 10);
        }
    }

    #[test]
    fn a_closed_campaign_takes_no_vote() {
        let closed = given(Voting::Support).and(Closed { campaign: campaign(1), author: member(2) });
        closed.when(vote(1, 1)).refused(campaign::Refusal::CampaignClosed);
    }

    #[test]
    fn the_idea_is_of_that_campaign() {
        let given = given(Voting::Support).campaign(2, Voting::Support);
        given.clone().when(Vote { campaign: campaign(2), ..vote(1, 1) }).refused(idea::Refusal::NoSuchIdea);
        given.when(vote(9, 1)).refused(idea::Refusal::NoSuchIdea);
    }

    #[test]
    fn a_merged_idea_names_the_one_that_goes_on_at_the_end_of_the_chain() {
        let chain = given(Voting::Support).merged(1, 2).merged(2, 3);
        chain.clone().when(vote(1, 1)).refused_with(idea::Refusal::IdeaMerged, idea(3));
        chain.when(vote(2, 1)).refused_with(idea::Refusal::IdeaMerged, idea(3));
    }

    #[test]
    fn points_are_spent_up_to_the_budget() {
        given(TEN).vote(1, 6).when(vote(2, 4)).then([cast(2, 4)]);
        given(TEN).vote(1, 6).when(vote(2, 5)).refused_with(BudgetExceeded, 10);
    }

    #[test]
    fn a_changed_vote_gives_its_points_back_first() {
        given(TEN).vote(1, 6).vote(2, 4).when(vote(1, 5)).then([changed(1, 5, 6)]);
        given(TEN).vote(1, 6).vote(2, 4).when(vote(1, 7)).refused(BudgetExceeded);
    }

    #[test]
    fn points_that_a_merge_leaves_uncounted_return_to_the_budget() {
        let own_vote_on_the_target = given(TEN).vote(1, 6).vote(2, 4).merged(1, 2);
        own_vote_on_the_target.clone().when(vote(3, 6)).then([cast(3, 6)]);
        own_vote_on_the_target.when(vote(3, 7)).refused(BudgetExceeded);
        let latest_of_the_merged = given(TEN).idea(4).vote(1, 6).vote(2, 4).merged(1, 3).merged(2, 3);
        latest_of_the_merged.clone().when(vote(4, 6)).then([cast(4, 6)]);
        latest_of_the_merged.when(vote(4, 7)).refused(BudgetExceeded);
    }

    #[test]
    fn a_vote_on_the_target_frees_the_points_on_what_was_merged_into_it() {
        given(TEN).vote(1, 9).merged(1, 2).when(vote(2, 10)).then([cast(2, 10)]);
    }

    #[test]
    fn points_follow_a_chain_of_merges_to_its_end() {
        let chain = given(TEN).idea(4).vote(1, 6).vote(2, 3).vote(3, 1).merged(1, 2).merged(2, 3);
        chain.clone().when(vote(4, 9)).then([cast(4, 9)]);
        chain.when(vote(4, 10)).refused(BudgetExceeded);
    }

    #[test]
    fn who_is_over_the_budget_by_a_merge_may_spend_less() {
        // The vote of 8 on idea 1 came after that of 1 on idea 2, did not count there, and does on idea 3.
        let over = given(TEN).idea(4).vote(2, 1).vote(1, 8).merged(1, 2).vote(4, 9).merged(2, 3);
        over.clone().when(vote(4, 8)).then([changed(4, 8, 9)]);
        over.when(vote(4, 10)).refused(BudgetExceeded);
    }

    #[test]
    fn a_service_does_not_vote() {
        Given::people().when(vote(1, 1)).refused(crate::decision::Refusal::PersonNeeded);
    }
}
