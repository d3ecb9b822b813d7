//! Any size of batches leaves the same rows: tried on generated histories of everything that read models fold.

use domain::audience::Audience;
use domain::community::{self, Access};
use domain::event::Event;
use domain::id::Item;
use domain::reaction::Reaction;
use domain::sealed::Sealed;
use domain::time::{Month, Time};
use domain::{acknowledgement, ballot, bookmark as bo, campaign as c, chart, choice as ch, comment as co};
use domain::{document as d, draft as dr, follow as f, idea as i, member as m, membership as ms};
use domain::{moderation as mo, poll as po, post as p, reaction as r, reading as rd, seen as s};
use proptest::prelude::*;

use crate::digest::digest;
use crate::given::{
    self, History, campaign, comment, community as group, department, document, draft, history, idea, member,
    post,
};

/// The words in which histories of ideas are written.
pub(crate) fn submitted(n: u64) -> Event {
    i::Submitted {
        idea: idea(n),
        campaign: campaign(1),
        author: member(3),
        language: None,
        mentions: vec![],
        topics: vec![],
        title: format!("Idea {n}").into(),
        body: String::new().into(),
    }
    .into()
}

pub(crate) fn cast(n: u64, by: u64, value: i32) -> Event {
    ballot::VoteCast { campaign: campaign(1), idea: idea(n), author: member(3), member: member(by), value }
        .into()
}

pub(crate) fn withdrawn(n: u64, by: u64, value_was: i32) -> Event {
    ballot::VoteWithdrawn {
        campaign: campaign(1),
        idea: idea(n),
        author: member(3),
        member: member(by),
        value_was,
    }
    .into()
}

pub(crate) fn merged(n: u64, into: u64) -> Event {
    let (author, into_author) = (member(3), member(3));
    i::Merged { idea: idea(n), campaign: campaign(1), author, into: idea(into), into_author }.into()
}

pub(crate) fn published(n: u64, audience: Audience, body: Sealed<String>) -> Event {
    p::Published {
        post: post(n),
        author: member(1),
        kind: p::Kind::Update,
        audience,
        language: None,
        mentions: vec![],
        topics: vec![],
        pinned: false,
        body,
    }
    .into()
}

pub(crate) fn founded(n: u64, access: Access) -> Event {
    let (name, summary) = ("Community".to_owned().into(), String::new().into());
    community::Founded { community: group(n), leader: member(1), access, name, summary }.into()
}

pub(crate) fn commented(n: u64, on: u64, parent: Option<u64>) -> Event {
    co::Added {
        comment: comment(n),
        author: member(2),
        post: post(on),
        post_author: member(1),
        community: Some(group(1)),
        parent: parent.map(comment),
        parent_author: parent.map(|_| member(2)),
        language: None,
        mentions: vec![member(1)],
        topics: vec!["safety".parse().unwrap()],
        body: "Yes.".to_owned().into(),
    }
    .into()
}

pub(crate) fn shared(n: u64, audience: Audience) -> Event {
    d::Shared {
        document: document(n),
        author: member(1),
        audience,
        contents: d::Contents::None,
        language: None,
        mentions: vec![],
        topics: vec![],
        name: "Plan".to_owned().into(),
        link: None.into(),
    }
    .into()
}

pub(crate) fn opened(n: u64) -> Event {
    c::Opened {
        campaign: campaign(n),
        author: member(1),
        voting: c::Voting::Opinion,
        closes_at: None,
        language: None,
        mentions: vec![],
        topics: vec![],
        name: "What next?".to_owned().into(),
    }
    .into()
}

pub(crate) fn registered(n: u64, at: u64, name: Sealed<String>) -> Event {
    m::Registered { member: member(n), department: department(at), name, email: None.into() }.into()
}

/// An item of member 1 in community 1, reported.
pub(crate) fn reported(item: Item, by: u64) -> Event {
    let (author, community, member) = (member(1), Some(group(1)), member(by));
    mo::Reported { item, author, community, member, reason: "Unkind".to_owned().into() }.into()
}

/// An item of member 2 in community 1, hidden; below a post if it is a comment.
pub(crate) fn hidden(item: Item, on: Option<u64>) -> Event {
    let (author, community, post) = (member(2), Some(group(1)), on.map(post));
    mo::Hidden { item, author, community, post, campaign: None, reason: "Unkind".to_owned().into() }.into()
}

/// An organisation of two departments and five members, with an open community and a campaign.
pub(crate) fn given() -> History {
    let open =
        |n, parent| chart::Opened { department: department(n), parent, name: format!("Dept {n}").into() };
    let people = history().and(open(1, None)).and(open(2, Some(department(1))));
    let people =
        (1..=5).fold(people, |people, n| people.and(registered(n, 1 + n % 2, format!("Member {n}").into())));
    people.and(founded(1, Access::Open)).and(opened(1))
}

fn audience(b: u64) -> Audience {
    if b.is_multiple_of(2) {
        Audience::Community(group(1))
    } else {
        Audience::Members(vec![member(1 + b % 5), member(6)])
    }
}

fn transferred(n: u64, to: u64) -> Event {
    m::Transferred {
        member: member(n),
        department: department(to),
        department_was: department(1),
        valid_from: Time::try_from_micros(1_600_000_000_000_000 + to.cast_signed()).unwrap(),
    }
    .into()
}

/// One of many events, whether the rules would have let it happen or not: folds do not ask.
fn event((what, a, b): (u8, u64, u64)) -> Event {
    let (author, community) = (member(1), Some(group(1)));
    match what {
        0 => published(a, audience(b), "Text".to_owned().into()),
        1 => commented(a, b, b.is_multiple_of(3).then_some(1)),
        2 => p::Removed { post: post(a), author, community }.into(),
        3 => r::Given {
            item: Item::Post(post(a)),
            author,
            community,
            member: member(b),
            reaction: Reaction::Thanks,
            reaction_was: a.is_multiple_of(2).then_some(Reaction::Like),
        }
        .into(),
        4 => r::Withdrawn {
            item: Item::Post(post(a)),
            author,
            community,
            member: member(b),
            reaction_was: Reaction::Like,
        }
        .into(),
        5 => acknowledgement::Given { post: post(a), author, community, member: member(b) }.into(),
        6 => submitted(a),
        7..=9 => cast(a, b, i32::try_from(b % 3).unwrap() - 1),
        10 => withdrawn(a, b, 1),
        11 => merged(a, b),
        12 => ms::Joined { community: group(1), member: member(a) }.into(),
        13 => ms::Left { community: group(1), member: member(a) }.into(),
        14 => community::LeaderAppointed { community: group(1), leader: member(a), leader_was: member(b) }
            .into(),
        15 => transferred(a, b),
        16 => s::Viewed {
            item: Item::Post(post(a)),
            author,
            community,
            month: Month(24_000),
            member: if b == 1 { Sealed::Gone } else { member(b).into() },
        }
        .into(),
        17 => shared(a, audience(b)),
        18 => {
            d::Moved { document: document(a), author, audience: audience(b), audience_was: audience(b + 1) }
                .into()
        }
        19 => co::Removed { comment: comment(a), author: member(2), post: post(b), community }.into(),
        20..=23 => moderated(what, a, b),
        31..=38 => chosen_or_kept(what, a, b),
        _ => followed((what, a, b)),
    }
}

fn moderated(what: u8, a: u64, b: u64) -> Event {
    let (author, community) = (member(1), Some(group(1)));
    match what {
        20 => reported(Item::Post(post(a)), b),
        21 => hidden(Item::Comment(comment(a)), Some(b)),
        22 => mo::Restored {
            item: Item::Comment(comment(a)),
            author,
            community,
            post: Some(post(b)),
            campaign: None,
            reason: Sealed::Gone,
        }
        .into(),
        _ => mo::Dismissed { item: Item::Post(post(a)), author, community, reason: Sealed::Gone }.into(),
    }
}

/// What decides who follows what, and what they may read of it.
fn followed((what, a, b): (u8, u64, u64)) -> Event {
    let (author, community) = (member(1), Some(group(1)));
    let topics = vec![format!("topic{b}").parse().unwrap()];
    let mentions = vec![member(b), member(b + 1)];
    let by = member(1 + a % 5);
    match what {
        25 => {
            let access = if b.is_multiple_of(2) { Access::Open } else { Access::Request };
            community::AccessChanged { community: group(1), access, access_was: Access::Open }.into()
        }
        26 => p::Published {
            post: post(a),
            author,
            kind: p::Kind::Announcement,
            audience: audience(b),
            language: None,
            mentions,
            topics,
            pinned: false,
            body: Sealed::Gone,
        }
        .into(),
        27 => {
            let body = Sealed::Gone;
            p::Edited { post: post(a), author, community, language: None, mentions, topics, body }.into()
        }
        28 => f::Begun { followed: f::Followed::Topic(topics[0].clone()), member: by }.into(),
        39 => ms::Requested { community: group(1), member: by }.into(),
        40 => ms::ModeratorMade { community: group(1), member: by }.into(),
        29 => f::Ended { followed: f::Followed::Topic(topics[0].clone()), member: by }.into(),
        _ => rd::FeedMarked {
            feed: rd::Feed::Personal,
            member: by,
            up_to: Time::EPOCH.into(),
            up_to_was: None.into(),
        }
        .into(),
    }
}

fn chosen_or_kept(what: u8, a: u64, b: u64) -> Event {
    let (post, author, community, by) = (post(a), member(1), Some(group(1)), member(b));
    let (chosen, chosen_was) = (vec![1 + (b % 2) as u32], vec![2]);
    match what {
        31 => {
            let (rule, results) = (po::Rule::Several, po::Results::Voted);
            let options = vec!["Yes".to_owned(), "No".to_owned()].into();
            let closes_at = None;
            po::Opened { post, author, community, option_count: 2, rule, results, closes_at, options }.into()
        }
        32 => ch::Made { post, author, community, member: by, chosen }.into(),
        33 => ch::Changed { post, author, community, member: by, chosen, chosen_was }.into(),
        34 => ch::Withdrawn { post, author, community, member: by, chosen_was }.into(),
        35 => bo::Kept { member: by, item: Item::Post(post).into() }.into(),
        36 => bo::Dropped { member: by, item: Item::Post(post).into() }.into(),
        37 => drafted(a, b),
        _ => dr::Discarded { draft: draft(a), author: by }.into(),
    }
}

fn drafted(a: u64, b: u64) -> Event {
    dr::Saved {
        draft: draft(a),
        author: member(b),
        kind: p::Kind::Update,
        pinned: false,
        audience: Some(audience(b)).into(),
        language: None.into(),
        mentions: vec![].into(),
        topics: vec![].into(),
        body: "Text".to_owned().into(),
    }
    .into()
}

/// With five of everything to act upon.
fn furnished() -> History {
    (1..=5).fold(given(), |given, n| {
        let with_post = given.and(event((0, n, n))).and(commented(n, n, None));
        with_post.and(submitted(n)).and(shared(n, audience(n)))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_size_of_batches_leaves_the_same_rows(acts in prop::collection::vec((0..41u8, 1..6u64, 1..6u64), 1..120)) {
        let acts = acts.into_iter().zip(10..);
        let given = acts.fold(furnished(), |given, ((what, a, b), number)| {
            // What is created is new: that is what ids derived from commands are for.
            let a = if matches!(what, 0 | 1 | 6 | 17 | 26) { number } else { a };
            given.by(1 + a % 5, 1 + b % 2).and(event((what, a, b)))
        });
        let rows = |size| {
            let built: given::Built = given.views_in_batches(size);
            digest(&built.views.snapshot().unwrap()).unwrap()
        };
        let one_by_one = rows(1);
        prop_assert_eq!(&one_by_one, &rows(7));
        prop_assert_eq!(&one_by_one, &rows(10_000));
    }
}
