//! Offer a session: a sign-in link.

use serde::Serialize;

use crate::audience::active_member;
use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::{MemberId, SessionId};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::session::{Offered, State};
use crate::stream::StreamName;
use crate::time::Time;
use crate::token;

/// Gives a member a link that opens a session once.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Offer {
    /// The session's id, new.
    pub session: SessionId,
    /// For whom: an active member with an account.
    pub member: MemberId,
    /// SHA-256 of the link's secret, in lower-case hexadecimal.
    pub secret_sha256: String,
    /// When the link ends.
    pub until: Time,
}

refusals! {
    SessionExists = "SESSION_EXISTS", "This session id was used before; choose a new one.",
        "Cet identifiant de session a déjà servi ; choisissez-en un autre.";
}

impl Action for Offer {
    type State = State;
    const ABILITY: Ability = Ability::OfferSignIn;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::session(self.session)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        if state.member().is_some() {
            return Err(Refusal::SessionExists.into());
        }
        if self.until <= facts.now {
            return Err(token::issue::Refusal::EndsInThePast.on("until").into());
        }
        active_member(facts, self.member, "member")?;
        if !facts.member(self.member)?.account {
            return Err(token::issue::Refusal::NoAccountYet.on("member").into());
        }
        let Self { session, member, secret_sha256, until } = self.clone();
        Ok(vec![Offered { session, member, secret_sha256, until }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department, member};
    use crate::member::Deactivated;
    use uuid::Uuid;

    fn offer(n: u32) -> Offer {
        Offer {
            session: SessionId(Uuid::nil()),
            member: member(n),
            secret_sha256: "ab".repeat(32),
            until: "2026-03-02T09:10:00Z".parse().unwrap(),
        }
    }

    fn offered(n: u32) -> Offered {
        let Offer { session, member, secret_sha256, until } = offer(n);
        Offered { session, member, secret_sha256, until }
    }

    #[test]
    fn an_administrator_offers_links_and_others_do_not() {
        Given::people().by(1).when(offer(2)).then([offered(2)]);
        Given::people().by(2).when(offer(2)).refused(crate::decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn links_are_for_active_members() {
        Given::people().when(offer(9)).refused(crate::audience::Refusal::NoSuchMember);
        let left = Given::people().and(Deactivated { member: member(2), department: department(1) });
        left.when(offer(2)).refused(crate::member::Refusal::MemberInactive);
    }

    #[test]
    fn a_link_is_offered_once_and_ends_in_the_future() {
        Given::people().and(offered(2)).when(offer(2)).refused(Refusal::SessionExists);
        let ended = Offer { until: "2026-03-02T09:00:00Z".parse().unwrap(), ..offer(2) };
        Given::people().when(ended).refused(token::issue::Refusal::EndsInThePast);
    }
}
