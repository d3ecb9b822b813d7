//! What is hidden is gone for readers in every list, and for nobody else; reports wait until they are settled.

use super::*;
use crate::batches::{commented, given, hidden as hides, published, reported, submitted};
use crate::given::{History, assert_indexed, campaign, comment, community, history, idea, member, post};
use crate::{campaigns, comments, engagement, feed, ideas, posts};
use domain::audience::Audience;
use domain::membership::{Joined, ModeratorMade};
use domain::moderation::{Dismissed, Restored};
use domain::organisation::{Role, RoleGranted};
use domain::sealed::Sealed;

const READER: fn() -> Viewer = || Viewer::Member(member(5));
const AUTHOR: fn() -> Viewer = || Viewer::Member(member(2));
const MODERATOR: fn() -> Viewer = || Viewer::Member(member(4));
const ADMINISTRATOR: fn() -> Viewer = || Viewer::Member(member(3));

fn dismissed(item: Item, reason: Sealed<String>) -> Dismissed {
    Dismissed { item, author: member(1), community: Some(community(1)), reason }
}

/// Posts 1 and 2 in a community that member 4 moderates, comments of member 2 on the first, two ideas.
fn furnished() -> History {
    let here = || Audience::Community(community(1));
    let text = || "Text".to_owned().into();
    let joined = |n| Joined { community: community(1), member: member(n) };
    let role = Role::Administrator;
    given()
        .and(joined(4))
        .and(ModeratorMade { community: community(1), member: member(4) })
        .and(RoleGranted { member: member(3), role, departments: vec![], from: None, until: None })
        .and(published(1, here(), text()))
        .and(published(2, here(), text()))
        .and(commented(1, 1, None))
        .and(commented(2, 1, None))
        .and(submitted(1))
        .and(submitted(2))
}

#[test]
fn each_event_writes_also_when_its_reason_is_gone() {
    let item = Item::Comment(comment(1));
    let (author, campaign) = (member(2), None);
    let restored = Restored {
        item,
        author,
        community: Some(community(1)),
        post: Some(post(1)),
        campaign,
        reason: Sealed::Gone,
    };
    let given = history().and(reported(item, 3)).and(hides(item, Some(1))).and(restored);
    let given = given.and(dismissed(item, Sealed::Gone));
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put reports report=b:1 item=5:1 kind=1 author=2:1 community=3:1 member=2:3 at=1700000001000000 decision=0 decided_at=- decided_by=- reason="Unkind" decision_reason=-
    put hidden item=5:1 author=2:2 community=3:1 within=4:1 by=2:1 at=1700000002000000 reason="Unkind"
    execute settle reports 5:1 1 1700000002000000 2:1 "Unkind"
    delete hidden item=5:1
    execute settle reports 5:1 2 1700000004000000 2:1 -
    "#);
}

#[test]
fn what_is_hidden_is_gone_for_readers_in_every_list() {
    let hidden_post = |given: History| given.and(hides(Item::Post(post(2)), None));
    let snapshot = hidden_post(furnished()).snapshot();
    let feed = |viewer: &Viewer| {
        let page =
            feed::of_communities(&snapshot, viewer, &[community(1)], &Paging::first(9)).unwrap().remove(0);
        page.rows.iter().map(|entry| entry.item()).collect::<Vec<_>>()
    };
    let both = [Item::Post(post(2)), Item::Post(post(1))];
    assert_eq!(feed(&READER()), [Item::Post(post(1))]);
    for viewer in [AUTHOR(), MODERATOR(), ADMINISTRATOR(), Viewer::Operator] {
        assert_eq!(feed(&viewer), both);
    }
    assert_eq!(posts::by_ids(&snapshot, &READER(), &[post(1), post(2)]).unwrap().len(), 1);
    assert_eq!(posts::by_ids(&snapshot, &MODERATOR(), &[post(1), post(2)]).unwrap().len(), 2);
    assert_eq!(feed::readable(&snapshot, &READER(), &both).unwrap(), [Item::Post(post(1))]);
    assert_eq!(hidden(&snapshot, &AUTHOR(), &[post(2).0]).unwrap()[0].reason.as_deref(), Some("Unkind"));
}

#[test]
fn a_hidden_comment_is_as_one_that_was_removed_and_does_not_count() {
    let snapshot = furnished().and(hides(Item::Comment(comment(1)), Some(1))).snapshot();
    let shown = |viewer: &Viewer| {
        let page = comments::on_posts(&snapshot, viewer, &[post(1)], &Paging::first(9)).unwrap().remove(0);
        page.rows.into_iter().map(|row| (row.removed, row.body.is_some())).collect::<Vec<_>>()
    };
    assert_eq!(shown(&READER()), [(true, false), (false, true)]);
    assert_eq!(shown(&AUTHOR()), [(false, true), (false, true)]);
    let item = Item::Comment(comment(1));
    assert_eq!(feed::readable(&snapshot, &READER(), &[item]).unwrap(), []);
    let counted = engagement::by_items(&snapshot, &READER(), &[post(1).0]).unwrap();
    assert_eq!(counted[0].1.comments, 1);
    let removed =
        domain::comment::Removed { comment: comment(1), author: member(2), post: post(1), community: None };
    let snapshot = furnished().and(hides(item, Some(1))).and(removed).snapshot();
    let counted = engagement::by_items(&snapshot, &READER(), &[post(1).0]).unwrap();
    assert_eq!(counted[0].1.comments, 1, "once, though it is hidden and removed");
}

#[test]
fn a_hidden_idea_is_in_no_ranking_and_does_not_count() {
    let reason = || "Unkind".to_owned().into();
    let of = |n| domain::moderation::Hidden {
        item: Item::Idea(idea(n)),
        author: member(2),
        community: None,
        post: None,
        campaign: Some(campaign(1)),
        reason: reason(),
    };
    let snapshot = furnished().and(of(1)).snapshot();
    let ranking = |viewer: &Viewer| {
        ideas::rankings(&snapshot, viewer, &[campaign(1)], &Paging::first(9)).unwrap()[0].rows.len()
    };
    assert_eq!(
        [READER(), MODERATOR(), AUTHOR(), ADMINISTRATOR()].map(|viewer| ranking(&viewer)),
        [1, 1, 2, 2]
    );
    assert_eq!(campaigns::by_ids(&snapshot, &READER(), &[campaign(1)]).unwrap()[0].ideas, 1);
}

#[test]
fn reports_wait_for_those_who_moderate_until_they_are_settled() {
    let item = Item::Post(post(1));
    let given =
        furnished().and(reported(item, 5)).and(reported(item, 4)).and(reported(Item::Post(post(2)), 5));
    let snapshot = given.clone().by(4, 1).and(dismissed(item, "A joke".to_owned().into())).snapshot();
    let open = |snapshot: &Snapshot, viewer: &Viewer| {
        let page = open_in(snapshot, viewer, &[community(1)], &Paging::first(9)).unwrap().remove(0);
        page.rows.into_iter().map(|report| report.item).collect::<Vec<_>>()
    };
    assert_eq!(open(&given.snapshot(), &MODERATOR()), [item, item, Item::Post(post(2))]);
    assert_eq!(open(&given.snapshot(), &READER()), []);
    assert_eq!(open(&given.snapshot(), &Viewer::Member(member(1))), [], "nobody judges what they wrote");
    assert_eq!(open(&snapshot, &MODERATOR()), [Item::Post(post(2))]);
    let rows = own(&snapshot, &READER(), &Paging::first(9)).unwrap().rows;
    let told =
        rows.iter().map(|report| (report.decision, report.decision_reason.as_deref(), report.decided_by));
    let expected = [(None, None, None), (Some(Decision::Dismissed), Some("A joke"), Some(member(4)))];
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn reports_of_what_is_in_no_community_wait_for_administrators() {
    let reason = "Unkind".to_owned().into();
    let (item, author) = (Item::Idea(idea(1)), member(2));
    let about = domain::moderation::Reported { item, author, community: None, member: member(5), reason };
    let snapshot = furnished().and(about).snapshot();
    let open = |viewer| open_outside(&snapshot, &viewer, &Paging::first(9)).unwrap().rows.len();
    assert_eq!([READER(), MODERATOR(), AUTHOR(), ADMINISTRATOR()].map(open), [0, 0, 0, 1]);
}

#[test]
fn lists_of_reports_are_read_by_their_index() {
    let snapshot = furnished().snapshot();
    for (list, given) in [(&OPEN_IN, 2), (&OPEN_OUTSIDE, 1), (&OWN, 1)] {
        assert_indexed(&snapshot, &list.sql(given, 2, false));
    }
}
