//! The organisation of a journal: its settings, its working days, and who holds which role.

mod calendar;
pub mod change_holidays;
pub mod change_settings;
pub mod establish;
pub mod grant_role;
pub mod revoke_role;
pub mod set_working_week;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

pub use calendar::Calendar;
use serde::{Deserialize, Serialize};

use crate::decision::Facts;
use crate::event::{Moment, Origin, events};
use crate::id::{DepartmentId, MemberId, OrganisationId};
use crate::refusal::{Refused, Stop, refusals};
use crate::sealed::Sealed;
use crate::time::{Day, Time, Weekday};
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
    Established = "established" v 2 {
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
        /// The fewest people behind a figure, if it is another number than by default.
        threshold: Option<u32>,
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
    /// A role was granted, or granted anew with another scope, beginning or end.
    RoleGranted = "role-granted" v 2 {
        /// To whom.
        member: MemberId,
        /// Which role.
        role: Role,
        /// For which departments with all below them; all of them when empty.
        departments: Vec<DepartmentId>,
        /// From when, if it begins later than it was granted.
        from: Option<Time>,
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
    /// It was said on which days of the week people work, from a day on.
    WorkingWeekSet = "working-week-set" v 1 {
        /// The first day on which it holds.
        from: Day,
        /// The days, in the order of the week.
        days: Vec<Weekday>,
    }
    /// Public holidays were added, or taken away.
    HolidaysChanged = "holidays-changed" v 1 {
        /// Days that are holidays, in order.
        added: Vec<Day>,
        /// Days that are none after all, in order.
        removed: Vec<Day>,
    }
}

refusals! {
    NotEstablished = "NOT_ESTABLISHED", "There is no organisation yet; establish it first.",
        "Il n’y a pas encore d’organisation ; créez-la d’abord.";
    NotATimeZone = "NOT_A_TIME_ZONE", "Give a time zone of the IANA database, such as Europe/Paris.",
        "Donnez un fuseau horaire de la base IANA, comme Europe/Paris.";
    LastAdministrator = "LAST_ADMINISTRATOR",
        "Nobody would administer the organisation for good; make another member an administrator first.",
        "Plus personne n’administrerait durablement l’organisation ; nommez d’abord un autre administrateur.";
    NoWorkingDay = "NO_WORKING_DAY", "Name at least one day of the week on which people work.",
        "Nommez au moins un jour de la semaine où l’on travaille.";
    TooManyDays = "TOO_MANY_DAYS", "Name at most 2,000 days at once.", "Nommez au plus 2 000 jours à la fois.";
    HolidayOrNot = "HOLIDAY_OR_NOT", "A day is a public holiday or it is not; name it once.",
        "Un jour est férié ou il ne l’est pas ; ne le nommez qu’une fois.";
}

/// What may be said to be the fewest people behind a figure.
pub const THRESHOLDS: RangeInclusive<u32> = 5..=1000;

/// Checks that a time zone has the form of a name of the IANA database. Which names there are changes several times
/// a year, so that is for the edge to know.
fn check_time_zone(name: &str) -> Result<(), Refused> {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'+' | b'-');
    let ok = (1..=64).contains(&name.len()) && name.bytes().all(allowed);
    if ok { Ok(()) } else { Err(Refusal::NotATimeZone.on("timeZone")) }
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
    /// The fewest people behind a figure, if it is another number than by default.
    pub threshold: Option<u32>,
    /// The revision of the organisation at which they, or its calendar, became what they are.
    pub revision: u64,
}

/// A granted role.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// For which departments with all below them; all of them when empty.
    pub departments: Vec<DepartmentId>,
    /// From when.
    pub from: Time,
    /// Until when, if it ends.
    pub until: Option<Time>,
}

impl Grant {
    /// Whether it holds at a time.
    pub fn stands(&self, at: Time) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether it gives the same from a time on, for as long as another.
    fn allows_as(&self, other: &Self, at: Time) -> bool {
        let from = self.from.max(at) == other.from.max(at);
        from && self.departments == other.departments && self.until == other.until
    }
}

/// How well an organisation is administered, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Administered {
    /// By nobody.
    Not,
    /// By somebody.
    Now,
    /// By somebody whose role has neither end nor limits.
    ForGood,
}

/// Refused if it is administered worse than before. Imported histories tell a revoked role as one with an end, so of
/// them it is asked only that there be an administrator at any time.
fn stays_administered(before: Administered, after: Administered, origin: Origin) -> Result<(), Stop> {
    let enough = if origin == Origin::Import { Administered::Now } else { Administered::ForGood };
    if after < before.min(enough) { Err(Refusal::LastAdministrator.into()) } else { Ok(()) }
}

/// What the rules of this subject remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The settings, once established.
    pub settings: Option<Settings>,
    /// Who holds which role, for which departments, until when.
    pub grants: BTreeMap<(Role, MemberId), Grant>,
    /// The revision of the organisation at which a role was last granted to a member, or revoked.
    pub granted: BTreeMap<(Role, MemberId), u64>,
    /// On which days people work.
    pub calendar: Calendar,
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
                    threshold: e.threshold,
                    revision: at.revision,
                });
            }
            Event::SettingsChanged(e) => {
                if let Some(settings) = &mut self.settings {
                    settings.name = e.name.clone();
                    settings.time_zone = e.time_zone.clone();
                    settings.language = e.language.clone();
                }
                self.changed(at);
            }
            Event::RoleGranted(e) => {
                let from = e.from.unwrap_or(at.occurred_at);
                let grant = Grant { departments: e.departments.clone(), from, until: e.until };
                self.grants.insert((e.role, e.member), grant);
                self.granted.insert((e.role, e.member), at.revision);
            }
            Event::RoleRevoked(e) => {
                self.grants.remove(&(e.role, e.member));
                self.granted.insert((e.role, e.member), at.revision);
            }
            Event::WorkingWeekSet(e) => {
                self.calendar.set_week(e.from, e.days.iter().copied());
                self.changed(at);
            }
            Event::HolidaysChanged(e) => {
                self.changed(at);
                e.added.iter().for_each(|day| self.calendar.add_holiday(*day));
                e.removed.iter().for_each(|day| self.calendar.remove_holiday(*day));
            }
        }
    }

    /// The revision at which a role was last granted to a member, or revoked; 0 if it never was.
    pub fn granted_at(&self, role: Role, member: MemberId) -> u64 {
        self.granted.get(&(role, member)).copied().unwrap_or_default()
    }

    fn changed(&mut self, at: &Moment) {
        if let Some(settings) = &mut self.settings {
            settings.revision = at.revision;
        }
    }

    /// Whether a member holds a role at a time, for all departments or some.
    pub fn holds(&self, member: MemberId, role: Role, at: Time) -> bool {
        self.held(member, role, at).is_some()
    }

    /// The grant by which a member holds a role at a time.
    pub fn held(&self, member: MemberId, role: Role, at: Time) -> Option<&Grant> {
        self.grants.get(&(role, member)).filter(|grant| grant.stands(at))
    }

    /// The settings; refused before the organisation is established.
    pub fn established(&self) -> Result<&Settings, Refused> {
        self.settings.as_ref().ok_or_else(|| Refusal::NotEstablished.into())
    }

    /// Refused if the organisation would be administered worse after a change of its roles.
    fn keeps_administrators(&self, after: &Self, facts: &Facts) -> Result<(), Stop> {
        stays_administered(self.administered(None, facts)?, after.administered(None, facts)?, facts.origin)
    }

    /// Refused if the organisation would be administered worse while a member is away.
    pub fn can_spare(&self, member: MemberId, facts: &Facts) -> Result<(), Stop> {
        stays_administered(
            self.administered(None, facts)?,
            self.administered(Some(member), facts)?,
            facts.origin,
        )
    }

    /// How well it is administered by members who can act, not counting one who is away.
    fn administered(&self, away: Option<MemberId>, facts: &Facts) -> Result<Administered, Stop> {
        let mut best = Administered::Not;
        for (&(role, member), grant) in &self.grants {
            if role != Role::Administrator || Some(member) == away || !grant.stands(facts.now) {
                continue;
            }
            let person = facts.member(member)?;
            if person.account && !person.inactive {
                let unlimited = grant.until.is_none() && grant.departments.is_empty();
                best = best.max(if unlimited { Administered::ForGood } else { Administered::Now });
            }
        }
        Ok(best)
    }
}
