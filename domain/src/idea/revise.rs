//! Rewrite an idea, as long as nobody has decided on it.

use serde::Serialize;

use crate::audience::may_mention;
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{IdeaId, MemberId};
use crate::idea::{Revised, State, undecided};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{self, BODY_MAX, Language, NAME_MAX, Topic};

/// The author rewrites an idea: everything that can be edited, as it is to stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revise {
    /// Which.
    pub idea: IdeaId,
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
    /// The revision of the idea's stream at which the author read what they rewrite; whatever stands if absent.
    pub based_on: Option<u64>,
}

refusals! {
    AuthorNeeded = "AUTHOR_NEEDED", "Only the author of the idea may rewrite it; suggest the change to them.",
        "Seul l’auteur de l’idée peut la réécrire ; proposez-lui la modification.";
}

impl Action for Revise {
    type State = State;
    const ABILITY: Ability = Ability::Revise;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::idea(self.idea)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let idea = state.known()?;
        if facts.person()? != idea.author {
            return Err(Refusal::AuthorNeeded.into());
        }
        undecided(facts, self.idea, idea)?;
        based_on(self.based_on, idea.text_revision)?;
        words::required("title", &self.title, NAME_MAX, facts.origin)?;
        words::optional("body", &self.body, BODY_MAX, facts.origin)?;
        may_mention(facts, &self.mentions, &self.topics)?;
        let revised = Revised {
            idea: self.idea,
            campaign: idea.campaign,
            author: idea.author,
            language: self.language.clone(),
            mentions: self.mentions.clone(),
            topics: self.topics.clone(),
            title: self.title.clone().into(),
            body: self.body.clone().into(),
        };
        Ok(vec![revised.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campaign::Voting;
    use crate::decision;
    use crate::given::{Given, campaign, idea, member};
    use crate::idea::{self, Accepted, ReviewStarted};

    fn given() -> Given {
        Given::people().campaign(1, Voting::Support).idea(1).idea(2).by(3)
    }

    fn revise(based_on: Option<u64>) -> Revise {
        Revise {
            idea: idea(1),
            title: "No meetings".to_owned(),
            body: "At all.".to_owned(),
            language: None,
            mentions: vec![],
            topics: vec![],
            based_on,
        }
    }

    fn revised() -> Revised {
        Revised {
            idea: idea(1),
            campaign: campaign(1),
            author: member(3),
            language: None,
            mentions: vec![],
            topics: vec![],
            title: "No meetings".to_owned().into(),
            body: "At all.".to_owned().into(),
        }
    }

    fn review_started() -> ReviewStarted {
        ReviewStarted { idea: idea(1), campaign: campaign(1), author: member(3) }
    }

    #[test]
    fn its_author_rewrites_it_and_nobody_else() {
        given().when(revise(None)).then([revised()]);
        given().by(1).when(revise(None)).refused(Refusal::AuthorNeeded);
    }

    #[test]
    fn a_change_of_an_old_text_is_told_which_is_current() {
        let given = given().and(review_started()).and(revised());
        given.clone().when(revise(Some(0))).refused_with(decision::Refusal::StaleRevision, 2);
        given.when(revise(Some(2))).then([revised()]);
    }

    #[test]
    fn an_event_that_changes_no_text_makes_no_change_stale() {
        given().and(review_started()).when(revise(Some(0))).then([revised()]);
    }

    #[test]
    fn a_decided_idea_stays_as_it_is() {
        let reason = "Yes.".to_owned().into();
        let accepted = Accepted { idea: idea(1), campaign: campaign(1), author: member(3), reason };
        given().and(accepted).when(revise(None)).refused(idea::Refusal::IdeaDecided);
    }

    #[test]
    fn a_merged_idea_names_the_one_that_goes_on() {
        given().merged(1, 2).when(revise(None)).refused_with(idea::Refusal::IdeaMerged, idea(2));
    }

    #[test]
    fn it_keeps_a_title() {
        given().when(Revise { title: String::new(), ..revise(None) }).refused(words::Refusal::Blank);
    }

    #[test]
    fn there_is_an_idea_to_rewrite() {
        Given::people().by(3).when(revise(None)).refused(idea::Refusal::NoSuchIdea);
    }
}
