//! The `passerelle` program itself, as its users start it: on a folder, with arguments, until it ends or is killed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Output, Stdio};
use std::thread::JoinHandle;

use serde_json::{Value, json};

use crate::load::{Answer, Connection};
use crate::log::Failure;

/// Where the program is: beside the tests that use it.
pub fn path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let found =
        test.ancestors().skip(1).take(3).map(|folder| folder.join("passerelle")).find(|path| path.is_file());
    found.expect("the program is not built: run `cargo build -p passerelle`, or test the whole workspace")
}

/// The program upon a folder, with arguments, its environment empty of settings.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(path());
    command.args(["--folder", folder.to_str().unwrap()]).args(arguments).stdin(Stdio::null());
    let settings = std::env::vars_os().map(|(name, _)| name);
    for setting in settings.filter(|name| name.to_string_lossy().starts_with("PASSERELLE_")) {
        command.env_remove(setting);
    }
    command
}

/// Runs the program to its end.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Runs the program to its end, which must be a good one; what it printed.
#[track_caller]
pub fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {}\n{errors}", output.status);
    String::from_utf8(output.stdout).unwrap()
}

/// Runs the program to its end, which must be a bad one with this exit code; the sentence it ends with.
#[track_caller]
pub fn refused(folder: &Path, arguments: &[&str], code: i32) -> String {
    said_at_end(&run(folder, arguments), arguments, code)
}

/// The sentence of a program that ended with this exit code. Anything else, a panic too, fails.
#[track_caller]
pub fn said_at_end(output: &Output, arguments: &[&str], code: i32) -> String {
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
    assert!(!errors.contains("panicked"), "{arguments:?}: {errors}");
    let last = errors.lines().last().unwrap_or_default();
    last.strip_prefix("passerelle: ").unwrap_or_else(|| panic!("{arguments:?}: {errors}")).to_owned()
}

/// A server that is ready. Killed when it is dropped, unless it was ended before.
pub struct Served {
    /// Where it listens.
    pub address: SocketAddr,
    /// A bearer token, if it printed one: an administrator's, when the folder was served for the first time.
    pub token: Option<String>,
    child: Child,
    errors: Option<JoinHandle<String>>,
}

/// What a server says once it listens: its scheme follows, then its address.
const LISTENS: &str = "GraphQL on http";

impl Served {
    /// Serves a folder on a free port of this machine.
    pub fn start(folder: &Path) -> Self {
        Self::of(command(folder, &["serve", "--listen", "127.0.0.1:0"]))
    }

    /// Starts a command that serves, and waits until it listens.
    pub fn of(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            let _ = stderr.read_to_string(&mut text);
            text
        });
        let mut token = None;
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        for line in lines.by_ref() {
            let line = line.unwrap();
            if let Some((_, printed)) = line.split_once("pas_") {
                token = Some(format!("pas_{printed}"));
            }
            if let Some(rest) = line.strip_prefix(LISTENS) {
                let address = rest.split('/').nth(2).unwrap().parse().unwrap();
                // What it still prints must not fill the pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Self { address, token, child, errors: Some(errors) };
            }
        }
        let _ = child.wait();
        panic!("it does not listen: {}", errors.join().unwrap());
    }

    /// Its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Sends a GraphQL request as the bearer of a token.
    pub async fn asks(&self, token: &str, document: &str, variables: Value) -> Answer {
        let body = json!({ "query": document, "variables": variables }).to_string();
        Connection::open(self.address).await.unwrap().graphql(token, &body).await.unwrap()
    }

    /// Kills it where it stands.
    pub fn kill(mut self) -> String {
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.said()
    }

    /// Asks it to end, and waits until it has; how it ended and what it said on standard error.
    pub fn terminate(mut self) -> (ExitStatus, String) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        let status = self.child.wait().unwrap();
        (status, self.said())
    }

    fn said(&mut self) -> String {
        self.errors.take().map(|errors| errors.join().unwrap_or_default()).unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The code of its first error, or of its first refusal in a payload called `it`.
    pub fn code(&self) -> String {
        let json = self.json();
        let places = ["/errors/0/extensions/code", "/data/it/userErrors/0/code"];
        let code = places.iter().find_map(|place| json.pointer(place)?.as_str().map(str::to_owned));
        code.unwrap_or_else(|| panic!("nothing is wrong: {json}"))
    }
}

/// A number given to a program of this crate as `--name N`.
pub fn number(name: &str, otherwise: u64) -> u64 {
    let mut arguments = std::env::args().skip_while(|argument| *argument != format!("--{name}")).skip(1);
    arguments.next().map_or(otherwise, |given| given.parse().expect("a number is given"))
}

/// Ends a program of this crate: 1 after any fault, told on standard error.
pub fn ended(faults: Result<Result<Vec<String>, Failure>, tokio::task::JoinError>) -> ExitCode {
    let faults = match faults {
        Ok(Ok(faults)) => faults,
        Ok(Err(error)) => vec![error.to_string()],
        Err(panicked) => vec![panicked.to_string()],
    };
    faults.iter().for_each(|fault| eprintln!("fault: {fault}"));
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
