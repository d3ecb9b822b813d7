//! The activity log: the folder of files that `passerelle import` reads and `passerelle export` writes. The format
//! is documented in `docs/activity-log.md`.

pub mod activity;
pub mod collect;
mod end_time;
pub mod export;
pub mod import;
pub mod lines;
pub mod mend;
pub mod merge;
pub mod names;
pub mod results;
pub mod rows;
pub mod source;
pub mod tables;

#[cfg(test)]
mod documented;
