//! Open a session: by its link, or for whom an identity provider vouches.

use serde::Serialize;

use crate::decision::{Action, Actor, Facts};
use crate::event::{Event, Origin};
use crate::id::{MemberId, SessionId};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::session::{Opened, State};
use crate::stream::StreamName;
use crate::time::Time;

/// The server opens a session, having seen why it may.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Open {
    /// Which: the link's, or a new one.
    pub session: SessionId,
    /// Why.
    pub grounds: Grounds,
    /// SHA-256 of its secret, in lower-case hexadecimal.
    pub secret_sha256: String,
    /// When it ends.
    pub until: Time,
}

/// Why a session may be opened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grounds {
    /// Somebody brought the secret of its link, of which this is the SHA-256.
    Link(String),
    /// An identity provider says that it is this member.
    Identity(MemberId),
}

refusals! {
    SignInRefused = "SIGN_IN_REFUSED", "This does not sign anybody in: the link was used or has ended, or the account is closed. Ask for a new link.",
        "Ceci ne connecte personne : le lien a servi ou a expiré, ou le compte est fermé. Demandez un nouveau lien.";
}

impl Open {
    /// Whose session it becomes; nobody's, and nobody learns why, unless the grounds hold.
    fn opens_for(&self, state: &State, facts: &Facts) -> Option<MemberId> {
        let unused = state.opened.is_none() && !state.ended;
        let member = match (&self.grounds, &state.offered) {
            (Grounds::Link(sha256), Some(offered)) => {
                (offered.secret_sha256 == *sha256 && facts.now < offered.until).then_some(offered.member)
            }
            (Grounds::Identity(member), None) => Some(*member),
            // Records do not hold the secret that was brought.
            (Grounds::Identity(member), Some(offered)) => {
                (facts.origin == Origin::Import && offered.member == *member).then_some(*member)
            }
            (Grounds::Link(_), None) => None,
        };
        member.filter(|_| unused && facts.actor == Actor::System && facts.now < self.until)
    }
}

impl Action for Open {
    type State = State;
    const ABILITY: Ability = Ability::Serve;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::session(self.session)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = self.opens_for(state, facts).ok_or(Refusal::SignInRefused)?;
        let person = facts.member(member)?;
        if !person.account || person.inactive {
            return Err(Refusal::SignInRefused.into());
        }
        let Self { session, secret_sha256, until, .. } = self.clone();
        Ok(vec![Opened { session, member, secret_sha256, until }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department, member};
    use crate::member::Deactivated;
    use crate::session::{Ended, Offered};
    use uuid::Uuid;

    const SESSION: SessionId = SessionId(Uuid::nil());

    fn offered() -> Given {
        Given::people().by_the_system().and(Offered {
            session: SESSION,
            member: member(2),
            secret_sha256: "ab".repeat(32),
            until: "2026-03-02T09:10:00Z".parse().unwrap(),
        })
    }

    fn open(grounds: Grounds) -> Open {
        let until = "2026-03-02T21:00:00Z".parse().unwrap();
        Open { session: SESSION, grounds, secret_sha256: "cd".repeat(32), until }
    }

    fn by_link() -> Open {
        open(Grounds::Link("ab".repeat(32)))
    }

    fn opened() -> Opened {
        let Open { session, secret_sha256, until, .. } = by_link();
        Opened { session, member: member(2), secret_sha256, until }
    }

    #[test]
    fn a_link_opens_its_session_once() {
        offered().when(by_link()).then([opened()]);
        offered().and(opened()).when(by_link()).refused(Refusal::SignInRefused);
    }

    #[test]
    fn a_link_opens_nothing_with_another_secret_after_its_end_or_once_withdrawn() {
        offered().when(open(Grounds::Link("cd".repeat(32)))).refused(Refusal::SignInRefused);
        offered().at("2026-03-02T09:10:00Z").when(by_link()).refused(Refusal::SignInRefused);
        let withdrawn = Ended { session: SESSION, member: member(2) };
        offered().and(withdrawn).when(by_link()).refused(Refusal::SignInRefused);
    }

    #[test]
    fn nobody_who_has_left_signs_in() {
        let left = Deactivated { member: member(2), department: department(1) };
        offered().and(left.clone()).when(by_link()).refused(Refusal::SignInRefused);
        let vouched = open(Grounds::Identity(member(2)));
        Given::people().by_the_system().and(left).when(vouched).refused(Refusal::SignInRefused);
    }

    #[test]
    fn an_identity_opens_a_session_without_a_link_and_none_with_one() {
        let vouched = || open(Grounds::Identity(member(2)));
        Given::people().by_the_system().when(vouched()).then([opened()]);
        offered().when(vouched()).refused(Refusal::SignInRefused);
        offered().imported().when(vouched()).then([opened()]);
    }

    #[test]
    fn the_server_alone_opens_sessions() {
        offered().by(1).when(by_link()).refused(crate::decision::Refusal::SystemNeeded);
        Given::people().when(open(Grounds::Identity(member(2)))).refused(Refusal::SignInRefused);
    }
}
