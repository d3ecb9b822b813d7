//! What is counted and timed of the engine, by the names that `/metrics` shows.

use std::time::Instant;

use journal::{Append, Appended, Error, Journal};
use metrics::Unit;

const APPEND: &str = "passerelle_append_duration_seconds";
const CONFLICTS: &str = "passerelle_conflicts_total";
const LAG: &str = "passerelle_projection_lag_seconds";

/// Describes them, and begins to count at nothing.
pub fn describe_metrics() {
    metrics::describe_histogram!(
        APPEND,
        Unit::Seconds,
        "Time from handing events to the journal to their being durable, or refused"
    );
    metrics::describe_counter!(CONFLICTS, "Commands decided again because their stream had changed");
    metrics::describe_gauge!(LAG, Unit::Seconds, "How long the views have been behind the journal's end");
    metrics::counter!(CONFLICTS).absolute(0);
}

/// A command meets a conflict.
pub(super) fn conflict() {
    metrics::counter!(CONFLICTS).increment(1);
}

/// The views are so far behind.
pub(super) fn lag(behind: std::time::Duration) {
    metrics::gauge!(LAG).set(behind.as_secs_f64());
}

/// Appends, and records how long it took: one figure for all that was handed over together.
pub(super) async fn append(journal: &dyn Journal, appends: Vec<Append>) -> Vec<Result<Appended, Error>> {
    let begun = Instant::now();
    let answers = journal.append(appends).await;
    metrics::histogram!(APPEND).record(begun.elapsed());
    answers
}
