//! Sign in: leaves a trace, once a local day.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::OrganisationId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::seen::{SignedIn, State};
use crate::stream::StreamName;

/// The actor signs in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SignIn {
    /// To the organisation of this journal.
    pub organisation: OrganisationId,
}

refusals! {
    NoSuchOrganisation = "NO_SUCH_ORGANISATION", "This is another organisation; look up its id again.",
        "C’est une autre organisation ; cherchez de nouveau son identifiant.";
}

impl Action for SignIn {
    type State = State;
    const ABILITY: Ability = Ability::SignIn;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::seen(self.organisation.0, facts.pseudonym)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        if facts.organisation()?.established()?.organisation != self.organisation {
            return Err(Refusal::NoSuchOrganisation.on("organisation").into());
        }
        if state.on(facts.day) {
            return Ok(vec![]);
        }
        let month = facts.day.month();
        Ok(vec![SignedIn { organisation: self.organisation, month, member: member.into() }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::{Given, member};

    fn sign_in() -> SignIn {
        SignIn { organisation: OrganisationId::default() }
    }

    fn signed_in() -> SignedIn {
        SignedIn {
            organisation: OrganisationId::default(),
            month: "2026-03".parse().unwrap(),
            member: member(2).into(),
        }
    }

    #[test]
    fn signing_in_leaves_one_trace_a_day() {
        let given = Given::people().by(2);
        given.clone().when(sign_in()).then([signed_in()]);
        given.clone().and(signed_in()).when(sign_in()).then_nothing();
        given.and(signed_in()).at("2026-03-03T00:00:00Z").when(sign_in()).then([signed_in()]);
    }

    #[test]
    fn a_person_signs_in_to_their_organisation() {
        Given::people().when(sign_in()).refused(decision::Refusal::PersonNeeded);
        let elsewhere = SignIn { organisation: OrganisationId(crate::given::NEW) };
        Given::people().by(2).when(elsewhere).refused(Refusal::NoSuchOrganisation);
    }
}
