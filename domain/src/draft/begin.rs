//! Begin a draft of a post.

use serde::Serialize;

use crate::audience::Audience;
use crate::decision::{Action, Facts};
use crate::draft::{Saved, State, can_be_kept};
use crate::event::Event;
use crate::id::{DraftId, MemberId};
use crate::policy::Ability;
use crate::post::Kind;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{Language, Topic};

/// The actor begins a draft, which nobody else sees.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Begin {
    /// Its id, if the sender chose one.
    pub draft: Option<DraftId>,
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
}

refusals! {
    DraftExists = "DRAFT_EXISTS", "There is a draft with this id already; leave the id out or choose another.",
        "Un brouillon porte déjà cet identifiant ; omettez-le ou choisissez-en un autre.";
}

impl Action for Begin {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::draft(self.id(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let author = facts.person()?;
        if state.begun.is_some() {
            return Err(Refusal::DraftExists.on("draft").into());
        }
        can_be_kept(facts, (self.audience.as_ref(), &self.body), &self.mentions, &self.topics)?;
        let saved = Saved {
            draft: self.id(facts),
            author,
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

impl Begin {
    fn id(&self, facts: &Facts) -> DraftId {
        self.draft.unwrap_or(DraftId(facts.new_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::given::items::{saved, to};
    use crate::given::{Given, NEW, draft, member};
    use crate::words;

    fn begin(body: &str, audience: Option<Audience>) -> Begin {
        Begin {
            draft: Some(draft(1)),
            kind: Kind::Update,
            audience,
            body: body.to_owned(),
            language: None,
            mentions: vec![],
            topics: vec![],
            pinned: false,
        }
    }

    #[test]
    fn a_draft_may_say_nothing_yet() {
        Given::people().by(2).when(begin("", None)).then([saved("", None)]);
        let whole = begin("Bonjour", Some(to([3])));
        Given::people().by(2).when(whole.clone()).then([saved("Bonjour", Some(to([3])))]);
        let without = Begin { draft: None, ..whole };
        let new = Saved { draft: DraftId(NEW), ..saved("Bonjour", Some(to([3]))) };
        Given::people().by(2).when(without).then([new]);
    }

    #[test]
    fn an_id_is_given_to_one_draft_alone() {
        Given::people().and(saved("", None)).by(3).when(begin("", None)).refused(Refusal::DraftExists);
    }

    #[test]
    fn what_no_post_could_hold_no_draft_does() {
        let many = Audience::Members((6..507).map(member).collect());
        Given::people().by(2).when(begin("", Some(many))).refused(audience::Refusal::TooManyAddressees);
        Given::people().by(2).when(begin("\u{7}", None)).refused(words::Refusal::ControlCharacter);
        let mentions = Begin { mentions: vec![member(77)], ..begin("", None) };
        Given::people().by(2).when(mentions).refused(audience::Refusal::NoSuchMember);
    }

    #[test]
    fn a_service_has_no_drafts() {
        Given::people().when(begin("", None)).refused(crate::decision::Refusal::PersonNeeded);
    }
}
