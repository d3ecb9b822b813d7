//! Real records of real organisations, which are not part of the repository: looked for in the folder that
//! `PASSERELLE_RECORDS` names, or in `../shared/data` beside the workspace.

use std::path::{Path, PathBuf};

/// The records there may be.
pub const NAMES: [&str; 3] = ["manufacturing-email", "polis-ideas", "clojurians-slack"];

fn all_in() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    std::env::var_os("PASSERELLE_RECORDS").map_or(beside, PathBuf::from)
}

/// The folders of all records there are, by name; or the sentence that says that there are none.
pub fn all() -> Result<Vec<PathBuf>, String> {
    let within = std::fs::read_dir(all_in()).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<_> = within.filter(|path| path.join("organisation.json").is_file()).collect();
    folders.sort();
    if folders.is_empty() {
        Err(format!("skipped: no record is in {}", all_in().display()))
    } else {
        Ok(folders)
    }
}

/// The folder of records of this name; or, where they are absent, the sentence that says what is skipped.
pub fn find(name: &str) -> Result<PathBuf, String> {
    let folder = all_in().join(name);
    if folder.is_dir() { Ok(folder) } else { Err(format!("skipped: {name} is not in {}", folder.display())) }
}
