//! What is answered without a token, and what stands in the log.

use std::time::Duration;

use passerelle::http::{Readiness, Settings, Transport, metrics_recorder};

use super::client::{get, query, send};
use super::schema::small;
use super::server::{self, tokens};

async fn standing(readiness: Readiness) -> u16 {
    let transport = Transport::new(small(), tokens(), Settings::default()).ready_when(move || readiness);
    let server = server::of(transport).await;
    assert_eq!(get(server.address, "/healthz").await.status, 200);
    get(server.address, "/readyz").await.status
}

#[tokio::test]
async fn a_server_whose_views_are_stopped_or_far_behind_is_not_ready() {
    assert_eq!(standing(Readiness::Ready).await, 200);
    assert_eq!(standing(Readiness::Behind(Duration::from_secs(9))).await, 200);
    assert_eq!(standing(Readiness::Behind(Duration::from_secs(11))).await, 503);
    assert_eq!(standing(Readiness::Stopped).await, 503);
}

#[tokio::test]
async fn figures_are_for_this_machine_alone() {
    let transport =
        Transport::new(small(), tokens(), Settings::default()).with_metrics(metrics_recorder().unwrap());
    let server = server::of(transport).await;
    query(server.address, "{ hello }").await;
    send(server.address, "BREW /graphql?query=pepper HTTP/1.1", b"").await;
    let figures = get(server.address, "/metrics").await;
    assert_eq!(figures.status, 200);
    // Other tests of this process are counted too.
    let counted = r#"http_request_duration_seconds_count{method="POST",route="/graphql",status="200"} "#;
    let count = figures.body.lines().find_map(|line| line.strip_prefix(counted)?.parse::<u64>().ok());
    assert!(count.is_some_and(|count| count > 0), "{}", figures.body);
    assert!(!figures.body.contains("BREW") && !figures.body.contains("pepper"), "{}", figures.body);
    let passed_on = "GET /metrics HTTP/1.1\r\nx-forwarded-for: 203.0.113.9";
    assert_eq!(send(server.address, passed_on, b"").await.status, 403);
}
