//! Link a member with the identity by which an identity provider knows them.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{self, IdentityLinked, State};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::words::{NAME_MAX, required};

/// An administrator, or the server for somebody whom it recognises, links an identity.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LinkIdentity {
    /// Who it is; an active member.
    pub member: MemberId,
    /// The provider's issuer identifier, as its tokens say it.
    pub issuer: String,
    /// The subject, as its tokens say it; never an e-mail address that may pass to somebody else.
    pub subject: String,
}

refusals! {
    IdentityOfAnother = "IDENTITY_OF_ANOTHER", "This identity is another member's; unlink it there first.",
        "Cette identité est celle d’un autre membre ; détachez-la d’abord.";
}

impl Action for LinkIdentity {
    type State = State;
    const ABILITY: Ability = Ability::ManageMembers;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        state.known(facts.now, self.member)?;
        state.active("member")?;
        if facts.organisation()?.established()?.anonymous {
            return Err(member::Refusal::AnonymousOrganisation.on("subject").into());
        }
        required("issuer", &self.issuer, NAME_MAX, facts.origin)?;
        required("subject", &self.subject, NAME_MAX, facts.origin)?;
        match facts.identity(&self.issuer, &self.subject)? {
            Some(other) if other != self.member => {
                return Err(Refusal::IdentityOfAnother.on("subject").into());
            }
            _ if state.vouched_for_by(&self.issuer, &self.subject) => return Ok(vec![]),
            _ => {}
        }
        let Self { member, issuer, subject } = self.clone();
        Ok(vec![IdentityLinked { member, issuer, subject: subject.into() }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department, member};
    use crate::member::Deactivated;
    use crate::{audience, decision};

    const ISSUER: &str = "https://id.example.org";

    fn link(n: u32) -> LinkIdentity {
        LinkIdentity { member: member(n), issuer: ISSUER.to_owned(), subject: "ada".to_owned() }
    }

    fn linked(n: u32) -> IdentityLinked {
        let LinkIdentity { member, issuer, subject } = link(n);
        IdentityLinked { member, issuer, subject: subject.into() }
    }

    #[test]
    fn an_identity_is_linked_once() {
        Given::people().by(1).when(link(2)).then([linked(2)]);
        Given::people().and(linked(2)).by(1).when(link(2)).then_nothing();
        Given::people().by(2).when(link(2)).refused(decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn an_identity_is_of_one_member() {
        let of_another = Given::people().and(linked(3)).identity(ISSUER, "ada", 3);
        of_another.when(link(2)).refused(Refusal::IdentityOfAnother);
    }

    #[test]
    fn identities_are_of_active_members() {
        Given::people().when(link(9)).refused(audience::Refusal::NoSuchMember);
        let left = Given::people().and(Deactivated { member: member(2), department: department(1) });
        left.when(link(2)).refused(member::Refusal::MemberInactive);
    }
}
