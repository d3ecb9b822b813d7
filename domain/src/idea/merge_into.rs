//! Merge an idea into another that says the same: one event on its own stream, and no ballot is rewritten.

use serde::Serialize;

use crate::campaign::{may_decide, taking_part};
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::IdeaId;
use crate::idea::{Merged, State, undecided};
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
