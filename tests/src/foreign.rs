//! Programs that others wrote, run beside the tests: scripts for Node with what npm installs, and for Python with what
//! pip does. Where one of these is not there, what needs it is skipped by name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tokio::sync::Mutex;

use crate::skipped::skipped;

/// One installation at a time, of all tests of a program.
static INSTALLING: Mutex<()> = Mutex::const_new(());

/// Runs a script of a folder that has a `package.json` and returns the JSON lines it prints; `None` where it cannot run.
pub async fn node(folder: &Path, script: &str, arguments: &[&str]) -> Option<Vec<Value>> {
    node_trusting(folder, script, arguments, None).await
}

/// The same, trusting the certificate in a file.
pub async fn node_trusting(
    folder: &Path,
    script: &str,
    arguments: &[&str],
    certificate: Option<&Path>,
) -> Option<Vec<Value>> {
    if !npm_installed(folder, script).await {
        return None;
    }
    let mut command = Command::new("node");
    command.arg(folder.join(script)).args(arguments);
    if let Some(certificate) = certificate {
        command.env("NODE_EXTRA_CA_CERTS", certificate);
    }
    Some(json_lines(script, &ended(command).await.unwrap()))
}

/// Runs a program that npm installed in a folder; what it said. It must end well.
pub async fn npm_program(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(folder.join("node_modules/.bin").join(program));
    command.args(arguments).current_dir(folder);
    said(program, &ended(command).await.unwrap())
}

/// Whether what a folder's `package-lock.json` names is installed; `what` is skipped if it cannot be.
pub async fn npm_installed(folder: &Path, what: &str) -> bool {
    let _alone = INSTALLING.lock().await;
    let mut node = Command::new("node");
    node.arg("--version");
    if !ended(node).await.is_ok_and(|node| node.status.success()) {
        skipped(what, "node is not there");
        return false;
    }
    let changed = |file: &str| std::fs::metadata(folder.join(file)).and_then(|file| file.modified());
    let (installed, locked) = (changed("node_modules/.package-lock.json"), changed("package-lock.json"));
    if matches!((installed, locked), (Ok(installed), Ok(locked)) if installed >= locked) {
        return true;
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    let installed = ended(npm).await.is_ok_and(|installed| installed.status.success());
    if !installed {
        skipped(what, "npm ci does not succeed here");
    }
    installed
}

/// A Python with what a folder's `requirements.txt` names, kept in another folder; `None` where there is none.
pub async fn python(folder: &Path, kept_in: &Path, what: &str) -> Option<PathBuf> {
    let _alone = INSTALLING.lock().await;
    let requirements = folder.join("requirements.txt");
    let wanted = std::fs::read_to_string(&requirements).unwrap();
    let (environment, marker) = (kept_in.join("python"), kept_in.join("python/installed.txt"));
    let python = environment.join("bin/python");
    if std::fs::read_to_string(&marker).is_ok_and(|installed| installed == wanted) {
        return Some(python);
    }
    let mut make = Command::new("python3");
    make.args(["-m", "venv", "--clear"]).arg(&environment);
    if !ended(make).await.is_ok_and(|made| made.status.success()) {
        skipped(what, "python3 with venv is not there");
        return None;
    }
    let mut pip = Command::new(&python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(&requirements);
    if !ended(pip).await.is_ok_and(|installed| installed.status.success()) {
        skipped(what, "pip install does not succeed here");
        return None;
    }
    std::fs::write(marker, wanted).unwrap();
    Some(python)
}

/// Runs a script with a Python; the JSON lines it prints.
pub async fn python_script(python: &Path, script: &Path, arguments: &[&str]) -> Vec<Value> {
    let mut command = Command::new(python);
    command.arg(script).args(arguments);
    json_lines(&script.to_string_lossy(), &ended(command).await.unwrap())
}

/// Runs a program to its end, while the server it asks goes on answering.
pub async fn ended(mut command: Command) -> std::io::Result<Output> {
    tokio::task::spawn_blocking(move || command.output()).await.unwrap()
}

/// What a program printed that must have ended well.
#[track_caller]
pub fn said(program: &str, output: &Output) -> String {
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} failed:\n{said}\n{complained}");
    said.into_owned()
}

fn json_lines(program: &str, output: &Output) -> Vec<Value> {
    said(program, output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Asserts that all are as they should be, naming those that are not.
#[track_caller]
pub fn assert_all_ok(results: &[Value]) {
    let failed: Vec<_> =
        results.iter().filter(|result| result["status"] != "ok").map(Value::to_string).collect();
    assert!(failed.is_empty(), "{} of {} failed:\n{}", failed.len(), results.len(), failed.join("\n"));
}
