//! Follow no more: always possible, whatever has become of whom one followed.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::follow::{Ended, Followed, State};
use crate::policy::Ability;
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor follows no more.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct End {
    /// Whom, or what.
    pub followed: Followed,
}

impl Action for End {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::follow(&self.followed, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        if !state.follows {
            return Ok(vec![]);
        }
        Ok(vec![Ended { followed: self.followed.clone(), member }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow::Begun;
    use crate::given::{Given, department, member};
    use crate::member::Deactivated;

    fn followed() -> Followed {
        Followed::Member(member(3))
    }

    fn given() -> Given {
        Given::people().by(2).and(Begun { followed: followed(), member: member(2) })
    }

    #[test]
    fn a_member_ceases_to_follow() {
        given().when(End { followed: followed() }).then([Ended { followed: followed(), member: member(2) }]);
    }

    #[test]
    fn also_somebody_who_left() {
        let given = given().and(Deactivated { member: member(3), department: department(1) });
        given.when(End { followed: followed() }).then([Ended { followed: followed(), member: member(2) }]);
    }

    #[test]
    fn what_one_does_not_follow_one_need_not_leave() {
        given().by(4).when(End { followed: followed() }).then_nothing();
    }
}
