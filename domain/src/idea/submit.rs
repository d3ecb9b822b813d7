//! Submit an idea to a campaign that is open.

use serde::Serialize;

use crate::audience::may_mention;
use crate::campaign::taking_part;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CampaignId, IdeaId, MemberId};
use crate::idea::{State, Submitted};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, NAME_MAX, Topic};

/// The actor submits an idea.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Submit {
    /// Its id, if the sender chose one.
    pub idea: Option<IdeaId>,
    /// To which campaign.
    pub campaign: CampaignId,
    /// In a line.
    pub title: String,
    /// In full; a line may be enough.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
}

refusals! {
    IdeaExists = "IDEA_EXISTS", "There is an idea with this id already; leave the id out or choose another.",
        "Une idée porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
}

impl Action for Submit {
    type State = State;
    const ABILITY: Ability = Ability::Publish;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::idea(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.submitted.is_some() {
            return Err(Refusal::IdeaExists.on("idea").into());
        }
        taking_part(facts, self.campaign)?;
        words::required("title", &self.title, NAME_MAX, facts.origin)?;
        words::optional("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let submitted = Submitted {
            idea: self.id(facts),
            campaign: self.campaign,
            author,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            title: self.title.clone().into(),
            body: self.body.clone().into(),
        };
        Ok(vec![submitted.into()])
    }
}

impl Submit {
    fn id(&self, facts: &Facts) -> IdeaId {
        self.idea.unwrap_or(IdeaId(facts.new_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::{self, Closed, Extended, Voting};
    use crate::given::{Given, NEW, campaign, idea, member};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).by(3)
    }

    fn submit() -> Submit {
        Submit {
            idea: None,
            campaign: campaign(1),
            title: "Fewer meetings".to_owned(),
            body: String::new(),
            language: None,
            mentions: vec![],
            topics: vec!["meetings".parse().unwrap()],
        }
    }

    fn submitted(submit: Submit) -> Submitted {
        Submitted {
            idea: submit.idea.unwrap_or(IdeaId(NEW)),
            campaign: submit.campaign,
            author: member(3),
            language: submit.language,
            mentions: submit.mentions,
            topics: submit.topics,
            title: submit.title.into(),
            body: submit.body.into(),
        }
    }

    #[test]
    fn any_member_submits_an_idea_and_a_line_is_enough() {
        given().when(submit()).then([submitted(submit())]);
    }

    #[test]
    fn its_sender_may_choose_its_id_once() {
        let chosen = Submit { idea: Some(idea(1)), ..submit() };
        given().when(chosen.clone()).then([submitted(chosen.clone())]);
        given().idea(1).when(chosen).refused(Refusal::IdeaExists);
    }

    #[test]
    fn it_has_a_title_unless_records_have_none() {
        let blank = Submit { title: String::new(), ..submit() };
        given().when(blank.clone()).refused(words::Refusal::Blank);
        given().imported().when(blank.clone()).then([submitted(blank)]);
    }

    #[test]
    fn a_campaign_takes_ideas_until_its_end() {
        let end = "2026-03-02T10:00:00Z";
        let (closes_at, closes_at_was) = (Some(end.parse().unwrap()), None);
        let ends = Extended { campaign: campaign(1), author: member(2), closes_at, closes_at_was };
        given().and(ends.clone()).at("2026-03-02T09:59:59Z").when(submit()).then([submitted(submit())]);
        given().and(ends).at(end).when(submit()).refused(campaign::Refusal::CampaignClosed);
    }

    #[test]
    fn a_closed_campaign_takes_none() {
        let closed = given().and(Closed { campaign: campaign(1), author: member(2) });
        closed.when(submit()).refused(campaign::Refusal::CampaignClosed);
    }

    #[test]
    fn there_is_a_campaign_to_submit_it_to() {
        Given::people().by(3).when(submit()).refused(campaign::Refusal::NoSuchCampaign);
    }
}
