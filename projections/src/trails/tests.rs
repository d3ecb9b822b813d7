//! Where trails lead, whatever becomes of texts, places and communities.

use super::*;
use crate::batches::{founded, given, published, shared};
use crate::given::{History, community, document, history, member, post};
use domain::community::{Access, AccessChanged};
use domain::document::Moved;
use domain::post::{Edited, Published};
use domain::sealed::Sealed;
use rusqlite::Row;

fn about(n: u64, topics: &[&str], mentions: Vec<MemberId>) -> Published {
    let event = published(n, Audience::Community(community(1)), Sealed::Gone);
    let Event::Post(post::Event::Published(published)) = event else { unreachable!() };
    Published { topics: topics.iter().map(|word| word.parse().unwrap()).collect(), mentions, ..published }
}

fn edited(topics: &[&str], mentions: Vec<MemberId>) -> Edited {
    Edited {
        post: post(1),
        author: member(1),
        community: Some(community(1)),
        language: None,
        mentions,
        topics: topics.iter().map(|word| word.parse().unwrap()).collect(),
        body: Sealed::Gone,
    }
}

#[test]
fn each_event_writes_also_when_its_text_is_gone() {
    let moved = Moved {
        document: document(1),
        author: member(1),
        audience: Audience::Members(vec![member(2)]),
        audience_was: Audience::Community(community(1)),
    };
    let given = history()
        .and(about(1, &["oven"], vec![member(1), member(2)]))
        .and(edited(&["flour"], vec![member(3)]))
        .and(shared(1, Audience::Community(community(1))))
        .and(moved);
    insta::assert_snapshot!(given.writes(&PROJECTION), @r#"
    put trails source=2:1 published_at=1700000001000000 item=4:1 community=3:1 open=3:1
    put trails source=73e5c87a6074552a:a08f6068e338aa6c published_at=1700000001000000 item=4:1 community=3:1 open=3:1
    put mentioned member=2:2 published_at=1700000001000000 item=4:1
    execute retrail 4:1 2:1
    execute trail 4:1 2:1 fb508c16995c5205:b5512d46144fabfb
    execute mention 4:1 2:3
    put trails source=2:1 published_at=1700000003000000 item=6:1 community=3:1 open=3:1
    execute move_trails 6:1 -
    "#);
}

fn rows(given: &History, sql: &str) -> Vec<String> {
    let read = |row: &Row<'_>| row.get::<_, String>(0);
    given.snapshot().rows(sql, &[], read).unwrap()
}

const OPEN: &str = "SELECT lower(hex(item)) || ' ' || ifnull(open, '-') FROM trails ORDER BY item, source";

/// What `OPEN` says of document 1: whether everybody may read it.
fn open(given: &History) -> Vec<String> {
    rows(given, OPEN).iter().filter_map(|row| Some(row.split_once(' ')?.1.to_owned())).collect()
}

#[test]
fn a_trail_is_open_while_everybody_may_read_there() {
    let change = |access, access_was| AccessChanged { community: community(1), access, access_was };
    let given = given().and(shared(1, Audience::Community(community(1))));
    assert_eq!(open(&given), ["1"]);
    let given = given.and(change(Access::Request, Access::Open));
    assert_eq!(open(&given), ["0"]);
    assert_eq!(open(&given.and(change(Access::Open, Access::Request))), ["1"]);
}

#[test]
fn a_document_takes_its_trails_along() {
    let (here, there) = (Audience::Community(community(1)), Audience::Community(community(2)));
    let moved =
        Moved { document: document(1), author: member(1), audience: there, audience_was: here.clone() };
    let given = given().and(founded(2, Access::Invitation)).and(shared(1, here)).and(moved);
    assert_eq!(open(&given), ["0"]);
}

#[test]
fn an_edit_says_topics_and_mentions_as_they_now_stand() {
    let given = given().and(about(1, &["oven", "flour"], vec![member(2), member(3)]));
    let given = given.and(edited(&["flour", "salt"], vec![member(3), member(4)]));
    let words = |given: &History| {
        let sources = rows(given, "SELECT lower(hex(source)) FROM trails");
        let is = |word: &&&str| sources.contains(&topic_id(word).simple().to_string());
        ["oven", "flour", "salt"].iter().filter(is).copied().collect::<Vec<_>>()
    };
    assert_eq!(words(&given), ["flour", "salt"]);
    let mentioned = rows(&given, "SELECT lower(hex(member)) FROM mentioned ORDER BY member");
    assert_eq!(mentioned, [member(3), member(4)].map(|id| id.0.simple().to_string()));
}
