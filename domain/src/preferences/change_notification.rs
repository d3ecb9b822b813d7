//! Change how one is told of a kind of notification.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::notification::{Kind, Pace, Preference};
use crate::policy::Ability;
use crate::preferences::{NotificationChanged, State};
use crate::refusal::Stop;
use crate::stream::StreamName;

/// The actor changes how they are told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeNotification {
    /// Of which kind.
    pub notification: Kind,
    /// Whether it stands in their inbox; kept by default.
    pub inbox: Option<bool>,
    /// How soon it is mailed; kept by default.
    pub mail: Option<Pace>,
}

impl Action for ChangeNotification {
    type State = State;
    const ABILITY: Ability = Ability::KeepTheirState;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::preferences(facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        let was = state.of(self.notification);
        let preference =
            Preference { inbox: self.inbox.unwrap_or(was.inbox), mail: self.mail.unwrap_or(was.mail) };
        if preference == was {
            return Ok(vec![]);
        }
        let notification = self.notification;
        Ok(vec![NotificationChanged { member, notification, preference, preference_was: was }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision;
    use crate::given::{Given, member};

    fn change(inbox: Option<bool>, mail: Option<Pace>) -> ChangeNotification {
        ChangeNotification { notification: Kind::Mention, inbox, mail }
    }

    fn changed(preference: Preference, preference_was: Preference) -> NotificationChanged {
        NotificationChanged { member: member(2), notification: Kind::Mention, preference, preference_was }
    }

    const DEFAULT: Preference = Preference::by_default(Kind::Mention);
    const SILENT: Preference = Preference { inbox: true, mail: Pace::Never };

    #[test]
    fn what_is_not_named_is_kept() {
        let given = Given::people().by(2);
        given.clone().when(change(None, Some(Pace::Never))).then([changed(SILENT, DEFAULT)]);
        let hidden = Preference { inbox: false, ..SILENT };
        let given = given.and(changed(SILENT, DEFAULT));
        given.when(change(Some(false), None)).then([changed(hidden, SILENT)]);
    }

    #[test]
    fn the_default_chosen_is_no_change() {
        Given::people().by(2).when(change(Some(true), Some(Pace::Daily))).then_nothing();
    }

    #[test]
    fn a_service_has_no_preferences() {
        Given::people().when(change(Some(false), None)).refused(decision::Refusal::PersonNeeded);
    }
}
