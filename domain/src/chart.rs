//! The chart: the whole tree of departments in one stream, so that no cycle can arise however concurrent.

use crate::event::{Moment, events};
use crate::id::DepartmentId;

events! {
    Act "chart"
    /// A department was opened.
    Opened = "opened" v 1 {
        /// Its id.
        department: DepartmentId,
        /// The department it belongs to, unless it is at the top.
        parent: Option<DepartmentId>,
    } + content(department) {
        /// Its name.
        name: String,
    }
    /// A department was renamed.
    Renamed = "renamed" v 1 {
        /// Which.
        department: DepartmentId,
    } + content(department) {
        /// The name from now on.
        name: String,
        /// The name before.
        name_was: String,
    }
    /// A department was moved under another.
    Moved = "moved" v 1 {
        /// Which.
        department: DepartmentId,
        /// Where it belongs from now on.
        parent: Option<DepartmentId>,
        /// Where it belonged.
        parent_was: Option<DepartmentId>,
    }
    /// A department was closed.
    Closed = "closed" v 1 {
        /// Which.
        department: DepartmentId,
        /// Where it belonged.
        parent: Option<DepartmentId>,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
