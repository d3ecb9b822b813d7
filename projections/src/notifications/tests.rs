//! Who is told of what, and what takes it away.

use super::*;
use crate::batches::{commented, founded, given, hidden, published, submitted};
use crate::given::{History, assert_indexed, campaign, comment, community, history, idea, member, post};
use domain::acknowledgement;
use domain::audience::Audience;
use domain::comment::Added;
use domain::community::Access;
use domain::event::Event;
use domain::idea::{Accepted, Merged};
use domain::membership::{Approved, Invited, Joined, Left, Requested};
use domain::notification::{Pace, Preference};
use domain::post::{AnswerAccepted, Edited, Kind as PostKind, Published, Removed};
use domain::preferences::NotificationChanged;
use domain::reading::{Feed, FeedMarked, NotificationsMarked};
use domain::sealed::Sealed;

fn here() -> Audience {
    Audience::Community(community(1))
}

fn post_of(n: u64, kind: PostKind, audience: Audience, mentions: Vec<MemberId>) -> Published {
    let event = published(n, audience, Sealed::Gone);
    let Event::Post(domain::post::Event::Published(published)) = event else { unreachable!() };
    Published { kind, mentions, ..published }
}

fn comment_of(n: u64, parent: Option<u64>, mentions: Vec<MemberId>) -> Added {
    let Event::Comment(domain::comment::Event::Added(added)) = commented(n, 1, parent) else {
        unreachable!()
    };
    Added { mentions, ..added }
}

fn edited(mentions: Vec<MemberId>) -> Edited {
    let (author, community) = (member(1), Some(community(1)));
    Edited { post: post(1), author, community, language: None, mentions, topics: vec![], body: Sealed::Gone }
}

fn page(given: &History, n: u64, which: Which) -> Vec<Notification> {
    of_viewer(&given.snapshot(), &Viewer::Member(member(n)), which, &Paging::first(50)).unwrap().rows
}

fn kinds(given: &History, n: u64) -> Vec<Kind> {
    page(given, n, Which::All).iter().map(|row| row.kind).collect()
}

fn count(given: &History, n: u64) -> u64 {
    unread(&given.snapshot(), &Viewer::Member(member(n))).unwrap().count
}

#[test]
fn each_event_writes_also_when_its_text_is_gone() {
    let given = history()
        .and(post_of(
            1,
            PostKind::Announcement,
            Audience::Members(vec![member(2), member(3)]),
            vec![member(2)],
        ))
        .by(2, 1)
        .and(comment_of(1, Some(1), vec![member(1), member(4)]))
        .by(1, 1)
        .and(edited(vec![member(5)]))
        .and(Accepted { idea: idea(1), campaign: campaign(1), author: member(3), reason: Sealed::Gone })
        .and(Requested { community: community(1), member: member(4) });
    insta::assert_snapshot!(given.writes(&PROJECTION), @"
    put notifications member=2:2 at=1700000001000000 notification=b:1 kind=7 item=4:1 actor=2:1
    put notifications member=2:3 at=1700000001000000 notification=b:1 kind=7 item=4:1 actor=2:1
    put notifications member=2:1 at=1700000002000000 notification=b:2 kind=1 item=5:1 actor=2:2
    put notifications member=2:4 at=1700000002000000 notification=b:2 kind=0 item=5:1 actor=2:2
    execute mention_anew 2:5 1700000003000000 b:3 4:1 2:1
    put notifications member=2:3 at=1700000004000000 notification=b:4 kind=3 item=8:1 actor=2:1
    execute tell_moderators 3:1 1700000005000000 b:5 2:4
    ");
}

#[test]
fn an_answer_is_told_to_whom_it_answers_and_to_nobody_else() {
    let given = given().and(post_of(1, PostKind::Question, here(), vec![]));
    let given = given.by(2, 1).and(comment_of(1, None, vec![member(4)]));
    let told = page(&given, 1, Which::All);
    assert_eq!((told[0].kind, told[0].about), (Kind::Answer, About::Item(Item::Comment(comment(1)))));
    assert_eq!((told[0].by, told[0].read, told.len()), (Some(member(2)), false, 1));
    assert_eq!((kinds(&given, 2), kinds(&given, 3), kinds(&given, 4)), (vec![], vec![], vec![Kind::Mention]));
    let accepted = AnswerAccepted {
        post: post(1),
        author: member(1),
        community: Some(community(1)),
        comment: comment(1),
        answerer: member(2),
        comment_was: None,
    };
    assert_eq!(kinds(&given.by(1, 1).and(accepted), 2), [Kind::AnswerAccepted]);
}

#[test]
fn nobody_is_told_of_their_own_acts() {
    let given = given().by(1, 1).and(post_of(1, PostKind::Announcement, here(), vec![member(1)]));
    let given = given.and(Added { author: member(1), ..comment_of(1, None, vec![member(1)]) });
    let given = given.by(3, 1).and(submitted(1)).and(submitted(2));
    let (author, into_author) = (member(3), member(3));
    let merged = Merged { idea: idea(1), campaign: campaign(1), author, into: idea(2), into_author };
    let given = given.and(merged);
    assert_eq!((kinds(&given, 1), kinds(&given, 3)), (vec![], vec![]));
}

#[test]
fn an_announcement_is_told_to_who_is_in_the_community_until_they_acknowledge_it() {
    let joined = |n| Joined { community: community(1), member: member(n) };
    let given = given().and(joined(4)).and(post_of(1, PostKind::Announcement, here(), vec![])).and(joined(5));
    assert_eq!((kinds(&given, 4), kinds(&given, 3)), (vec![Kind::Announcement], vec![]));
    assert_eq!(kinds(&given, 5), [], "it was made before they came");
    assert_eq!(count(&given, 4), 1);
    let acknowledged = acknowledgement::Given {
        post: post(1),
        author: member(1),
        community: Some(community(1)),
        member: member(4),
    };
    let given = given.by(4, 1).and(acknowledged);
    assert_eq!((page(&given, 4, Which::All)[0].read, count(&given, 4)), (true, 0));
    assert_eq!(kinds(&given.and(Left { community: community(1), member: member(4) }), 4), []);
}

#[test]
fn what_is_removed_hidden_or_no_longer_mentions_takes_its_notification_away() {
    let given = given().and(post_of(1, PostKind::Update, here(), vec![member(4)]));
    assert_eq!(kinds(&given, 4), [Kind::Mention]);
    let removed = Removed { post: post(1), author: member(1), community: Some(community(1)) };
    assert_eq!(kinds(&given.clone().and(removed), 4), []);
    assert_eq!(kinds(&given.clone().and(hidden(Item::Post(post(1)), None)), 4), []);
    let unnamed = given.clone().and(edited(vec![member(5)]));
    assert_eq!((kinds(&unnamed, 4), kinds(&unnamed, 5)), (vec![], vec![Kind::Mention]));
    let again = unnamed.and(edited(vec![member(4), member(5)]));
    assert_eq!((kinds(&again, 4), kinds(&again, 5)), (vec![Kind::Mention], vec![Kind::Mention]));
}

#[test]
fn access_that_is_lost_takes_notifications_away() {
    let there = Audience::Community(community(2));
    let given =
        given().and(founded(2, Access::Request)).and(post_of(1, PostKind::Update, there, vec![member(4)]));
    assert_eq!(kinds(&given, 4), []);
    let given = given.and(Joined { community: community(2), member: member(4) });
    assert_eq!(kinds(&given, 4), [Kind::Mention]);
    assert_eq!(kinds(&given.and(Left { community: community(2), member: member(4) }), 4), []);
}

#[test]
fn an_invitation_and_a_request_are_told_while_they_wait() {
    let at = community(2);
    let given = given().and(founded(2, Access::Invitation)).and(Invited { community: at, member: member(4) });
    assert_eq!((page(&given, 4, Which::All)[0].about, count(&given, 4)), (About::Community(at), 1));
    assert_eq!(kinds(&given.and(Joined { community: at, member: member(4) }), 4), []);

    let given = crate::batches::given().and(founded(2, Access::Request)).by(4, 1);
    let given = given.and(Requested { community: at, member: member(4) });
    let told = page(&given, 1, Which::All);
    assert_eq!(
        (told[0].kind, told[0].by, told[0].about),
        (Kind::Request, Some(member(4)), About::Community(at))
    );
    let given = given.by(1, 1).and(Approved { community: at, member: member(4) });
    assert_eq!((kinds(&given, 1), kinds(&given, 4)), (vec![], vec![Kind::RequestDecided]));
}

#[test]
fn what_was_read_is_marked_one_by_one_or_up_to_a_time() {
    let given = given().and(post_of(1, PostKind::Update, here(), vec![member(4)])).and(post_of(
        2,
        PostKind::Update,
        here(),
        vec![member(4)],
    ));
    let up_to = given.time();
    let given = given.and(post_of(3, PostKind::Update, here(), vec![member(4)]));
    let first = page(&given, 4, Which::All).last().unwrap().id;
    let marked = given.clone().and(NotificationsMarked { member: member(4), notifications: vec![first] });
    assert_eq!((count(&marked, 4), page(&marked, 4, Which::Unread).len()), (2, 2));
    let feed = Feed::Notifications;
    let all = given.and(FeedMarked { feed, member: member(4), up_to: up_to.into(), up_to_was: None.into() });
    let read: Vec<_> = page(&all, 4, Which::All).iter().map(|row| row.read).collect();
    assert_eq!((read, count(&all, 4)), (vec![false, true, true], 1));
}

#[test]
fn what_is_not_wanted_in_the_inbox_is_told_by_mail_alone() {
    let preference = Preference { inbox: false, mail: Pace::Daily };
    let preference_was = Preference::by_default(Kind::Mention);
    let (of, notification) = (member(4), Kind::Mention);
    let given = given().and(post_of(1, PostKind::Update, here(), vec![member(4)]));
    let given = given.and(NotificationChanged { member: of, notification, preference, preference_was });
    assert_eq!((kinds(&given, 4), page(&given, 4, Which::Untold).len()), (vec![], 1));
}

#[test]
fn by_their_ids_everybody_finds_their_own() {
    let given = given().and(Joined { community: community(1), member: member(4) });
    let given = given.and(post_of(1, PostKind::Announcement, here(), vec![member(4)]));
    let ids: Vec<_> = page(&given, 4, Which::All).iter().map(|row| row.id).collect();
    assert_eq!(ids.len(), 2, "the announcement, and that it mentions them");
    let found = |viewer| by_ids(&given.snapshot(), &viewer, &ids).unwrap().len();
    assert_eq!((found(Viewer::Member(member(4))), found(Viewer::Member(member(5)))), (2, 0));
    assert_eq!(found(Viewer::Operator), 0);
    let published = given.events.last().unwrap();
    let mut concerning: Vec<_> = [4, 5].map(|n| rows::concerning(published, member(n)).len()).into();
    concerning.push(ids.iter().filter(|id| rows::concerning(published, member(4)).contains(id)).count());
    assert_eq!(concerning, [2, 1, 2], "of a community's announcement anybody may be told");
}

#[test]
fn no_page_scans_or_sorts() {
    let snapshot = given().snapshot();
    for list in [&OWN, &OWN_UNREAD, &OWN_UNTOLD, &ANNOUNCED, &ANNOUNCED_UNREAD, &ANNOUNCED_UNTOLD] {
        for from_end in [false, true] {
            assert_indexed(&snapshot, &list.sql(2, 2, from_end));
        }
    }
}
