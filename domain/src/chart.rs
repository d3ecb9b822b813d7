//! The chart: the whole tree of departments in one stream, so that no cycle can arise however concurrent.

pub mod close;
pub mod move_to;
pub mod open;
pub mod rename;

use std::collections::{BTreeMap, BTreeSet};

use crate::event::{Moment, events};
use crate::id::DepartmentId;
use crate::refusal::{Refused, refusals};
use crate::sealed::Sealed;

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

refusals! {
    NoSuchDepartment = "NO_SUCH_DEPARTMENT", "There is no such department; look it up again.",
        "Ce département n’existe pas ; cherchez-le de nouveau.";
    DepartmentClosed = "DEPARTMENT_CLOSED", "The department is closed; choose an open one.",
        "Le département est fermé ; choisissez-en un qui est ouvert.";
}

/// A department as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Department {
    /// Its name.
    pub name: Sealed<String>,
    /// The department it belongs to, unless it is at the top.
    pub parent: Option<DepartmentId>,
    /// Nobody can be in it any more.
    pub closed: bool,
    /// The revision of the chart at which it got its name or its place.
    pub revision: u64,
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Every department there ever was.
    pub departments: BTreeMap<DepartmentId, Department>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        match event {
            Event::Opened(e) => {
                let (name, revision) = (e.name.clone(), at.revision);
                let department = Department { name, parent: e.parent, closed: false, revision };
                self.departments.insert(e.department, department);
            }
            Event::Renamed(e) => self.change(e.department, |department| {
                department.name = e.name.clone();
                department.revision = at.revision;
            }),
            Event::Moved(e) => self.change(e.department, |department| {
                department.parent = e.parent;
                department.revision = at.revision;
            }),
            Event::Closed(e) => self.change(e.department, |department| department.closed = true),
        }
    }

    fn change(&mut self, id: DepartmentId, change: impl FnOnce(&mut Department)) {
        if let Some(department) = self.departments.get_mut(&id) {
            change(department);
        }
    }

    /// The department, open or closed; refused if there is none. `field` is the input that names it.
    pub fn known(&self, id: DepartmentId, field: &'static str) -> Result<&Department, Refused> {
        self.departments.get(&id).ok_or_else(|| Refusal::NoSuchDepartment.on(field).with(id))
    }

    /// The department, refused unless it is open. `field` is the input that names it.
    pub fn open(&self, id: DepartmentId, field: &'static str) -> Result<&Department, Refused> {
        let department = self.known(id, field)?;
        if department.closed { Err(Refusal::DepartmentClosed.on(field).with(id)) } else { Ok(department) }
    }

    /// A department and all below it.
    pub fn below(&self, id: DepartmentId) -> BTreeSet<DepartmentId> {
        let all = self.departments.keys().copied();
        all.filter(|department| self.upwards(*department).any(|above| above == id)).collect()
    }

    /// A department and all above it, the top last.
    pub fn upwards(&self, id: DepartmentId) -> impl Iterator<Item = DepartmentId> {
        let above = |id: &DepartmentId| self.departments.get(id).and_then(|department| department.parent);
        // The rules allow no cycle; the bound ends the walk even if a journal held one.
        std::iter::successors(Some(id), above).take(self.departments.len() + 1)
    }
}
