//! Mark notifications as read, one by one.

use serde::Serialize;

use crate::decision::{Action, Facts};
use crate::event::Event;
use crate::id::NotificationId;
use crate::policy::Ability;
use crate::reading::{Feed, NotificationsMarked, State};
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;

/// The actor has read some of their notifications.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MarkNotifications {
    /// Which: at most 100.
    pub notifications: Vec<NotificationId>,
}

/// The most notifications that are marked at once.
pub const MARKED_MAX: usize = 100;

refusals! {
    TooManyMarked = "TOO_MANY_MARKED", "Mark at most 100 notifications at once, or all up to a time.",
        "Marquez au plus 100 notifications à la fois, ou toutes jusqu’à une heure donnée.";
}

impl Action for MarkNotifications {
    type State = State;
    const ABILITY: Ability = Ability::KeepTheirState;

    fn stream(&self, facts: &Facts) -> StreamName {
        StreamName::reading(Feed::Notifications, facts.actor.member().unwrap_or_default())
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        let member = facts.person()?;
        if self.notifications.len() > MARKED_MAX {
            return Err(Refusal::TooManyMarked.on("notifications").with(MARKED_MAX).into());
        }
        let mut notifications = self.notifications.clone();
        notifications.sort_unstable();
        notifications.dedup();
        notifications.retain(|id| !state.notifications.contains(id));
        if notifications.is_empty() {
            return Ok(vec![]);
        }
        Ok(vec![NotificationsMarked { member, notifications }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, member};
    use crate::reading::FeedMarked;
    use uuid::Uuid;

    fn ids(numbers: &[u128]) -> Vec<NotificationId> {
        numbers.iter().map(|n| NotificationId(Uuid::from_u128(*n))).collect()
    }

    fn mark(numbers: &[u128]) -> MarkNotifications {
        MarkNotifications { notifications: ids(numbers) }
    }

    fn marked(numbers: &[u128]) -> NotificationsMarked {
        NotificationsMarked { member: member(2), notifications: ids(numbers) }
    }

    #[test]
    fn each_is_marked_once() {
        let given = Given::people().by(2);
        given.clone().when(mark(&[3, 1, 3])).then([marked(&[1, 3])]);
        let given = given.and(marked(&[1, 3]));
        given.clone().when(mark(&[1, 2])).then([marked(&[2])]);
        given.when(mark(&[3])).then_nothing();
    }

    #[test]
    fn what_was_marked_one_by_one_is_forgotten_once_all_up_to_a_time_is_read() {
        let up_to = "2026-03-02T07:00:00Z".parse().unwrap();
        let all = FeedMarked {
            feed: Feed::Notifications,
            member: member(2),
            up_to: crate::sealed::Sealed::Open(up_to),
            up_to_was: None.into(),
        };
        let given = Given::people().by(2).and(marked(&[1])).and(all);
        given.when(mark(&[1])).then([marked(&[1])]);
    }

    #[test]
    fn a_hundred_at_once_at_most() {
        let numbers: Vec<u128> = (0..101).collect();
        let given = Given::people().by(2);
        given.clone().when(mark(&numbers)).refused(Refusal::TooManyMarked);
        given.when(mark(&numbers[..100])).then([marked(&numbers[..100])]);
    }
}
