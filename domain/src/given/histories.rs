//! Histories of any commands: rules answer on every state, whatever they are asked, and what they protect holds.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::stream::stream_of;
use super::*;
use crate::command::Command;
use crate::community::appoint_leader::AppointLeader;
use crate::community::archive::Archive;
use crate::community::change_access::ChangeAccess;
use crate::community::describe::Describe;
use crate::community::found::Found;
use crate::community::name_sponsor::NameSponsor;
use crate::community::reopen::Reopen;
use crate::event::Subject;
use crate::member::change_profile::ChangeProfile;
use crate::member::deactivate::Deactivate;
use crate::member::open_account::OpenAccount;
use crate::member::reactivate::Reactivate;
use crate::member::register::Register;
use crate::member::sign_in::SignIn;
use crate::member::transfer::Transfer;
use crate::organisation::change_holidays::ChangeHolidays;
use crate::organisation::change_settings::ChangeSettings;
use crate::organisation::establish::Establish;
use crate::organisation::grant_role::GrantRole;
use crate::organisation::revoke_role::RevokeRole;
use crate::organisation::set_working_week::SetWorkingWeek;
use crate::seen::search::Search;
use crate::time::{Day, Weekday};
use crate::{chart, membership};

/// Who sends what, and how many minutes after the one before.
type Step = (u32, i64, Command);

fn departments() -> impl Strategy<Value = DepartmentId> {
    (1..5u32).prop_map(department)
}

fn members() -> impl Strategy<Value = MemberId> {
    (1..8u32).prop_map(member)
}

fn communities() -> impl Strategy<Value = CommunityId> {
    (1..4u32).prop_map(community)
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![Just("a"), Just("b@c"), Just(""), Just("\u{7}"), Just("Europe/Paris")].prop_map(str::to_owned)
}

fn times() -> impl Strategy<Value = Time> {
    (-3000..3000i64).prop_map(|minutes| later(Given::nothing().now, minutes))
}

fn accesses() -> impl Strategy<Value = Access> {
    prop_oneof![Just(Access::Open), Just(Access::Request), Just(Access::Invitation)]
}

fn roles() -> impl Strategy<Value = Role> {
    prop_oneof![Just(Role::Administrator), Just(Role::Coach), Just(Role::Auditor)]
}

fn days() -> impl Strategy<Value = Day> {
    (20_500..20_530).prop_map(Day)
}

fn in_organisation() -> impl Strategy<Value = Command> {
    let settings = (option::of(texts()), option::of(texts()));
    let grant = (members(), roles(), vec(departments(), 0..3), option::of(times()), option::of(times()));
    prop_oneof![
        1 => texts().prop_map(|name| Establish {
            organisation: None,
            name,
            time_zone: "UTC".to_owned(),
            language: "en".parse().unwrap(),
            anonymous: true,
            source: None,
            threshold: None,
        }.into()),
        1 => settings.prop_map(|(name, time_zone)| ChangeSettings { name, time_zone, ..ChangeSettings::default() }.into()),
        4 => grant.prop_map(|(member, role, departments, from, until)| {
            GrantRole { member, role, departments, from, until, based_on: None }.into()
        }),
        4 => (members(), roles()).prop_map(|(member, role)| RevokeRole { member, role, based_on: None }.into()),
        1 => (vec(0..7_usize, 0..4), option::of(days())).prop_map(|(days, from)| {
            SetWorkingWeek { days: days.into_iter().map(|day| Weekday::ALL[day]).collect(), from, based_on: None }.into()
        }),
        1 => (vec(days(), 0..3), vec(days(), 0..3))
            .prop_map(|(add, remove)| ChangeHolidays { add, remove, based_on: None }.into()),
    ]
}

fn in_chart() -> impl Strategy<Value = Command> {
    prop_oneof![
        (departments(), option::of(departments()), texts()).prop_map(|(department, parent, name)| {
            chart::open::Open { department: Some(department), parent, name }.into()
        }),
        (departments(), texts()).prop_map(|(department, name)| chart::rename::Rename {
            department,
            name,
            based_on: None
        }
        .into()),
        (departments(), option::of(departments())).prop_map(|(department, parent)| chart::move_to::MoveTo {
            department,
            parent,
            based_on: None
        }
        .into()),
        departments().prop_map(|department| chart::close::Close { department }.into()),
    ]
}

fn of_members() -> impl Strategy<Value = Command> {
    prop_oneof![
        (members(), departments(), texts(), option::of(texts())).prop_map(
            |(member, department, name, email)| {
                Register { member: Some(member), department, name, email }.into()
            }
        ),
        members().prop_map(|member| OpenAccount { member }.into()),
        (members(), departments(), option::of(times())).prop_map(|(member, department, valid_from)| {
            Transfer { member, department, valid_from, based_on: None }.into()
        }),
        (members(), option::of(texts()), option::of(texts()))
            .prop_map(|(member, name, email)| ChangeProfile { member, name, email, based_on: None }.into()),
        Just(SignIn { organisation: OrganisationId::default() }.into()),
        texts().prop_map(|words| {
            Search { organisation: OrganisationId::default(), words, results: vec![] }.into()
        }),
        members().prop_map(|member| Deactivate { member }.into()),
        members().prop_map(|member| Reactivate { member }.into()),
    ]
}

fn in_communities() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => (communities(), texts(), accesses()).prop_map(|(community, name, access)| {
            Found { community: Some(community), name, summary: String::new(), access }.into()
        }),
        1 => (communities(), option::of(texts()), option::of(texts()))
            .prop_map(|(community, name, summary)| Describe { community, name, summary, based_on: None }.into()),
        1 => (communities(), accesses())
            .prop_map(|(community, access)| ChangeAccess { community, access, based_on: None }.into()),
        1 => (communities(), members())
            .prop_map(|(community, leader)| AppointLeader { community, leader, based_on: None }.into()),
        1 => (communities(), option::of(members()))
            .prop_map(|(community, sponsor)| NameSponsor { community, sponsor, based_on: None }.into()),
        1 => communities().prop_map(|community| Archive { community }.into()),
        1 => communities().prop_map(|community| Reopen { community }.into()),
    ]
}

fn in_memberships() -> impl Strategy<Value = Command> {
    use membership::*;
    (0..9u8, communities(), members()).prop_map(|(which, community, member)| match which {
        0 => join::Join { community }.into(),
        1 => request::Request { community }.into(),
        2 => approve::Approve { community, member }.into(),
        3 => decline::Decline { community, member }.into(),
        4 => invite::Invite { community, member }.into(),
        5 => leave::Leave { community }.into(),
        6 => remove::Remove { community, member }.into(),
        7 => make_moderator::MakeModerator { community, member }.into(),
        _ => unmake_moderator::UnmakeModerator { community, member }.into(),
    })
}

fn commands() -> impl Strategy<Value = Command> {
    prop_oneof![in_organisation(), in_chart(), of_members(), in_communities(), in_memberships()]
}

/// Member 1, an administrator to begin with, acts as often as all others and the service together.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let actors = prop_oneof![Just(1u32), 0..8u32];
    vec((actors, 1..2000i64, commands()), 0..60)
}

fn later(time: Time, minutes: i64) -> Time {
    Time::try_from_micros(time.micros() + minutes * 60_000_000).unwrap()
}

impl Given {
    fn state<S: Subject>(&self, stream: &StreamName) -> S {
        S::of(&self.fold(stream).state).cloned().unwrap()
    }

    fn persons(&self) -> impl Iterator<Item = member::State> {
        (1..8).map(|n| self.state(&StreamName::member(member(n))))
    }

    /// The answer to a command of a member, or of the service as number 0, so many minutes later.
    fn sent(&mut self, (actor, minutes, command): &Step) -> Result<Vec<Event>, Refused> {
        self.actor = if *actor == 0 { Actor::Service } else { Actor::Member(member(*actor)) };
        self.now = later(self.now, *minutes);
        for n in 1..5 {
            let there = |person: &member::State| person.department_at(self.now) == Some(department(n));
            let there = self.persons().filter(|person| !person.inactive && there(person)).count();
            self.headcounts.insert(department(n), there as u64);
        }
        let mut facts = self.facts();
        let folded = self.fold(&command.stream(&facts));
        self.answer(&mut facts, |facts| command.decide(&folded, facts, IDENTITY)).map(super::events)
    }

    fn check_chart(&self) -> Result<(), TestCaseError> {
        let chart: chart::State = self.state(&StreamName::chart());
        for (id, department) in &chart.departments {
            prop_assert!(chart.upwards(*id).count() <= chart.departments.len(), "{id} stands below itself");
            let parent = department.parent.map(|parent| &chart.departments[&parent]);
            prop_assert!(department.closed || parent.is_none_or(|parent| !parent.closed));
        }
        let closed = |person: &member::State| {
            person.department_at(self.now).is_some_and(|place| chart.departments[&place].closed)
        };
        prop_assert!(!self.persons().any(|person| !person.inactive && closed(&person)));
        Ok(())
    }

    fn check_administrators(&self) -> Result<(), TestCaseError> {
        let organisation: organisation::State = self.state(&StreamName::organisation());
        let for_good = organisation.grants.iter().any(|((role, member), grant)| {
            let person: member::State = self.state(&StreamName::member(*member));
            let acts = person.account && !person.inactive;
            *role == Role::Administrator && acts && grant.until.is_none() && grant.departments.is_empty()
        });
        prop_assert!(for_good, "nobody administers the organisation for good");
        Ok(())
    }
}

proptest! {
    #[test]
    fn a_command_causes_one_event_at_most_and_repeated_none(steps in steps(), imported: bool) {
        let mut given = Given::people();
        given.origin = if imported { Origin::Import } else { Origin::Live };
        for step in &steps {
            let Ok(events) = given.sent(step) else { continue };
            prop_assert!(events.len() <= 1);
            for event in events {
                prop_assert_eq!(stream_of(&event), step.2.stream(&given.facts()));
                let now = given.now;
                given = given.and_at(now, event);
                let again = given.sent(&(step.0, 0, step.2.clone()));
                prop_assert!(!again.is_ok_and(|events| !events.is_empty()), "{:?} is done twice", step.2);
            }
            given.check_chart()?;
        }
    }

    #[test]
    fn an_organisation_always_has_its_administrator(steps in steps()) {
        let mut given = Given::people();
        for step in &steps {
            for event in given.sent(step).unwrap_or_default() {
                let now = given.now;
                given = given.and_at(now, event);
            }
            given.check_administrators()?;
        }
    }

    #[test]
    fn decide_never_panics_whatever_was_recorded(steps in steps(), order in vec(any::<u16>(), 60)) {
        let mut given = Given::people();
        let mut recorded = Vec::new();
        for (step, order) in steps.iter().zip(order) {
            for event in given.sent(step).unwrap_or_default() {
                recorded.push((order, event.clone()));
                let now = given.now;
                given = given.and_at(now, event);
            }
        }
        // In another order, and every third of them missing, the same events make states that no rule allows.
        recorded.sort_by_key(|(order, _)| *order);
        let mut broken = Given::nothing();
        for (_, event) in recorded.into_iter().filter(|(order, _)| order % 3 > 0) {
            broken = broken.and(event);
        }
        for step in &steps {
            let _ = broken.sent(step);
            let _ = broken.sent(&(0, 0, step.2.clone()));
        }
    }
}
