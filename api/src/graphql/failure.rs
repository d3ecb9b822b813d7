//! What goes wrong beneath an answer, as GraphQL errors: one table from each kind of error to its public code.
//! What the caller did wrong in a mutation is no error here but a `UserError` of the payload.

use async_graphql::{Error, ErrorExtensions};

use super::answer::STORAGE_FULL;
use crate::difference::Unexplained;
use crate::engine;
use crate::receipt::Unverified;

/// Why a field has no answer.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// What the caller sent makes no sense; the text says what to send instead.
    BadUserInput(String),
    /// The views are behind the position asked for.
    ProjectionLag {
        /// By how many positions.
        behind: u64,
    },
    /// What is asked for is being computed: such a share of it is.
    Computing(f64),
    /// The position asked for is not of this journal.
    PositionUnknown,
    /// The position is so far back that the list is better read again.
    PositionTooOld,
    /// The caller may not see this.
    Forbidden,
    /// There is no such thing, or none that the caller may see.
    NotFound,
    /// Receipts that tell nothing here: why not, and its code.
    Receipt {
        /// The code.
        code: &'static str,
        /// The text.
        message: String,
    },
    /// No room is left on the disk for what must be recorded.
    StorageFull,
    /// Something of ours: told to the log, not to the caller.
    Internal(String),
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        match error {
            engine::Error::Journal(journal::Error::Full) => Self::StorageFull,
            error => Self::Internal(error.to_string()),
        }
    }
}

impl From<Unverified> for Failure {
    fn from(why: Unverified) -> Self {
        let code = match why {
            Unverified::Malformed => "NOT_A_RECEIPT",
            Unverified::NotSigned => "RECEIPT_NOT_SIGNED",
        };
        Self::Receipt { code, message: sentence(&why) }
    }
}

impl From<Unexplained> for Failure {
    fn from(why: Unexplained) -> Self {
        let code = match &why {
            Unexplained::Broken(_) | Unexplained::Failed(_) => return Self::Internal(why.to_string()),
            Unexplained::NotOne(..) => "RECEIPTS_OF_DIFFERENT_FIGURES",
            Unexplained::Hidden => "FIGURE_NOT_SHOWN",
            Unexplained::NotCounted(_) => "FIGURE_NOT_COUNTED",
            Unexplained::Unknown(_) => "RECEIPT_UNKNOWN",
        };
        Self::Receipt { code, message: sentence(&why) }
    }
}

/// A reason as a sentence.
fn sentence(why: &impl std::fmt::Display) -> String {
    let text = why.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}

impl From<projections::Error> for Failure {
    fn from(error: projections::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Self {
        let coded =
            |message: &str, code: &'static str| Error::new(message).extend_with(|_, e| e.set("code", code));
        match failure {
            Failure::BadUserInput(message) => coded(&message, "BAD_USER_INPUT"),
            Failure::ProjectionLag { behind } => {
                coded("The views have not come so far yet; ask again in a moment.", "PROJECTION_LAG")
                    .extend_with(|_, e| e.set("behind", behind))
            }
            Failure::Computing(progress) => {
                coded("This is being computed; ask again in a moment.", "COMPUTING")
                    .extend_with(|_, e| e.set("progress", progress))
            }
            Failure::PositionUnknown => coded(
                "The position was not given out by this journal; ask again without it.",
                "POSITION_UNKNOWN",
            ),
            Failure::Forbidden => {
                coded("This is not for you to see; `docs/policy.md` says who sees what.", "FORBIDDEN")
            }
            Failure::NotFound => coded("There is no such thing here; look it up again.", "NOT_FOUND"),
            Failure::PositionTooOld => coded(
                "The position is too far back to go on from: read the list again and subscribe from there.",
                "POSITION_TOO_OLD",
            ),
            Failure::Receipt { code, message } => coded(&message, code),
            Failure::StorageFull => coded(STORAGE_FULL.en, STORAGE_FULL.code),
            // Without a code: the transport masks it and logs the text under an error id.
            Failure::Internal(text) => Error::new(text),
        }
    }
}
