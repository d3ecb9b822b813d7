//! The program as its users start it. Because of this test cargo builds the program whenever it tests the workspace,
//! and the tests of the workspace that start it find it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::process::{Command, Output};

const COMMANDS: [&str; 12] = [
    "serve", "demo", "import", "export", "backup", "copy", "events", "replay", "check", "token", "schema",
    "policy",
];

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_passerelle")).args(arguments).output().unwrap()
}

#[test]
fn help_teaches_every_command() {
    let help = run(&["--help"]);
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(help.status.success());
    for command in COMMANDS {
        assert!(text.lines().any(|line| line.trim_start().starts_with(command)), "{command}: {text}");
        let own = run(&[command, "--help"]);
        assert!(own.status.success() && own.stdout.len() > 200, "{command}");
    }
}

#[test]
fn without_a_command_it_says_how_it_is_used() {
    let said = run(&[]);
    assert_eq!(said.status.code(), Some(2));
    assert!(String::from_utf8(said.stderr).unwrap().contains("Usage: passerelle"));
}
