//! Figures of records, held against a program of another language that shares nothing with this one: of records that
//! are made up here, and of real ones. Where those are absent that is said and nothing is tested.
//!
//! `cargo test --release -p passerelle-tests --test independent -- --ignored`

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "a test says what it skipped")]

mod compared;
mod made;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

use compared::Compared;
use passerelle::activity_log::source::{Fault, Folder};
use passerelle_tests::log::{Scratch, World};
use passerelle_tests::records;
use passerelle_tests::skipped::skipped;
use serde_json::Value;

/// How the other program ends where it does not understand a record.
const OF_ANOTHER_SHAPE: i32 = 3;

fn other_program(folder: &Path) -> Output {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/independent/figures.py");
    Command::new("python3").arg("-B").arg(program).arg(folder).output().unwrap()
}

/// The records that are made, unless `PASSERELLE_SEEDS` names others.
const SEEDS: &str = "1 2 3 4 5 6 7 10";

/// Whether there is a Python that knows time zones.
fn has_python() -> bool {
    let zones = "import zoneinfo; zoneinfo.ZoneInfo('Europe/Paris')";
    Command::new("python3").args(["-c", zones]).output().is_ok_and(|run| run.status.success())
}

/// Imports a record and compares all that both programs say of it; what the other says, or nothing of a record that
/// is of another shape.
async fn compare(folder: &Path) -> Option<Value> {
    let said = other_program(folder);
    let why = String::from_utf8_lossy(&said.stderr);
    if said.status.code() == Some(OF_ANOTHER_SHAPE) {
        println!("skipped: {} is {}", folder.display(), why.trim());
        return None;
    }
    assert!(said.status.success(), "{}: {why}", folder.display());
    let there: Value = serde_json::from_slice(&said.stdout).unwrap();
    let world = World::empty().await.unwrap();
    let summary = world.import_what_fits(&Folder(folder.to_owned())).await.unwrap();
    assert_eq!(summary.refused.len() as u64, summary.refused_count, "more is refused than is named");
    same_refused(&summary.refused, &there["refused"]);
    world.engine.catch_up().await.unwrap();
    Compared::of(&world, folder).everything(&there);
    Some(there)
}

/// What was left out of a record, by file and line: a line of a table stands for several commands.
fn same_refused(here: &[Fault], there: &Value) {
    let file = |file: &str| file.split('.').next().unwrap().to_owned();
    let named = here.iter().map(|fault| ((file(fault.place.file), fault.place.line), fault));
    let here: BTreeMap<(String, u64), &Fault> = named.collect();
    let files = there.as_object().unwrap().iter();
    let there: BTreeSet<(String, u64)> = files
        .flat_map(|(file, lines)| {
            lines.as_array().unwrap().iter().map(|line| (file.clone(), line.as_u64().unwrap()))
        })
        .collect();
    let unlike: Vec<_> = here.iter().filter(|(place, _)| !there.contains(place)).collect();
    let missing: Vec<_> = there.iter().filter(|place| !here.contains_key(place)).collect();
    assert!(unlike.is_empty() && missing.is_empty(), "refused here: {unlike:#?}, and there: {missing:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_made_records_are_those_of_another_program() {
    if !has_python() {
        return skipped("figures of made records", "python3 with time zones is not there");
    }
    let told = std::env::var_os("PASSERELLE_SEEDS").and_then(|seeds| seeds.into_string().ok());
    for seed in told.as_deref().unwrap_or(SEEDS).split(' ') {
        println!("seed {seed}");
        let folder = Scratch::new().unwrap();
        made::write(seed.parse().unwrap(), folder.path()).unwrap();
        let there = compare(folder.path()).await.unwrap();
        // They hold what they are made to hold.
        assert!(
            there["refused"]["activities"].as_array().unwrap().len() > 20
                && there["addressed"].as_u64() > Some(500)
        );
        assert_eq!(there["refused"]["members"].as_array().unwrap().len(), 1);
        assert!(there["record"]["acts"].as_u64() > there["addressed"].as_u64());
        let people = |of: &Value| of["people"].as_u64().unwrap();
        assert!(
            there["weeks"].as_object().unwrap().values().any(|week| people(week) > people(&there["record"]))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "reads real records that are not part of the repository"]
async fn figures_of_real_records_are_those_of_another_program() {
    let folders = match records::all() {
        Ok(folders) => folders,
        Err(skipped) => return println!("{skipped}"),
    };
    for folder in folders {
        let Some(there) = compare(&folder).await else { continue };
        println!("{}: {} acts", folder.display(), there["record"]["acts"]);
        if folder.ends_with("manufacturing-email") {
            assert_eq!((&there["addressed"], &there["record"]["acts"]), (&82_876.into(), &82_876.into()));
        }
    }
}
