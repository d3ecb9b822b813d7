//! Traces: what a person has seen or searched for, at most once per item or words and local day. Who it was is sealed under the key of the
//! month; the stream is named with a pseudonym that lives as long as that key.

pub mod search;
pub mod view;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::event::{Moment, events};
use crate::id::{CommunityId, DepartmentId, Item, MemberId, OrganisationId};
use crate::time::{Day, Month};

/// How much of what was found belongs to a department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// Which; none for what nobody of a department brought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// How many of the results counted, which are the newest thousand at most.
    pub count: u32,
}

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
    /// Somebody searched.
    Searched = "searched" v 1 {
        /// The organisation, in which they searched.
        organisation: OrganisationId,
        /// The month whose key seals who it was and what for.
        month: Month,
        /// What was found, by the department that it belongs to.
        results: Vec<Results>,
    } + trace(month) {
        /// Who searched.
        member: MemberId,
        /// What for, as it was typed.
        words: String,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The days that have their trace: of one month, since the pseudonym changes with it.
    pub days: Vec<Day>,
    /// What was searched for on the newest day of a search.
    pub searched: (Day, BTreeSet<String>),
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        match event {
            Event::Viewed(_) | Event::SignedIn(_) => self.days.push(at.day),
            Event::Searched(e) => {
                if self.searched.0 != at.day {
                    self.searched = (at.day, BTreeSet::new());
                }
                self.searched.1.extend(e.words.open().map(|words| normal(words)));
            }
        }
    }

    /// Whether a trace was left on a day.
    pub fn on(&self, day: Day) -> bool {
        self.days.contains(&day)
    }

    /// Whether a search for these words, as [`normal`] writes them, left a trace on a day.
    pub fn searched_for(&self, words: &str, day: Day) -> bool {
        self.searched.0 == day && self.searched.1.contains(words)
    }
}

/// Words without what makes no other search: letters are small, and one space stands between.
pub fn normal(words: &str) -> String {
    words.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
