//! Fills the disk under `passerelle serve` and makes room again, and shows that nothing acknowledged is lost.
//!
//! `cargo build --release && cargo run --release -p passerelle-tests --bin full-disk -- --times 10`

#![allow(clippy::print_stdout, reason = "a program that tells what it does")]

use std::process::ExitCode;

use passerelle_tests::full_disk::{MISSING, Plan, run};
use passerelle_tests::program::{ended, number};

#[tokio::main]
async fn main() -> ExitCode {
    let plan = Plan { lanes: number("lanes", 16) as usize, times: number("times", 10) as u32 };
    let carried_out = async move {
        let faults = run(plan, &mut |line| println!("{line}")).await?;
        Ok(faults.unwrap_or_else(|| {
            println!("skipped: {MISSING}");
            vec![]
        }))
    };
    ended(tokio::spawn(carried_out).await)
}
