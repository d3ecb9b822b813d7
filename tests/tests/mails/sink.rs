//! An SMTP server that keeps what it is sent.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use passerelle_tests::skipped::skipped;
use serde_json::Value;
use tokio::sync::mpsc;

/// The server; ended when it is dropped.
pub(crate) struct Sink {
    /// Where it listens on this machine.
    pub(crate) port: u16,
    child: Child,
    mails: mpsc::UnboundedReceiver<Value>,
}

const AIOSMTPD: &str = "aiosmtpd==1.4.6";

/// One installation at a time.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A Python that has aiosmtpd, in a folder of its own.
fn python() -> Option<PathBuf> {
    let _alone = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = std::env::temp_dir().join("passerelle-aiosmtpd-1.4.6");
    let python = folder.join("bin/python");
    let done = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    if done(Command::new(&python).args(["-c", "import aiosmtpd"])) {
        return Some(python);
    }
    let made = done(Command::new("python3").args(["-m", "venv"]).arg(&folder))
        && done(Command::new(&python).args(["-m", "pip", "install", "--quiet", AIOSMTPD]));
    made.then_some(python)
}

impl Sink {
    /// Starts one that puts so many mails off first; nothing, and the test is skipped by name, where it cannot run.
    pub(crate) fn start(test: &str, put_off: u32, port: u16) -> Option<Self> {
        let Some(python) = python() else {
            skipped(test, "aiosmtpd cannot be installed from PyPI");
            return None;
        };
        let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/mails/sink.py");
        let mut child = Command::new(python)
            .arg(script)
            .args([put_off.to_string(), port.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.next().unwrap().unwrap().parse().unwrap();
        let (to, mails) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = to.send(serde_json::from_str(&line).unwrap());
            }
        });
        Some(Self { port, child, mails })
    }

    /// The next mail, if one comes within so many seconds.
    pub(crate) async fn next(&mut self, seconds: u64) -> Option<Value> {
        tokio::time::timeout(Duration::from_secs(seconds), self.mails.recv()).await.ok().flatten()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
