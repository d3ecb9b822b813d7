//! Downloads of a document's file, its reader authenticated and their right to it looked up each time, beside the same
//! bytes from Debian's nginx.
//!
//! `cargo bench -p passerelle-tests -- files`. Both servers are processes of their own and share the processors with
//! the one client; skipped where there is no nginx.

use std::path::Path;
use std::time::Duration;

use passerelle_tests::bench::nginx::Nginx;
use passerelle_tests::bench::process::Process;
use passerelle_tests::bench::ratio::{Ratio, in_turns};
use passerelle_tests::exchange::upload;
use passerelle_tests::founded::Founded;
use passerelle_tests::load::downloads;
use passerelle_tests::log::Scratch;
use passerelle_tests::skipped::skipped;
use serde_json::{Value, json};

const ROUNDS: usize = 5;
const TIME: Duration = Duration::from_secs(2);

/// A size of file: what it is called, its bytes, and on how many connections it is asked for.
struct Size {
    what: &'static str,
    bytes: usize,
    connections: usize,
    floor: f64,
    aim: f64,
}

const SIZES: [Size; 3] = [
    Size { what: "a file of 4 KiB", bytes: 4 << 10, connections: 64, floor: 0.1, aim: 0.2 },
    Size { what: "a file of 256 KiB", bytes: 256 << 10, connections: 16, floor: 0.2, aim: 0.4 },
    Size { what: "a file of 64 MiB", bytes: 64 << 20, connections: 4, floor: 0.4, aim: 0.7 },
];

/// Measures and says what came of it.
pub(crate) async fn measure() {
    let within = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (scratch, beside) = (Scratch::within(within).unwrap(), Scratch::within(within).unwrap());
    let Some(nginx) = Nginx::of(beside.path()) else { return skipped("files", "nginx is not there") };
    let mut process = Process::start("serve", scratch.path());
    let line = process.says("pas_");
    let operator = &line[line.find("pas_").unwrap()..];
    let line = process.says("GraphQL on http://");
    let address = line.trim_start_matches("GraphQL on http://").trim_end_matches("/graphql").parse().unwrap();
    let founded = Founded::of(address, operator, &["Ada"]).await;
    for (number, size) in SIZES.iter().enumerate() {
        let bytes: Vec<u8> = (0..size.bytes).map(|at| (at * 7 + at / 251 + number) as u8).collect();
        std::fs::write(beside.path().join(number.to_string()), &bytes).unwrap();
        let path = shared(&founded, &bytes).await;
        let asked = (size.connections, TIME);
        let (reference, measured) = in_turns(
            ROUNDS,
            async || {
                downloads(nginx.address, asked, ("none", &format!("/{number}")), size.bytes).await.unwrap()
            },
            async || downloads(address, asked, (&founded.tokens[0], &path), size.bytes).await.unwrap(),
        )
        .await;
        println!("{}", Ratio { what: size.what, measured, reference, floor: size.floor, aim: size.aim });
    }
}

/// Uploads a file and shares it; the path it is downloaded from.
async fn shared(founded: &Founded, bytes: &[u8]) -> String {
    let file: Value = upload(founded.address, &founded.tokens[0], bytes, "").await.json();
    let document = json!({
        "audience": { "community": founded.community },
        "name": "Plans",
        "contents": { "file": file },
    });
    let document = founded.made("shareDocument", document, "document").await;
    format!("/documents/{document}/versions/1/content")
}
