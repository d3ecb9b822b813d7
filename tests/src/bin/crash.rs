//! Kills `passerelle serve` at random moments under load and shows that nothing acknowledged is lost or done twice.
//!
//! `cargo build --release && cargo run --release -p passerelle-tests --bin crash -- --kills 50 [--seed N]`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that tells what it does")]

use std::process::ExitCode;
use std::time::Duration;

use passerelle_tests::crash::{Plan, run};
use passerelle_tests::program::{ended, number};

#[tokio::main]
async fn main() -> ExitCode {
    let plan = Plan {
        kills: number("kills", 50) as u32,
        seed: number("seed", 1),
        lanes: number("lanes", 32) as usize,
        at_most: Duration::from_secs(2),
    };
    println!("seed {}", plan.seed);
    ended(tokio::spawn(async move { run(plan, &mut |line| println!("{line}")).await }).await)
}
