//! A person of the organisation: known from the day they join, with an account or without.

use crate::event::{Moment, events};
use crate::id::{DepartmentId, MemberId};
use crate::sealed::Sealed;
use crate::time::Time;

events! {
    Act "member"
    /// A person was registered.
    Registered = "registered" v 1 {
        /// Their id.
        member: MemberId,
        /// Where they begin.
        department: DepartmentId,
    } + personal(member) {
        /// Their name.
        name: String,
        /// Their e-mail address, if known.
        email: Option<String>,
    }
    /// An account was opened: from now on they can act.
    AccountOpened = "account-opened" v 1 {
        /// Whose.
        member: MemberId,
        /// Their department then.
        department: DepartmentId,
    }
    /// They changed department; told then, earlier or later.
    Transferred = "transferred" v 1 {
        /// Who.
        member: MemberId,
        /// Where they are from `valid_from` on.
        department: DepartmentId,
        /// Where they were just before `valid_from`.
        department_was: DepartmentId,
        /// Since when; also in the past.
        valid_from: Time,
    }
    /// Their name or e-mail address changed: both as they now stand.
    ProfileChanged = "profile-changed" v 1 {
        /// Whose.
        member: MemberId,
    } + personal(member) {
        /// The name from now on.
        name: String,
        /// The name before.
        name_was: String,
        /// The e-mail address from now on.
        email: Option<String>,
        /// The e-mail address before.
        email_was: Option<String>,
    }
    /// They left, or were suspended.
    Deactivated = "deactivated" v 1 {
        /// Who.
        member: MemberId,
        /// Their department then.
        department: DepartmentId,
    }
    /// They came back.
    Reactivated = "reactivated" v 1 {
        /// Who.
        member: MemberId,
        /// Their department then.
        department: DepartmentId,
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Where they are, since when, once registered: the newest last, in the order of their beginnings.
    pub departments: Vec<(Time, DepartmentId)>,
    /// Their name.
    pub name: Option<Sealed<String>>,
    /// Their e-mail address, if known.
    pub email: Option<Sealed<Option<String>>>,
    /// They have an account.
    pub account: bool,
    /// They left or were suspended.
    pub inactive: bool,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        match event {
            Event::Registered(e) => {
                self.departments = vec![(at.occurred_at, e.department)];
                self.name = Some(e.name.clone());
                self.email = Some(e.email.clone());
            }
            Event::AccountOpened(_) => self.account = true,
            Event::Transferred(e) => {
                let place = self.departments.partition_point(|(from, _)| *from < e.valid_from);
                if self.departments.get(place).is_some_and(|(from, _)| *from == e.valid_from) {
                    self.departments[place].1 = e.department;
                } else {
                    self.departments.insert(place, (e.valid_from, e.department));
                }
            }
            Event::ProfileChanged(e) => {
                self.name = Some(e.name.clone());
                self.email = Some(e.email.clone());
            }
            Event::Deactivated(_) => self.inactive = true,
            Event::Reactivated(_) => self.inactive = false,
        }
    }

    /// They are known.
    pub fn registered(&self) -> bool {
        !self.departments.is_empty()
    }

    /// Where they are at a time, as told so far; before the first beginning, where they began.
    pub fn department_at(&self, at: Time) -> Option<DepartmentId> {
        let known = self.departments.partition_point(|(from, _)| *from <= at);
        self.departments.get(known.saturating_sub(1)).map(|(_, department)| *department)
    }
}
