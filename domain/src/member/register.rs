//! Register a person of the organisation, with whom an account may come later or never.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{DepartmentId, MemberId};
use crate::member::{Registered, State, check_email};
use crate::policy::Ability;
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
    const ABILITY: Ability = Ability::ManageMembers;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::member(self.member(facts))
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, NEW, department, member};
    use crate::id::OrganisationId;
    use crate::organisation::{self, Established};
    use crate::{chart, decision, member, words};

    fn register() -> Register {
        Register { member: None, department: department(1), name: "Ada".to_owned(), email: None }
    }

    fn with_email(email: &str) -> Register {
        Register { email: Some(email.to_owned()), ..register() }
    }

    fn registered(email: Option<&str>) -> Registered {
        Registered {
            member: NEW.into(),
            department: department(1),
            name: "Ada".to_owned().into(),
            email: email.map(str::to_owned).into(),
        }
    }

    fn anonymous() -> Given {
        let department = department(1);
        Given::nothing()
            .and(Established {
                organisation: OrganisationId(NEW),
                time_zone: "UTC".to_owned(),
                language: "en".parse().unwrap(),
                anonymous: true,
                source: None,
                threshold: None,
                name: "Study".to_owned().into(),
            })
            .and(chart::Opened { department, parent: None, name: "Dept".to_owned().into() })
    }

    #[test]
    fn a_person_begins_in_an_open_department() {
        Given::people().by(1).when(register()).then([registered(None)]);
        let nowhere = Register { department: department(9), ..register() };
        Given::people().when(nowhere).refused(chart::Refusal::NoSuchDepartment);
        let closed = Given::people().and(chart::Closed { department: department(1), parent: None });
        closed.when(register()).refused(chart::Refusal::DepartmentClosed);
    }

    #[test]
    fn an_id_is_used_once() {
        let again = Register { member: Some(member(2)), ..register() };
        Given::people().when(again).refused(Refusal::MemberExists);
    }

    #[test]
    fn an_address_has_the_form_of_one_and_an_empty_one_is_none() {
        Given::people().when(with_email("ada@example.org")).then([registered(Some("ada@example.org"))]);
        Given::people().when(with_email(" ")).then([registered(None)]);
        for bad in ["ada", "@example.org", "ada@", "a d@example.org", "a@b@c"] {
            Given::people().when(with_email(bad)).refused(member::Refusal::NotAnAddress);
        }
        Given::people()
            .imported()
            .at("2026-03-02T08:30:00Z")
            .when(with_email("O=Acme"))
            .then([registered(Some("O=Acme"))]);
    }

    #[test]
    fn an_anonymous_organisation_keeps_no_address() {
        anonymous().when(with_email("ada@example.org")).refused(member::Refusal::AnonymousOrganisation);
        anonymous().when(register()).then([registered(None)]);
    }

    #[test]
    fn records_may_lack_a_name_and_live_input_may_not() {
        let nameless = Register { name: String::new(), ..register() };
        Given::people().when(nameless.clone()).refused(words::Refusal::Blank);
        let expected = Registered { name: String::new().into(), ..registered(None) };
        Given::people().imported().when(nameless).then([expected]);
    }

    #[test]
    fn administrators_register_once_there_is_an_organisation() {
        Given::people().by(2).when(register()).refused(decision::Refusal::AdministratorNeeded);
        Given::nothing().when(register()).refused(organisation::Refusal::NotEstablished);
    }
}
