//! The append-only store: the [`Journal`] and [`Keys`] ports and their promises, the stored form of an event, and
//! the adapters.

pub mod port;

pub use port::{
    Append, Appended, Digest, Entropy, Error, Journal, Key, Keys, MAX_EVENT_BYTES, Page, Proposed, Slot,
    Stored,
};
