//! Mails that were sent to a member: what keeps them from being sent twice, over restarts and by several nodes.

pub mod send;

use crate::event::{Moment, events};
use crate::id::MemberId;
use crate::notification::Pace;
use crate::time::{Day, Time};

events! {
    Act "digest"
    /// A mail of notifications was about to be sent: from here on nobody else sends it.
    Sent = "sent" v 1 {
        /// To whom.
        member: MemberId,
        /// Notifications of which pace it tells of.
        pace: Pace,
        /// It tells of what came up to here.
        up_to: Time,
        /// How many notifications it tells of.
        count: u32,
    }
}

/// The last mail of a pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Last {
    /// On which local day it was sent.
    pub day: Day,
    /// It told of what had come up to here.
    pub up_to: Time,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    last: [Option<Last>; 3],
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        let Event::Sent(e) = event;
        if let Some(last) = self.last.get_mut(e.pace as usize) {
            *last = Some(Last { day: at.day, up_to: e.up_to });
        }
    }

    /// The last mail of a pace, if there was one.
    pub fn last(&self, pace: Pace) -> Option<Last> {
        self.last.get(pace as usize).copied().flatten()
    }
}
