//! An import killed again and again, and taken up each time.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use passerelle_tests::chance::Chance;
use passerelle_tests::log::{Scratch, as_in, demonstration, events_in, views_in, write};
use passerelle_tests::program::{command, done};
use passerelle_tests::recorded;

/// How often it is killed, and under which seed.
const KILLS: u32 = 20;
const SEED: u64 = 11;
/// Enough for several batches of the journal.
const ACTIVITIES: usize = 2_500;
/// Soon after a batch has gone in.
const JUST: Duration = Duration::from_millis(50);

/// Runs an import and kills it after a while: of its running, or of the journal's having grown.
fn kill_import(folder: &Path, log: &str, after: Duration, from: Option<usize>) {
    let mut import = command(folder, &["import", log]);
    let mut child = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    if let Some(before) = from {
        while reached(folder) <= before && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// How many events a folder holds by now. Its last file is made when the first can be read.
fn reached(folder: &Path) -> usize {
    if folder.join("looks.db").exists() { recorded::length(folder) } else { 0 }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_again_and_again_comes_to_the_same_as_one_that_was_not() {
    let scratch = Scratch::new().unwrap();
    let [whole, killed, log] = ["whole", "killed", "log"].map(|name| scratch.path().join(name));
    write(&demonstration(ACTIVITIES).unwrap(), &log).unwrap();
    let log = log.to_str().unwrap();
    let begun = Instant::now();
    done(&whole, &["import", log]);
    let took = begun.elapsed();
    let expected = events_in(&whole).await.unwrap();

    let mut chance = Chance::seeded(SEED);
    let mut lengths = vec![0];
    for kill in 1..=KILLS {
        // Most moments are anywhere; some are such that the next batch has just gone in.
        let grows = (kill % 5 == 0).then(|| lengths[lengths.len() - 1]);
        let after = chance.within(if grows.is_some() { JUST } else { took / 3 });
        kill_import(&killed, log, after, grows);
        lengths.push(reached(&killed));
    }
    assert!(lengths.is_sorted(), "nothing that was there is gone: {lengths:?}");
    let halfway = lengths.iter().filter(|length| (1..expected.len()).contains(*length)).count();
    assert!(halfway > 0, "it was killed on the way: {lengths:?} of {}", expected.len());
    done(&killed, &["import", log]);
    let events = events_in(&killed).await.unwrap();
    assert_eq!(events.len(), expected.len(), "after {lengths:?}");
    for (event, other) in as_in(events, &expected).iter().zip(&expected) {
        assert_eq!(event, other);
    }
    assert_eq!(views_in(&killed).unwrap(), views_in(&whole).unwrap());
}
