//! Every benchmark in one program, one after the other, or those that are named: `cargo bench -p passerelle-tests` and
//! `cargo bench -p passerelle-tests -- vote feed`. What each measures, and beside what, stands in
//! `docs/benchmarks.md`. None fails on a slow machine: they print, and whoever reads them judges.
#![recursion_limit = "256"]
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a program for measuring")]

mod demo;
mod fanout;
mod feed;
mod figures;
mod files;
mod growth;
mod import;
mod journal;
mod search;
mod views;
mod vote;

use std::process::ExitCode;

use passerelle_tests::bench::process::acted;

const ALL: [&str; 11] =
    ["journal", "vote", "feed", "search", "files", "fanout", "views", "import", "growth", "figures", "demo"];

fn main() -> ExitCode {
    if let Some(code) = acted() {
        return code;
    }
    let named: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let Some(unknown) = named.iter().find(|name| !ALL.contains(&name.as_str())) {
        println!("there is no benchmark called {unknown}; there are {}", ALL.join(", "));
        return ExitCode::FAILURE;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for name in ALL.into_iter().filter(|name| named.is_empty() || named.iter().any(|named| named == name)) {
        println!("== {name}");
        runtime.block_on(measure(name));
    }
    ExitCode::SUCCESS
}

async fn measure(name: &str) {
    match name {
        "journal" => journal::measure().await,
        "vote" => vote::measure().await,
        "feed" => feed::measure().await,
        "search" => search::measure().await,
        "files" => files::measure().await,
        "fanout" => fanout::measure().await,
        "views" => views::measure().await,
        "import" => import::measure().await,
        "growth" => growth::measure().await,
        "figures" => figures::measure().await,
        _ => demo::measure(),
    }
}
