//! Send a member a mail of notifications: one a day, one a week, or at once whatever came since the last.

use serde::Serialize;

use crate::audience::known_member;
use crate::decision::{Action, Facts};
use crate::digest::{Sent, State};
use crate::event::Event;
use crate::id::MemberId;
use crate::notification::Pace;
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::{Day, Time};

/// The system is about to send a mail. It is recorded first, so that it is sent once at most.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Send {
    /// To whom.
    pub member: MemberId,
    /// Notifications of which pace it tells of.
    pub pace: Pace,
    /// It tells of what came up to here.
    pub up_to: Time,
    /// How many notifications it tells of.
    pub count: u32,
}

refusals! {
    NothingToTell = "NOTHING_TO_TELL", "A mail tells of something; send none.",
        "Un courriel annonce quelque chose ; n’en envoyez pas.";
}

impl Action for Send {
    type State = State;
    const ABILITY: Ability = Ability::Serve;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::digest(self.member)
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        known_member(facts, self.member, "member")?;
        if self.count == 0 || self.pace == Pace::Never {
            return Err(Refusal::NothingToTell.into());
        }
        let sent = state.last(self.pace).is_some_and(|last| match self.pace {
            Pace::Daily => last.day >= facts.day,
            Pace::Weekly => week(last.day) >= week(facts.day),
            Pace::AtOnce | Pace::Never => last.up_to >= self.up_to,
        });
        if sent {
            return Ok(vec![]);
        }
        let Self { member, pace, up_to, count } = *self;
        Ok(vec![Sent { member, pace, up_to, count }.into()])
    }
}

/// The week of a day, counted from the Monday before 1970: day 0 was a Thursday.
fn week(day: Day) -> i32 {
    (day.0 + 3).div_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audience;
    use crate::given::{Given, member};

    fn send(pace: Pace, up_to: &str) -> Send {
        Send { member: member(2), pace, up_to: up_to.parse().unwrap(), count: 3 }
    }

    fn sent(pace: Pace, up_to: &str) -> Sent {
        let Send { member, pace, up_to, count } = send(pace, up_to);
        Sent { member, pace, up_to, count }
    }

    fn given(pace: Pace, at: &str) -> Given {
        Given::people().and_at(at.parse().unwrap(), sent(pace, at))
    }

    // 2026-03-02 is a Monday.
    const NOW: &str = "2026-03-02T09:00:00Z";

    #[test]
    fn a_mail_is_sent_once_in_its_period() {
        for (pace, before, same) in [
            (Pace::Daily, "2026-03-01T23:00:00Z", "2026-03-02T01:00:00Z"),
            (Pace::Weekly, "2026-03-01T23:00:00Z", "2026-03-02T01:00:00Z"),
        ] {
            Given::people().when(send(pace, NOW)).then([sent(pace, NOW)]);
            given(pace, before).when(send(pace, NOW)).then([sent(pace, NOW)]);
            given(pace, same).when(send(pace, NOW)).then_nothing();
        }
        given(Pace::Weekly, NOW).at("2026-03-08T22:00:00Z").when(send(Pace::Weekly, NOW)).then_nothing();
    }

    #[test]
    fn at_once_tells_of_what_came_since_the_last() {
        let given = given(Pace::AtOnce, "2026-03-02T08:00:00Z");
        given.clone().when(send(Pace::AtOnce, "2026-03-02T08:00:00Z")).then_nothing();
        given
            .when(send(Pace::AtOnce, "2026-03-02T08:00:01Z"))
            .then([sent(Pace::AtOnce, "2026-03-02T08:00:01Z")]);
    }

    #[test]
    fn one_pace_does_not_keep_another_back() {
        given(Pace::Daily, NOW).when(send(Pace::Weekly, NOW)).then([sent(Pace::Weekly, NOW)]);
    }

    #[test]
    fn members_send_none_and_empty_ones_are_not_sent() {
        Given::people().by(1).when(send(Pace::Daily, NOW)).refused(crate::decision::Refusal::SystemNeeded);
        Given::people().when(Send { count: 0, ..send(Pace::Daily, NOW) }).refused(Refusal::NothingToTell);
        Given::people().when(send(Pace::Never, NOW)).refused(Refusal::NothingToTell);
        let nobody = Send { member: member(9), ..send(Pace::Daily, NOW) };
        Given::people().when(nobody).refused(audience::Refusal::NoSuchMember);
    }
}
