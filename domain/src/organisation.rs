//! The organisation of a journal: its settings, and who holds which role.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::{Moment, events};
use crate::id::{DepartmentId, MemberId, OrganisationId};
use crate::sealed::Sealed;
use crate::time::Time;
use crate::words::Language;

/// What a member may do beyond what every member may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Follows departments' adoption and coaches their projects.
    Coach,
    /// Reads and verifies the history.
    Auditor,
    /// Sets up the organisation.
    Administrator,
}

events! {
    Act "organisation"
    /// The organisation was established; once in a journal.
    Established = "established" v 1 {
        /// Its id.
        organisation: OrganisationId,
        /// A name of the IANA time zone database.
        time_zone: String,
        /// The language of what the system writes.
        language: Language,
        /// Its ids stand for nobody who can be found again.
        anonymous: bool,
        /// A URI that says where imported ids come from.
        source: Option<String>,
    } + content(organisation) {
        /// Its name.
        name: String,
    }
    /// Its settings were changed: all of them as they now stand.
    SettingsChanged = "settings-changed" v 1 {
        /// Its id.
        organisation: OrganisationId,
        /// The time zone from now on; days already recorded stay.
        time_zone: String,
        /// The time zone before.
        time_zone_was: String,
        /// The language from now on.
        language: Language,
        /// The language before.
        language_was: Language,
    } + content(organisation) {
        /// The name from now on.
        name: String,
        /// The name before.
        name_was: String,
    }
    /// A role was granted, or granted anew with another scope or end.
    RoleGranted = "role-granted" v 1 {
        /// To whom.
        member: MemberId,
        /// Which role.
        role: Role,
        /// For which departments with all below them; all of them when empty.
        departments: Vec<DepartmentId>,
        /// Until when, if it ends.
        until: Option<Time>,
    }
    /// A role was revoked.
    RoleRevoked = "role-revoked" v 1 {
        /// From whom.
        member: MemberId,
        /// Which role.
        role: Role,
    }
}

/// The settings of an organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Its id.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: Sealed<String>,
    /// A name of the IANA time zone database.
    pub time_zone: String,
    /// The language of what the system writes.
    pub language: Language,
    /// Its ids stand for nobody who can be found again.
    pub anonymous: bool,
}

/// A granted role.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// For which departments with all below them; all of them when empty.
    pub departments: Vec<DepartmentId>,
    /// Since when.
    pub from: Time,
    /// Until when, if it ends.
    pub until: Option<Time>,
}

impl Grant {
    /// Whether it holds at a time.
    pub fn stands(&self, at: Time) -> bool {
        self.until.is_none_or(|until| at < until)
    }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The settings, once established.
    pub settings: Option<Settings>,
    /// Who holds which role, for which departments, until when.
    pub grants: BTreeMap<(Role, MemberId), Grant>,
}

impl State {
    /// Folds one event in.
    pub fn evolve(&mut self, event: &Event, at: &Moment) {
        match event {
            Event::Established(e) => {
                self.settings = Some(Settings {
                    organisation: e.organisation,
                    name: e.name.clone(),
                    time_zone: e.time_zone.clone(),
                    language: e.language.clone(),
                    anonymous: e.anonymous,
                });
            }
            Event::SettingsChanged(e) => {
                if let Some(settings) = &mut self.settings {
                    settings.name = e.name.clone();
                    settings.time_zone = e.time_zone.clone();
                    settings.language = e.language.clone();
                }
            }
            Event::RoleGranted(e) => {
                let grant =
                    Grant { departments: e.departments.clone(), from: at.occurred_at, until: e.until };
                self.grants.insert((e.role, e.member), grant);
            }
            Event::RoleRevoked(e) => {
                self.grants.remove(&(e.role, e.member));
            }
        }
    }

    /// Whether a member holds a role at a time, for all departments or some.
    pub fn holds(&self, member: MemberId, role: Role, at: Time) -> bool {
        self.grants.get(&(role, member)).is_some_and(|grant| grant.stands(at))
    }
}
