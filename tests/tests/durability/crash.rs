//! A server killed under load: in short what the program `crash` does at length.

use std::time::Duration;

use passerelle_tests::crash::{Plan, run};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_under_load_loses_nothing_and_does_nothing_twice() {
    let plan = Plan { kills: 5, seed: 3, lanes: 8, at_most: Duration::from_secs(1) };
    let mut told = vec![];
    let faults = run(plan, &mut |line| told.push(line)).await.unwrap();
    assert_eq!(faults, Vec::<String>::new(), "{told:#?}");
}
