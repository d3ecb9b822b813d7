//! A disk that is full under a server: in short what the program `full-disk` does at length.

use passerelle_tests::full_disk::{MISSING, Plan, run};
use passerelle_tests::skipped::skipped;

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_loses_nothing_and_is_gone_on_from_when_there_is_room() {
    let mut told = vec![];
    match run(Plan { lanes: 8, times: 2 }, &mut |line| told.push(line)).await.unwrap() {
        Some(faults) => assert_eq!(faults, Vec::<String>::new(), "{told:#?}"),
        None => skipped("a full disk", MISSING),
    }
}
