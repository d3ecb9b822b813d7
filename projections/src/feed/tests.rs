//! The stories that feeds tell.

use super::*;
use crate::batches::{commented, founded, given, published, shared};
use crate::given::{History, assert_indexed, comment, community, document, member, post};
use domain::audience::Audience;
use domain::community::Access;
use domain::membership::Joined;
use domain::post::Removed;

const MEMBER: fn(u64) -> Viewer = |n| Viewer::Member(member(n));

fn here() -> Audience {
    Audience::Community(community(1))
}

fn feed(given: &History, viewer: Viewer, paging: &Paging<ByTime>) -> Vec<Item> {
    let page = of_communities(&given.snapshot(), &viewer, &[community(1)], paging).unwrap().remove(0);
    page.rows.iter().map(Entry::item).collect()
}

fn text() -> domain::sealed::Sealed<String> {
    "Text".to_owned().into()
}

#[test]
fn posts_and_documents_stand_newest_first_without_what_was_removed() {
    let given = given()
        .and(published(1, here(), text()))
        .and(shared(1, here()))
        .and(published(2, here(), text()))
        .and(published(3, here(), text()))
        .and(Removed { post: post(2), author: member(1), community: Some(community(1)) });
    let all = [Item::Post(post(3)), Item::Document(document(1)), Item::Post(post(1))];
    assert_eq!(feed(&given, MEMBER(4), &Paging::first(20)), all);
}

#[test]
fn pages_meet_without_gap_or_repeat_in_both_directions() {
    let given = (1..=5).fold(given(), |given, n| given.and(published(n, here(), text())));
    let snapshot = given.snapshot();
    let first =
        of_communities(&snapshot, &Viewer::Operator, &[community(1)], &Paging::first(2)).unwrap().remove(0);
    assert!(first.more);
    let next = Paging::after(first.rows[1].key(), 2);
    assert_eq!(feed(&given, Viewer::Operator, &next), [Item::Post(post(3)), Item::Post(post(2))]);
    let back = Paging { after: None, before: Some(first.rows[1].key()), take: crate::Take::Last(2) };
    assert_eq!(feed(&given, Viewer::Operator, &back), [Item::Post(post(5))]);
}

#[test]
fn a_closed_community_is_read_from_inside_alone() {
    let given =
        given().and(founded(2, Access::Request)).and(published(1, Audience::Community(community(2)), text()));
    let count = |given: &History, viewer: Viewer| {
        of_communities(&given.snapshot(), &viewer, &[community(2)], &Paging::first(5))
            .unwrap()
            .remove(0)
            .rows
            .len()
    };
    assert_eq!(
        (count(&given, MEMBER(1)), count(&given, MEMBER(4)), count(&given, Viewer::Operator)),
        (1, 0, 1)
    );
    assert!(posts::by_ids(&given.snapshot(), &MEMBER(4), &[post(1)]).unwrap().is_empty());
    let joined = given.and(Joined { community: community(2), member: member(4) });
    assert_eq!(count(&joined, MEMBER(4)), 1);
}

#[test]
fn what_is_addressed_is_for_its_addressees_and_author() {
    let given = given().and(published(1, Audience::Members(vec![member(2), member(3)]), text()));
    let snapshot = given.snapshot();
    let read = |n| posts::by_ids(&snapshot, &MEMBER(n), &[post(1)]).unwrap().len();
    assert_eq!((read(1), read(2), read(3), read(4)), (1, 1, 1, 0));
    let to = |viewer, n| addressed_to(&snapshot, &viewer, member(n), &Paging::first(5)).unwrap().rows.len();
    assert_eq!((to(MEMBER(2), 2), to(MEMBER(4), 2), to(MEMBER(1), 2), to(MEMBER(4), 4)), (1, 0, 1, 0));
}

#[test]
fn a_comment_is_readable_where_its_post_is() {
    let given = given().and(published(1, here(), text())).and(commented(1, 1, None));
    let items = [Item::Post(post(1)), Item::Comment(comment(1)), Item::Post(post(9))];
    assert_eq!(readable(&given.snapshot(), &MEMBER(4), &items).unwrap().len(), 2);
}

#[test]
fn no_page_scans_or_sorts() {
    let snapshot = given().snapshot();
    for list in [&OF_COMMUNITY, &ADDRESSED] {
        for from_end in [false, true] {
            assert_indexed(&snapshot, &list.sql(2, 2, from_end));
        }
    }
    for from_end in [false, true] {
        assert_indexed(&snapshot, &crate::ideas::RANKING.sql(2, 3, from_end));
        assert_indexed(&snapshot, &crate::ideas::SUBMITTED.sql(2, 2, from_end));
        assert_indexed(&snapshot, &crate::comments::ON_POST.sql(2, 2, from_end));
        assert_indexed(&snapshot, &crate::comments::ANSWERS.sql(3, 2, from_end));
        assert_indexed(&snapshot, &crate::documents::OF_COMMUNITY.sql(2, 2, from_end));
    }
}
