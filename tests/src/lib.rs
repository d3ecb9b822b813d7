//! The proof of Passerelle: contract suites, scenarios, and programs that load, crash and measure it.

// As deep as the schema goes.
#![recursion_limit = "256"]

pub mod bench;
pub mod chance;
pub mod contract;
pub mod crash;
pub mod exchange;
pub mod foreign;
pub mod founded;
pub mod full_disk;
pub mod history;
pub mod load;
pub mod log;
pub mod program;
pub mod receiver;
pub mod recorded;
pub mod records;
pub mod server;
pub mod skipped;
pub mod story;
pub mod traffic;
