//! One byte changed anywhere in a copied journal is found, and named by stream and revision.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::sync::Arc;

use domain::community::{Access, Founded};
use domain::event::{Event, Metadata};
use domain::id::{CommandId, CommunityId, EventId, MemberId};
use domain::sealed::{Owner, Sealed};
use domain::stream::StreamName;
use journal::check::check;
use journal::{Codec, Draft, Journal};
use passerelle_tests::contract::sqlite::SqliteFixture;
use passerelle_tests::contract::{Fixture, Store, at, fresh};
use rusqlite::Connection;
use uuid::Uuid;

const COMMUNITY: CommunityId = CommunityId(Uuid::from_u128(4));

fn metadata() -> Metadata {
    let json = format!(
        r#"{{"command_id":"{}","occurred_at":"1970-01-01T00:00:07Z","local_day":"1970-01-01"}}"#,
        CommandId(Uuid::from_u128(1))
    );
    serde_json::from_str(&json).unwrap()
}

/// Two communities of one founder, in a journal that nothing is wrong with.
async fn written() -> (SqliteFixture, Store, Codec) {
    let fixture = SqliteFixture::empty().await.unwrap();
    let store = SqliteFixture::open(&fixture.address()).await;
    let codec = Codec::new(Arc::clone(&store.keys));
    let draft = |community: CommunityId| {
        let event: Event = Founded {
            community,
            leader: MemberId(Uuid::from_u128(2)),
            access: Access::Open,
            name: "Bakers".to_owned().into(),
            summary: "For all who bake".to_owned().into(),
        }
        .into();
        let events = vec![(EventId(fresh()), event, metadata())];
        Draft { stream: StreamName::community(community), expected: 0, recorded_at: at(8), events }
    };
    let drafts = vec![draft(COMMUNITY), draft(CommunityId(Uuid::from_u128(5)))];
    for answer in store.journal.append(codec.encode(drafts).await.unwrap()).await {
        answer.unwrap();
    }
    assert_eq!(findings(&*store.journal, &codec).await, Vec::<String>::new());
    (fixture, store, codec)
}

async fn findings(journal: &dyn Journal, codec: &Codec) -> Vec<String> {
    let mut findings = Vec::new();
    check(journal, codec, |finding| findings.push(finding.to_string())).await.unwrap();
    findings
}

#[tokio::test]
async fn one_byte_changed_anywhere_is_named() {
    let (fixture, store, codec) = written().await;
    let db = Connection::open(fixture.folder.join("journal.db")).unwrap();
    db.execute_batch("DROP TRIGGER events_are_not_updated").unwrap();
    let named = format!("event 0 of {}: ", StreamName::community(COMMUNITY));
    for column in ["data", "metadata", "digest", "id"] {
        let select = format!("SELECT {column} FROM events WHERE position = 1");
        let whole: Vec<u8> = db.query_row(&select, [], |row| row.get(0)).unwrap();
        let update = format!("UPDATE events SET {column} = ? WHERE position = 1");
        for byte in 0..whole.len() {
            let mut changed = whole.clone();
            changed[byte] ^= 1 << (byte % 8);
            db.execute(&update, [&changed]).unwrap();
            let found = findings(&*store.journal, &codec).await;
            assert!(found.len() == 1 && found[0].starts_with(&named), "{column} {byte}: {found:?}");
        }
        db.execute(&update, [&whole]).unwrap();
    }
    assert_eq!(findings(&*store.journal, &codec).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_hole_another_type_and_a_missing_key_are_named() {
    let (fixture, store, codec) = written().await;
    let db = Connection::open(fixture.folder.join("journal.db")).unwrap();
    db.execute_batch("DROP TRIGGER events_are_not_updated").unwrap();
    for (change, undo, says) in [
        ("revision = 1", "revision = 0", "revision 0 should come here"),
        ("type = 'community.sung'", "type = 'community.founded'", "digest"),
        ("version = 9", "version = 2", "digest"),
        ("occurred_at = 1", "occurred_at = 7000000", "digest"),
    ] {
        db.execute_batch(&format!("UPDATE events SET {change} WHERE position = 1")).unwrap();
        let found = findings(&*store.journal, &codec).await.join("\n");
        assert!(found.contains(StreamName::community(COMMUNITY).as_str()) && found.contains(says), "{found}");
        db.execute_batch(&format!("UPDATE events SET {undo} WHERE position = 1")).unwrap();
    }
    let other = SqliteFixture::empty().await.unwrap();
    let codec = Codec::new(SqliteFixture::open(&other.address()).await.keys);
    assert!(findings(&*store.journal, &codec).await[0].contains("key of its field name is missing"));
}

#[tokio::test]
async fn what_is_gone_still_verifies() {
    let (_fixture, store, codec) = written().await;
    codec.keyring().destroy(&[Owner::Content(COMMUNITY.0)]).await.unwrap();
    assert_eq!(findings(&*store.journal, &codec).await, Vec::<String>::new());
    let read = store.journal.read_stream(&StreamName::community(COMMUNITY), 0, 1).await.unwrap();
    let Event::Community(domain::community::Event::Founded(founded)) =
        codec.decode(&read).await.unwrap().remove(0).event
    else {
        panic!("a community was founded");
    };
    assert_eq!((founded.name, founded.summary), (Sealed::Gone, Sealed::Gone));
}
