//! The schema as graphql-eslint, the Relay compiler and graphql-js see it.

use passerelle_tests::foreign::{assert_all_ok, node};

use super::served::{folder, repository};

#[tokio::test]
async fn tools_accept_the_schema_and_nothing_released_is_broken() {
    let [schema, released] = ["schema/schema.graphql", "schema/released.graphql"].map(repository);
    let arguments = [schema.to_str().unwrap(), released.to_str().unwrap()];
    if let Some(results) = node(&folder("js"), "schema.js", &arguments).await {
        assert_eq!(results.len(), 3);
        assert_all_ok(&results);
    }
}
