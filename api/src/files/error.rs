//! What can go wrong where files are kept.

use std::io::ErrorKind;

/// Why something was not done with a file.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No room is left, or a limit upon it is reached.
    #[error("no room is left where files are kept")]
    Full,
    /// The store could not do it.
    #[error("{doing} failed: {source}")]
    Store {
        /// What was attempted.
        doing: &'static str,
        /// Why it failed.
        source: object_store::Error,
    },
    /// A file of this machine could not be read or written.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The place cannot be used.
    #[error(transparent)]
    Unusable(#[from] super::Unusable),
    /// Something of ours could not do it.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// The views could not be read.
    #[error(transparent)]
    Engine(#[from] crate::engine::Error),
}

impl From<projections::Error> for Error {
    fn from(error: projections::Error) -> Self {
        Self::Engine(error.into())
    }
}

impl Error {
    /// Wraps an error of the store.
    pub(super) fn of(doing: &'static str) -> impl Fn(object_store::Error) -> Self {
        move |source| if is_full(&source) { Self::Full } else { Self::Store { doing, source } }
    }
}

/// Whether the disk is full, or the largest file that a limit allows is reached.
fn is_full(error: &(dyn std::error::Error + 'static)) -> bool {
    const FULL: [ErrorKind; 3] = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|io| FULL.contains(&io.kind())) || error.source().is_some_and(is_full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_known_by_what_lies_below() {
        let of = |kind| {
            let source = std::io::Error::from(kind).into();
            Error::of("writing")(object_store::Error::Generic { store: "X", source })
        };
        assert!(matches!(of(ErrorKind::StorageFull), Error::Full));
        assert!(matches!(of(ErrorKind::PermissionDenied), Error::Store { .. }));
    }
}
