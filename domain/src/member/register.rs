//! Register a person of the organisation, with whom an account may come later or never.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{DepartmentId, MemberId};
use crate::member::{Registered, State, check_email};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{NAME_MAX, required};

/// An administrator registers a person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Register {
    /// Their id; a new one by default.
    pub member: Option<MemberId>,
    /// The open department where they begin.
    pub department: DepartmentId,
    /// Their name: 1 to 300 characters.
    pub name: String,
    /// Their e-mail address; unknown by default or when empty. An anonymous organisation keeps none.
    pub email: Option<String>,
}

refusals! {
    MemberExists = "MEMBER_EXISTS", "There already is a member with this id; choose another id.",
        "Il existe déjà un membre avec cet identifiant ; choisissez-en un autre.";
}

impl Register {
    fn member(&self, facts: &Facts) -> MemberId {
        self.member.unwrap_or(facts.new_id.into())
    }
}

impl Action for Register {
    type State = State;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::member(self.member(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.administers()?;
        let settings = facts.organisation()?.established()?;
        if state.registered() {
            return Err(Refusal::MemberExists.on("member").into());
        }
        facts.chart()?.open(self.department, "department")?;
        required("name", &self.name, NAME_MAX, facts.origin)?;
        Ok(vec![
            Registered {
                member: self.member(facts),
                department: self.department,
                name: self.name.clone().into(),
                email: check_email(self.email.as_deref(), settings, facts.origin)?.into(),
            }
            .into(),
        ])
    }
}
