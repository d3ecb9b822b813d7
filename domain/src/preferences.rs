//! How a member wants to be told of what concerns them: of each kind of notification whether it stands in their
//! inbox and how soon it is mailed, and in which language. Each member's own.

pub mod change_language;
pub mod change_notification;

use std::collections::BTreeMap;

use crate::event::{Moment, events};
use crate::id::MemberId;
use crate::notification::{Kind, Preference};
use crate::words::Language;

events! {
    Act "preferences"
    /// How a member is told of one kind of notification was changed.
    NotificationChanged = "notification-changed" v 1 {
        /// Whose preference.
        member: MemberId,
        /// Of which kind.
        notification: Kind,
        /// From now on.
        preference: Preference,
        /// Before.
        preference_was: Preference,
    }
    /// The language of mails to a member was changed.
    LanguageChanged = "language-changed" v 1 {
        /// Whose preference.
        member: MemberId,
        /// From now on; the organisation's when none.
        language: Option<Language>,
        /// Before.
        language_was: Option<Language>,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What they chose, by kind.
    pub notifications: BTreeMap<Kind, Preference>,
    /// The language of mails, if they chose one.
    pub language: Option<Language>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::NotificationChanged(e) => {
                self.notifications.insert(e.notification, e.preference);
            }
            Event::LanguageChanged(e) => self.language.clone_from(&e.language),
        }
    }

    /// How they are told of a kind: as they chose, or by default.
    pub fn of(&self, kind: Kind) -> Preference {
        self.notifications.get(&kind).copied().unwrap_or(Preference::by_default(kind))
    }
}
