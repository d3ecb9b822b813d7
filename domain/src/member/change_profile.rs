//! Change a member's name or e-mail address.

use serde::Serialize;

use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{ProfileChanged, State, check_email};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::sealed::Sealed;
use crate::stream::StreamName;
use crate::words::{NAME_MAX, required};

/// A member changes their own profile, or an administrator anybody's.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeProfile {
    /// Whose.
    pub member: MemberId,
    /// The name from now on: 1 to 300 characters; kept by default.
    pub name: Option<String>,
    /// The e-mail address from now on, removed when empty; kept by default.
    pub email: Option<String>,
    /// The revision of the member’s stream at which the actor read them; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

impl Action for ChangeProfile {
    type State = State;
    const ABILITY: Ability = Ability::ChangeProfiles;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.may_for(Self::ABILITY, Some(self.member))?;
        state.known(facts.now, self.member)?;
        let settings = facts.organisation()?.established()?;
        let name_was = state.name.clone().unwrap_or(Sealed::Gone);
        let email_was = state.email.clone().unwrap_or(Sealed::Gone);
        let (mut name, mut email) = (name_was.clone(), email_was.clone());
        if let Some(text) = &self.name {
            required("name", text, NAME_MAX, facts.origin)?;
            name = Sealed::Open(text.clone());
        }
        if let Some(address) = &self.email {
            email = Sealed::Open(check_email(Some(address), settings, facts.origin)?);
        }
        if (&name, &email) == (&name_was, &email_was) {
            return Ok(vec![]);
        }
        based_on(self.based_on, state.revision)?;
        Ok(vec![ProfileChanged { member: self.member, name, name_was, email, email_was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use crate::{audience, decision, member, words};

    fn change(n: u32, name: Option<&str>, email: Option<&str>) -> ChangeProfile {
        let text = |text: Option<&str>| text.map(str::to_owned);
        ChangeProfile { member: member(n), name: text(name), email: text(email), based_on: None }
    }

    fn changed(name: &str, email: Option<&str>) -> ProfileChanged {
        ProfileChanged {
            member: member(2),
            name: name.to_owned().into(),
            name_was: "Member 2".to_owned().into(),
            email: email.map(str::to_owned).into(),
            email_was: None.into(),
        }
    }

    #[test]
    fn a_member_changes_their_own_profile_and_keeps_what_they_do_not_name() {
        Given::people().by(2).when(change(2, Some("Ada"), None)).then([changed("Ada", None)]);
        let address = Some("ada@example.org");
        Given::people().by(2).when(change(2, None, address)).then([changed("Member 2", address)]);
    }

    #[test]
    fn an_administrator_changes_anybodys_profile_and_nobody_else_does() {
        Given::people().by(1).when(change(2, Some("Ada"), None)).then([changed("Ada", None)]);
        Given::people()
            .by(3)
            .when(change(2, Some("Ada"), None))
            .refused(decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn a_change_upon_what_was_changed_since_is_told_the_current_revision() {
        let upon = |based_on| ChangeProfile { based_on: Some(based_on), ..change(2, Some("Bea"), None) };
        let given = Given::people().and(changed("Ada", None)).by(2);
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([ProfileChanged {
            name: "Bea".to_owned().into(),
            name_was: "Ada".to_owned().into(),
            ..changed("", None)
        }]);
    }

    #[test]
    fn an_empty_address_is_none() {
        Given::people().by(2).when(change(2, None, Some(""))).then_nothing();
        let given = Given::people().and(changed("Ada", Some("ada@example.org")));
        given.by(2).when(change(2, None, Some(""))).then([ProfileChanged {
            name_was: "Ada".to_owned().into(),
            email_was: Some("ada@example.org".to_owned()).into(),
            ..changed("Ada", None)
        }]);
    }

    #[test]
    fn what_is_gone_stays_gone_when_something_else_changes() {
        let forgotten = ProfileChanged { name: Sealed::Gone, email: Sealed::Gone, ..changed("", None) };
        Given::people().and(forgotten).when(change(2, None, Some("a@example.org"))).then([ProfileChanged {
            name: Sealed::Gone,
            name_was: Sealed::Gone,
            email_was: Sealed::Gone,
            ..changed("", Some("a@example.org"))
        }]);
    }

    #[test]
    fn texts_are_checked() {
        Given::people().by(2).when(change(2, Some(" "), None)).refused(words::Refusal::Blank);
        Given::people().by(2).when(change(2, None, Some("ada"))).refused(member::Refusal::NotAnAddress);
        Given::people().when(change(9, Some("Ada"), None)).refused(audience::Refusal::NoSuchMember);
    }
}
