//! urql: queries, mutations, subscriptions, lost connections, errors.

use passerelle_tests::foreign::{assert_all_ok, node};

use super::served::{TOKEN, folder, served};

#[tokio::test(flavor = "multi_thread")]
async fn urql_asks_changes_follows_reconnects_and_is_refused() {
    let served = served().await;
    if let Some(results) = node(&folder("js"), "urql.js", &[&served.url, TOKEN, &served.community]).await {
        assert_eq!(results.len(), 6);
        assert_all_ok(&results);
    }
    served.server.stop().await.unwrap();
}
