//! What a member follows: a person or a topic, each on a stream of its own, so that nobody waits for anybody.

pub mod begin;
pub mod end;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::event::{Moment, events};
use crate::id::MemberId;
use crate::words::Topic;

/// What can be followed. Communities are joined instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Followed {
    /// A person: what they write.
    Member(MemberId),
    /// A topic: what is about it.
    Topic(Topic),
}

impl Followed {
    /// What names it in streams and views: a member's own id, and for a topic the UUIDv5 of its word.
    pub fn id(&self) -> Uuid {
        match self {
            Self::Member(member) => member.0,
            Self::Topic(topic) => topic_id(topic.as_str()),
        }
    }
}

/// What names a topic in streams and views.
pub fn topic_id(word: &str) -> Uuid {
    const TOPICS: Uuid = Uuid::from_u128(0x3f0a_4c1e_7d52_4b0b_9a86_5d1c_27e8_f410);
    Uuid::new_v5(&TOPICS, word.as_bytes())
}

events! {
    Act "follow"
    /// A member began to follow.
    Begun = "begun" v 1 {
        /// Whom, or what.
        followed: Followed,
        /// Who follows.
        member: MemberId,
    }
    /// They follow no more.
    Ended = "ended" v 1 {
        /// Whom, or what.
        followed: Followed,
        /// Who followed.
        member: MemberId,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// They follow.
    pub follows: bool,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        self.follows = matches!(event, Event::Begun(_));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_has_one_id_however_it_is_written() {
        let id = |word: &str| Followed::Topic(word.parse().unwrap()).id();
        assert_eq!(id("#Safety "), id("safety"));
        assert_ne!(id("safety"), id("safety-2"));
    }
}
