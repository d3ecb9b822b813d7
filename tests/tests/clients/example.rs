//! The client of `docs/client`: its types are those of the schema, it compiles, and it does what it says.

use passerelle_tests::foreign::{assert_all_ok, node, npm_installed, npm_program};
use passerelle_tests::log::Scratch;

use super::served::{TOKEN, folder, repository, served};

#[tokio::test(flavor = "multi_thread")]
async fn the_typed_client_is_generated_compiles_and_goes_on_over_a_lost_connection() {
    let client = repository("docs/client");
    if !npm_installed(&client, "docs/client").await {
        return;
    }
    // Fails, naming the files, where what is kept in src/gql is not what the schema gives.
    npm_program(&client, "graphql-codegen", &["--config", "codegen.yml", "--check"]).await;
    // Beside the modules that it needs.
    let compiled = Scratch::within(&client.join("node_modules")).unwrap();
    let out = compiled.path().to_str().unwrap();
    npm_program(&client, "tsc", &["--outDir", out]).await;
    std::fs::write(compiled.path().join("package.json"), r#"{"type":"module"}"#).unwrap();
    let served = served().await;
    let arguments = [served.url.as_str(), TOKEN, &served.community, out];
    if let Some(results) = node(&folder("js"), "example.js", &arguments).await {
        assert_eq!(results.len(), 1);
        assert_all_ok(&results);
    }
    served.server.stop().await.unwrap();
}
