//! Unlink an identity: whoever the identity provider says it is signs in with it no more.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{IdentityUnlinked, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator unlinks an identity of a member.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnlinkIdentity {
    /// Whose.
    pub member: MemberId,
    /// The provider's issuer identifier.
    pub issuer: String,
    /// The subject.
    pub subject: String,
}

impl Action for UnlinkIdentity {
    type State = State;
    const ABILITY: Ability = Ability::ManageMembers;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        state.known(facts.now, self.member)?;
        if !state.vouched_for_by(&self.issuer, &self.subject) {
            return Ok(vec![]);
        }
        let Self { member, issuer, subject } = self.clone();
        Ok(vec![IdentityUnlinked { member, issuer, subject: subject.into() }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use crate::member::IdentityLinked;
    use crate::{audience, decision};

    const ISSUER: &str = "https://id.example.org";

    fn unlink(n: u32) -> UnlinkIdentity {
        UnlinkIdentity { member: member(n), issuer: ISSUER.to_owned(), subject: "ada".to_owned() }
    }

    fn linked() -> Given {
        let issuer = ISSUER.to_owned();
        Given::people().and(IdentityLinked { member: member(2), issuer, subject: "ada".to_owned().into() })
    }

    #[test]
    fn an_administrator_unlinks_what_is_linked() {
        let UnlinkIdentity { member, issuer, subject } = unlink(2);
        let unlinked = IdentityUnlinked { member, issuer, subject: subject.into() };
        linked().by(1).when(unlink(2)).then([unlinked.clone()]);
        linked().and(unlinked).by(1).when(unlink(2)).then_nothing();
        linked().by(2).when(unlink(2)).refused(decision::Refusal::AdministratorNeeded);
        linked().when(unlink(9)).refused(audience::Refusal::NoSuchMember);
    }
}
