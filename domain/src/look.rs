//! Looks: who consulted which figure or export. Kept in a journal of their own, so that looking moves no position.

use crate::event::{Moment, events};
use crate::id::MemberId;
use crate::time::Month;

events! {
    Look "look"
    /// Something computed or kept about people was consulted.
    Consulted = "consulted" v 1 {
        /// What, by a stable name: `export`, `events`, `information_flow` …
        subject: String,
        /// The month whose key seals who it was.
        month: Month,
    } + look(month) {
        /// Who, unless it was an operator at the command line.
        member: Option<MemberId>,
    }
    /// Everything recorded by a member or about them was taken out by somebody else.
    DataTaken = "data-taken" v 1 {
        /// Whose.
        about: MemberId,
        /// The month whose key seals who it was, and why.
        month: Month,
    } + look(month) {
        /// Who, unless it was a service.
        member: Option<MemberId>,
        /// Why.
        reason: String,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
