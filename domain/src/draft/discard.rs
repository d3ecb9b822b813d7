//! Discard a draft.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::draft::{Discarded, State};
use crate::event::Event;
use crate::id::DraftId;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The author discards a draft, also one that is scheduled.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Discard {
    /// Which.
    pub draft: DraftId,
}

impl Action for Discard {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::draft(self.draft)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let draft = state.own(facts)?;
        if draft.ended {
            return Ok(vec![]);
        }
        Ok(vec![Discarded { draft: self.draft, author: draft.author }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft;
    use crate::given::items::saved;
    use crate::given::{Given, draft, member};

    #[test]
    fn its_author_discards_it_once() {
        let given = Given::people().and(saved("", None));
        let (discard, discarded) =
            (Discard { draft: draft(1) }, Discarded { draft: draft(1), author: member(2) });
        given.clone().by(2).when(discard.clone()).then([discarded.clone()]);
        given.clone().by(3).when(discard.clone()).refused(draft::Refusal::NoSuchDraft);
        given.and(discarded).by(2).when(discard).then_nothing();
    }
}
