//! The append-only store: the [`Journal`] and [`Keys`] ports and their promises ([`port`]), the stored form of an
//! event ([`form`], [`seal`], [`digest`], brought together in [`codec`]), and the adapters ([`sqlite`] within
//! [`embedded`], [`postgres`]). Beside it, what one node at a time does ([`lease`]).
//!
//! An event is written once and its bytes never change. What changes is how old bytes are read: a new shape is a new
//! version of the type with an upcaster (`upcast.rs`), and `schema/events/` keeps an example of every version.
//!
//! # To add a journal adapter
//! 1. Write `<store>.rs`: [`Journal`] and [`Keys`] over the store's client, keeping every promise of [`port`]. Keep
//!    all bytes as given; digests come with the events. Its SQL, if it has any, goes to `schema/journal/`.
//! 2. Implement `Fixture` for it in `tests/src/contract/<store>.rs`: an empty store, opening one by address, a
//!    transaction held open, an attempt to tamper.
//! 3. Add one line to `tests/tests/journal.rs`: `journal_contract!(<store>, <Store>Fixture);`. It runs the whole
//!    contract.

pub mod check;
pub mod codec;
pub mod digest;
pub mod embedded;
mod follow;
pub mod form;
pub mod keyring;
pub mod lease;
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
pub use lease::{FolderLease, Held, Lease};
pub use port::{
    Append, Appended, Digest, Entropy, Error, Journal, Key, Keys, MAX_EVENT_BYTES, Page, Proposed, Slot,
    Stored,
};
