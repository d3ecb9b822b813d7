//! Change a member's name or e-mail address.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{ProfileChanged, State, check_email};
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
}

impl Action for ChangeProfile {
    type State = State;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        if facts.actor.member() != Some(self.member) {
            facts.administers()?;
        }
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
        Ok(vec![ProfileChanged { member: self.member, name, name_was, email, email_was }.into()])
    }
}
