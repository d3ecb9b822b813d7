//! End a session: sign out, or withdraw a link.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::SessionId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::session::{Ended, State};
use crate::stream::StreamName;

/// Ends a session: by its member, or by an administrator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct End {
    /// Which.
    pub session: SessionId,
}

refusals! {
    NoSuchSession = "NO_SUCH_SESSION", "There is no such session; look it up again.",
        "Cette session n’existe pas ; cherchez-la de nouveau.";
}

impl Action for End {
    type State = State;
    const ABILITY: Ability = Ability::EndSessions;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::session(self.session)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = state.member();
        facts.may_for(Self::ABILITY, member)?;
        match member {
            None => Err(Refusal::NoSuchSession.into()),
            Some(_) if state.ended => Ok(vec![]),
            Some(member) => Ok(vec![Ended { session: self.session, member }.into()]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use crate::session::{Offered, Opened};

    const END: End = End { session: SessionId(uuid::Uuid::nil()) };

    fn given() -> Given {
        Given::people().and(Opened {
            session: END.session,
            member: member(2),
            secret_sha256: "ab".repeat(32),
            until: "2026-03-02T21:00:00Z".parse().unwrap(),
        })
    }

    fn ended() -> Ended {
        Ended { session: END.session, member: member(2) }
    }

    #[test]
    fn its_member_and_an_administrator_end_a_session_once() {
        given().by(2).when(END).then([ended()]);
        given().by(1).when(END).then([ended()]);
        given().and(ended()).by(1).when(END).then_nothing();
        given().by(3).when(END).refused(crate::decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn a_link_not_used_yet_is_withdrawn() {
        let until = "2026-03-02T09:10:00Z".parse().unwrap();
        let (session, secret_sha256) = (END.session, "ab".repeat(32));
        let offered = Offered { session, member: member(2), secret_sha256, until };
        Given::people().and(offered).by(1).when(END).then([ended()]);
    }

    #[test]
    fn a_session_that_never_was_is_not_there() {
        Given::people().by(1).when(END).refused(Refusal::NoSuchSession);
    }
}
