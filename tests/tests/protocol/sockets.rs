//! `graphql-transport-ws`: every close code, and the client of npm `graphql-ws`.

use std::time::Duration;

use passerelle::http::Settings;

use super::javascript;
use super::schema::small;
use super::server::{self, TOKEN};

#[tokio::test(flavor = "multi_thread")]
async fn sockets_keep_the_protocol() {
    let settings = Settings {
        // Long enough for a client that is still at what came before.
        init_timeout: Duration::from_millis(1_500),
        ping_interval: Duration::from_millis(400),
        send_timeout: Duration::from_millis(300),
        max_operations: 4,
        ..Settings::default()
    };
    let server = server::start(small(), settings).await;
    let url = format!("ws://{}/graphql/ws", server.address);
    if let Some(results) = javascript::run("sockets.js", &[&url, TOKEN]).await {
        assert!(results.len() >= 28, "{}", results.len());
        javascript::assert_all_ok(&results);
    }
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("a clean end").unwrap();
}
