//! What is counted, and whose reaction it is.

use super::*;
use crate::batches::{commented, given, published};
use crate::given::{History, community, history, member, post};
use domain::sealed::Sealed;
use domain::time::Month;

fn reacted(by: u64, reaction: Reaction, reaction_was: Option<Reaction>) -> reaction::Given {
    let (author, community) = (member(1), Some(community(1)));
    reaction::Given {
        item: Item::Post(post(1)),
        author,
        community,
        member: member(by),
        reaction,
        reaction_was,
    }
}

fn seen_by(member: Sealed<MemberId>) -> seen::Viewed {
    let (author, community) = (member_one(), Some(community(1)));
    seen::Viewed { item: Item::Post(post(1)), author, community, month: Month(24_000), member }
}

fn member_one() -> MemberId {
    member(1)
}

fn acts(given: History) -> History {
    given
        .and(commented(1, 1, None))
        .and(reacted(3, Reaction::Like, None))
        .and(reacted(3, Reaction::Thanks, Some(Reaction::Like)))
        .and(seen_by(Sealed::Gone))
        .and(acknowledgement::Given { post: post(1), author: member(1), community: None, member: member(4) })
}

#[test]
fn each_event_writes_also_when_who_saw_it_is_gone() {
    insta::assert_snapshot!(acts(history()).writes(&PROJECTION), @r#"
    upsert engagement item=4:1 comments=+1
    upsert engagement item=4:1 likes=+1
    upsert engagement item=4:1 thanks=+1
    upsert engagement item=4:1 likes=-1
    upsert engagement item=4:1 views=+1
    upsert engagement item=4:1 acknowledgements=+1
    put reactions item=4:1 member=2:3 community=3:1 reaction=0 at=1700000002000000
    put reactions item=4:1 member=2:3 community=3:1 reaction=2 at=1700000003000000
    put acknowledgements post=4:1 member=2:4 community=- at=1700000005000000
    "#);
}

#[test]
fn reactions_and_acknowledgements_are_listed_by_member() {
    let here = domain::audience::Audience::Community(community(1));
    let given = acts(given().and(published(1, here, Sealed::Gone)));
    let snapshot = given.snapshot();
    let reactions =
        reactions_to(&snapshot, &Viewer::Operator, Item::Post(post(1)), &Paging::first(9)).unwrap();
    assert_eq!((reactions.rows[0].member, reactions.rows[0].reaction), (member(3), Reaction::Thanks));
    let given_by = acknowledgements_of(&snapshot, &Viewer::Operator, post(1), &Paging::first(9)).unwrap();
    assert_eq!(given_by.rows[0].0, member(4));
    let seen_by = |n| by_items(&snapshot, &Viewer::Member(member(n)), &[post(1).0, post(2).0]).unwrap();
    let [(item, counts)] = seen_by(4)[..] else { panic!("one post has any") };
    assert_eq!((item, counts.views, counts.acknowledged, counts.own_reaction), (post(1).0, 1, true, None));
    assert_eq!((counts.comments, counts.reactions), (1, [0, 0, 1, 0, 0, 0]));
    let counts = seen_by(3)[0].1;
    assert_eq!((counts.acknowledged, counts.own_reaction), (false, Some(Reaction::Thanks)));
}
