//! Random operations, of ours and of schemathesis: nothing breaks, nothing takes long, and every answer has the shape
//! that the schema promises. `PASSERELLE_FUZZ=20000` asks for so many operations, `PASSERELLE_FUZZ_SEED` for others.

use std::process::Command;

use domain::decision::Actor;
use passerelle_tests::foreign::{ended, node, python, said};
use passerelle_tests::log::{World, demonstration};
use passerelle_tests::server::Server;
use serde_json::{Value, json};

use super::served::{TOKEN, folder, kept, member, repository, serve};

/// A server of the first months of the demonstration, for the administrator who asks.
struct Fuzzed {
    server: Server,
    url: String,
    _world: World,
}

async fn fuzzed() -> Fuzzed {
    let world = World::empty().await.unwrap();
    world.import_what_fits(&demonstration(4_000).unwrap()).await.unwrap();
    let roles = "{ organisation { roles { role member { id } } } members(first: 1) { nodes { id } } }";
    let answer = world.asks(Actor::Service, roles, json!({})).await.unwrap();
    let held = answer.pointer("/organisation/roles/0/member/id");
    let id = held.or(answer.pointer("/members/nodes/0/id")).and_then(Value::as_str).unwrap();
    let (server, url) = serve(&world, Actor::Member(member(id))).await;
    Fuzzed { server, url, _world: world }
}

fn setting(name: &str, otherwise: &str) -> String {
    std::env::var_os(name).and_then(|value| value.into_string().ok()).unwrap_or_else(|| otherwise.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn random_operations_are_answered_as_graphql_js_would() {
    let fuzzed = fuzzed().await;
    let schema = repository("schema/schema.graphql");
    let (seed, count) = (setting("PASSERELLE_FUZZ_SEED", "1"), setting("PASSERELLE_FUZZ", "2000"));
    let arguments = [fuzzed.url.as_str(), TOKEN, schema.to_str().unwrap(), &seed, &count];
    if let Some(results) = node(&folder("js"), "fuzz.js", &arguments).await {
        let (told, faults) = results.split_last().unwrap();
        let first: Vec<_> = faults.iter().take(10).map(Value::to_string).collect();
        assert!(faults.is_empty(), "{} of {told}:\n{}", faults.len(), first.join("\n"));
        assert_eq!((&told["status"], told["asked"].to_string()), (&json!("ok"), count), "{told}");
    }
    fuzzed.server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn schemathesis_finds_no_fault_of_the_server() {
    let folder = folder("python");
    let Some(python) = python(&folder, &kept(), "schemathesis").await else { return };
    let fuzzed = fuzzed().await;
    let mut command = Command::new(python.with_file_name("schemathesis"));
    // Its own check takes every error beneath an answer for a fault of the server, one with a code too.
    let hooks = folder.join("coded.py");
    command.current_dir(kept()).env("NO_COLOR", "1").env("SCHEMATHESIS_HOOKS", hooks).args([
        "run",
        &fuzzed.url,
        "--header",
        &format!("Authorization: Bearer {TOKEN}"),
        "--checks",
        "errors_are_coded",
        "--phases",
        "fuzzing",
        "--max-response-time",
        "10",
        "--seed",
        &setting("PASSERELLE_FUZZ_SEED", "1"),
        "--max-examples",
        &setting("PASSERELLE_SCHEMATHESIS", "5"),
        "--generation-database",
        "none",
        "--suppress-health-check",
        "all",
    ]);
    said("schemathesis", &ended(command).await.unwrap());
    fuzzed.server.stop().await.unwrap();
}
