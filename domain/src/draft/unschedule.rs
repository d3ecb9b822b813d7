//! Take a draft off the schedule: it stays a draft.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::draft::{State, Unscheduled};
use crate::event::Event;
use crate::id::DraftId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author has a draft published at no time any more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unschedule {
    /// Which.
    pub draft: DraftId,
    /// The revision at which the actor read the draft; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for Unschedule {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::draft(self.draft)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let draft = state.standing(facts)?;
        if draft.publish_at.is_none() {
            return Ok(vec![]);
        }
        based_on(self.based_on, draft.revision)?;
        Ok(vec![Unscheduled { draft: self.draft, author: draft.author }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::items::{saved, scheduled, to};
    use crate::given::{Given, draft, member};
    use crate::{decision, draft};

    #[test]
    fn its_author_takes_it_off_the_schedule_once() {
        let given =
            Given::people().and(saved("Bonjour", Some(to([3])))).and(scheduled("2026-03-03T09:00:00Z"));
        let unschedule = Unschedule { draft: draft(1), based_on: None };
        let unscheduled = Unscheduled { draft: draft(1), author: member(2) };
        given.clone().by(2).when(unschedule.clone()).then([unscheduled.clone()]);
        given.clone().by(3).when(unschedule.clone()).refused(draft::Refusal::NoSuchDraft);
        given.and(unscheduled).by(2).when(unschedule).then_nothing();
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| Unschedule { draft: draft(1), based_on: Some(based_on) };
        let saved = saved("Bonjour", Some(to([3])));
        let given = Given::people().and(saved).and(scheduled("2026-03-03T09:00:00Z")).by(2);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([Unscheduled { draft: draft(1), author: member(2) }]);
    }
}
