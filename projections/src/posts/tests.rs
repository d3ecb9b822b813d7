//! What a post shows.

use super::*;
use crate::batches::{given, published};
use crate::given::{community, history, member, post};
use domain::post::{AnswerAccepted, Edited, Pinned, Removed};
use domain::sealed::Sealed;

fn here() -> Audience {
    Audience::Community(community(1))
}

fn pin() -> Pinned {
    Pinned { post: post(1), author: member(1), community: community(1) }
}

#[test]
fn each_event_writes_also_when_its_text_is_gone() {
    let (author, community) = (member(1), Some(community(1)));
    let comment = crate::given::comment(1);
    let given = history()
        .and(published(1, here(), "Text".to_owned().into()))
        .and(Edited {
            post: post(1),
            author,
            community,
            language: None,
            mentions: vec![],
            topics: vec![],
            body: Sealed::Gone,
        })
        .and(pin())
        .and(AnswerAccepted {
            post: post(1),
            author,
            community,
            comment,
            answerer: member(2),
            comment_was: None,
        })
        .and(Removed { post: post(1), author, community });
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put posts post=4:1 author=2:1 community=3:1 addressees=- published_at=1700000001000000 kind=0 pinned=0 removed=0 edited_at=- revision=1 answer=- language=- topics=- mentions=- body="Text"
    update posts post=4:1 edited_at=1700000002000000 revision=2 language=- topics=- mentions=- body=-
    update posts post=4:1 pinned=1
    update posts post=4:1 revision=4 answer=5:1
    update posts post=4:1 removed=1 body=-
    "#);
}

#[test]
fn pinned_posts_stand_apart_until_they_are_removed() {
    let given = given().and(published(1, here(), Sealed::Gone)).and(pin());
    let found = pinned(&given.snapshot(), &Viewer::Operator, &[community(1)]).unwrap().remove(0).rows;
    assert_eq!((found[0].id, &found[0].body), (post(1), &None));
    let given = given.and(Removed { post: post(1), author: member(1), community: Some(community(1)) });
    assert!(pinned(&given.snapshot(), &Viewer::Operator, &[community(1)]).unwrap()[0].rows.is_empty());
}
