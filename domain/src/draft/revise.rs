//! Rewrite a draft: its author does, as often as they like, also while it is scheduled.

use serde::Serialize;

use crate::audience::Audience;
use crate::decision::{Action, Facts, based_on};
use crate::draft::{Saved, State, can_be_kept};
use crate::event::{Event, Origin};
use crate::id::{DraftId, MemberId};
use crate::policy::Ability;
use crate::post::Kind;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{Language, Topic};

/// The author rewrites a draft: everything as it is to stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Revise {
    /// Which.
    pub draft: DraftId,
    /// What it is to be.
    pub kind: Kind,
    /// Where, or to whom, it is to go, if that is said yet.
    pub audience: Option<Audience>,
    /// The text as far as it has come.
    pub body: String,
    /// The language it is written in, if said.
    pub language: Option<Language>,
    /// Whom it mentions.
    pub mentions: Vec<MemberId>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// It is to stay at the head of its community.
    pub pinned: bool,
    /// The revision of the draft's stream at which the author read what they rewrite; whatever stands if absent.
    pub based_on: Option<u64>,
}

refusals! {
    ScheduledIncomplete = "SCHEDULED_INCOMPLETE",
        "It is scheduled: leave it a text and an audience, or take it off the schedule first.",
        "Il est programmé : laissez-lui un texte et des destinataires, ou déprogrammez-le d’abord.";
}

impl Action for Revise {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::draft(self.draft)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let draft = state.standing(facts)?;
        based_on(self.based_on, draft.revision)?;
        can_be_kept(facts, (self.audience.as_ref(), &self.body), &self.mentions, &self.topics)?;
        let incomplete = self.audience.is_none() || self.body.trim().is_empty();
        if draft.publish_at.is_some() && incomplete && facts.origin == Origin::Live {
            return Err(Refusal::ScheduledIncomplete.on("body").into());
        }
        let saved = Saved {
            draft: self.draft,
            author: draft.author,
            kind: self.kind,
            pinned: self.pinned,
            audience: self.audience.clone().into(),
            language: self.language.clone().into(),
            mentions: self.mentions.clone().into(),
            topics: self.topics.clone().into(),
            body: self.body.clone().into(),
        };
        Ok(vec![saved.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::draft::{self, Discarded};
    use crate::given::items::{saved, scheduled, to};
    use crate::given::{Given, draft, member};

    fn revise(body: &str, based_on: Option<u64>) -> Revise {
        Revise {
            draft: draft(1),
            kind: Kind::Update,
            audience: Some(to([3])),
            body: body.to_owned(),
            language: None,
            mentions: vec![],
            topics: vec![],
            pinned: false,
            based_on,
        }
    }

    fn given() -> Given {
        Given::people().and(saved("", None)).by(2)
    }

    #[test]
    fn its_author_rewrites_it_and_for_others_it_does_not_exist() {
        given().when(revise("Bonsoir", None)).then([saved("Bonsoir", Some(to([3])))]);
        given().by(3).when(revise("Bonsoir", None)).refused(draft::Refusal::NoSuchDraft);
        let discarded = given().and(Discarded { draft: draft(1), author: member(2) });
        discarded.when(revise("Bonsoir", None)).refused(draft::Refusal::NoSuchDraft);
    }

    #[test]
    fn an_edit_of_an_old_text_is_told_which_is_current() {
        let given = given().and(saved("Bonsoir", None));
        given.clone().when(revise("x", Some(0))).refused_with(decision::Refusal::StaleRevision, 1);
        given.when(revise("x", Some(1))).then([saved("x", Some(to([3])))]);
    }

    #[test]
    fn what_is_scheduled_stays_complete() {
        let given =
            Given::people().and(saved("Bonjour", Some(to([3])))).and(scheduled("2026-03-03T09:00:00Z"));
        given.clone().by(2).when(revise(" ", None)).refused(Refusal::ScheduledIncomplete);
        given.by(2).when(revise("Bonsoir", Some(1))).then([saved("Bonsoir", Some(to([3])))]);
    }
}
