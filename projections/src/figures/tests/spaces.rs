//! Communities: who of those who were active still is, how long they live, who answers for the management, where
//! departments meet.

use domain::community::{Access, Archived, LeaderAppointed, SponsorNamed};
use domain::membership::Joined;

use super::histories::{answered, asked, written};
use super::*;
use crate::batches::founded;
use crate::figures::publish::{Proportion, Suppression};
use crate::figures::waits::{WaitFor, Waits};

const COMMUNITY: Group = Group::Community(domain::id::CommunityId(uuid::Uuid::from_u64_pair(3, 1)));

fn share(history: &History, figure: Figure, group: Group) -> (u64, u64) {
    match shown(history, Length::FourWeeks, figure, group) {
        Published::Shown(Value::Proportion(Proportion { numerator, denominator })) => {
            (numerator, denominator)
        }
        other => panic!("{other:?}"),
    }
}

fn waits(history: &History, length: Length, of: WaitFor) -> Waits {
    match shown(history, length, Figure::Wait(of), Group::Organisation) {
        Published::Shown(Value::Waits(waits)) => waits,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_community_is_as_healthy_as_those_who_were_active_within_a_year_are_now() {
    // Member 1 founds it; 2 comments two months later; 3 writes elsewhere.
    let acts = given().and(founded(2, Access::Open)).later(60 * DAY);
    let acts = acts.by(2, 1).and(answered(1, 1, 2)).by(3, 2).and(written(2, 3, 2));
    assert_eq!(share(&acts, Figure::Health, COMMUNITY), (1, 2));
    let left = m::Deactivated { member: member(1), department: department(1) };
    assert_eq!(share(&acts.clone().and(left), Figure::Health, COMMUNITY), (1, 1));
    // After a year only whoever was active in it counts.
    let acts = acts.later(330 * DAY).by(2, 1).and(answered(3, 1, 2));
    assert_eq!(share(&acts, Figure::Health, COMMUNITY), (1, 1));
}

#[test]
fn health_is_of_communities_and_of_four_weeks_and_few_are_not_told() {
    let acts = given();
    let not_in_grid = Published::Hidden(Suppression::NotInGrid);
    assert_eq!(shown(&acts, Length::FourWeeks, Figure::Health, Group::Organisation), not_in_grid);
    assert_eq!(shown(&acts, Length::Week, Figure::Health, COMMUNITY), not_in_grid);
    let built = acts.views();
    let known = known(&built, today(&acts));
    let sheet = sheet(&built.views, &known, Length::FourWeeks, Chart::AsWas);
    let hidden = sheet.health(COMMUNITY, Some(Threshold::default())).unwrap();
    assert_eq!(hidden, Published::Hidden(Suppression::GroupTooSmall));
}

#[test]
fn a_community_dies_of_sixty_days_of_silence() {
    let acts = given().and(founded(2, Access::Open)).later(10 * DAY).and(written(1, 1, 1));
    let acts = acts.later(180 * DAY).and(written(2, 1, 2)).later(10 * DAY);
    let lives = waits(&acts.clone().and(submitted(9)), Length::TwelveWeeks, WaitFor::Survival);
    assert_eq!((lives.count, lives.happened), (2, 1));
    assert_eq!(lives.curve.median(), Some(70 * DAY as u64));
    // A community that is archived while it lives is lost from sight.
    let archived = Archived { community: community(1) };
    let lives = |early: History| {
        let late = early.later(180 * DAY).and(written(2, 1, 2));
        let lives = waits(&late, Length::TwelveWeeks, WaitFor::Survival);
        (lives.count, lives.happened)
    };
    let early = given().and(founded(2, Access::Open)).later(10 * DAY);
    assert_eq!([lives(early.clone()), lives(early.and(archived))], [(2, 1), (2, 0)]);
}

#[test]
fn a_sponsor_answers_what_was_put_to_them_in_person_or_by_somebody_for_them() {
    const HOUR: i64 = 3_600;
    let named = SponsorNamed { community: community(1), sponsor: Some(member(4)), sponsor_was: None };
    let acts = given().by(2, 1).and(asked(1, 2)).and(named).and(asked(2, 4)).by(2, 1).and(asked(3, 2));
    let acts = acts.later(HOUR).by(3, 2).and(answered(1, 3, 3));
    let open = waits(&acts, Length::Week, WaitFor::Sponsor);
    assert_eq!((open.count, open.happened), (1, 0));
    let answered_by = |by: u64| acts.clone().later(HOUR).by(by, 1).and(answered(2, 3, by));
    let in_person = waits(&answered_by(4), Length::Week, WaitFor::Sponsor);
    assert_eq!((in_person.count, in_person.happened), (1, 1));
    assert_eq!(in_person.curve.median(), Some(2 * HOUR as u64 + 2));
    let mut for_them = answered_by(5);
    assert_eq!(waits(&for_them, Length::Week, WaitFor::Sponsor).happened, 0);
    for_them.events.last_mut().unwrap().metadata.on_behalf_of = Some(member(4));
    assert_eq!(waits(&for_them, Length::Week, WaitFor::Sponsor), in_person);
}

#[test]
fn how_one_sponsor_answers_is_not_told() {
    let hidden = shown(&given(), Length::Week, Figure::Wait(WaitFor::Sponsor), COMMUNITY);
    assert_eq!(hidden, Published::Hidden(Suppression::NotInGrid));
}

#[test]
fn whoever_leads_or_sponsors_a_community_is_inside_of_it() {
    let community = community(1);
    let appointed = LeaderAppointed { community, leader: member(2), leader_was: member(1) };
    let named = |sponsor: Option<u64>, was: Option<u64>| {
        let [sponsor, sponsor_was] = [sponsor, was].map(|n| n.map(member));
        SponsorNamed { community, sponsor, sponsor_was }
    };
    let inside = |history: &History| {
        let built = history.views();
        let known = known(&built, today(history));
        let circle = known.population.circle(community, today(history));
        let mut inside: Vec<_> =
            circle.iter().map(|number| known.population.member(number).unwrap()).collect();
        inside.sort_unstable();
        inside
    };
    let led = given().and(appointed);
    assert_eq!(inside(&given()), [member(1)]);
    assert_eq!(inside(&led), [member(2)]);
    let sponsored = led.and(named(Some(4), None));
    assert_eq!(inside(&sponsored), [2, 4].map(member));
    let joined = sponsored.and(Joined { community, member: member(4) });
    // Whoever sponsors no more is inside as far as they joined.
    assert_eq!(inside(&joined.clone().and(named(Some(5), Some(4)))), [2, 4, 5].map(member));
    assert_eq!(inside(&joined.and(named(None, Some(4)))), [2, 4].map(member));
    // Where sponsor and leader meet, departments do.
    let contributed =
        |acts: History| share(&acts.and(written(1, 2, 1)), Figure::SharedSpace, Group::Organisation);
    let sponsor = SponsorNamed { community, sponsor: Some(member(2)), sponsor_was: None };
    assert_eq!([contributed(given()), contributed(given().and(sponsor))], [(0, 3), (2, 3)]);
}

#[test]
fn whoever_left_before_they_contributed_is_lost_from_sight_in_their_community() {
    let opened = m::AccountOpened { member: member(2), department: department(1) };
    let acts = given().and(opened).and(Joined { community: community(1), member: member(2) });
    let left = m::Deactivated { member: member(2), department: department(1) };
    let acts = acts.later(9 * DAY).and(left).later(DAY).by(1, 2).and(submitted(1));
    match shown(&acts, Length::FourWeeks, Figure::Wait(WaitFor::Contribution), COMMUNITY) {
        Published::Shown(Value::Waits(waits)) => assert_eq!((waits.count, waits.happened), (1, 0)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_space_is_shared_from_the_day_on_which_another_department_is_there() {
    // Member 1 and 3 are in department 2, member 2 in department 1.
    let alone = given().and(Joined { community: community(1), member: member(3) }).later(DAY);
    let alone = alone.and(written(1, 1, 1)).and(submitted(1)).later(DAY);
    // The founding, the campaign, the post and the idea.
    assert_eq!(share(&alone, Figure::SharedSpace, Group::Organisation), (0, 4));
    let joined = Joined { community: community(1), member: member(2) };
    let together = alone.by(2, 1).and(joined).by(1, 2).and(written(2, 1, 1)).and(submitted(2));
    assert_eq!(share(&together, Figure::SharedSpace, Group::Organisation), (1, 6));
    assert_eq!(share(&together, Figure::SharedSpace, Group::Whole(department(2))), (1, 6));
}
