//! Runs the suites that npm has for these protocols; where there is no npm they are skipped by name.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use passerelle_tests::skipped::skipped;
use serde_json::Value;
use tokio::sync::Mutex;

/// One `npm ci` at a time.
static INSTALLING: Mutex<()> = Mutex::const_new(());

/// Runs a script with its arguments and returns the JSON lines it prints; `None` where it cannot run.
pub(super) async fn run(script: &str, arguments: &[&str]) -> Option<Vec<Value>> {
    run_trusting(script, arguments, None).await
}

/// The same, trusting the certificate in a file.
pub(super) async fn run_trusting(
    script: &str,
    arguments: &[&str],
    certificate: Option<&Path>,
) -> Option<Vec<Value>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/protocol/js");
    if let Err(missing) = install(&folder).await {
        skipped(script, missing);
        return None;
    }
    let mut command = Command::new("node");
    command.arg(folder.join(script)).args(arguments);
    if let Some(certificate) = certificate {
        command.env("NODE_EXTRA_CA_CERTS", certificate);
    }
    let output = ended(command).await.unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{script} failed:\n{said}\n{complained}");
    Some(said.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

/// A script that goes on: each line it is sent, it answers with one.
pub(super) struct Talk {
    script: Child,
    asked: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
}

impl Talk {
    /// Starts one and waits for the first line it prints; `None` where it cannot run.
    pub(super) async fn begin(script: &str, arguments: &[&str]) -> Option<(Self, Value)> {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/protocol/js");
        if let Err(missing) = install(&folder).await {
            skipped(script, missing);
            return None;
        }
        let mut command = Command::new("node");
        command.arg(folder.join(script)).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().unwrap();
        let (asked, told) = (script.stdin.take().unwrap(), script.stdout.take().unwrap());
        let mut talk = Self { script, asked, answers: BufReader::new(told).lines() };
        let first = talk.answer();
        Some((talk, first))
    }

    /// Sends a line, and reads the answer.
    pub(super) fn say(&mut self, line: &Value) -> Value {
        writeln!(self.asked, "{line}").unwrap();
        self.answer()
    }

    fn answer(&mut self) -> Value {
        serde_json::from_str(&self.answers.next().expect("it answers").unwrap()).unwrap()
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        let _ = self.script.kill();
        let _ = self.script.wait();
    }
}

/// Asserts that all are as they should be, naming those that are not.
pub(super) fn assert_all_ok(results: &[Value]) {
    let failed: Vec<_> =
        results.iter().filter(|result| result["status"] != "ok").map(Value::to_string).collect();
    assert!(failed.is_empty(), "{} of {} failed:\n{}", failed.len(), results.len(), failed.join("\n"));
}

async fn install(folder: &Path) -> Result<(), &'static str> {
    let _alone = INSTALLING.lock().await;
    let mut node = Command::new("node");
    node.arg("--version");
    if !ended(node).await.is_ok_and(|node| node.status.success()) {
        return Err("node is not there");
    }
    if folder.join("node_modules/.package-lock.json").exists() {
        return Ok(());
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    match ended(npm).await {
        Ok(installed) if installed.status.success() => Ok(()),
        _ => Err("npm ci does not succeed here"),
    }
}

/// Runs a program to its end, while the server it asks goes on answering.
async fn ended(mut command: Command) -> std::io::Result<Output> {
    tokio::task::spawn_blocking(move || command.output()).await.unwrap()
}
