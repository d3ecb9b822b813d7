//! Submit an idea to a campaign that is open.

use serde::Serialize;

use crate::audience::may_mention;
use crate::campaign::taking_part;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{CampaignId, IdeaId, MemberId};
use crate::idea::{State, Submitted};
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
