//! What members are told of, and how each of them is told unless they choose otherwise.

use serde::{Deserialize, Serialize};

/// What a notification is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Somebody mentioned them.
    Mention,
    /// Somebody answered their post or comment.
    Answer,
    /// Their answer to a question was accepted.
    AnswerAccepted,
    /// It was decided on their idea: accepted, declined, carried out, or merged into another.
    IdeaDecided,
    /// They are invited into a community.
    Invitation,
    /// Somebody asks to be let into a community that they moderate.
    Request,
    /// Their request to be let into a community was decided on.
    RequestDecided,
    /// An announcement wants to be acknowledged.
    Announcement,
    /// What they wrote, or what is for them, was opened to an administrator for a reason.
    Disclosure,
}

impl Kind {
    /// Every kind, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::Mention,
        Self::Answer,
        Self::AnswerAccepted,
        Self::IdeaDecided,
        Self::Invitation,
        Self::Request,
        Self::RequestDecided,
        Self::Announcement,
        Self::Disclosure,
    ];
}

/// How soon something is told by e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// At once.
    AtOnce,
    /// Once a day, together with what else there is.
    Daily,
    /// Once a week, together with what else there is.
    Weekly,
    /// Not by e-mail.
    Never,
}

/// How a member is told of notifications of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// They stand among their notifications.
    pub inbox: bool,
    /// How soon they are told by e-mail.
    pub mail: Pace,
}

impl Preference {
    /// How a member is told who chose nothing. What somebody waits for is told at once, the rest once a day; that an
    /// answer was accepted can wait for a week.
    pub const fn by_default(kind: Kind) -> Self {
        let mail = match kind {
            Kind::Invitation | Kind::Request | Kind::RequestDecided | Kind::Disclosure => Pace::AtOnce,
            Kind::Mention | Kind::Answer | Kind::IdeaDecided | Kind::Announcement => Pace::Daily,
            Kind::AnswerAccepted => Pace::Weekly,
        };
        Self { inbox: true, mail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_kind_is_its_place() {
        assert!(Kind::ALL.iter().enumerate().all(|(place, kind)| *kind as usize == place));
    }
}
