//! Adoption over histories: who is active, how often and how far, and who belongs to the organisation.

use super::*;

#[test]
fn the_sets_of_levels_are_nested_and_of_the_days_of_the_window() {
    let viewed = domain::seen::Searched {
        organisation: crate::given::organisation(1),
        month: domain::time::Month(24_000),
        results: vec![],
        member: member(3).into(),
        words: Sealed::Gone,
    };
    let acts = given().by(1, 1).and(submitted(1)).by(2, 1).and(commented(1, 1, None)).by(3, 1).and(viewed);
    let built = acts.views();
    let known = known(&built, today(&acts));
    let sheet = sheet(&built.views, &known, Length::Week, Chart::AsWas);
    let count = |level| sheet.split(ShareOf::Active(level)).unwrap().unwrap().acted.len();
    assert_eq!([Level::Consumed, Level::Participated, Level::Contributed].map(count), [3, 2, 1]);
    let before = Sheet::new(built.views.clone(), Arc::clone(&known), sheet.window.before(1), Chart::AsWas);
    assert!(before.split(ShareOf::Active(Level::Consumed)).unwrap().unwrap().acted.is_empty());
}

#[test]
fn whoever_leaves_is_eligible_no_more_and_has_not_lapsed() {
    let acts = given().by(1, 1).and(submitted(1)).by(2, 1).and(submitted(2)).later(7 * DAY);
    let left = m::Deactivated { member: member(2), department: department(1) };
    let acts = acts.and(left).by(1, 1).and(submitted(3));
    let built = acts.views();
    let known = known(&built, today(&acts));
    let sheet = sheet(&built.views, &known, Length::Week, Chart::AsWas);
    let split = |of| sheet.split(of).unwrap().unwrap();
    assert_eq!(split(ShareOf::Access).eligible.len(), 4);
    let retained = split(ShareOf::Retained { back: 1, after: 1 });
    let departed = split(ShareOf::Departed { back: 1, after: 1 });
    assert_eq!((retained.acted.len(), retained.eligible.len()), (1, 1));
    assert_eq!((departed.acted.len(), departed.eligible.len()), (1, 2));
    // A cohort is of those who began in the group, whether they are there still or not.
    let share = |of, group| match sheet.share(of, group, None).unwrap() {
        Published::Shown(share) => (share.numerator, share.denominator),
        other => panic!("{other:?}"),
    };
    for group in [Group::Organisation, Group::Whole(department(1))] {
        assert_eq!(share(ShareOf::Retained { back: 1, after: 1 }, group), (1, 1), "{group:?}");
        assert_eq!(share(ShareOf::Departed { back: 1, after: 1 }, group), (1, 2), "{group:?}");
        assert_eq!(share(ShareOf::Departed { back: 1, after: 0 }, group), (0, 2), "{group:?}");
    }
    // Member 1 is in department 2, below 1.
    assert_eq!(share(ShareOf::Departed { back: 1, after: 1 }, Group::Own(department(1))), (1, 1));
    let stayed = sheet.share(ShareOf::Retained { back: 1, after: 1 }, Group::Own(department(1)), None);
    assert_eq!(stayed.unwrap(), Published::Hidden(Suppression::TooLittleData));
}

#[test]
fn what_was_done_before_there_was_an_account_is_no_use_of_it() {
    let opened = m::AccountOpened { member: member(9), department: department(1) };
    let acts = given().and(registered(9, 1, Sealed::Gone)).by(9, 1).and(submitted(1)).later(9 * DAY);
    let idle = acts.and(opened).later(40 * DAY).by(1, 1).and(submitted(2));
    let back = |days: i64| idle.clone().by(9, 1).days_away(-days).and(submitted(3));
    let told = |history: &History| {
        let built = history.views();
        let known = known(&built, today(&idle));
        let sheet = sheet(&built.views, &known, Length::Week, Chart::AsWas);
        let of = |share| {
            sheet.split(share).unwrap().unwrap().acted.contains(known.population.number(member(9)).unwrap())
        };
        let first =
            known.contributed_with_account().contains_key(&known.population.number(member(9)).unwrap());
        [of(ShareOf::Activated), of(ShareOf::Step { to: Step::Contributed, within: None }), first]
    };
    assert_eq!(told(&idle), [false; 3]);
    // Eleven days after the account, and thirty.
    assert_eq!([told(&back(29)), told(&back(10))], [[true; 3], [false, true, true]]);
}

#[test]
fn steps_may_be_asked_for_within_days_of_the_one_before() {
    let joined = given().and(registered(9, 1, Sealed::Gone));
    let opened = m::AccountOpened { member: member(9), department: department(1) };
    let took_part = joined.and(opened).later(5 * DAY).by(9, 1).and(commented(1, 1, None));
    let acts = took_part.later(9 * DAY).by(9, 1).and(submitted(1)).later(DAY);
    let built = acts.views();
    let known = known(&built, today(&acts));
    let sheet = sheet(&built.views, &known, Length::FourWeeks, Chart::AsWas);
    let came = |to, within| {
        let split = sheet.split(ShareOf::step(to, within)).unwrap().unwrap();
        split.acted.contains(known.population.number(member(9)).unwrap())
    };
    let within = |days| [Step::Access, Step::Activated, Step::Contributed].map(|to| came(to, days));
    assert_eq!([within(None), within(Some(9))], [[true; 3]; 2]);
    assert_eq!(within(Some(8)), [true, true, false]);
    assert_eq!(within(Some(4)), [true, false, false]);
}

#[test]
fn how_often_people_took_part_is_counted_in_days_and_of_twelve_weeks_in_weeks() {
    // Four days, the first of them that of the founding, of which two are in one week.
    let monday = given().later(6 * DAY).by(1, 1).and(submitted(1)).and(submitted(2));
    let acts = monday.later(2 * DAY).and(submitted(3)).later(7 * DAY).and(submitted(4));
    let built = acts.views();
    let known = known(&built, today(&acts));
    let often = |length, at_least| {
        let sheet = sheet(&built.views, &known, length, Chart::AsWas);
        sheet.split(ShareOf::Frequency(at_least)).unwrap().map(|split| split.acted.len())
    };
    assert_eq!([1, 2, 4, 5].map(|n| often(Length::FourWeeks, n)), [1, 1, 1, 0].map(Some));
    assert_eq!([1, 3, 4].map(|n| often(Length::TwelveWeeks, n)), [1, 1, 0].map(Some));
    assert_eq!(
        [often(Length::Week, 1), often(Length::Week, 8), often(Length::Day, 1)],
        [Some(1), None, None]
    );
    assert_eq!(
        [often(Length::FourWeeks, 0), often(Length::FourWeeks, 29), often(Length::TwelveWeeks, 13)],
        [None; 3]
    );
}

#[test]
fn a_department_that_moves_leaves_its_past_where_it_was() {
    // Members 1, 3 and 5 are in department 2, which is below 1 and then below 3.
    let (department, parent) = (department(2), Some(crate::given::department(3)));
    let moved = domain::chart::Moved { department, parent, parent_was: Some(crate::given::department(1)) };
    let acts = furnished().later(40 * DAY).and(moved);
    let built = acts.views();
    let (known, now) = (known(&built, today(&acts)), today(&acts));
    let people = |day, chart| {
        let groups = known.groups(day, chart);
        [1, 3].map(|n| groups.members(Group::Whole(crate::given::department(n))).unwrap().len())
    };
    assert_eq!([people(Day(now.0 - 1), Chart::AsWas), people(now, Chart::AsWas)], [[5, 1], [2, 4]]);
    assert_eq!(people(Day(now.0 - 1), Chart::AsRecorded), [5, 1]);
    assert_eq!(people(Day(now.0 - 1), Chart::Restated), [2, 4]);
}

#[test]
fn days_that_were_recorded_stay_whatever_the_time_zone_is_now() {
    let opened = m::AccountOpened { member: member(2), department: department(1) };
    let acts = given().later(DAY).and(opened).later(DAY);
    let built = acts.views();
    let eastwards = |at: Time| Day(day_of(at).0 + 1);
    let known = Known::read(&built.views.snapshot().unwrap(), today(&acts), &eastwards).unwrap();
    let account = known.population.account(known.population.number(member(2)).unwrap());
    assert_eq!(account, Some(Day(today(&acts).0 - 1)));
}

#[test]
fn accounts_that_are_learned_late_revise_a_window() {
    let acts = given().later(20 * DAY).and(submitted(1)).later(20 * DAY).and(submitted(2));
    let opened = m::AccountOpened { member: member(2), department: department(1) };
    let late = acts.clone().days_away(-20).and(opened).later(9 * DAY).and(submitted(3));
    let built = late.views();
    let known = known(&built, today(&late));
    let window = Window::containing(Day(today(&acts).0 - 20), Length::Week);
    assert_eq!(known.revisions(window, window.last).len(), 1);
}

#[test]
fn stickiness_is_over_the_working_days_of_the_organisation() {
    use domain::organisation::{HolidaysChanged, WorkingWeekSet};
    use domain::time::Weekday;
    // Monday 2023-11-20 to Sunday, of which member 1 is active on Monday.
    let monday: Day = "2023-11-20".parse().unwrap();
    let acts = given().later(6 * DAY).by(1, 1).and(submitted(1));
    let sunday = |acts: History| acts.later(6 * DAY).by_agent(domain::event::Agent::Service);
    let index = |history: &History, version| {
        let built = history.views();
        let known = known(&built, Day(monday.0 + 6));
        let sheet = sheet(&built.views, &known, Length::Week, Chart::AsWas);
        let terms = Terms { version, ..terms(Group::Organisation, &known) };
        let found = Figure::Index(IndexOf::Stickiness).of(&sheet, terms).unwrap();
        match found {
            Published::Shown(Value::Index(index)) => index.value,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(acts.events.last().unwrap().metadata.local_day, monday);
    let holiday = HolidaysChanged { added: vec![Day(monday.0 + 1)], removed: vec![] };
    let week = WorkingWeekSet { from: monday, days: vec![Weekday::Monday, Weekday::Tuesday] };
    let told = |event: Event| sunday(acts.clone()).and(event);
    assert_eq!(index(&sunday(acts.clone()), None), 0.2);
    assert_eq!(index(&told(holiday.clone().into()), None), 0.25);
    assert_eq!(index(&told(week.clone().into()), None), 0.5);
    assert_eq!(index(&told(week.into()).and(holiday.clone()), None), 1.0);
    // What the first version says stays as it is.
    assert_eq!(index(&told(holiday.into()), Some(1)), 0.2);
}
