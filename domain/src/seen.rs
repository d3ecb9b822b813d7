//! Traces: what a person has seen, at most once per item and local day. Who it was is sealed under the key of the
//! month; the stream is named with a pseudonym that lives as long as that key.

use crate::event::{Moment, events};
use crate::id::{CommunityId, Item, MemberId, OrganisationId};
use crate::time::Month;

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
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
