//! Traces: what a person has seen, at most once per item and local day. Who it was is sealed under the key of the
//! month; the stream is named with a pseudonym that lives as long as that key.

pub mod view;

use crate::event::{Moment, events};
use crate::id::{CommunityId, Item, MemberId, OrganisationId};
use crate::time::{Day, Month};

events! {
    Trace "seen"
    /// An item was looked at.
    Viewed = "viewed" v 1 {
        /// What.
        item: Item,
        /// Who wrote it.
        author: MemberId,
        /// Where it is, if in a community.
        community: Option<CommunityId>,
        /// The month whose key seals who it was.
        month: Month,
    } + trace(month) {
        /// Who looked at it.
        member: MemberId,
    }
    /// Somebody signed in.
    SignedIn = "signed-in" v 1 {
        /// To which organisation.
        organisation: OrganisationId,
        /// The month whose key seals who it was.
        month: Month,
    } + trace(month) {
        /// Who signed in.
        member: MemberId,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The days that have their trace: of one month, since the pseudonym changes with it.
    pub days: Vec<Day>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        match event {
            Event::Viewed(_) | Event::SignedIn(_) => self.days.push(at.day),
        }
    }

    /// Whether a trace was left on a day.
    pub fn on(&self, day: Day) -> bool {
        self.days.contains(&day)
    }
}
