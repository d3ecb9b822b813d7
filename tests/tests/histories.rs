//! Histories of every action: brought out and in again, asked about, and folded from nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a history that cannot go on fails"
)]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use domain::command::Command;
use domain::event::{Event, Recorded};
use domain::organisation;
use domain::time::Time;
use passerelle::activity_log::source::Files;
use passerelle_tests::history::History;
use passerelle_tests::history::answers::answers;
use passerelle_tests::history::steps::{OfSteps, Steps};
use passerelle_tests::log::{Failure, Scratch, World};
use passerelle_tests::story::StoppedClock;
use projections::Views;
use projections::digest::{TableDigest, digest};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

/// Histories told in one run, each of so many steps.
const HISTORIES: u32 = 6;
const STEPS: usize = 400;

#[test]
fn histories_of_every_action_come_back_as_they_were() {
    let done = Mutex::new(BTreeSet::new());
    let config = ProptestConfig {
        cases: HISTORIES,
        failure_persistence: None,
        // Each try tells a history: to make one that fails shorter is worth two minutes.
        max_shrink_time: 120_000,
        max_shrink_iters: 10_000,
        ..ProptestConfig::default()
    };
    let told = TestRunner::new(config).run(&OfSteps(STEPS), |steps| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let failed = |failure: Failure| TestCaseError::fail(failure.to_string());
        let actions = runtime.block_on(checked(&steps)).map_err(failed)?;
        done.lock().unwrap().extend(actions);
        Ok(())
    });
    if let Err(failure) = told {
        panic!("{failure}");
    }
    let done = done.into_inner().unwrap();
    let never: Vec<_> = Command::NAMES.iter().filter(|name| !done.contains(*name)).collect();
    assert!(
        never.is_empty(),
        "no history holds {never:?}: propose each in the file of its subject in tests/src/history/, upon what mostly \
         allows it"
    );
}

/// The actions that a history is made of, once it has been looked at from all sides.
async fn checked(steps: &Steps) -> Result<BTreeSet<&'static str>, Failure> {
    let history = History::told(steps).await?;
    let looked_at = async {
        comes_back(&history).await?;
        folds_the_same(&history).await
    };
    looked_at.await.map_err(|failure| format!("{failure}\n{}", history.summary()))?;
    if history.in_vain * 5 > history.sent.len() {
        return Err(format!("{} of {} commands did nothing", history.in_vain, history.sent.len()).into());
    }
    Ok(history.done.into_keys().collect())
}

/// Exported, imported into an empty folder and exported again, it is the same bytes and has the same answers.
async fn comes_back(history: &History) -> Result<(), Failure> {
    let clock = Arc::new(StoppedClock::at(history.now()));
    let again = World::at(clock.clone()).await?;
    let exported = history.world.export().await?;
    again.import(&exported).await?;
    same_files(&exported, &again.export().await?)?;
    clock.set(history.known.minutes(1));
    let a_second_time = again.import(&exported).await?;
    if a_second_time.recorded > 0 {
        return Err(format!("imported a second time: {a_second_time:?}").into());
    }
    let (before, after) = (facts(&history.world).await?, facts(&again).await?);
    if let Some((before, after)) = before.iter().zip(&after).find(|(before, after)| before != after) {
        return Err(format!("{before:?}\nand then {after:?}").into());
    }
    // The service, and some of the members.
    let actors: Vec<_> = history.known.actors().into_iter().step_by(3).collect();
    let told = answers(&history.world, &actors, history.now()).await?;
    for ((what, before), (_, after)) in told.iter().zip(answers(&again, &actors, history.now()).await?) {
        if let Some(difference) = difference(before, &after, what) {
            return Err(difference.into());
        }
    }
    Ok(())
}

/// What happened when.
async fn facts(world: &World) -> Result<Vec<(Time, Event)>, Failure> {
    let mut events = world.events().await?;
    for recorded in &mut events {
        // An organisation that says no source of its ids is given one when it leaves.
        if let Event::Organisation(organisation::Event::Established(established)) = &mut recorded.event {
            established.source = None;
        }
    }
    let facts = events.into_iter().map(|recorded| (recorded.metadata.occurred_at, recorded.event));
    let mut facts: Vec<_> = facts.collect();
    facts.sort_by_key(|(at, _)| *at);
    Ok(facts)
}

fn same_files(before: &Files, after: &Files) -> Result<(), Failure> {
    if !before.keys().eq(after.keys()) {
        return Err(format!("the files are {:?}\nand then {:?}", before.keys(), after.keys()).into());
    }
    for (name, bytes) in before {
        let (before, after) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&after[name]));
        let lines = before.lines().zip(after.lines());
        if let Some((before, after)) = lines.into_iter().find(|(before, after)| before != after) {
            return Err(format!("{name} says {before}\nand then {after}").into());
        }
        if before != after {
            return Err(format!("{name} has {} bytes\nand then {}", before.len(), after.len()).into());
        }
    }
    Ok(())
}

/// The first place where two answers differ, and what stands there.
fn difference(before: &Value, after: &Value, at: &str) -> Option<String> {
    match (before, after) {
        (Value::Object(fields), Value::Object(others)) if fields.len() == others.len() => {
            fields.iter().find_map(|(name, value)| difference(value, &others[name], &format!("{at}.{name}")))
        }
        (Value::Array(values), Value::Array(others)) if values.len() == others.len() => {
            let mut places = values.iter().zip(others).enumerate();
            places.find_map(|(n, (value, other))| difference(value, other, &format!("{at}.{n}")))
        }
        _ if before == after => None,
        _ => Some(format!("{at} is {before}\nand then {after}")),
    }
}

/// Folded from nothing in batches of any size, it leaves the rows that it left as it happened.
async fn folds_the_same(history: &History) -> Result<(), Failure> {
    history.world.engine.catch_up().await?;
    let as_it_happened = digest(&history.world.engine.snapshot()?)?;
    let events = history.world.events().await?;
    for size in [1, 7, 10_000] {
        let folded = in_batches_of(size, &events)?;
        let other = as_it_happened.iter().zip(&folded).find(|(before, after)| before != after);
        if let Some((before, after)) = other {
            return Err(
                format!("in batches of {size} the rows are {after}\nand as it happened {before}").into()
            );
        }
    }
    Ok(())
}

fn in_batches_of(size: usize, events: &[Recorded]) -> Result<Vec<TableDigest>, Failure> {
    let folder = Scratch::new()?;
    let views = Views::open(folder.path())?;
    let mut writer = views.writer()?;
    for batch in events.chunks(size) {
        writer.apply(batch, batch[batch.len() - 1].position)?;
    }
    Ok(digest(&views.snapshot()?)?)
}
