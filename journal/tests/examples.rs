//! The frozen examples in `schema/events/`: every event ever written this way must still read, for ever.
//!
//! For a new type or version, `cargo test -p passerelle-journal --test examples -- --ignored` writes the file that is
//! missing. One that is there is never written again.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

use async_trait::async_trait;
use domain::audience::Audience;
use domain::campaign::Voting;
use domain::community::Access;
use domain::document::Contents;
use domain::event::{Agent, Event, Metadata, Opener, Origin, Position, Unreadable};
use domain::follow::Followed;
use domain::id::{CommandId, CommunityId, EventId, Item, MemberId, PostId};
use domain::notification::{Kind as Told, Pace, Preference};
use domain::organisation::Role;
use domain::poll;
use domain::post::Kind;
use domain::reaction::Reaction;
use domain::reading::Feed;
use domain::sealed::Owner;
use domain::stream::StreamName;
use domain::time::Weekday;
use domain::token::Scope;
use domain::webhook;
use journal::codec::digest;
use journal::form::Form;
use journal::{Codec, Digest, Draft, Error, Key, Keys, Slot, Stored};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

/// An example as it is kept. `data` and `metadata` are the exact bytes of the journal.
#[derive(Serialize, Deserialize)]
struct Example {
    id: EventId,
    stream: String,
    revision: u64,
    r#type: String,
    version: u16,
    occurred_at: String,
    recorded_at: String,
    data: String,
    metadata: String,
    digest: String,
    /// What the sealed fields say, opened with the key of 32 bytes of seven.
    opens: BTreeMap<String, Value>,
}

/// One key for everybody: what is tested is the form.
struct Sevens;

#[async_trait]
impl Keys for Sevens {
    async fn get(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error> {
        Ok(owners.iter().map(|_| Slot::Key(Key([7; 32]))).collect())
    }
    async fn get_or_create(&self, owners: &[Owner]) -> Result<Vec<Slot>, Error> {
        self.get(owners).await
    }
    async fn destroy(&self, _owners: &[Owner]) -> Result<(), Error> {
        Ok(())
    }
    async fn list(&self, _after: Option<Owner>, _limit: usize) -> Result<Vec<(Owner, Slot)>, Error> {
        Ok(vec![])
    }
    async fn restore(&self, _slots: &[(Owner, Slot)]) -> Result<(), Error> {
        Ok(())
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/events")
}

fn kept() -> Vec<Example> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()).collect()
}

fn stored(example: &Example) -> Stored {
    let byte = |n: usize| u8::from_str_radix(&example.digest[2 * n..2 * n + 2], 16).unwrap();
    Stored {
        position: Position(1),
        id: example.id,
        stream: StreamName::try_new(&example.stream).unwrap(),
        revision: example.revision,
        kind: example.r#type.clone().into(),
        version: example.version,
        occurred_at: example.occurred_at.parse().unwrap(),
        data: example.data.clone().into_bytes(),
        metadata: example.metadata.clone().into_bytes(),
        recorded_at: example.recorded_at.parse().unwrap(),
        digest: Digest(std::array::from_fn(byte)),
    }
}

#[tokio::test]
async fn every_event_ever_written_still_reads_and_verifies() {
    let codec = Codec::new(Arc::new(Sevens));
    let examples = kept();
    assert!(examples.len() >= Event::declared().count(), "each type has an example at least");
    for example in &examples {
        let stored = stored(example);
        let label = format!("{} v{}", example.r#type, example.version);
        assert_eq!(codec.verify(std::slice::from_ref(&stored)).await.unwrap(), [None], "{label}");
        let read = codec.decode(std::slice::from_ref(&stored)).await.unwrap().remove(0);
        assert_eq!(read.event.name(), example.r#type);
        let parts = read.event.parts().unwrap();
        for part in parts.sealed {
            let said: Value = serde_json::from_slice(&part.value.expect("it opens")).unwrap();
            assert_eq!(Some(&said), example.opens.get(part.name), "{label}: {}", part.name);
        }
        let declared = Event::declared().find(|declared| declared.name == example.r#type).unwrap();
        if declared.version == example.version {
            let form = Form::read(&stored.data).unwrap();
            assert_eq!(parts.plain, form.plain, "{label} is written as it was, byte for byte");
        }
    }
}

#[tokio::test]
async fn what_is_written_today_is_what_was_written() {
    for example in kept() {
        if let Some(again) = write(&example.r#type, example.version).await {
            assert_eq!(again.data, example.data, "{} v{}", example.r#type, example.version);
            assert_eq!(again.digest, example.digest, "{} v{}", example.r#type, example.version);
        }
    }
}

#[tokio::test]
#[ignore = "writes the examples that are missing"]
async fn missing_examples_are_written() {
    for declared in Event::declared() {
        for version in 1..=declared.version {
            let path = folder().join(format!("{}.v{version}.json", declared.name));
            if path.try_exists().unwrap() {
                continue;
            }
            let example =
                write(declared.name, version).await.expect("how the older version looked, in `LACKED`");
            let text = serde_json::to_string_pretty(&example).unwrap() + "\n";
            fs::write(path, text).map_err(|error: io::Error| error.to_string()).unwrap();
        }
    }
}

/// The plain fields that an older version of a type did not have.
const LACKED: &[(&str, u16, &[&str])] = &[
    ("community.founded", 1, &["access"]),
    ("token.issued", 1, &["scopes"]),
    ("organisation.established", 1, &["threshold"]),
    ("organisation.role-granted", 1, &["from"]),
];

/// An example of a type, in a version; nothing for an older one that cannot be written any more.
async fn write(kind: &str, version: u16) -> Option<Example> {
    let declared = Event::declared().find(|declared| declared.name == kind)?;
    let is_plain = |name: &&str| !is_sealed(kind, name);
    let names = declared.fields.iter().map(|field| field.name);
    let said = |name: &str| format!("{name:?}:{}", sample_in(kind, name));
    let plain: Vec<String> = names.clone().filter(is_plain).map(said).collect();
    let event = Event::assemble(kind, &format!("{{{}}}", plain.join(",")), &mut Sample).unwrap();
    let category = kind.split('.').next()?;
    let stream = StreamName::try_new(&format!("{category}-{}", id(category).simple())).unwrap();
    let at = "2026-03-02T09:00:00Z".parse().unwrap();
    let draft = Draft {
        stream,
        expected: 0,
        recorded_at: at,
        events: vec![(EventId(id(kind)), event, metadata(at))],
    };
    let append = Codec::new(Arc::new(Sevens)).encode(vec![draft]).await.unwrap().remove(0);
    let proposed = append.events.into_iter().next()?;
    let mut stored = Stored {
        position: Position(1),
        id: proposed.id,
        stream: append.stream,
        revision: 0,
        kind: proposed.kind,
        version,
        occurred_at: proposed.occurred_at,
        data: proposed.data,
        metadata: proposed.metadata,
        recorded_at: at,
        digest: proposed.digest,
    };
    if version < declared.version {
        let (_, _, lacked) = LACKED.iter().find(|(name, older, _)| *name == kind && *older == version)?;
        let form = Form::read(&stored.data)?;
        let older: Vec<String> =
            names.clone().filter(is_plain).filter(|name| !lacked.contains(name)).map(said).collect();
        let plain = format!("{{{}}}", older.join(","));
        let whole = String::from_utf8(stored.data.clone()).unwrap();
        stored.data = whole.replacen(form.plain, &plain, 1).into_bytes();
        stored.digest = digest(&stored)?;
    }
    let opens =
        names.filter(|name| is_sealed(kind, name)).map(|name| (name.to_owned(), sample_in(kind, name)));
    Some(Example {
        id: stored.id,
        stream: stored.stream.to_string(),
        revision: 0,
        r#type: kind.to_owned(),
        version,
        occurred_at: stored.occurred_at.to_string(),
        recorded_at: at.to_string(),
        data: String::from_utf8(stored.data).unwrap(),
        metadata: String::from_utf8(stored.metadata).unwrap(),
        digest: stored.digest.to_string(),
        opens: opens.collect(),
    })
}

fn is_sealed(kind: &str, field: &str) -> bool {
    let declared = Event::declared().find(|declared| declared.name == kind).unwrap();
    let plain = domain::sealed::Sealing::Plain;
    declared.fields.iter().any(|known| known.name == field && known.sealing != plain)
}

/// Opens each sealed field as its sample.
struct Sample;

impl Opener for Sample {
    fn open(&mut self, field: &'static str, _owner: Owner) -> Result<Option<Vec<u8>>, Unreadable> {
        Ok(Some(serde_json::to_vec(&sample(field)).unwrap()))
    }
}

fn id(name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes())
}

fn metadata(occurred_at: domain::time::Time) -> Metadata {
    Metadata {
        actor: Some(MemberId(id("actor"))),
        department: None,
        agent: Agent::Person,
        on_behalf_of: None,
        automatic: false,
        command_id: CommandId(id("command")),
        input: None,
        correlation_id: None,
        causation_id: None,
        facts_at: None,
        occurred_at,
        local_day: occurred_at.utc().date_naive().into(),
        origin: Origin::Live,
        source_id: None,
    }
}

/// A value for a field of a type: some types mean something else by a name.
fn sample_in(kind: &str, field: &str) -> Value {
    match (kind, field) {
        ("seen.searched", "results") => json!([{"department": id("department"), "count": 2}]),
        ("look.figures-consulted", "first") => json!("2026-02-02"),
        ("look.figures-consulted", "last") => json!("2026-03-01"),
        ("look.figures-consulted", "cut") => json!("2026-03-01"),
        ("look.figures-consulted", "figures") => json!(["habit", "departments.habit"]),
        ("look.figures-consulted", "group") => {
            json!({"kind": "department", "department": id("department"), "subtree": true})
        }
        ("organisation.established", "threshold") => json!(12),
        ("organisation.role-granted", "from") => json!("2026-03-09T00:00:00Z"),
        (_, "from") => json!("2026-01-05"),
        _ => sample(field),
    }
}

/// A value for each field; whatever is not named here is an id.
fn sample(field: &str) -> Value {
    fn of(value: impl Serialize) -> Value {
        serde_json::to_value(value).unwrap()
    }
    let sentence = |about: &str| json!(format!("Une phrase: {about} – « fin »"));
    match field {
        "time_zone" => json!("Europe/Paris"),
        "time_zone_was" => json!("UTC"),
        "language" => json!("fr"),
        "language_was" => json!("en"),
        "anonymous" => json!(false),
        "pinned" => json!(true),
        "source" => json!("https://example.org/people"),
        "departments" | "mentions" | "told" => json!([id(field)]),
        "topics" => json!(["réunions"]),
        "publish_at" => json!("2026-03-09T07:00:00Z"),
        "code" => json!("COMMUNITY_ARCHIVED"),
        "option_count" => json!(2),
        "rule" => of(poll::Rule::Several),
        "results" => of(poll::Results::Closed),
        "options" => json!(["Lundi", "Mardi"]),
        "chosen" => json!([1, 2]),
        "chosen_was" => json!([2]),
        "until" | "closes_at" | "valid_from" => json!("2026-04-01T00:00:00.000001Z"),
        "closes_at_was" => json!("2026-03-31T00:00:00Z"),
        "days" => of([Weekday::Monday, Weekday::Saturday]),
        "added" | "removed" => json!(["2026-05-01"]),
        "month" => json!("2026-03"),
        "role" => of(Role::Coach),
        "access" => of(Access::Request),
        "access_was" => of(Access::Open),
        "kind" => of(Kind::Question),
        "audience" => of(Audience::Community(CommunityId(id("community")))),
        "audience_was" => of(Audience::Members(vec![MemberId(id("member"))])),
        "reaction" => of(Reaction::Useful),
        "reaction_was" => of(Reaction::Like),
        "feed" => of(Feed::Community(CommunityId(id("community")))),
        "notification" => of(Told::Answer),
        "preference" => of(Preference { inbox: true, mail: Pace::Weekly }),
        "preference_was" => of(Preference::by_default(Told::Answer)),
        "pace" => of(Pace::Daily),
        "count" => json!(3),
        "notifications" => json!([id(field)]),
        "up_to" => json!("2026-03-02T08:30:00Z"),
        "up_to_was" => json!("2026-03-01T08:30:00Z"),
        "followed" => of(Followed::Topic("réunions".parse().unwrap())),
        "item" => of(Item::Post(PostId(id("post")))),
        "contents" => of(Contents::Link),
        "link" => json!("https://example.org/plan"),
        "number" | "value_was" => json!(2),
        "value" => json!(3),
        "voting" => of(Voting::Points { budget: 10 }),
        "scopes" => of([Scope::Write]),
        "issuer" => json!("https://id.example.org"),
        "secret_sha256" => json!("00".repeat(32)),
        "subject" => json!("export"),
        "email" | "email_was" => json!(format!("{field}@example.org")),
        "name" | "name_was" | "title" | "body" | "summary" | "summary_was" | "reason" | "outcome"
        | "words" => sentence(field),
        _ => sample_of_webhook(field).unwrap_or_else(|| json!(id(field))),
    }
}

/// A value for a field that webhooks alone have.
fn sample_of_webhook(field: &str) -> Option<Value> {
    Some(match field {
        "event_types" => json!(["post.published"]),
        "scope" => json!(webhook::Scope::All),
        "fields" => json!(webhook::Fields::Opened),
        "cause" => json!(webhook::Cause::Failing),
        "url" => json!("https://example.org/hook"),
        "secret" => json!("whsec_AAAA"),
        _ => return None,
    })
}
