//! Reactivate a member who comes back.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::MemberId;
use crate::member::{Reactivated, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// An administrator reactivates a member, whose department must be open: transfer them first if it is not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reactivate {
    /// Whom.
    pub member: MemberId,
}

impl Action for Reactivate {
    type State = State;
    const ABILITY: Ability = Ability::ManageMembers;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::member(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let department = state.known(facts.now, self.member)?;
        if !state.inactive {
            return Ok(vec![]);
        }
        facts.chart()?.open(department, "member")?;
        Ok(vec![Reactivated { member: self.member, department }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{self, Closed};
    use crate::given::{Given, department, member};
    use crate::member::Deactivated;
    use crate::{audience, decision};

    fn left() -> Given {
        Given::people().and(Deactivated { member: member(2), department: department(1) })
    }

    fn reactivate(n: u32) -> Reactivate {
        Reactivate { member: member(n) }
    }

    #[test]
    fn who_left_comes_back() {
        left().by(1).when(reactivate(2)).then([Reactivated { member: member(2), department: department(1) }]);
        left().when(reactivate(3)).then_nothing();
    }

    #[test]
    fn nobody_comes_back_into_a_closed_department() {
        let closed = left().and(Closed { department: department(1), parent: None });
        closed.when(reactivate(2)).refused(chart::Refusal::DepartmentClosed);
    }

    #[test]
    fn administrators_reactivate_known_members() {
        left().by(3).when(reactivate(2)).refused(decision::Refusal::AdministratorNeeded);
        left().when(reactivate(9)).refused(audience::Refusal::NoSuchMember);
    }
}
