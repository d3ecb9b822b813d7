//! Imports of real records, until they are durable and in the views, beside appends of the same stored events.
//!
//! `cargo bench -p passerelle-tests -- import`. The reference appends what the import left in the journal, a
//! thousand events at a time, to an empty one. Records that are absent are skipped by name.

use std::path::Path;
use std::time::Instant;

use domain::event::Position;
use journal::sqlite::SqliteJournal;
use journal::{Append, Journal, Proposed, Stored};
use passerelle::activity_log::source::Folder;
use passerelle_tests::bench::ratio::{Ratio, in_turns};
use passerelle_tests::log::{Scratch, World};
use passerelle_tests::records;
use uuid::Uuid;

const ROUNDS: usize = 3;
const TOGETHER: usize = 1_000;

/// Imports into an empty world; events a second.
async fn import(source: &Folder, within: &Path) -> (f64, World) {
    let world = World::open(Scratch::within(within).unwrap()).await.unwrap();
    let begun = Instant::now();
    let summary = world.import(source).await.unwrap();
    (summary.recorded as f64 / begun.elapsed().as_secs_f64(), world)
}

async fn stored(world: &World) -> Vec<Stored> {
    let (mut all, mut after) = (vec![], Position::default());
    loop {
        let page = world.engine.journal().read_all(after, 10_000).await.unwrap();
        if page.events.is_empty() {
            return all;
        }
        after = page.next;
        all.extend(page.events);
    }
}

fn again(stored: &Stored) -> Append {
    let event = stored.clone();
    Append {
        stream: event.stream,
        expected: event.revision,
        recorded_at: event.recorded_at,
        events: vec![Proposed {
            id: event.id,
            kind: event.kind,
            version: event.version,
            occurred_at: event.occurred_at,
            data: event.data,
            metadata: event.metadata,
            digest: event.digest,
        }],
    }
}

/// Appends to an empty journal; events a second.
async fn append(events: &[Stored], within: &Path) -> f64 {
    let folder = Scratch::within(within).unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.db"), Uuid::nil()).await.unwrap();
    let batches: Vec<Vec<Append>> =
        events.chunks(TOGETHER).map(|batch| batch.iter().map(again).collect()).collect();
    let begun = Instant::now();
    for batch in batches {
        assert!(journal.append(batch).await.iter().all(Result::is_ok));
    }
    events.len() as f64 / begun.elapsed().as_secs_f64()
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let within = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for name in records::NAMES {
        let folder = match records::find(name) {
            Ok(folder) => Folder(folder),
            Err(skipped) => {
                println!("{skipped}");
                continue;
            }
        };
        let events = stored(&import(&folder, within).await.1).await;
        let (reference, measured) = in_turns(
            ROUNDS,
            async || append(&events, within).await,
            async || import(&folder, within).await.0,
        )
        .await;
        println!("{name}, {} events", events.len());
        println!("   {}", Ratio { what: "an imported event", measured, reference, floor: 0.1, aim: 0.25 });
    }
}
