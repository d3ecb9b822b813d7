//! Prolong a session: it was used.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::SessionId;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::session::{Prolonged, State};
use crate::stream::StreamName;
use crate::time::Time;

/// The server lets a session last longer, having seen it used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Prolong {
    /// Which.
    pub session: SessionId,
    /// When it is to end, unless that is later than any session may.
    pub until: Time,
}

refusals! {
    SessionOver = "SESSION_OVER", "This session is over; sign in again.",
        "Cette session est terminée ; connectez-vous de nouveau.";
}

impl Action for Prolong {
    type State = State;
    const ABILITY: Ability = Ability::Serve;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::session(self.session)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        facts.may(Self::ABILITY)?;
        let opened = state.valid(facts.now).ok_or(Refusal::SessionOver)?;
        let Some(until) = state.prolonged(self.until) else { return Ok(vec![]) };
        Ok(vec![Prolonged { session: self.session, member: opened.member, until }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use crate::session::{Ended, Opened};

    const SESSION: SessionId = SessionId(uuid::Uuid::nil());

    /// Opened at eight.
    fn opened() -> Given {
        Given::people().by_the_system().and(Opened {
            session: SESSION,
            member: member(2),
            secret_sha256: "ab".repeat(32),
            until: at("2026-03-02T21:00:00Z"),
        })
    }

    fn at(time: &str) -> Time {
        time.parse().unwrap()
    }

    fn until(time: &str) -> Prolong {
        Prolong { session: SESSION, until: at(time) }
    }

    fn prolonged(time: &str) -> Prolonged {
        Prolonged { session: SESSION, member: member(2), until: at(time) }
    }

    #[test]
    fn what_is_used_lasts_longer_by_an_hour_at_least() {
        opened().when(until("2026-03-02T22:00:00Z")).then([prolonged("2026-03-02T22:00:00Z")]);
        opened().when(until("2026-03-02T21:59:59Z")).then_nothing();
        let given = opened().and(prolonged("2026-03-02T22:00:00Z")).at("2026-03-02T21:30:00Z");
        given.clone().when(until("2026-03-03T09:30:00Z")).then([prolonged("2026-03-03T09:30:00Z")]);
        given.at("2026-03-02T22:00:00Z").when(until("2026-03-03T10:00:00Z")).refused(Refusal::SessionOver);
    }

    #[test]
    fn nothing_lasts_longer_than_a_week() {
        let given = opened().and(prolonged("2026-03-09T06:00:00Z")).at("2026-03-09T05:00:00Z");
        let week = prolonged("2026-03-09T08:00:00Z");
        given.clone().when(until("2026-03-09T17:00:00Z")).then([week.clone()]);
        given.and(week).when(until("2026-03-09T17:00:00Z")).then_nothing();
    }

    #[test]
    fn what_was_ended_is_over_and_the_server_alone_prolongs() {
        let ended = Ended { session: SESSION, member: member(2) };
        opened().and(ended).when(until("2026-03-03T09:00:00Z")).refused(Refusal::SessionOver);
        let by_hand = opened().by(1).when(until("2026-03-03T09:00:00Z"));
        by_hand.refused(crate::decision::Refusal::SystemNeeded);
    }
}
