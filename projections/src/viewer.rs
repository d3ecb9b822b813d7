//! Who is asking, and what they may see.

use domain::id::MemberId;

use crate::value::Value;

/// Who reads. Every query takes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Viewer {
    /// A member: sees all that is not addressed to others and in no community that is closed to them.
    Member(MemberId),
    /// The command line, an import, the engine itself: sees everything.
    Operator,
}

impl Viewer {
    /// A member of whom nothing is known: sees what everybody sees.
    pub const ANYBODY: Self = Self::Member(MemberId(uuid::Uuid::nil()));

    /// The member, if it is one.
    pub fn member(self) -> Option<MemberId> {
        if let Self::Member(member) = self { Some(member) } else { None }
    }

    /// As it is bound in SQL: an operator is `NULL`.
    pub(crate) fn value(self) -> Value {
        self.member().into()
    }
}
