//! What somebody is at a moment, for whatever is asked or shown without a command.

use super::{Ability, Extent, Role, may};
use crate::decision::{Actor, Facts};
use crate::id::DepartmentId;
use crate::refusal::Stop;
use crate::{chart, organisation};

/// What somebody is at a moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Their roles, in communities too.
    pub roles: Vec<Role>,
    /// The department they are in, if they are in one.
    pub department: Option<DepartmentId>,
    /// The departments that they coach, with all below them; all of them when empty.
    pub coached: Vec<DepartmentId>,
}

impl Standing {
    /// What whoever the facts are about is, at their time; `sponsors` says whether they sponsor a community.
    pub fn of(facts: &Facts, sponsors: bool) -> Result<Self, Stop> {
        let mut standing = Self { roles: facts.roles()?, ..Self::default() };
        let Actor::Member(member) = facts.actor else { return Ok(standing) };
        standing.department = facts.member(member)?.department_at(facts.now);
        if standing.roles.contains(&Role::Member) {
            if let Some(grant) = facts.organisation()?.held(member, organisation::Role::Coach, facts.now) {
                standing.roles.push(Role::Coach);
                standing.coached = grant.departments.clone();
            }
            standing.roles.extend(sponsors.then_some(Role::Sponsor));
        }
        Ok(standing)
    }

    /// Whether they may do or see this, whatever it is about.
    pub fn may(&self, ability: Ability) -> bool {
        self.roles.iter().any(|role| may(*role, ability) == Extent::All)
    }

    /// Whether they may do or see this once they have given a reason.
    pub fn may_with_reason(&self, ability: Ability) -> bool {
        self.may(ability) || self.roles.iter().any(|role| may(*role, ability) == Extent::WithReason)
    }

    /// Whether they may see the figures of a department with all below it, or of the whole organisation.
    pub fn may_see_figures(&self, chart: &chart::State, of: Option<DepartmentId>) -> bool {
        self.may_see_of(Ability::SeeFigures, chart, of)
    }

    /// Whether they may see something of a department with all below it, or of the whole organisation.
    pub fn may_see_of(&self, ability: Ability, chart: &chart::State, of: Option<DepartmentId>) -> bool {
        let is_below = |above: &[DepartmentId], of| chart.upwards(of).any(|passed| above.contains(&passed));
        let enough = |extent| match (extent, of) {
            (Extent::All, _) | (Extent::Upwards, None) => true,
            (Extent::InScope, None) => self.coached.is_empty(),
            (Extent::InScope, Some(of)) => self.coached.is_empty() || is_below(&self.coached, of),
            (Extent::Upwards, Some(of)) => self.department.is_some_and(|own| is_below(&[of], own)),
            _ => false,
        };
        self.roles.iter().any(|role| enough(may(*role, ability)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Event, Opened};
    use crate::event::Moment;
    use crate::given::{Given, department, member};
    use crate::organisation::RoleGranted;
    use crate::time::{Day, Time};

    /// Department 1 with 2 below it, and 3 below that; department 4.
    fn chart() -> chart::State {
        let mut chart = chart::State::default();
        let at = Moment { revision: 0, occurred_at: Time::EPOCH, day: Day(0), actor: None };
        for (n, parent) in [(1, None), (2, Some(1)), (3, Some(2)), (4, None)] {
            let (department, parent) = (department(n), parent.map(department));
            chart.evolve(&Event::Opened(Opened { department, parent, name: n.to_string().into() }), &at);
        }
        chart
    }

    fn seen(standing: &Standing) -> Vec<Option<u32>> {
        let all = [None, Some(1), Some(2), Some(3), Some(4)];
        all.into_iter().filter(|of| standing.may_see_figures(&chart(), of.map(department))).collect()
    }

    #[test]
    fn a_member_sees_the_figures_of_their_department_and_of_all_above_it() {
        let standing =
            Standing { roles: vec![Role::Member], department: Some(department(2)), coached: vec![] };
        assert_eq!(seen(&standing), [None, Some(1), Some(2)]);
        assert_eq!(seen(&Standing { department: None, ..standing }), [None]);
    }

    #[test]
    fn a_coach_sees_the_figures_of_the_departments_in_scope_and_below() {
        let coach = Standing { roles: vec![Role::Coach], department: None, coached: vec![department(2)] };
        assert_eq!(seen(&coach), [Some(2), Some(3)]);
        assert_eq!(seen(&Standing { coached: vec![], ..coach }).len(), 5);
    }

    #[test]
    fn a_member_sees_no_activity_as_counted() {
        let standing =
            Standing { roles: vec![Role::Member], department: Some(department(2)), coached: vec![] };
        assert!(!standing.may_see_of(Ability::SeeActivity, &chart(), Some(department(2))));
    }

    #[test]
    fn a_member_sees_looks_at_their_department_and_above_and_an_auditor_all_of_them() {
        let of = |role| Standing { roles: vec![role], department: Some(department(2)), coached: vec![] };
        let seen = |role: Role| {
            let all = [None, Some(1), Some(2), Some(3), Some(4)].into_iter();
            let may = |of_department: &Option<u32>| {
                of(role).may_see_of(Ability::SeeFigureLooks, &chart(), of_department.map(department))
            };
            all.filter(may).collect::<Vec<_>>()
        };
        assert_eq!(seen(Role::Member), [None, Some(1), Some(2)]);
        assert_eq!(seen(Role::Auditor).len(), 5);
        for role in [Role::Coach, Role::Sponsor, Role::Administrator, Role::Service] {
            assert_eq!(seen(role), [], "{role:?} as such");
        }
    }

    #[test]
    fn a_grant_counts_from_its_beginning_until_its_end_and_for_whoever_does_not_audit() {
        let coach = RoleGranted {
            member: member(2),
            role: organisation::Role::Coach,
            departments: vec![department(1)],
            from: Some("2026-03-02T12:00:00Z".parse().unwrap()),
            until: Some("2026-03-03T00:00:00Z".parse().unwrap()),
        };
        let auditor = RoleGranted {
            role: organisation::Role::Auditor,
            departments: vec![],
            from: None,
            until: None,
            ..coach.clone()
        };
        let given = Given::people().by(2).and(coach);
        let standing = |given: &Given| given.knows(|facts| Standing::of(facts, true));
        assert_eq!(standing(&given).roles, [Role::Member, Role::Sponsor], "not yet");
        let given = given.at("2026-03-02T12:00:00Z");
        assert_eq!(standing(&given).roles, [Role::Member, Role::Coach, Role::Sponsor]);
        assert_eq!(standing(&given).coached, [department(1)]);
        let later = given.clone().at("2026-03-03T00:00:00Z");
        assert_eq!(standing(&later).roles, [Role::Member, Role::Sponsor]);
        assert_eq!(standing(&given.and(auditor)).roles, [Role::Auditor]);
    }

    #[test]
    fn the_management_and_auditors_see_them_all_and_nobody_sees_none() {
        for role in [Role::Sponsor, Role::Auditor, Role::Administrator] {
            assert_eq!(seen(&Standing { roles: vec![role], ..Standing::default() }).len(), 5);
        }
        assert_eq!(seen(&Standing { roles: vec![Role::Moderator, Role::Leader], ..Standing::default() }), []);
    }
}
