//! The real program in a process of its own: the benchmarks' own program, told so, is `passerelle`.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitCode, Stdio};

/// Set for a process that is to be the program.
const ACTS: &str = "PASSERELLE_BENCHMARKED";

/// The program's exit code, where this process was started as the program.
pub fn acted() -> Option<ExitCode> {
    std::env::var_os(ACTS).is_some().then(passerelle::cli::run)
}

/// The program under way; ended when this is dropped.
pub struct Process {
    child: Child,
    says: BufReader<ChildStdout>,
}

impl Process {
    /// Starts it upon a folder, listening wherever there is room.
    pub fn start(command: impl AsRef<OsStr>, folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .env(ACTS, "1")
            .env("PASSERELLE_LOG", "warn")
            .arg(command)
            .args(["--listen", "127.0.0.1:0", "--folder"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let says = BufReader::new(child.stdout.take().unwrap());
        Self { child, says }
    }

    /// The first line it prints from now on that holds these words.
    pub fn says(&mut self, words: &str) -> String {
        loop {
            let mut line = String::new();
            assert_ne!(self.says.read_line(&mut line).unwrap(), 0, "it ended before it said {words}");
            if line.contains(words) {
                return line.trim_end().to_owned();
            }
        }
    }

    /// Its anonymous resident memory in bytes.
    pub fn anonymous_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap();
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
        kibibytes * 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
