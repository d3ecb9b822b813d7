//! A person of the organisation: known from the day they join, with an account or without.

pub mod change_profile;
pub mod deactivate;
pub mod link_identity;
pub mod open_account;
pub mod reactivate;
pub mod register;
pub mod sign_in;
pub mod transfer;
pub mod unlink_identity;

use crate::audience;
use crate::event::{Moment, Origin, events};
use crate::id::{DepartmentId, MemberId};
use crate::organisation::Settings;
use crate::refusal::{Refused, refusals};
use crate::sealed::Sealed;
use crate::time::Time;
use crate::words::optional;

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
    /// From now on an identity provider vouches for them, by its name for them.
    IdentityLinked = "identity-linked" v 1 {
        /// For whom.
        member: MemberId,
        /// The provider's issuer identifier, a URL (OpenID Connect Core 1.0, 2).
        issuer: String,
    } + personal(member) {
        /// The subject, by which the provider knows them.
        subject: String,
    }
    /// The identity provider does not vouch for them any more.
    IdentityUnlinked = "identity-unlinked" v 1 {
        /// For whom.
        member: MemberId,
        /// The provider's issuer identifier.
        issuer: String,
    } + personal(member) {
        /// The subject, by which the provider knew them.
        subject: String,
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

refusals! {
    MemberInactive = "MEMBER_INACTIVE", "The member has been deactivated; reactivate them first.",
        "Le membre a été désactivé ; réactivez-le d’abord.";
    NotAnAddress = "NOT_AN_ADDRESS", "Give an e-mail address such as name@example.org.",
        "Donnez une adresse électronique comme nom@exemple.org.";
    AnonymousOrganisation = "ANONYMOUS_ORGANISATION",
        "The organisation is anonymous: it keeps no e-mail address; leave it out.",
        "L’organisation est anonyme : elle ne garde aucune adresse électronique ; ne la donnez pas.";
}

/// The longest e-mail address (RFC 5321), in bytes.
const EMAIL_MAX: usize = 254;

/// Checks an e-mail address, of which an empty one is none. Records hold addresses of any form.
fn check_email(email: Option<&str>, settings: &Settings, origin: Origin) -> Result<Option<String>, Refused> {
    let Some(email) = email.map(str::trim).filter(|email| !email.is_empty()) else { return Ok(None) };
    if settings.anonymous {
        return Err(Refusal::AnonymousOrganisation.on("email"));
    }
    optional("email", email, EMAIL_MAX, origin)?;
    let form = |(local, host): (&str, &str)| {
        !local.is_empty() && !host.is_empty() && !host.contains('@') && !email.contains(char::is_whitespace)
    };
    if origin == Origin::Live && !email.split_once('@').is_some_and(form) {
        return Err(Refusal::NotAnAddress.on("email"));
    }
    Ok(Some(email.to_owned()))
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
    /// The revision at which their name, address and departments became what they are.
    pub revision: u64,
    /// They have an account.
    pub account: bool,
    /// Who vouches for them: issuer and subject.
    pub identities: Vec<(String, Sealed<String>)>,
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
                self.revision = at.revision;
            }
            Event::AccountOpened(_) => self.account = true,
            Event::Transferred(e) => {
                self.revision = at.revision;
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
                self.revision = at.revision;
            }
            Event::IdentityLinked(e) => self.identities.push((e.issuer.clone(), e.subject.clone())),
            Event::IdentityUnlinked(e) => {
                self.identities.retain(|(issuer, subject)| (issuer, subject) != (&e.issuer, &e.subject));
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

    /// When they joined.
    pub fn joined_at(&self) -> Option<Time> {
        self.departments.first().map(|(from, _)| *from)
    }

    /// Where they were just before a time; before the first beginning, where they began.
    fn department_before(&self, at: Time) -> Option<DepartmentId> {
        let begun = self.departments.partition_point(|(from, _)| *from < at);
        self.departments.get(begun.saturating_sub(1)).map(|(_, department)| *department)
    }

    /// Where the member is at a time; refused unless they are registered.
    fn known(&self, at: Time, id: MemberId) -> Result<DepartmentId, Refused> {
        self.department_at(at).ok_or_else(|| audience::Refusal::NoSuchMember.on("member").with(id))
    }

    /// Whether an identity is linked with them.
    fn vouched_for_by(&self, issuer: &str, subject: &str) -> bool {
        self.identities
            .iter()
            .any(|(by, named)| by == issuer && named.open().is_some_and(|named| named == subject))
    }

    /// Refused if they are deactivated. `field` is the input that names them.
    pub fn active(&self, field: &'static str) -> Result<(), Refused> {
        if self.inactive { Err(Refusal::MemberInactive.on(field)) } else { Ok(()) }
    }
}
