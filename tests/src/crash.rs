//! Kills the server at random moments while people act, and starts it again: nothing that was acknowledged may be
//! lost, nothing done twice, and the views must be what a replay gives.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::log::{Failure, Scratch};
use crate::program::{self, Served};
use crate::recorded;
use crate::traffic::{Lane, Organisation, acknowledged, caught_up, last_position};

/// How often, how hard and under which seed.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How often the server is killed.
    pub kills: u32,
    /// What its moments come from.
    pub seed: u64,
    /// Connections at once.
    pub lanes: usize,
    /// The longest that it runs before it is killed.
    pub at_most: Duration,
}

/// People who act.
const PEOPLE: usize = 5;
/// A server that was just started may have views to build.
const LATER: [&str; 1] = ["VIEWS_BEHIND"];

/// Carries a plan out, telling of each kill and of the whole; the faults that were found.
pub async fn run(plan: Plan, tell: &mut (dyn FnMut(String) + Send)) -> Result<Vec<String>, Failure> {
    let scratch = Scratch::new()?;
    let folder = scratch.path();
    let (organisation, mut server) = Organisation::found(folder, PEOPLE, plan.lanes).await;
    let mut lanes = Lane::several(plan.lanes);
    let mut chance = Chance::seeded(plan.seed);
    let mut resent = 0;
    for kill in 1..=plan.kills {
        let before = acknowledged(&lanes);
        let after = chance.within(plan.at_most);
        killed(&organisation, server, &mut lanes, after).await?;
        let in_doubt = lanes.iter().filter_map(Lane::in_doubt).count();
        resent += in_doubt;
        let begun = Instant::now();
        server = Served::start(folder);
        tell(format!(
            "kill {kill} of {}, after {after:.3?}: {} acts acknowledged, {in_doubt} in doubt; back in {:.3?}",
            plan.kills,
            acknowledged(&lanes) - before,
            begun.elapsed()
        ));
    }
    // What is in doubt is sent again, and what is new after it.
    organisation.drive_on(server.address, &mut lanes, &LATER, 2).await?;
    let faults = settled(&organisation, server, folder, &lanes).await?;
    tell(format!(
        "{} kills under seed {}: {} acts acknowledged, {resent} of them sent again; {} faults",
        plan.kills,
        plan.seed,
        acknowledged(&lanes),
        faults.len()
    ));
    Ok(faults)
}

/// Drives all lanes and kills the server meanwhile.
async fn killed(
    organisation: &Organisation,
    server: Served,
    lanes: &mut [Lane],
    after: Duration,
) -> Result<(), Failure> {
    let address = server.address;
    let killer = async {
        tokio::time::sleep(after).await;
        server.kill()
    };
    let driven = organisation.drive_all(address, lanes, &LATER, &|_| false);
    let (driven, said) = tokio::join!(driven, killer);
    driven.map_err(|error| format!("{error}; the server said: {said}").into())
}

/// Ends the server once its views are at the end, and holds the folder against what was acknowledged.
pub async fn settled(
    organisation: &Organisation,
    server: Served,
    folder: &Path,
    lanes: &[Lane],
) -> Result<Vec<String>, Failure> {
    caught_up(&server, organisation.token(), last_position(lanes)).await?;
    let (status, said) = server.terminate();
    let mut faults = vec![];
    if !status.success() {
        faults.push(format!("it did not end well: {status}: {said}"));
    }
    let events = recorded::events(folder);
    faults.extend(recorded::faults(&events, lanes));
    let end = events.last().map(|event| event["position"].clone()).unwrap_or_default();
    let check = program::run(folder, &["check"]);
    let said = String::from_utf8_lossy(&check.stdout);
    if !check.status.success()
        || !said.contains(&format!("the views are what a replay up to position {end} gives"))
    {
        faults.push(format!("check: {said}{}", String::from_utf8_lossy(&check.stderr)));
    }
    Ok(faults)
}
