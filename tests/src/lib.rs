//! The proof of Passerelle: contract suites, scenarios, and programs that load, crash and measure it.

pub mod contract;
pub mod history;
pub mod load;
pub mod log;
pub mod program;
pub mod story;
