//! What is logged and counted of each request: method, route, status and duration, and nothing that a person wrote.

mod labels;

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use metrics::{SetRecorderError, set_global_recorder};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use labels::Labelled;

const DURATION: &str = "http_request_duration_seconds";
const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 10.0];

/// Installs the process-wide recorder behind the `metrics` macros; the handle renders it at `/metrics`.
/// Every histogram named `…_seconds` has buckets from half a millisecond to ten seconds, and nothing has a label that
/// the policy does not name.
pub fn metrics_recorder() -> Result<PrometheusHandle, BuildError> {
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .build_recorder();
    let handle = recorder.handle();
    set_global_recorder(Labelled(recorder)).map_err(|SetRecorderError(Labelled(it))| SetRecorderError(it))?;
    metrics::describe_histogram!(DURATION, metrics::Unit::Seconds, "Time from request to response head");
    metrics::describe_gauge!(super::websocket::OPEN_SOCKETS, "Open WebSockets");
    Ok(handle)
}

/// Logs and counts a request once it is answered. The path is logged as its route, never as sent.
pub(super) async fn observe(request: Request, next: Next) -> Response {
    let method = name_of(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let started = Instant::now();
    let response = next.run(request).await;
    let took = started.elapsed();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let status = response.status().as_u16();
    metrics::histogram!(DURATION, "method" => method, "route" => route.to_owned(), "status" => status.to_string())
        .record(took);
    tracing::info!(method, route, status, duration_us = took.as_micros() as u64, "answered");
    response
}

/// The name of a known method; anybody can send words for one.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
