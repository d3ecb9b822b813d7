//! Fills the disk under a server while people act, and makes room again: whoever acts is told, nothing that was
//! acknowledged is lost, reading goes on, and so does everything once there is room.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::crash::settled;
use crate::load::Connection;
use crate::log::{Failure, Scratch};
use crate::program::{Served, command};
use crate::traffic::{Lane, Organisation, acknowledged, caught_up, last_position};

/// How hard, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Connections at once.
    pub lanes: usize,
    /// How often the disk is filled; every second time the server is killed while it is full.
    pub times: u32,
}

/// Why nothing can be filled here, where nothing can.
pub const MISSING: &str = "neither can a tmpfs be mounted nor a limit on files be set";

/// Who acts.
const PEOPLE: usize = 3;
/// What a client is told, and sends again.
const LATER: [&str; 2] = ["STORAGE_FULL", "VIEWS_BEHIND"];
/// How much is left when filling begins.
const ROOM: u64 = 1 << 20;
/// How long a server may take to be full, and to go on.
const PATIENCE: Duration = Duration::from_secs(120);

/// A disk, or what is like one, that can be filled and emptied.
enum Narrow {
    /// A file system in memory, with a file to fill it.
    FileSystem(PathBuf),
    /// A limit on the size of the server's files.
    Limit(PathBuf),
}

impl Narrow {
    /// A file system if one may be mounted, else a limit if limits can be lifted again, else none.
    fn new(scratch: &Path) -> Option<Self> {
        let runs = |program: &str, arguments: &[&str]| {
            Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
        };
        let path = scratch.to_str()?;
        if runs("mount", &["-t", "tmpfs", "-o", "size=24m", "passerelle", path]) {
            return Some(Self::FileSystem(scratch.to_owned()));
        }
        runs("prlimit", &["--version"]).then(|| Self::Limit(scratch.to_owned()))
    }

    fn name(&self) -> &'static str {
        match self {
            Self::FileSystem(_) => "a full tmpfs",
            Self::Limit(_) => "a limit on the size of files (RLIMIT_FSIZE)",
        }
    }

    fn folder(&self) -> PathBuf {
        let (Self::FileSystem(path) | Self::Limit(path)) = self;
        path.join("data")
    }

    /// Leaves a server little room.
    fn fill(&self, server: &Served) -> Result<(), Failure> {
        match self {
            Self::FileSystem(path) => {
                let mut filler = File::create(path.join("filler"))?;
                let block = [7; 1 << 14];
                while filler.write_all(&block).is_ok() {}
                let length = filler.metadata()?.len();
                Ok(filler.set_len(length.saturating_sub(ROOM))?)
            }
            Self::Limit(_) => {
                let sizes = fs::read_dir(self.folder())?.map(|file| Ok(file?.metadata()?.len()));
                let largest = sizes.collect::<std::io::Result<Vec<_>>>()?.into_iter().max();
                limit(server, &(largest.unwrap_or_default() + ROOM).to_string())
            }
        }
    }

    /// Makes room, for a server if one runs: a limit ends with what it was set upon.
    fn make_room(&self, server: Option<&Served>) -> Result<(), Failure> {
        match self {
            Self::FileSystem(path) => Ok(fs::remove_file(path.join("filler"))?),
            Self::Limit(_) => server.map_or(Ok(()), |server| limit(server, "unlimited")),
        }
    }

    /// Serves the folder; under a limit, a write beyond it is an error and not the end.
    fn serve(&self) -> Served {
        let serve = command(&self.folder(), &["serve", "--listen", "127.0.0.1:0"]);
        match self {
            Self::FileSystem(_) => Served::of(serve),
            Self::Limit(_) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]);
                shell.arg(serve.get_program()).args(serve.get_args());
                Served::of(shell)
            }
        }
    }
}

impl Drop for Narrow {
    fn drop(&mut self) {
        if let Self::FileSystem(path) = self {
            // What cannot be taken away is left to the system.
            let _ = Command::new("umount").arg("--lazy").arg(path).output();
        }
    }
}

/// Sets the limit that may be lifted again, in bytes.
fn limit(server: &Served, bytes: &str) -> Result<(), Failure> {
    let (process, size) = (server.process().to_string(), format!("--fsize={bytes}:"));
    let output = Command::new("prlimit").args(["--pid", &process, &size]).output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(said.into()) }
}

/// Carries a plan out, telling of each time and of the whole; the faults that were found, or nothing where there is
/// neither a disk nor a limit to fill.
pub async fn run(plan: Plan, tell: &mut (dyn FnMut(String) + Send)) -> Result<Option<Vec<String>>, Failure> {
    let scratch = Scratch::new()?;
    let Some(narrow) = Narrow::new(scratch.path()) else { return Ok(None) };
    let (organisation, server) = Organisation::found(&narrow.folder(), PEOPLE, plan.lanes).await;
    server.terminate();
    let mut server = narrow.serve();
    let mut lanes = Lane::several(plan.lanes);
    for time in 1..=plan.times {
        narrow.fill(&server)?;
        let read = until_full(&organisation, &server, &mut lanes).await?;
        let killed = time % 2 == 0;
        if killed {
            server.kill();
            narrow.make_room(None)?;
            server = narrow.serve();
        } else {
            narrow.make_room(Some(&server))?;
        }
        if let Err(error) = goes_on(&organisation, &server, &mut lanes).await {
            return Err(format!("{error}; the server said: {}", server.kill()).into());
        }
        let restarted = if killed { "after it was killed and started again" } else { "without a restart" };
        tell(format!("{}: {read} reads answered meanwhile; it went on {restarted}", narrow.name()));
    }
    let faults = settled(&organisation, server, &narrow.folder(), &lanes).await?;
    tell(summary(plan, &lanes, &faults));
    Ok(Some(faults))
}

fn summary(plan: Plan, lanes: &[Lane], faults: &[String]) -> String {
    let acknowledged = acknowledged(lanes);
    let told = |code: &str| lanes.iter().filter_map(|lane| lane.put_off.get(code)).sum::<u64>();
    let [full, behind] = LATER.map(told);
    format!(
        "full {} times: {acknowledged} acts acknowledged, told {full} times that the disk is full and {behind} that \
         the views are behind; {} faults",
        plan.times,
        faults.len()
    )
}

/// Drives all lanes until each was told that the disk is full, and reads meanwhile; how many reads were answered.
async fn until_full(
    organisation: &Organisation,
    server: &Served,
    lanes: &mut [Lane],
) -> Result<u64, Failure> {
    let told = |lane: &Lane| lane.put_off.get(LATER[0]).copied().unwrap_or_default();
    let enough: Vec<u64> = lanes.iter().map(|lane| told(lane) + 5).collect();
    let has_enough = |lane: &Lane| told(lane) >= enough[lane.number];
    let (full, read) = (AtomicBool::new(false), AtomicU64::new(0));
    let driven = async {
        let driven = organisation.drive_all(server.address, lanes, &LATER, &has_enough);
        let driven = tokio::time::timeout(PATIENCE, driven).await;
        full.store(true, Ordering::Relaxed);
        driven.map_err(|_| "the disk is not told to be full")?
    };
    let reading = async {
        let mut connection = Connection::open(server.address).await?;
        let body = json!({ "query": "{ organisation { name } communities { nodes { name } } }" }).to_string();
        while !full.load(Ordering::Relaxed) {
            let answer: Value =
                serde_json::from_slice(&connection.graphql(organisation.token(), &body).await?.body)?;
            if answer.get("errors").is_some() {
                return Err(Failure::from(format!("a read was not answered: {answer}")));
            }
            read.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Ok(())
    };
    tokio::try_join!(driven, reading)?;
    Ok(read.into_inner())
}

/// Drives all lanes until what is in doubt and some more is done, and the views have it.
async fn goes_on(organisation: &Organisation, server: &Served, lanes: &mut [Lane]) -> Result<(), Failure> {
    let driven = organisation.drive_on(server.address, lanes, &LATER, 5);
    tokio::time::timeout(PATIENCE, driven).await.map_err(|_| "with room again, it does not go on")??;
    caught_up(server, organisation.token(), last_position(lanes)).await
}
