//! What cannot run here for want of something: said by name, and a failure where everything must run.

#![allow(clippy::panic, clippy::print_stderr, reason = "a test says what it skipped")]

/// Says that a test is skipped, and what is missing. With `PASSERELLE_CI=1` nothing may be.
#[track_caller]
pub fn skipped(test: &str, missing: &str) {
    let all_must_run = std::env::var_os("PASSERELLE_CI").is_some_and(|ci| ci == "1");
    assert!(!all_must_run, "{test}: {missing}");
    eprintln!("skipped: {test} ({missing})");
}
