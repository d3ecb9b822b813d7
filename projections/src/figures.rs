//! Figures: adoption, participation, responsiveness and information flow, in windows of a grid, for groups of people,
//! as they were known at a cut.
//!
//! A *cut* is the end of a local day: figures of it hold every event that had been learned by then, a prefix of the
//! journal, and none after. [`deeds`] keeps with each row from which cut on it is known, so a figure as of an earlier
//! day is the same computation over less, and what was published then does not change by what comes later. Windows are
//! cut by when something happened, cuts by when it was learned.

pub mod adoption;
mod brokers;
pub mod communities;
pub mod days;
mod decided;
pub mod deeds;
mod demand;
pub mod difference;
pub mod diffusion;
pub mod exchange;
pub mod figure;
mod flows;
pub mod grid;
pub mod groups;
pub mod indices;
mod intervals;
pub mod known;
pub mod matrix;
pub mod population;
pub mod publish;
pub mod responses;
pub mod sheet;
mod spaces;
mod sponsors;
mod sums;
pub mod waits;

pub use deeds::PROJECTION;

#[cfg(test)]
mod tests;
