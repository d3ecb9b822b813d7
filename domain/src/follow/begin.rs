//! Follow a person or a topic: what they write, and what is about it, is in one's feed as far as one may read it.

use serde::Serialize;

use crate::audience::active_member;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::follow::{Begun, Followed, State};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor follows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Begin {
    /// Whom, or what: an active member other than the actor, or any topic.
    pub followed: Followed,
}

refusals! {
    OneselfFollowed = "ONESELF_FOLLOWED", "What you write is yours already; follow somebody else.",
        "Ce que vous écrivez est déjà à vous ; suivez quelqu’un d’autre.";
}

impl Action for Begin {
    type State = State;
    const ABILITY: Ability = Ability::KeepToThemselves;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::follow(&self.followed, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        if let Followed::Member(followed) = self.followed {
            if followed == member {
                return Err(Refusal::OneselfFollowed.on("member").into());
            }
            active_member(facts, followed, "member")?;
        }
        if state.follows {
            return Ok(vec![]);
        }
        Ok(vec![Begun { followed: self.followed.clone(), member }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::follow::Ended;
    use crate::given::{Given, department, member};
    use crate::{audience, decision, member};

    fn person(n: u32) -> Followed {
        Followed::Member(member(n))
    }

    fn topic() -> Followed {
        Followed::Topic("safety".parse().unwrap())
    }

    fn begun(followed: Followed) -> Begun {
        Begun { followed, member: member(2) }
    }

    #[test]
    fn a_member_follows_a_person_or_a_topic() {
        for followed in [person(3), topic()] {
            let begin = Begin { followed: followed.clone() };
            Given::people().by(2).when(begin).then([begun(followed)]);
        }
    }

    #[test]
    fn once_and_again_after_they_had_ceased() {
        let given = Given::people().by(2).and(begun(topic()));
        given.clone().when(Begin { followed: topic() }).then_nothing();
        let given = given.and(Ended { followed: topic(), member: member(2) });
        given.when(Begin { followed: topic() }).then([begun(topic())]);
    }

    #[test]
    fn nobody_follows_themselves_or_who_is_not_there() {
        let follow = |n| Given::people().by(2).when(Begin { followed: person(n) });
        follow(2).refused(Refusal::OneselfFollowed);
        follow(9).refused_with(audience::Refusal::NoSuchMember, member(9));
        let gone = member::Deactivated { member: member(3), department: department(1) };
        let given = Given::people().and(gone).by(2);
        given.when(Begin { followed: person(3) }).refused(member::Refusal::MemberInactive);
    }

    #[test]
    fn a_service_follows_nothing() {
        Given::people().when(Begin { followed: topic() }).refused(decision::Refusal::PersonNeeded);
    }
}
