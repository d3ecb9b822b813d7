//! What is in somebody's feed, why, and what no longer is.

use super::*;
use crate::batches::{commented, founded, given, hidden, published, shared};
use crate::given::{History, assert_indexed, comment, community, document, member, post};
use domain::audience::Audience;
use domain::comment::Added;
use domain::community::{Access, AccessChanged};
use domain::event::Event;
use domain::follow::{Begun, Ended};
use domain::membership::{Joined, Left};
use domain::post::{Published, Removed};
use domain::reading::FeedMarked;
use domain::sealed::Sealed;

fn here(n: u64) -> Audience {
    Audience::Community(community(n))
}

fn write(n: u64, audience: Audience, topics: &[&str], mentions: Vec<MemberId>) -> Published {
    let event = published(n, audience, Sealed::Gone);
    let Event::Post(domain::post::Event::Published(published)) = event else { unreachable!() };
    Published { topics: topics.iter().map(|word| word.parse().unwrap()).collect(), mentions, ..published }
}

fn topic(word: &str) -> Followed {
    Followed::Topic(word.parse().unwrap())
}

fn follows(n: u64, followed: Followed) -> Begun {
    Begun { followed, member: member(n) }
}

fn page(given: &History, n: u64, paging: &Paging<ByTime>) -> Page<Entry> {
    of_viewer(&given.snapshot(), &Viewer::Member(member(n)), paging).unwrap()
}

/// What is in the feed of member 4.
fn items(given: &History) -> Vec<Item> {
    page(given, 4, &Paging::first(20)).rows.iter().map(|entry| entry.item).collect()
}

fn posts<const N: usize>(numbers: [u64; N]) -> Vec<Item> {
    numbers.map(|n| Item::Post(post(n))).to_vec()
}

#[test]
fn each_thing_is_there_once_with_every_reason() {
    let given = given().and(Joined { community: community(1), member: member(4) });
    let given = given.and(follows(4, Followed::Member(member(1)))).and(follows(4, topic("oven")));
    let given = given.and(write(1, here(1), &["oven", "salt"], vec![member(4), member(5)]));
    let entry = page(&given, 4, &Paging::first(20)).rows.remove(0);
    assert_eq!((entry.item, entry.author), (Item::Post(post(1)), member(1)));
    assert_eq!(entry.reasons.len(), 4, "{:?}", entry.reasons);
    for reason in [
        Reason::Community(community(1)),
        Reason::Followed(Followed::Member(member(1))),
        Reason::Followed(topic("oven")),
        Reason::Mentioned,
    ] {
        assert!(entry.reasons.contains(&reason), "{reason:?}");
    }
    assert_eq!(items(&given), posts([1]));
}

#[test]
fn one_reason_is_enough() {
    let given =
        given().and(founded(2, Access::Open)).and(Joined { community: community(1), member: member(4) });
    let given = given.and(follows(4, topic("oven")));
    let given = given
        .and(write(1, here(1), &[], vec![]))
        .and(write(2, here(2), &["oven"], vec![]))
        .and(write(3, here(2), &[], vec![member(4)]))
        .and(write(4, Audience::Members(vec![member(4)]), &[], vec![]))
        .and(write(5, here(2), &["flour"], vec![]));
    let reasons: Vec<_> =
        page(&given, 4, &Paging::first(20)).rows.into_iter().flat_map(|entry| entry.reasons).collect();
    let expected = [
        Reason::Addressed,
        Reason::Mentioned,
        Reason::Followed(topic("oven")),
        Reason::Community(community(1)),
    ];
    assert_eq!(reasons, expected);
    let given = given.and(follows(4, Followed::Member(member(1))));
    assert_eq!(items(&given), posts([5, 4, 3, 2, 1]));
    let ended = given.and(Ended { followed: Followed::Member(member(1)), member: member(4) });
    assert_eq!(items(&ended), posts([4, 3, 2, 1]));
}

#[test]
fn what_one_loses_access_to_is_gone_at_once() {
    let given = given().and(founded(2, Access::Request)).and(follows(4, Followed::Member(member(1))));
    let given = given
        .and(follows(4, topic("oven")))
        .and(write(1, here(2), &["oven"], vec![member(4)]))
        .and(write(2, here(1), &["oven"], vec![]));
    assert_eq!(items(&given), posts([2]));
    let given = given.and(Joined { community: community(2), member: member(4) });
    assert_eq!(items(&given), posts([2, 1]));
    let left = given.clone().and(Left { community: community(2), member: member(4) });
    assert_eq!(items(&left), posts([2]));
    let change = |n, access, access_was| AccessChanged { community: community(n), access, access_was };
    let opened = left.and(change(2, Access::Open, Access::Request));
    assert_eq!(items(&opened), posts([2, 1]));
    let closed = opened.and(change(1, Access::Invitation, Access::Open));
    assert_eq!(items(&closed), posts([1]));
    let removed = closed.and(Removed { post: post(1), author: member(1), community: Some(community(2)) });
    assert_eq!(items(&removed), []);
}

#[test]
fn what_is_hidden_is_left_out_and_not_counted() {
    let given = seven();
    assert_eq!(unread(&given.snapshot(), &Viewer::Member(member(4))).unwrap().count, 7);
    let given = given.and(hidden(Item::Post(post(6)), None));
    assert!(!items(&given).contains(&Item::Post(post(6))));
    assert_eq!(unread(&given.snapshot(), &Viewer::Member(member(4))).unwrap().count, 6);
}

#[test]
fn a_comment_is_there_for_whom_it_mentions_while_its_post_is() {
    let Event::Comment(domain::comment::Event::Added(added)) = commented(1, 1, None) else { unreachable!() };
    let mention = Added { mentions: vec![member(2), member(4)], ..added };
    let given = given().and(write(1, here(1), &[], vec![])).and(mention);
    assert_eq!(items(&given), [Item::Comment(comment(1))]);
    assert_eq!(page(&given, 2, &Paging::first(9)).rows, [], "whoever mentions themselves knows");
    let removed = given.and(Removed { post: post(1), author: member(1), community: Some(community(1)) });
    assert_eq!(items(&removed), []);
}

/// Six posts, half of them for two reasons, and a document.
fn seven() -> History {
    let given = given().and(Joined { community: community(1), member: member(4) });
    let given = given.and(follows(4, topic("oven"))).and(follows(4, topic("flour")));
    let given = (1..=6).fold(given, |given, n| {
        let topics: &[&str] = if n % 2 == 0 { &["oven", "flour"] } else { &[] };
        given.and(write(n, here(1), topics, vec![]))
    });
    given.and(shared(1, here(1)))
}

#[test]
fn pages_meet_without_gap_or_repeat_in_both_directions() {
    let given = seven();
    let all = items(&given);
    assert_eq!((all.len(), all[0]), (7, Item::Document(document(1))));
    let (mut forward, mut paging) = (vec![], Paging::first(2));
    loop {
        let page = page(&given, 4, &paging);
        forward.extend(page.rows.iter().map(|entry| entry.item));
        if !page.more {
            break;
        }
        paging = Paging::after(page.rows.last().unwrap().key(), 2);
    }
    assert_eq!(forward, all);
    let (mut backward, mut before) = (vec![], None);
    loop {
        let page = page(&given, 4, &Paging { after: None, before, take: Take::Last(3) });
        backward.splice(0..0, page.rows.iter().map(|entry| entry.item));
        if !page.more {
            break;
        }
        before = Some(page.rows[0].key());
    }
    assert_eq!(backward, all);
}

#[test]
fn what_others_published_since_the_mark_is_unread() {
    let given = seven();
    let count = |given: &History, n| unread(&given.snapshot(), &Viewer::Member(member(n))).unwrap();
    assert_eq!(count(&given, 4), Unread { count: 7, more: false });
    assert_eq!(count(&given, 1), Unread::default(), "one's own posts are no news");
    let at = given.time();
    let mark =
        FeedMarked { feed: Feed::Personal, member: member(4), up_to: at.into(), up_to_was: None.into() };
    let given = given.and(mark).and(write(8, here(1), &[], vec![]));
    assert_eq!(count(&given, 4), Unread { count: 1, more: false });
    assert_eq!(count(&given, 3), Unread::default());
}

#[test]
fn more_lists_than_one_statement_holds_are_merged_all_the_same() {
    let given = (1..=620).fold(given(), |given, n| given.and(follows(4, topic(&format!("topic{n}")))));
    let given =
        given.and(write(1, here(1), &["topic3"], vec![])).and(write(2, here(1), &["topic617"], vec![]));
    assert_eq!(items(&given), posts([2, 1]));
}

#[test]
fn nobody_but_a_member_has_a_feed() {
    assert_eq!(
        of_viewer(&seven().snapshot(), &Viewer::Operator, &Paging::first(9)).unwrap(),
        Page::default()
    );
}

#[test]
fn no_page_scans_or_sorts() {
    let snapshot = given().snapshot();
    for list in [&IN_COMMUNITY, &ON_TRAIL, &ADDRESSED, &MENTIONING] {
        for from_end in [false, true] {
            assert_indexed(&snapshot, &list.sql(2, 2, from_end));
        }
    }
}
