//! Proposals about the organisation: its settings and roles, the chart, and who is there.

use domain::chart;
use domain::id::MemberId;
use domain::member;
use domain::member::change_profile::ChangeProfile;
use domain::member::deactivate::Deactivate;
use domain::member::open_account::OpenAccount;
use domain::member::reactivate::Reactivate;
use domain::member::register::Register;
use domain::member::sign_in::SignIn;
use domain::member::transfer::Transfer;
use domain::organisation::Role;
use domain::organisation::change_holidays::ChangeHolidays;
use domain::organisation::change_settings::ChangeSettings;
use domain::organisation::establish::Establish;
use domain::organisation::grant_role::GrantRole;
use domain::organisation::revoke_role::RevokeRole;
use domain::organisation::set_working_week::SetWorkingWeek;
use domain::seen::Results;
use domain::seen::search::Search;
use domain::time::Weekday;

use super::Proposal;
use super::draw::Draw;
use super::known::Known;

pub(super) const PROPOSALS: &[Proposal] = &[
    Proposal("organisation.establish", 1, |_, draw| {
        let anonymous = draw.percent(20);
        Some(
            Establish {
                organisation: draw.perhaps(50, Draw::id),
                name: draw.text(),
                time_zone: draw.one_of(TIME_ZONES)?.to_owned(),
                language: "fr".parse().ok()?,
                anonymous,
                source: draw.perhaps(50, |_| "urn:example:histories".to_owned()),
                threshold: if anonymous { None } else { draw.perhaps(30, |draw| 5 + draw.below(20) as u32) },
            }
            .into(),
        )
    }),
    Proposal("organisation.change_settings", 2, |_, draw| {
        let name = draw.perhaps(60, Draw::text);
        let time_zone = draw.perhaps(50, |draw| draw.one_of(TIME_ZONES).unwrap_or("UTC").to_owned());
        Some(ChangeSettings { name, time_zone, language: draw.language(), based_on: None }.into())
    }),
    Proposal("organisation.set_working_week", 2, |known, draw| {
        let days = draw.some_of(&Weekday::ALL, 6);
        let from = draw.perhaps(70, |draw| known.day(draw.below(120) as i32 - 60));
        (!days.is_empty()).then(|| SetWorkingWeek { days, from, based_on: None }.into())
    }),
    Proposal("organisation.change_holidays", 2, |known, draw| {
        let mut day = || known.day(draw.below(120) as i32 - 60);
        let (add, other) = (day(), day());
        let remove = known.organisation().calendar.holidays().iter().copied().find(|day| *day != add);
        Some(
            ChangeHolidays {
                add: vec![add, other],
                remove: remove.filter(|day| *day != other).into_iter().collect(),
                based_on: None,
            }
            .into(),
        )
    }),
    Proposal("organisation.grant_role", 4, |known, draw| {
        let member = draw.one_of(&known.members)?;
        let role = draw.one_of(&[Role::Coach, Role::Auditor, Role::Administrator])?;
        let departments = draw.some_of(&known.departments, 2);
        let from = draw.perhaps(20, |draw| known.minutes(draw.below(4_000) as i64));
        let until = draw.perhaps(50, |draw| known.minutes(draw.below(40_000) as i64));
        Some(GrantRole { member, role, departments, from, until, based_on: None }.into())
    }),
    Proposal("organisation.revoke_role", 2, |known, draw| {
        let grants: Vec<_> = known.organisation().grants.into_keys().collect();
        draw.one_of(&grants).map(|(role, member)| RevokeRole { member, role, based_on: None }.into())
    }),
    Proposal("chart.open", 2, |known, draw| {
        let (department, parent) = (draw.perhaps(30, Draw::id), draw.one_of(&known.departments));
        let parent = parent.filter(|_| draw.percent(70));
        Some(chart::open::Open { department, parent, name: draw.text() }.into())
    }),
    Proposal("chart.rename", 2, |known, draw| {
        let department = draw.one_of(&known.departments)?;
        Some(chart::rename::Rename { department, name: draw.text(), based_on: None }.into())
    }),
    Proposal("chart.move_to", 2, |known, draw| {
        let department = draw.one_of(&known.departments)?;
        let parent = draw.one_of(&known.departments).filter(|_| draw.percent(70));
        Some(chart::move_to::MoveTo { department, parent, based_on: None }.into())
    }),
    Proposal("chart.close", 2, |known, draw| {
        let empty: Vec<_> =
            known.departments.iter().filter(|id| known.headcount(**id) == 0).copied().collect();
        draw.one_of(&empty).map(|department| chart::close::Close { department }.into())
    }),
    Proposal("member.register", 3, |known, draw| {
        let (member, department) = (draw.perhaps(30, Draw::id), draw.one_of(&known.departments)?);
        Some(Register { member, department, name: draw.text(), email: email(known, draw) }.into())
    }),
    Proposal("member.open_account", 4, |known, draw| {
        let without = which(known, |member| !member.account);
        draw.one_of(&without).map(|member| OpenAccount { member }.into())
    }),
    Proposal("member.transfer", 5, |known, draw| {
        let (member, department) = (draw.one_of(&known.members)?, draw.one_of(&known.departments)?);
        let valid_from = draw.perhaps(70, |draw| known.minutes(-(draw.below(60_000) as i64)));
        Some(Transfer { member, department, valid_from, based_on: None }.into())
    }),
    Proposal("member.change_profile", 3, |known, draw| {
        let (member, name) = (draw.one_of(&known.members)?, draw.perhaps(70, Draw::text));
        Some(ChangeProfile { member, name, email: email(known, draw), based_on: None }.into())
    }),
    Proposal("member.sign_in", 6, |known, _| {
        let organisation = known.organisation().settings?.organisation;
        Some(SignIn { organisation }.into())
    }),
    Proposal("seen.search", 6, |known, draw| {
        let organisation = known.organisation().settings?.organisation;
        let count = draw.below(40) as u32;
        let results = draw.some_of(&known.departments, 2).into_iter();
        let results = results.map(|id| Results { department: Some(id), count }).collect();
        Some(Search { organisation, words: draw.text(), results }.into())
    }),
    Proposal("member.deactivate", 2, |known, draw| {
        draw.one_of(&known.members).map(|member| Deactivate { member }.into())
    }),
    Proposal("member.reactivate", 2, |known, draw| {
        draw.one_of(&which(known, |member| member.inactive)).map(|member| Reactivate { member }.into())
    }),
];

const TIME_ZONES: &[&str] = &["Europe/Paris", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"];

/// An address, where the organisation keeps any.
fn email(known: &Known, draw: &mut Draw) -> Option<String> {
    let anonymous = known.organisation().settings.is_some_and(|settings| settings.anonymous);
    if anonymous { None } else { draw.email() }
}

fn which(known: &Known, which: impl Fn(&member::State) -> bool) -> Vec<MemberId> {
    known.members.iter().copied().filter(|id| which(&known.member(*id))).collect()
}
