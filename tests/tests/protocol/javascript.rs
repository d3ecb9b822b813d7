//! The suites that npm has for these protocols.

use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use passerelle_tests::foreign;
pub(super) use passerelle_tests::foreign::assert_all_ok;
use serde_json::Value;

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
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol/js");
    foreign::node_trusting(&folder, script, arguments, certificate).await
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
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/protocol/js");
        if !foreign::npm_installed(&folder, script).await {
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
