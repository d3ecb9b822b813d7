//! Server-sent events: the bytes of the protocol, and the client of npm `graphql-sse`.

use std::time::Duration;

use passerelle::http::Settings;

use super::javascript;
use super::schema::small;
use super::server::{self, TOKEN};

#[tokio::test(flavor = "multi_thread")]
async fn events_keep_the_protocol() {
    let settings = Settings { ping_interval: Duration::from_millis(200), max_held: 2, ..Settings::default() };
    let server = server::start(small(), settings).await;
    let url = format!("http://{}/graphql", server.address);
    if let Some(results) = javascript::run("events.js", &[&url, TOKEN]).await {
        assert!(results.len() >= 11, "{}", results.len());
        javascript::assert_all_ok(&results);
    }
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("a clean end").unwrap();
}
