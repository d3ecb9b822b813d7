//! Histories of everything that figures are computed from, in any order and from any day.

use domain::audience::Audience;
use domain::community::{Access, AccessChanged, Archived, Reopened, SponsorNamed};
use domain::event::Event;
use domain::id::Item;
use domain::organisation::{HolidaysChanged, WorkingWeekSet};
use domain::post as p;
use domain::reaction::{Given, Reaction};
use domain::sealed::Sealed;
use domain::seen::{Results, Searched, Viewed};
use domain::time::{Month, Weekday};
use domain::{chart, comment as co, membership as ms};

use super::*;
use crate::given::{comment, organisation, post};

/// One thing that happens: what, by whom, to which department, how many days later, and from how many days back.
pub(super) type Act = (u8, u64, u64, i64, i64);

/// An organisation with a department beside the others.
pub(super) fn furnished() -> History {
    let beside = chart::Opened { department: department(3), parent: None, name: Sealed::Gone };
    given().and(beside).and(m::Registered {
        member: member(6),
        department: department(3),
        name: Sealed::Gone,
        email: Sealed::Gone,
    })
}

pub(super) fn happened(history: History, ((what, by, to, later, back), number): (Act, u64)) -> History {
    let history = history.later(later * DAY).by(by, 1 + by % 2);
    let history = if back > 0 { history.days_away(-back) } else { history };
    let valid_from = Time::try_from_micros(history.time().micros() - back * DAY * 1_000_000).unwrap();
    // Nobody answers what is not there yet.
    let before = 100 + back.unsigned_abs() % (number - 100).max(1);
    match what {
        0 => history.and(submitted(number)),
        1 => history.and(published(number, Audience::Community(community(1)), Sealed::Gone)),
        2 => history.and(commented(number, 1, None)),
        3 => history.and(transferred(by, to, 1 + to % 2, valid_from)),
        4 => history.and(m::Deactivated { member: member(by), department: department(to) }),
        5 => history.and(m::Reactivated { member: member(by), department: department(to) }),
        6 => history.and(m::AccountOpened { member: member(by), department: department(to) }),
        7..=12 => history.and(in_community(what, (by, to), (back.unsigned_abs(), number))),
        13 => history.and(viewed(before, by)),
        14 => history.and(searched(by, to)),
        15 => {
            let days = vec![Weekday::ALL[to as usize], Weekday::ALL[by as usize]];
            history.and(WorkingWeekSet { from: day_of(valid_from), days })
        }
        16 => history.and(HolidaysChanged { added: vec![day_of(valid_from)], removed: vec![] }),
        17 => history.and(reacted(before, by)),
        18 => history.and(published(number, Audience::Members(vec![member(to), member(6)]), Sealed::Gone)),
        _ => history.and(answered(number, before, by)),
    }
}

fn in_community(what: u8, (by, to): (u64, u64), (back, number): (u64, u64)) -> Event {
    let community = community(1);
    match what {
        7 => asked(number, by),
        8 => ms::Joined { community, member: member(by) }.into(),
        9 => ms::Left { community, member: member(by) }.into(),
        10 => SponsorNamed { community, sponsor: Some(member(to)), sponsor_was: None }.into(),
        11 => {
            let access = if to == 1 { Access::Request } else { Access::Open };
            AccessChanged { community, access, access_was: Access::Open }.into()
        }
        _ if back.is_multiple_of(2) => Archived { community }.into(),
        _ => Reopened { community }.into(),
    }
}

/// A question of a member in community 1.
pub(super) fn asked(n: u64, by: u64) -> Event {
    p::Published {
        post: post(n),
        author: member(by),
        kind: p::Kind::Question,
        audience: Audience::Community(community(1)),
        language: None,
        mentions: vec![],
        topics: vec![],
        pinned: false,
        body: Sealed::Gone,
    }
    .into()
}

/// An update of a member in a community.
pub(super) fn written(n: u64, by: u64, within: u64) -> Event {
    let Event::Post(p::Event::Published(asked)) = asked(n, by) else { panic!("no post") };
    let audience = Audience::Community(community(within));
    p::Published { kind: p::Kind::Update, audience, ..asked }.into()
}

/// A comment of a member on a post of member 1 in community 1.
pub(super) fn answered(n: u64, on: u64, by: u64) -> Event {
    let Event::Comment(co::Event::Added(added)) = commented(n, on, None) else { panic!("no comment") };
    co::Added { comment: comment(n), author: member(by), ..added }.into()
}

/// A member looks at a post of member 1.
pub(super) fn viewed(n: u64, by: u64) -> Event {
    let (item, author, community) = (Item::Post(post(n)), member(1), Some(community(1)));
    Viewed { item, author, community, month: Month(24_000), member: member(by).into() }.into()
}

/// A member searches, and finds what a department has.
pub(super) fn searched(by: u64, in_department: u64) -> Event {
    let results = vec![Results { department: Some(department(in_department)), count: 3 }];
    let (organisation, month) = (organisation(1), Month(24_000));
    Searched { organisation, month, results, member: member(by).into(), words: Sealed::Gone }.into()
}

pub(super) fn reacted(n: u64, by: u64) -> Event {
    let (item, author, community) = (Item::Post(post(n)), member(1), Some(community(1)));
    let (reaction, reaction_was) = (Reaction::Thanks, None);
    Given { item, author, community, member: member(by), reaction, reaction_was }.into()
}
