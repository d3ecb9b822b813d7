//! What the benchmarks share: an organisation to measure on, a server of it, and figures beside their reference.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement that cannot go on ends")]

pub mod constant;
pub mod nginx;
pub mod organisation;
pub mod pages;
pub mod process;
pub mod ratio;
pub mod rows;
pub mod served;
pub mod sockets;
pub mod words;
