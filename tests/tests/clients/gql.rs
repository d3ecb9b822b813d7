//! gql for Python, over aiohttp and websockets: queries, mutations, subscriptions, errors.

use passerelle_tests::foreign::{assert_all_ok, python, python_script};

use super::served::{TOKEN, folder, kept, served};

#[tokio::test(flavor = "multi_thread")]
async fn gql_asks_changes_follows_and_is_refused() {
    let folder = folder("python");
    let Some(python) = python(&folder, &kept(), "client.py").await else { return };
    let served = served().await;
    let arguments = [served.url.as_str(), TOKEN, &served.community];
    let results = python_script(&python, &folder.join("client.py"), &arguments).await;
    assert_eq!(results.len(), 6);
    assert_all_ok(&results);
    served.server.stop().await.unwrap();
}
