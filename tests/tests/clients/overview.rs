//! The overview of the web pages: its queries are those of the schema, and what it computes by itself is right.

use std::process::Command;

use passerelle_tests::foreign::{ended, npm_installed, npm_program, said};

use super::served::repository;

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_asks_by_the_schema() {
    let codegen = repository("api/web/codegen");
    if !npm_installed(&codegen, "api/web/codegen").await {
        return;
    }
    // Fails, naming the files, where what is kept in src/gql is not what the schema gives.
    npm_program(&codegen, "graphql-codegen", &["--config", "codegen.yml", "--check"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_numbers_windows_and_addresses_of_the_overview_are_as_its_tests_say() {
    let web = repository("api/web");
    if !npm_installed(&web, "api/web").await {
        return;
    }
    let mut npm = Command::new("npm");
    npm.arg("test").current_dir(web);
    said("npm test", &ended(npm).await.unwrap());
}
