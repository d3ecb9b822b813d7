//! Mutations upon the organisation: settings, working days and roles.

use async_graphql::ID;
use domain::id::OrganisationId;
use domain::organisation::change_holidays::ChangeHolidays;
use domain::organisation::change_settings::ChangeSettings;
use domain::organisation::establish::Establish;
use domain::organisation::grant_role::GrantRole;
use domain::organisation::revoke_role::RevokeRole;
use domain::organisation::set_working_week::SetWorkingWeek;

use super::{Organisation, Role, Weekday};
use crate::graphql::answer::{known_time_zone, maybe_revision};
use crate::graphql::member::change::MemberPayload;
use crate::graphql::mutations::{mutations, payload};
use crate::graphql::time::{Date, DateTime};

payload! {
    /// What became of a mutation upon the organisation.
    OrganisationPayload {
        /// The organisation as it stands now; null when nothing was changed.
        organisation: Organisation = OrganisationId
    }
}

mutations! {
    /// Mutations upon the organisation.
    OrganisationMutation -> OrganisationPayload {
        /// Establishes the organisation: once, before anything else. For tokens that act as a service.
        create establishOrganisation(EstablishOrganisationInput {
            /// Its name, at most 300 characters.
            name: String,
            /// Its time zone, a name of the IANA database such as `Europe/Paris`.
            time_zone: String,
            /// The language of what the system writes, as a BCP 47 tag.
            language: String,
            /// Whether its ids stand for nobody who can be found again; fixed for ever.
            #[graphql(default)]
            anonymous: bool,
            /// The fewest people behind a figure, 5 to 1,000: fixed for ever. Ten if absent; refused in an anonymous organisation.
            threshold: Option<u32>,
        }) => |_ids, input| Establish {
            organisation: None,
            name: input.name.clone(),
            time_zone: known_time_zone(&input.time_zone)?,
            language: input.language.parse()?,
            anonymous: input.anonymous,
            source: None,
            threshold: input.threshold,
        };

        /// Changes its settings; what is left out stays. For administrators.
        change changeSettings(ChangeSettingsInput {
            /// The organisation.
            organisation: ID,
            /// Its name from now on.
            name: Option<String>,
            /// Its time zone from now on; days already recorded stay.
            time_zone: Option<String>,
            /// Its language from now on.
            language: Option<String>,
            /// The `revision` that they were read with: refused with `CONFLICT` when they were changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on organisation => |ids, input| {
            ids.id::<OrganisationId>("organisation", &input.organisation)?;
            ChangeSettings {
                name: input.name.clone(),
                time_zone: input.time_zone.as_deref().map(known_time_zone).transpose()?,
                language: input.language.as_deref().map(str::parse).transpose()?,
                based_on: maybe_revision(input.expected_revision)?,
            }
        };

        /// Says on which days of the week people work; until then, Monday to Friday. Figures count working days by
        /// it. For administrators.
        change set_working_week(SetWorkingWeekInput {
            /// The organisation.
            organisation: ID,
            /// The days, at least one.
            days: Vec<Weekday>,
            /// From which day on; today when left out. It may have passed.
            from: Option<Date>,
            /// The `revision` that the organisation was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on organisation => |ids, input| {
            ids.id::<OrganisationId>("organisation", &input.organisation)?;
            SetWorkingWeek {
                days: input.days.iter().map(|day| (*day).into()).collect(),
                from: input.from.map(|day| day.0),
                based_on: maybe_revision(input.expected_revision)?,
            }
        };

        /// Says which days are public holidays: no working days, whatever their day of the week. For administrators.
        change change_holidays(ChangeHolidaysInput {
            /// The organisation.
            organisation: ID,
            /// Days that are, at most 2,000.
            #[graphql(default)]
            add: Vec<Date>,
            /// Days that are none after all, at most 2,000.
            #[graphql(default)]
            remove: Vec<Date>,
            /// The `revision` that the organisation was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on organisation => |ids, input| {
            ids.id::<OrganisationId>("organisation", &input.organisation)?;
            ChangeHolidays {
                add: input.add.iter().map(|day| day.0).collect(),
                remove: input.remove.iter().map(|day| day.0).collect(),
                based_on: maybe_revision(input.expected_revision)?,
            }
        };
    }
}

mutations! {
    /// Mutations upon roles.
    RoleMutation -> MemberPayload {
        /// Grants a role, or grants it anew with another scope, beginning or end. For administrators.
        change grantRole(GrantRoleInput {
            /// To whom.
            member: ID,
            /// Which role.
            role: Role,
            /// For which departments with all below them; all of them when empty.
            #[graphql(default)]
            departments: Vec<ID>,
            /// From when, if it begins later; a coach's alone may.
            from: Option<DateTime>,
            /// Until when, if it ends.
            until: Option<DateTime>,
            /// The `revision` that the grant was read with, 0 where there was none: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on member => |ids, input| GrantRole {
            member: ids.id("member", &input.member)?,
            role: input.role.into(),
            departments: ids.ids("departments", &input.departments)?,
            from: input.from.map(|at| at.0),
            until: input.until.map(|at| at.0),
            based_on: maybe_revision(input.expected_revision)?,
        };

        /// Revokes a role; the last administrator keeps theirs. For administrators.
        change revokeRole(RevokeRoleInput {
            /// From whom.
            member: ID,
            /// Which role.
            role: Role,
            /// The `revision` that the grant was read with: refused with `CONFLICT` when it was changed since. Whatever stands if absent.
            expected_revision: Option<i32>,
        }) on member => |ids, input| RevokeRole {
            member: ids.id("member", &input.member)?,
            role: input.role.into(),
            based_on: maybe_revision(input.expected_revision)?,
        };
    }
}
