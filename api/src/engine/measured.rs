//! What is counted and timed of the engine, by the names that `/metrics` shows.

use std::time::Instant;

use journal::{Append, Appended, Error, Journal};
use metrics::Unit;

const APPEND: &str = "passerelle_append_duration_seconds";
const CONFLICTS: &str = "passerelle_conflicts_total";
const LAG: &str = "passerelle_projection_lag_seconds";
const STOPPED: &str = "passerelle_projection_stopped";

/// Describes them, and begins to count at nothing.
pub fn describe_metrics() {
    metrics::describe_histogram!(
        APPEND,
        Unit::Seconds,
        "Time from handing events to the journal to their being durable, or refused"
    );
    metrics::describe_counter!(CONFLICTS, "Commands decided again because their stream had changed");
    metrics::describe_gauge!(LAG, Unit::Seconds, "How long the views have been behind the journal's end");
    metrics::describe_gauge!(STOPPED, "1 once the views have stopped at an event that cannot be read");
    metrics::counter!(CONFLICTS).absolute(0);
    metrics::gauge!(STOPPED).set(0);
}

/// A command meets a conflict.
pub(super) fn conflict() {
    metrics::counter!(CONFLICTS).increment(1);
}

/// The views are so far behind.
pub(super) fn lag(behind: std::time::Duration) {
    metrics::gauge!(LAG).set(behind.as_secs_f64());
}

/// The views have stopped.
pub(super) fn stopped() {
    metrics::gauge!(STOPPED).set(1);
}

/// Appends, and records how long it took: one figure for all that was handed over together.
pub(super) async fn append(journal: &dyn Journal, appends: Vec<Append>) -> Vec<Result<Appended, Error>> {
    let begun = Instant::now();
    let answers = journal.append(appends).await;
    metrics::histogram!(APPEND).record(begun.elapsed());
    answers
}
