//! Views from zero beside one thread that writes the same rows into the same empty tables.
//!
//! `cargo bench -p passerelle-tests -- views`. Measured is an engine that starts upon a journal without views,
//! until its views hold everything: read, decoded, folded and written. The reference writes, in transactions of 10,000
//! events, the rows that each of them leaves changed as they then stand, in the order of their keys, with one plain
//! prepared statement a table: folding, merging, triggers and look-ups are over before it begins. The digests of all
//! tables must be the same.

use std::path::Path;
use std::time::Instant;

use domain::event::{Position, Recorded};
use journal::embedded::Embedded;
use journal::{Codec, Journal};
use passerelle_tests::bench::organisation::Organisation;
use passerelle_tests::bench::ratio::{Ratio, in_turns, median};
use passerelle_tests::bench::rows::Rows;
use passerelle_tests::log::{Scratch, start, store};
use projections::{Views, digest};

const EVENTS: usize = 200_000;
const TRANSACTION: usize = 10_000;
const ROUNDS: usize = 5;

async fn pages(store: &Embedded, mut take: impl FnMut(Vec<Recorded>)) {
    let codec = Codec::new(store.keys.clone());
    let mut after = Position::default();
    loop {
        let page = store.journal.read_all(after, TRANSACTION).await.unwrap();
        if page.events.is_empty() {
            return;
        }
        after = page.next;
        take(codec.decode(&page.events).await.unwrap());
    }
}

/// Events a second.
fn rate(begun: Instant) -> f64 {
    EVENTS as f64 / begun.elapsed().as_secs_f64()
}

/// Views from zero as the engine builds them, in a folder of their own.
async fn from_zero(store: &Embedded, within: &Path) -> (f64, Vec<digest::TableDigest>) {
    let folder = Scratch::within(within).unwrap();
    let begun = Instant::now();
    let engine = start(store, folder.path()).unwrap();
    engine.catch_up().await.unwrap();
    (rate(begun), digest::digest(&engine.snapshot().unwrap()).unwrap())
}

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let within = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = Scratch::within(within).unwrap();
    let store = store(&folder).await.unwrap();
    let codec = Codec::new(store.keys.clone());
    Organisation::of(EVENTS).append(&*store.journal, &codec).await.unwrap();

    let mut rows = Rows::watched(&folder.path().join("watched.db"));
    pages(&store, |events| rows.take(&events)).await;
    let (_, expected) = from_zero(&store, within).await;
    let (reference, measured) = in_turns(
        ROUNDS,
        async || {
            let path = folder.path().join("reference.db");
            let views = Views::build_to(&path).unwrap();
            let begun = Instant::now();
            rows.write(&path);
            let rate = rate(begun);
            assert_eq!(digest::digest(&views.snapshot().unwrap()).unwrap(), expected, "other rows");
            Rows::remove(&path);
            rate
        },
        async || from_zero(&store, within).await.0,
    )
    .await;
    println!("{}", Ratio { what: "views from zero, events", measured, reference, floor: 0.5, aim: 0.8 });
    println!(
        "   {:.2} rows written an event by the reference, {:.2} rows standing an event at the end",
        rows.written() as f64 / EVENTS as f64,
        expected.iter().map(|table| table.rows).sum::<u64>() as f64 / EVENTS as f64
    );
    let mut alone = vec![];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        pages(&store, |events| assert!(!events.is_empty())).await;
        alone.push(rate(begun));
    }
    println!("   reading and decoding alone: {:.0}/s", median(alone));
}
