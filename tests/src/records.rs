//! Real records of real organisations, which are not part of the repository: looked for in the folder that
//! `PASSERELLE_RECORDS` names, or in `../shared/data` beside the workspace.

use std::path::{Path, PathBuf};

/// The records there may be.
pub const NAMES: [&str; 3] = ["manufacturing-email", "polis-ideas", "clojurians-slack"];

/// The folder of records of this name; or, where they are absent, the sentence that says what is skipped.
pub fn find(name: &str) -> Result<PathBuf, String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data");
    let folder = std::env::var_os("PASSERELLE_RECORDS").map_or(beside, PathBuf::from).join(name);
    if folder.is_dir() { Ok(folder) } else { Err(format!("skipped: {name} is not in {}", folder.display())) }
}
