//! Open a campaign: a question to everybody, with a way to vote and perhaps an end.

use serde::Serialize;

use crate::audience::may_mention;
use crate::campaign::{Opened, State, Voting};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CampaignId, MemberId};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;
use crate::words::{self, Language, NAME_MAX, Topic};

/// The actor opens a campaign.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Open {
    /// Its id, if the sender chose one.
    pub campaign: Option<CampaignId>,
    /// Its name: the question it asks.
    pub name: String,
    /// How one votes.
    pub voting: Voting,
    /// When it ends, if that is set.
    pub closes_at: Option<Time>,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
}

/// The largest budget of points a campaign can give.
pub const BUDGET_MAX: u32 = 1_000_000;

refusals! {
    CampaignExists = "CAMPAIGN_EXISTS", "There is a campaign with this id already; leave the id out or choose another.",
        "Une campagne porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
    BudgetOutOfRange = "BUDGET_OUT_OF_RANGE", "Give each member a budget of 1 to 1,000,000 points.",
        "Donnez à chaque membre un budget de 1 à 1 000 000 points.";
    EndInThePast = "END_IN_THE_PAST", "The campaign would end before it begins; choose an end in the future or none.",
        "La campagne finirait avant de commencer ; choisissez une fin à venir, ou aucune.";
}

impl Action for Open {
    type State = State;
    const ABILITY: Ability = Ability::OpenCampaigns;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::campaign(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.opened.is_some() {
            return Err(Refusal::CampaignExists.on("campaign").into());
        }
        words::required("name", &self.name, NAME_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        if matches!(self.voting, Voting::Points { budget } if !(1..=BUDGET_MAX).contains(&budget)) {
            return Err(Refusal::BudgetOutOfRange.on("voting").into());
        }
        if self.closes_at.is_some_and(|end| end <= facts.now) {
            return Err(Refusal::EndInThePast.on("closesAt").into());
        }
        let opened = Opened {
            campaign: self.id(facts),
            author,
            voting: self.voting,
            closes_at: self.closes_at,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            name: self.name.clone().into(),
        };
        Ok(vec![opened.into()])
    }
}

impl Open {
    fn id(&self, facts: &Facts) -> CampaignId {
        self.campaign.unwrap_or(CampaignId(facts.new_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, NEW, campaign, member};

    fn open() -> Open {
        Open {
            campaign: None,
            name: "What should we stop doing?".to_owned(),
            voting: Voting::Support,
            closes_at: None,
            language: Some("en".parse().unwrap()),
            mentions: vec![member(3)],
            topics: vec!["meetings".parse().unwrap()],
        }
    }

    fn opened(open: Open) -> Opened {
        Opened {
            campaign: open.campaign.unwrap_or(CampaignId(NEW)),
            author: member(2),
            voting: open.voting,
            closes_at: open.closes_at,
            language: open.language,
            mentions: open.mentions,
            topics: open.topics,
            name: open.name.into(),
        }
    }

    fn given() -> Given {
        Given::people().by(2)
    }

    #[test]
    fn any_member_opens_a_campaign() {
        given().when(open()).then([opened(open())]);
    }

    #[test]
    fn its_sender_may_choose_its_id_once() {
        let chosen = Open { campaign: Some(campaign(1)), ..open() };
        given().when(chosen.clone()).then([opened(chosen.clone())]);
        given().campaign(1, Voting::Support).when(chosen).refused(Refusal::CampaignExists);
    }

    #[test]
    fn it_has_a_name() {
        given().when(Open { name: " ".to_owned(), ..open() }).refused(words::Refusal::Blank);
    }

    #[test]
    fn a_budget_is_of_one_to_a_million_points() {
        for budget in [1, BUDGET_MAX] {
            let good = Open { voting: Voting::Points { budget }, ..open() };
            given().when(good.clone()).then([opened(good)]);
        }
        for budget in [0, BUDGET_MAX + 1] {
            let bad = Open { voting: Voting::Points { budget }, ..open() };
            given().when(bad).refused(Refusal::BudgetOutOfRange);
        }
    }

    #[test]
    fn it_ends_after_it_begins() {
        let until = |end: &str| Open { closes_at: Some(end.parse().unwrap()), ..open() };
        let later = until("2026-03-02T09:00:00.000001Z");
        given().when(later.clone()).then([opened(later)]);
        given().when(until("2026-03-02T09:00:00Z")).refused(Refusal::EndInThePast);
    }

    #[test]
    fn it_mentions_members_alone() {
        let stranger = Open { mentions: vec![member(99)], ..open() };
        given().when(stranger).refused(crate::audience::Refusal::NoSuchMember);
    }

    #[test]
    fn a_service_opens_none() {
        Given::people().when(open()).refused(crate::decision::Refusal::PersonNeeded);
    }
}
