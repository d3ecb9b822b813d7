//! Looks: who consulted which figure or export. Kept in a journal of their own, so that looking moves no position.

use serde::{Deserialize, Serialize};

use crate::event::{Moment, events};
use crate::id::{CommunityId, DepartmentId, MemberId};
use crate::time::{Day, Month};

/// Whose figures were consulted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Group {
    /// Everybody's.
    Organisation,
    /// A department's.
    Department {
        /// Which.
        department: DepartmentId,
        /// Whether what is below it belongs to it.
        subtree: bool,
    },
    /// A community's.
    Community {
        /// Which.
        community: CommunityId,
    },
    /// Of one id, where ids stand for nobody who can be found again.
    Member {
        /// Which.
        member: MemberId,
    },
}

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
    /// Figures of a group of people were consulted.
    FiguresConsulted = "figures-consulted" v 1 {
        /// Which, by the names of figures or of the fields that ask for them.
        figures: Vec<String>,
        /// Whose.
        group: Group,
        /// The first day of the window.
        first: Day,
        /// The last day of the window.
        last: Day,
        /// The last day that was known.
        cut: Day,
        /// The month whose key seals who it was, and why.
        month: Month,
    } + look(month) {
        /// Who, unless it was a service or an operator at the command line.
        member: Option<MemberId>,
        /// Why, where a reason was given.
        reason: Option<String>,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, _event: &Event, _at: &Moment) {}
}
