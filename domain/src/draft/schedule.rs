//! Schedule a draft: it is published when its time comes.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::draft::{Scheduled, State};
use crate::event::{Event, Origin};
use crate::id::DraftId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;

/// The author has a draft published at a time, or at another than before. Whether the rules then allow it is decided
/// at that time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Schedule {
    /// Which.
    pub draft: DraftId,
    /// When; at once if that is past.
    pub publish_at: Time,
    /// The revision at which the actor read the draft; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

refusals! {
    DraftIncomplete = "DRAFT_INCOMPLETE", "Write something and say for whom it is before it is scheduled.",
        "Écrivez quelque chose et dites à qui cela s’adresse avant de le programmer.";
}

impl Action for Schedule {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::draft(self.draft)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let draft = state.standing(facts)?;
        if draft.publish_at == Some(self.publish_at) {
            return Ok(vec![]);
        }
        based_on(self.based_on, draft.revision)?;
        // Of records whose texts were erased nobody can tell any more.
        if !draft.complete && facts.origin == Origin::Live {
            return Err(Refusal::DraftIncomplete.into());
        }
        let (author, publish_at) = (draft.author, self.publish_at);
        Ok(vec![Scheduled { draft: self.draft, author, publish_at }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::items::{saved, scheduled, to};
    use crate::given::{Given, draft};
    use crate::{decision, draft};

    const AT: &str = "2026-03-03T09:00:00Z";

    fn schedule() -> Schedule {
        Schedule { draft: draft(1), publish_at: AT.parse().unwrap(), based_on: None }
    }

    fn given() -> Given {
        Given::people().and(saved("Bonjour", Some(to([3])))).by(2)
    }

    #[test]
    fn its_author_schedules_it_and_moves_it() {
        given().when(schedule()).then([scheduled(AT)]);
        given().and(scheduled("2026-03-04T09:00:00Z")).when(schedule()).then([scheduled(AT)]);
        given().and(scheduled(AT)).when(schedule()).then_nothing();
        given().by(3).when(schedule()).refused(draft::Refusal::NoSuchDraft);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| Schedule { based_on: Some(based_on), ..schedule() };
        let given = given().and(scheduled("2026-03-04T09:00:00Z"));
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([scheduled(AT)]);
    }

    #[test]
    fn it_says_something_and_for_whom() {
        for incomplete in [saved("Bonjour", None), saved(" ", Some(to([3])))] {
            Given::people().and(incomplete).by(2).when(schedule()).refused(Refusal::DraftIncomplete);
        }
    }
}
