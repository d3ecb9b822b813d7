//! Runs the suites that npm has for these protocols; where there is no npm they are skipped by name.

use std::path::PathBuf;
use std::process::Stdio;

use passerelle_tests::skipped::skipped;
use serde_json::Value;
use tokio::process::Command;
use tokio::sync::Mutex;

/// One `npm ci` at a time.
static INSTALLING: Mutex<()> = Mutex::const_new(());

/// Runs a script with its arguments and returns the JSON lines it prints; `None` where it cannot run.
pub(super) async fn run(script: &str, arguments: &[&str]) -> Option<Vec<Value>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/protocol/js");
    if let Err(missing) = install(&folder).await {
        skipped(script, missing);
        return None;
    }
    let output = Command::new("node")
        .arg(folder.join(script))
        .args(arguments)
        .kill_on_drop(true)
        .stderr(Stdio::piped())
        .output()
        .await
        .unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script} failed:\n{said}\n{complained}");
    Some(said.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// Asserts that all are as they should be, naming those that are not.
pub(super) fn assert_all_ok(results: &[Value]) {
    let failed: Vec<_> =
        results.iter().filter(|result| result["status"] != "ok").map(Value::to_string).collect();
    assert!(failed.is_empty(), "{} of {} failed:\n{}", failed.len(), results.len(), failed.join("\n"));
}

async fn install(folder: &PathBuf) -> Result<(), &'static str> {
    let _alone = INSTALLING.lock().await;
    let node = Command::new("node").arg("--version").output().await;
    if !node.is_ok_and(|node| node.status.success()) {
        return Err("node is not there");
    }
    if folder.join("node_modules/.package-lock.json").exists() {
        return Ok(());
    }
    let installed =
        Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder).output().await;
    match installed {
        Ok(installed) if installed.status.success() => Ok(()),
        _ => Err("npm ci does not succeed here"),
    }
}
