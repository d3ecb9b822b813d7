//! Record that a draft could not be published at its time, and why: it stays with its author.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::draft::{Refused, State};
use crate::event::Event;
use crate::id::DraftId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The system was refused when it published a draft at its time.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Refuse {
    /// Which.
    pub draft: DraftId,
    /// The code of the refusal.
    pub code: String,
}

refusals! {
    NotACode = "NOT_A_CODE", "A refusal has a code of capitals and underscores, such as NO_SUCH_MEMBER.",
        "Un refus a un code en capitales et tirets bas, comme NO_SUCH_MEMBER.";
}

impl Action for Refuse {
    type State = State;
    const ABILITY: Ability = Ability::Serve;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::draft(self.draft)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let draft = state.known()?;
        let fits = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
        if !(1..=60).contains(&self.code.len()) || !self.code.bytes().all(fits) {
            return Err(Refusal::NotACode.into());
        }
        match draft.publish_at.filter(|at| *at <= facts.now && !draft.ended) {
            None => Ok(vec![]),
            Some(publish_at) => {
                let (author, code) = (draft.author, self.code.clone());
                Ok(vec![Refused { draft: self.draft, author, publish_at, code }.into()])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::refusal;
    use crate::given::items::{saved, scheduled, to};
    use crate::given::{Given, draft, member};

    const AT: &str = "2026-03-02T09:00:00Z";

    fn given(at: &str) -> Given {
        Given::people().and(saved("Bonjour", Some(to([3])))).and(scheduled(at))
    }

    fn refuse() -> Refuse {
        Refuse { draft: draft(1), code: "COMMUNITY_ARCHIVED".to_owned() }
    }

    fn refused() -> Refused {
        let (publish_at, code) = (AT.parse().unwrap(), "COMMUNITY_ARCHIVED".to_owned());
        Refused { draft: draft(1), author: member(2), publish_at, code }
    }

    #[test]
    fn what_was_refused_at_its_time_is_scheduled_no_more() {
        given(AT).when(refuse()).then([refused()]);
        given(AT).and(refused()).when(refuse()).then_nothing();
        given(AT).by(2).when(refuse()).refused(crate::decision::Refusal::SystemNeeded);
    }

    #[test]
    fn not_before_its_time() {
        given("2026-03-02T09:00:01Z").when(refuse()).then_nothing();
    }

    #[test]
    fn a_code_is_a_code() {
        given(AT).when(Refuse { code: "archived!".to_owned(), ..refuse() }).refused(Refusal::NotACode);
    }

    #[test]
    fn the_code_of_a_refusal_leads_back_to_what_to_do_instead() {
        for code in ["COMMUNITY_ARCHIVED", "INACTIVE_ACTOR", "BLANK_TEXT", "NOT_IN_COMMUNITY"] {
            assert_eq!(refusal(code).unwrap().code, code);
        }
        assert_eq!(refusal("PAINTED"), None);
    }
}
