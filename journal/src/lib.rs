//! The append-only store: the [`Journal`] and [`Keys`] ports and their promises, the stored form of an event, and
//! the adapters.

pub mod check;
pub mod codec;
pub mod digest;
pub mod embedded;
mod follow;
pub mod form;
pub mod keyring;
mod owner;
pub mod port;
pub mod postgres;
mod recent;
pub mod seal;
pub mod sqlite;
mod types;
mod upcast;

pub use codec::{Codec, Draft};
pub use keyring::Keyring;
pub use port::{
    Append, Appended, Digest, Entropy, Error, Journal, Key, Keys, MAX_EVENT_BYTES, Page, Proposed, Slot,
    Stored,
};
