//! Open an account for a member: from then on they can act.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{AccountOpened, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator opens an account.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenAccount {
    /// Whose; an active member's.
    pub member: MemberId,
}

impl Action for OpenAccount {
    type State = State;
    const ABILITY: Ability = Ability::ManageMembers;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let department = state.known(facts.now, self.member)?;
        state.active("member")?;
        if state.account {
            return Ok(vec![]);
        }
        Ok(vec![AccountOpened { member: self.member, department }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department, member};
    use crate::member::{self, Deactivated, Registered};
    use crate::{audience, decision};

    fn newcomer() -> Given {
        Given::people().and(Registered {
            member: member(6),
            department: department(1),
            name: "Ada".to_owned().into(),
            email: None.into(),
        })
    }

    fn open(n: u32) -> OpenAccount {
        OpenAccount { member: member(n) }
    }

    #[test]
    fn an_account_is_opened_once() {
        newcomer().by(1).when(open(6)).then([AccountOpened { member: member(6), department: department(1) }]);
        newcomer().when(open(2)).then_nothing();
    }

    #[test]
    fn without_an_account_nobody_acts() {
        newcomer().by(6).when(open(6)).refused(decision::Refusal::NoAccount);
    }

    #[test]
    fn accounts_are_for_active_members_and_opened_by_administrators() {
        newcomer().when(open(9)).refused(audience::Refusal::NoSuchMember);
        newcomer().by(2).when(open(6)).refused(decision::Refusal::AdministratorNeeded);
        let left = newcomer().and(Deactivated { member: member(6), department: department(1) });
        left.when(open(6)).refused(member::Refusal::MemberInactive);
    }
}
