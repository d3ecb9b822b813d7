//! How far a member has read: their feeds, each up to a time, and their notifications one by one or up to a time.
//!
//! Marks are acts and no traces. A trace says once a day that something was seen and is forgotten after a year; a mark
//! is told on purpose, moves many times a day, and without it everything old would be new again. What was read up to
//! when is personal: it is sealed under the member's key. No figure counts marks.

pub mod mark_feed;
pub mod mark_notifications;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::event::{Moment, events};
use crate::id::{CommunityId, MemberId, NotificationId};
use crate::time::Time;

/// What is read from the newest down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feed {
    /// The member's own feed.
    Personal,
    /// The feed of a community.
    Community(CommunityId),
    /// The member's notifications.
    Notifications,
}

impl Feed {
    /// What names it in streams and views.
    pub fn id(self) -> Uuid {
        match self {
            Self::Personal => Uuid::from_u128(1),
            Self::Community(community) => community.0,
            Self::Notifications => Uuid::from_u128(2),
        }
    }
}

events! {
    Act "reading"
    /// A feed was read up to a time.
    FeedMarked = "feed-marked" v 1 {
        /// Which.
        feed: Feed,
        /// By whom.
        member: MemberId,
    } + personal(member) {
        /// Everything up to here is read.
        up_to: Time,
        /// Up to where it was read before, if it was.
        up_to_was: Option<Time>,
    }
    /// Some notifications were read.
    NotificationsMarked = "notifications-marked" v 1 {
        /// By whom.
        member: MemberId,
        /// Which.
        notifications: Vec<NotificationId>,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Up to where the feed is read, if it was ever marked and that is not gone.
    pub up_to: Option<Time>,
    /// Notifications that were read one by one since.
    pub notifications: BTreeSet<NotificationId>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, _at: &Moment) {
        match event {
            Event::FeedMarked(e) => {
                self.up_to = e.up_to.open().copied();
                self.notifications.clear();
            }
            Event::NotificationsMarked(e) => self.notifications.extend(&e.notifications),
        }
    }
}
