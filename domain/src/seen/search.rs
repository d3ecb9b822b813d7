//! Search: a trace of what somebody looked for and how much was found where, left once per words and local day.

use serde::Serialize;
use uuid::Uuid;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::OrganisationId;
use crate::member::sign_in;
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::seen::{Results, Searched, State, normal};
use crate::stream::StreamName;
use crate::words::{NAME_MAX, required};

/// The actor searched. What was found is counted by whoever answered them, never said by the actor.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Search {
    /// The organisation of this journal.
    pub organisation: OrganisationId,
    /// The words, as they were typed.
    pub words: String,
    /// How many results belong to which department.
    pub results: Vec<Results>,
}

impl Action for Search {
    type State = State;
    const ABILITY: Ability = Ability::Look;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::seen(searches(self.organisation), facts.pseudonym)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        if facts.organisation()?.established()?.organisation != self.organisation {
            return Err(sign_in::Refusal::NoSuchOrganisation.on("organisation").into());
        }
        required("words", &self.words, NAME_MAX, facts.origin)?;
        for department in self.results.iter().filter_map(|results| results.department) {
            facts.chart()?.known(department, "department")?;
        }
        if state.searched_for(&normal(&self.words), facts.day) {
            return Ok(vec![]);
        }
        let searched = Searched {
            organisation: self.organisation,
            month: facts.day.month(),
            results: self.results.clone(),
            member: member.into(),
            words: self.words.clone().into(),
        };
        Ok(vec![searched.into()])
    }
}

/// What all searches of a person in an organisation are upon: the words name no stream, they are sealed.
pub(crate) fn searches(organisation: OrganisationId) -> Uuid {
    Uuid::new_v5(&organisation.0, b"search")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department, member};
    use crate::{chart, decision, words};

    fn results() -> Vec<Results> {
        vec![Results { department: Some(department(1)), count: 3 }, Results { department: None, count: 1 }]
    }

    fn search(words: &str) -> Search {
        Search { organisation: OrganisationId::default(), words: words.to_owned(), results: results() }
    }

    fn searched(words: &str) -> Searched {
        Searched {
            organisation: OrganisationId::default(),
            month: "2026-03".parse().unwrap(),
            results: results(),
            member: member(2).into(),
            words: words.to_owned().into(),
        }
    }

    #[test]
    fn the_same_words_leave_one_trace_a_day() {
        let given = Given::people().by(2);
        given.clone().when(search("Safety shoes")).then([searched("Safety shoes")]);
        let once = given.and(searched("Safety shoes"));
        once.clone().when(search("  safety  SHOES ")).then_nothing();
        once.clone().when(search("safety")).then([searched("safety")]);
        once.at("2026-03-03T00:00:00Z").when(search("safety shoes")).then([searched("safety shoes")]);
    }

    #[test]
    fn a_person_searches_their_organisation_for_something() {
        Given::people().when(search("x")).refused(decision::Refusal::PersonNeeded);
        let elsewhere = Search { organisation: OrganisationId(crate::given::NEW), ..search("x") };
        Given::people().by(2).when(elsewhere).refused(sign_in::Refusal::NoSuchOrganisation);
        Given::people().by(2).when(search(" ")).refused(words::Refusal::Blank);
    }

    #[test]
    fn what_is_found_belongs_to_departments_that_there_are() {
        let results = vec![Results { department: Some(department(9)), count: 1 }];
        let nowhere = Search { results, ..search("x") };
        Given::people().by(2).when(nowhere).refused(chart::Refusal::NoSuchDepartment);
    }
}
