//! Structured logs on standard error: one JSON object a line, with ids, codes and durations; never a body, a name,
//! an address, a token or a search word.

use tracing_subscriber::EnvFilter;

/// Starts logging; an unreadable filter means `info`.
pub(super) fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let started =
        tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
