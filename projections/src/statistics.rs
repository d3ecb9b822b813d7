//! Statistics as pure functions: no database, no clock, and no chance but what a seed that is passed in decides. What
//! cannot be said of the numbers given is `None`, never a number that looks like an answer.
//!
//! Distributions are those of `statrs`; random orders those of `rand` by ChaCha8, which is the same on every machine.

pub mod bootstrap;
pub mod gravity;
pub mod inequality;
pub mod interval;
pub mod network;
pub mod regression;
pub mod survival;

pub use interval::Interval;
