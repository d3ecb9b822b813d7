//! From `passerelle demo` on an empty folder to its address: an organisation invented, recorded and in the views.
//!
//! `cargo bench -p passerelle-tests -- demo`.

use std::path::Path;
use std::time::Instant;

use passerelle_tests::bench::process::Process;
use passerelle_tests::bench::ratio::median;
use passerelle_tests::log::Scratch;

const ROUNDS: usize = 3;
const LIMIT_S: f64 = 10.0;

/// Measures and says what came of it.
pub(crate) fn measure() {
    let mut seconds = vec![];
    for _ in 0..ROUNDS {
        let folder = Scratch::within(Path::new(env!("CARGO_TARGET_TMPDIR"))).unwrap();
        let begun = Instant::now();
        let mut demo = Process::start("demo", folder.path());
        let recorded = demo.says("acts are recorded");
        demo.says("open http://");
        seconds.push(begun.elapsed().as_secs_f64());
        println!("{recorded}, open after {:.1} s", begun.elapsed().as_secs_f64());
    }
    let seconds = median(seconds);
    let verdict = if seconds < LIMIT_S { "aim reached" } else { "TOO SLOW" };
    println!("demo: open after {seconds:.1} s (under {LIMIT_S} s): {verdict}");
}
