//! What can go wrong with views, and whether rebuilding them helps.

/// Why views cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file was truncated, deleted, replaced or damaged. Opened again, the views begin anew and are rebuilt from
    /// the journal; nothing is lost.
    #[error(
        "the views file {path} is broken ({what}); it is rebuilt from the journal when the views are opened again"
    )]
    Broken {
        /// Which file.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// A batch does not follow what the views hold.
    #[error("the views stand at position {at}; a batch that begins at {first} does not follow")]
    OutOfOrder {
        /// Where the views stand.
        at: u64,
        /// Where the batch begins.
        first: u64,
    },
    /// Somebody else writes these views.
    #[error("the views have a writer already")]
    WriterTaken,
    /// No room is left on the disk, or within a limit upon it; nothing was written, and can be when there is room.
    #[error("the disk is full: make room for the views")]
    Full,
    /// The file system or SQLite failed.
    #[error("{doing} failed: {source}")]
    Failed {
        /// What was being done.
        doing: &'static str,
        /// Why it failed.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    /// An error of SQLite: broken files apart from the rest.
    pub(crate) fn sqlite(doing: &'static str, path: &std::path::Path, error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        use rusqlite::ffi::SQLITE_IOERR_WRITE;
        match error.sqlite_error_code() {
            Some(Code::DatabaseCorrupt | Code::NotADatabase | Code::CannotOpen) => Self::broken(path, error),
            Some(Code::DiskFull) => Self::Full,
            // A quota or a limit on the size of files: SQLite knows no other word for it.
            _ if error.sqlite_error().is_some_and(|e| e.extended_code == SQLITE_IOERR_WRITE) => Self::Full,
            // A table that was there when the file was opened is gone: another file stands in its place.
            Some(Code::Unknown) if error.to_string().contains("no such table") => Self::broken(path, error),
            _ => Self::Failed { doing, source: error.into() },
        }
    }

    pub(crate) fn broken(path: &std::path::Path, what: impl ToString) -> Self {
        Self::Broken { path: path.display().to_string(), what: what.to_string() }
    }

    pub(crate) fn file(doing: &'static str, error: std::io::Error) -> Self {
        Self::Failed { doing, source: error.into() }
    }

    /// Whether opening the views again, and rebuilding them, helps.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Broken { .. })
    }
}
