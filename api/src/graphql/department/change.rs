//! Mutations upon the chart of departments.

use async_graphql::ID;
use domain::chart::close::Close;
use domain::chart::move_to::MoveTo;
use domain::chart::open::Open;
use domain::chart::rename::Rename;
use domain::id::DepartmentId;

use super::Department;
use crate::graphql::answer::maybe_revision;
use crate::graphql::mutations::{mutations, payload};

payload! {
    /// What became of a mutation upon a department.
    DepartmentPayload {
        /// The department as it stands now; null when nothing was changed.
        department: Department = DepartmentId
    }
}

mutations! {
    /// Mutations upon the chart. All are for administrators.
    DepartmentMutation -> DepartmentPayload {
        /// Opens a department.
        create openDepartment(OpenDepartmentInput {
            /// Its name, at most 300 characters.
            name: String,
            /// The department it belongs to; at the top, if absent.
            parent: Option<ID>,
        }) => |ids, input| Open {
            department: None,
            parent: ids.maybe("parent", input.parent.as_ref())?,
            name: input.name.clone(),
        };

        /// Renames a department.
        change renameDepartment(RenameDepartmentInput {
            /// Which.
            department: ID,
            /// Its name from now on, at most 300 characters.
            name: String,
            /// The `revision` that the name was read with: refused with `CONFLICT` when it was renamed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on department => |ids, input| Rename {
            department: ids.id("department", &input.department)?,
            name: input.name.clone(),
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Moves a department under another; never under itself.
        change moveDepartment(MoveDepartmentInput {
            /// Which.
            department: ID,
            /// Where it belongs from now on; at the top, if absent.
            parent: Option<ID>,
            /// The `revision` that it was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on department => |ids, input| MoveTo {
            department: ids.id("department", &input.department)?,
            parent: ids.maybe("parent", input.parent.as_ref())?,
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Closes a department that has neither members nor open departments below it.
        change closeDepartment(CloseDepartmentInput {
            /// Which.
            department: ID,
        }) on department => |ids, input| Close { department: ids.id("department", &input.department)? };
    }
}
