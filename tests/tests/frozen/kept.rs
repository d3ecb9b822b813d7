//! The frozen journal as it is kept: a journal file and the file of its keys, as `export --journal-file` writes them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use domain::event::{Event, Position, Recorded};
use domain::id::MemberId;
use domain::sealed::{Field, Owner, Sealing};
use domain::stream::StreamName;
use domain::{member, post, seen};
use journal::embedded::Embedded;
use journal::{Codec, Digest, Journal, Key, Keys, Slot, Stored};
use passerelle::cloudevents;
use passerelle_tests::history::History;
use passerelle_tests::history::draw::Draw;
use passerelle_tests::history::steps::Steps;
use passerelle_tests::log::{Scratch, store};
use serde_json::Value;

/// Events as they are stored, and their keys.
pub(crate) struct Frozen {
    pub(crate) events: Vec<Stored>,
    keys: Vec<(Owner, Slot)>,
}

/// What reads them.
pub(crate) struct Opened {
    pub(crate) codec: Codec,
    _store: Embedded,
    _folder: Scratch,
}

const JOURNAL: &str = "frozen/journal.jsonl";
const KEYS: &str = "frozen/journal.jsonl.keys";

/// What the examples of events are sealed with, whoever they are of.
const EXAMPLES_KEY: Key = Key([7; 32]);

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

impl Frozen {
    /// What is kept, if anything is.
    pub(crate) fn kept() -> Option<Self> {
        let read = |name| fs::read_to_string(path(name)).ok();
        let (events, keys) = (read(JOURNAL)?, read(KEYS)?);
        let events = events.lines().map(|line| cloudevents::stored(line).unwrap()).collect();
        let keys = keys.lines().map(|line| cloudevents::key(line).unwrap()).collect();
        Some(Self { events, keys })
    }

    /// A history of many actions, of which some keys were destroyed in the end.
    pub(crate) async fn told() -> Self {
        let mut draw = Draw::of(9);
        let steps = Steps(draw.number(), (0..240).map(|_| draw.number()).collect());
        let world = History::told(&steps).await.unwrap().world;
        let recorded = world.events().await.unwrap();
        world.engine.codec().keyring().destroy(&to_forget(&recorded)).await.unwrap();
        let events = world.store.journal.read_all(Position::default(), 1_000).await.unwrap().events;
        Self { events, keys: world.store.keys.list(None, 10_000).await.unwrap() }
    }

    /// The types and versions there are.
    pub(crate) fn versions(&self) -> BTreeSet<(String, u16)> {
        self.events.iter().map(|stored| (stored.kind.to_string(), stored.version)).collect()
    }

    /// With the keys at hand.
    pub(crate) async fn opened(&self) -> Opened {
        let folder = Scratch::new().unwrap();
        let store = store(&folder).await.unwrap();
        store.keys.restore(&self.keys).await.unwrap();
        Opened { codec: Codec::new(store.keys.clone()), _store: store, _folder: folder }
    }

    /// The events, read.
    pub(crate) async fn recorded(&self) -> Vec<Recorded> {
        self.opened().await.codec.decode(&self.events).await.unwrap()
    }

    /// Appends the example of a type and version, at the end of its stream.
    pub(crate) async fn add_example(&mut self, name: &str, version: u16) {
        let mut stored = example(name, version);
        let of_stream = self.events.iter().filter(|other| other.stream == stored.stream);
        stored.revision = of_stream.count() as u64;
        stored.position = Position(self.events.last().map_or(0, |last| last.position.0) + 1);
        stored.digest = journal::codec::digest(&stored).unwrap();
        self.events.push(stored.clone());
        for owner in owners(&stored) {
            if self.keys.iter().all(|(known, _)| *known != owner) {
                self.keys.push((owner, Slot::Key(EXAMPLES_KEY)));
            }
        }
    }

    /// Keeps it.
    pub(crate) fn write(&self) {
        let events: Vec<_> = self.events.iter().map(|stored| cloudevents::line(stored).unwrap()).collect();
        let keys: Vec<_> =
            self.keys.iter().map(|(owner, slot)| cloudevents::key_line(*owner, slot).unwrap()).collect();
        fs::write(path(JOURNAL), events.join("\n") + "\n").unwrap();
        fs::write(path(KEYS), keys.join("\n") + "\n").unwrap();
    }
}

/// The keys of a person, a text and a month: what nobody can read any more is folded too.
fn to_forget(events: &[Recorded]) -> Vec<Owner> {
    let member = events.iter().find_map(|recorded| match &recorded.event {
        Event::Member(member::Event::Registered(e)) => Some(Owner::Personal(e.member)),
        _ => None,
    });
    let text = events.iter().find_map(|recorded| match &recorded.event {
        Event::Post(post::Event::Published(e)) => Some(Owner::Content(e.post.0)),
        _ => None,
    });
    let month = events.iter().find_map(|recorded| match &recorded.event {
        Event::Seen(seen::Event::Viewed(e)) => Some(Owner::Trace(e.month)),
        _ => None,
    });
    [member, text, month].into_iter().flatten().collect()
}

/// The frozen example of a type and version, as it was stored.
fn example(name: &str, version: u16) -> Stored {
    let path = path("../schema/events").join(format!("{name}.v{version}.json"));
    let example: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let text = |field: &str| example[field].as_str().unwrap();
    Stored {
        position: Position::default(),
        id: text("id").parse().unwrap(),
        stream: StreamName::try_new(text("stream")).unwrap(),
        revision: 0,
        kind: name.to_owned().into(),
        version,
        occurred_at: text("occurred_at").parse().unwrap(),
        data: text("data").as_bytes().to_vec(),
        metadata: text("metadata").as_bytes().to_vec(),
        recorded_at: text("recorded_at").parse().unwrap(),
        digest: Digest([0; 32]),
    }
}

/// Whose keys open an event, as its plain fields name them.
fn owners(stored: &Stored) -> Vec<Owner> {
    let data: Value = serde_json::from_slice(&stored.data).unwrap();
    let id = |field: &str| {
        let value = &data["plain"][field];
        value.as_str().or(value["id"].as_str()).unwrap().parse().unwrap()
    };
    let month = |field: &str| data["plain"][field].as_str().unwrap().parse().unwrap();
    let owner = |field: &Field| match field.sealing {
        Sealing::Plain => None,
        Sealing::Personal(of) => Some(Owner::Personal(MemberId(id(of)))),
        Sealing::Content(of) => Some(Owner::Content(id(of))),
        Sealing::Trace(of) => Some(Owner::Trace(month(of))),
        Sealing::Look(of) => Some(Owner::Look(month(of))),
    };
    let declared = Event::declared().find(|declared| declared.name == &*stored.kind).unwrap();
    declared.fields.iter().filter_map(owner).collect()
}
