//! What is kept of each content, whatever becomes of its text.

use super::*;
use crate::batches::{commented, published, shared};
use crate::given::{community, document, history, member, post};
use domain::document::Moved;
use domain::post::Removed;
use domain::sealed::Sealed;

#[test]
fn each_event_writes_also_when_its_text_is_gone() {
    let to = Audience::Members(vec![member(2), member(3)]);
    let given = history()
        .and(published(1, to.clone(), Sealed::Gone))
        .and(commented(1, 1, None))
        .and(shared(1, to.clone()))
        .and(Moved {
            document: document(1),
            author: member(1),
            audience: Audience::Community(community(1)),
            audience_was: to,
        })
        .and(Removed { post: post(1), author: member(1), community: None });
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put contents item=4:1 kind=0 author=2:1 department=1:1 community=- published_at=1700000001000000 published_on=19675 listed=1
    put contents item=5:1 kind=1 author=2:2 department=1:1 community=3:1 published_at=1700000002000000 published_on=19675 listed=0
    put contents item=6:1 kind=2 author=2:1 department=1:1 community=- published_at=1700000003000000 published_on=19675 listed=1
    update contents item=6:1 community=3:1
    put addressees member=2:2 published_at=1700000001000000 item=4:1
    put addressees member=2:3 published_at=1700000001000000 item=4:1
    put addressees member=2:2 published_at=1700000003000000 item=6:1
    put addressees member=2:3 published_at=1700000003000000 item=6:1
    execute unaddress 2:2 6:1
    execute unaddress 2:3 6:1
    update contents item=4:1 listed=0
    "#);
}
