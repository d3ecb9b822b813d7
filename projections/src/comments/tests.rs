//! Threads in order, with the places of what was removed.

use super::*;
use crate::batches::{commented, given, published};
use crate::engagement::by_items;
use crate::given::{comment, community, history, member, post};
use domain::audience::Audience;
use domain::comment::{Edited, Removed};
use domain::sealed::Sealed;

fn edited() -> Edited {
    let (author, post, community) = (member(2), post(1), Some(community(1)));
    let comment = comment(1);
    Edited {
        comment,
        author,
        post,
        community,
        language: None,
        mentions: vec![],
        topics: vec![],
        body: Sealed::Gone,
    }
}

fn removed() -> Removed {
    Removed { comment: comment(1), author: member(2), post: post(1), community: Some(community(1)) }
}

#[test]
fn each_event_writes_also_when_its_text_is_gone() {
    let given = history().and(commented(1, 1, None)).and(edited()).and(removed());
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put comments comment=5:1 post=4:1 parent=- author=2:2 community=3:1 added_at=1700000001000000 removed=0 edited_at=- revision=1 language=- topics="safety" mentions=["2:1"] body="Yes."
    update comments comment=5:1 edited_at=1700000002000000 revision=2 language=- topics=- mentions=- body=-
    update comments comment=5:1 removed=1 body=-
    "#);
}

#[test]
fn threads_stand_in_order_and_what_was_removed_keeps_its_place() {
    let here = Audience::Community(community(1));
    let given =
        given().and(published(1, here, Sealed::Gone)).and(commented(1, 1, None)).and(commented(2, 1, None));
    let given = given.and(commented(3, 1, Some(1))).and(removed());
    let snapshot = given.snapshot();
    let page = on_posts(&snapshot, &Viewer::Operator, &[post(1)], &Paging::first(9)).unwrap().remove(0);
    let shown: Vec<_> = page.rows.iter().map(|row| (row.id, row.removed)).collect();
    assert_eq!(shown, [(comment(1), true), (comment(2), false)]);
    let counts = by_items(&snapshot, &Viewer::Operator, &[comment(1).0, comment(2).0]).unwrap();
    assert_eq!(
        counts.iter().map(|(id, counts)| (*id, counts.comments)).collect::<Vec<_>>(),
        [(comment(1).0, 1)]
    );
    let below =
        answers(&snapshot, &Viewer::Operator, &[(post(1), comment(1))], &Paging::first(9)).unwrap().remove(0);
    assert_eq!((below.rows[0].id, below.rows[0].body.as_deref()), (comment(3), Some("Yes.")));
    assert_eq!(by_ids(&snapshot, &Viewer::Operator, &[comment(2)]).unwrap().len(), 1);
}
