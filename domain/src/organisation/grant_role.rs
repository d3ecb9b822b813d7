//! Grant a role to a member, or grant it anew with another scope, beginning or end.

use serde::Serialize;

use crate::audience::known_member;
use crate::decision::{Action, Facts, based_on};
use crate::event::Event;
use crate::id::{DepartmentId, MemberId};
use crate::organisation::{Grant, Role, RoleGranted, State};
use crate::policy::Ability;
use crate::refusal::{Stop, refusals};
use crate::stream::StreamName;
use crate::time::Time;

/// An administrator grants a role.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GrantRole {
    /// To whom.
    pub member: MemberId,
    /// Which role.
    pub role: Role,
    /// For which departments with all below them; all of them when empty, which is the default.
    pub departments: Vec<DepartmentId>,
    /// From when; from now on by default. For coaches alone, whose work is agreed upon before it begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Time>,
    /// Until when, later than it begins; without end by default.
    pub until: Option<Time>,
    /// The revision at which the actor read which role the member holds; whatever stands if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
}

refusals! {
    EndPassed = "END_PASSED", "The role would end before it begins; give a later end.",
        "Le rôle finirait avant de commencer ; donnez une fin plus tardive.";
    BeginsAtOnce = "BEGINS_AT_ONCE", "This role begins when it is granted; leave out when it begins, or grant it then.",
        "Ce rôle commence dès qu’il est confié ; ne donnez pas son début, ou confiez-le ce jour-là.";
}

impl Action for GrantRole {
    type State = State;
    const ABILITY: Ability = Ability::GrantRoles;

    fn stream(&self, _facts: &Facts) -> StreamName {
        StreamName::organisation()
    }

    fn decide(&self, state: &State, facts: &Facts) -> Result<Vec<Event>, Stop> {
        state.established()?;
        known_member(facts, self.member, "member")?;
        let from = self.from.filter(|from| *from > facts.now);
        if from.is_some() && self.role != Role::Coach {
            return Err(Refusal::BeginsAtOnce.on("from").into());
        }
        if self.until.is_some_and(|until| until <= from.unwrap_or(facts.now)) {
            return Err(Refusal::EndPassed.on("until").into());
        }
        let mut departments = self.departments.clone();
        departments.sort_unstable();
        departments.dedup();
        for department in &departments {
            facts.chart()?.open(*department, "departments")?;
        }
        let grant = Grant { departments, from: from.unwrap_or(facts.now), until: self.until };
        let standing = state.grants.get(&(self.role, self.member));
        if standing.is_some_and(|standing| standing.allows_as(&grant, facts.now)) {
            return Ok(vec![]);
        }
        based_on(self.based_on, state.granted_at(self.role, self.member))?;
        let mut after = state.clone();
        after.grants.insert((self.role, self.member), grant.clone());
        state.keeps_administrators(&after, facts)?;
        let Grant { departments, until, .. } = grant;
        Ok(vec![RoleGranted { member: self.member, role: self.role, departments, from, until }.into()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::given::{Given, department, member};
    use crate::organisation;
    use crate::{audience, chart, decision};

    fn grant(n: u32, role: Role) -> GrantRole {
        GrantRole { member: member(n), role, departments: vec![], from: None, until: None, based_on: None }
    }

    fn granted(n: u32, role: Role) -> RoleGranted {
        RoleGranted { member: member(n), role, departments: vec![], from: None, until: None }
    }

    fn passing(n: u32) -> GrantRole {
        GrantRole { until: Some("2026-12-31T00:00:00Z".parse().unwrap()), ..grant(n, Role::Administrator) }
    }

    #[test]
    fn an_administrator_grants_roles() {
        Given::people().by(1).when(grant(2, Role::Coach)).then([granted(2, Role::Coach)]);
        Given::people().by(2).when(grant(2, Role::Coach)).refused(decision::Refusal::AdministratorNeeded);
    }

    #[test]
    fn a_scope_names_each_department_once() {
        let given = Given::people().and(chart::Opened {
            department: department(2),
            parent: None,
            name: "Two".to_owned().into(),
        });
        let twice = vec![department(2), department(1), department(2)];
        let departments = vec![department(1), department(2)];
        given
            .when(GrantRole { departments: twice, ..grant(2, Role::Coach) })
            .then([RoleGranted { departments, ..granted(2, Role::Coach) }]);
    }

    #[test]
    fn a_role_that_stands_is_not_granted_again() {
        let given = Given::people().and(granted(2, Role::Auditor));
        given.when(grant(2, Role::Auditor)).then_nothing();
    }

    #[test]
    fn a_role_that_ended_is_granted_again() {
        let ended =
            RoleGranted { until: Some("2026-03-02T08:30:00Z".parse().unwrap()), ..granted(2, Role::Coach) };
        Given::people().and(ended).when(grant(2, Role::Coach)).then([granted(2, Role::Coach)]);
    }

    #[test]
    fn based_on_what_was_changed_since_it_is_told_the_current_revision() {
        let upon = |based_on| GrantRole { based_on: Some(based_on), ..grant(2, Role::Coach) };
        let until = Some("2026-12-31T00:00:00Z".parse().unwrap());
        let given = Given::people().and(RoleGranted { until, ..granted(2, Role::Coach) });
        let current = given.revision_of(&upon(0)) - 1;
        given.clone().when(upon(current - 1)).refused_with(decision::Refusal::StaleRevision, current);
        given.when(upon(current)).then([granted(2, Role::Coach)]);
    }

    #[test]
    fn a_role_ends_after_it_begins() {
        let ended =
            GrantRole { until: Some("2026-03-02T09:00:00Z".parse().unwrap()), ..grant(2, Role::Coach) };
        Given::people().when(ended).refused(Refusal::EndPassed);
    }

    #[test]
    fn a_coach_may_begin_later_and_others_begin_at_once() {
        let from = Some("2026-03-09T00:00:00Z".parse().unwrap());
        let later = |role| GrantRole { from, ..grant(2, role) };
        let granted = RoleGranted { from, ..granted(2, Role::Coach) };
        Given::people().when(later(Role::Coach)).then([granted.clone()]);
        Given::people().when(later(Role::Auditor)).refused(Refusal::BeginsAtOnce);
        let ended = GrantRole { until: from, ..later(Role::Coach) };
        Given::people().when(ended).refused(Refusal::EndPassed);
        let given = Given::people().and(granted);
        given.clone().when(later(Role::Coach)).then_nothing();
        given.clone().when(grant(2, Role::Coach)).then([self::granted(2, Role::Coach)]);
        given.at("2026-03-09T00:00:00Z").when(grant(2, Role::Coach)).then_nothing();
    }

    #[test]
    fn a_role_is_for_known_members_and_open_departments() {
        Given::people().when(grant(9, Role::Coach)).refused(audience::Refusal::NoSuchMember);
        let nowhere = GrantRole { departments: vec![department(9)], ..grant(2, Role::Coach) };
        Given::people().when(nowhere).refused(chart::Refusal::NoSuchDepartment);
    }

    #[test]
    fn the_last_administrators_role_gets_neither_an_end_nor_limits() {
        Given::people().when(passing(1)).refused(organisation::Refusal::LastAdministrator);
        let limited = GrantRole { departments: vec![department(1)], ..grant(1, Role::Administrator) };
        Given::people().when(limited).refused(organisation::Refusal::LastAdministrator);
        Given::people()
            .and(granted(2, Role::Administrator))
            .when(passing(1))
            .then([RoleGranted { until: passing(1).until, ..granted(1, Role::Administrator) }]);
    }

    #[test]
    fn an_administrator_with_an_end_is_as_good_as_records_have_it() {
        let expected = RoleGranted { until: passing(1).until, ..granted(1, Role::Administrator) };
        Given::people().by(1).imported().at("2026-03-02T10:00:00Z").when(passing(1)).then([expected]);
    }
}
