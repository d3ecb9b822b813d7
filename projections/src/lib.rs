//! What people can look at: read models folded from events into one local, disposable SQLite file, and the queries that
//! answer from one position of it.
//!
//! [`Views`] is the file; its one [`Writer`] carries [`Batch`]es of events in, each in one transaction with its
//! [`Checkpoint`]; a [`Snapshot`] reads at one position. Every query takes a [`Viewer`] and leaves out what they may
//! not see. Lists are paged by keys made of values of their rows ([`Paging`]).
//!
//! Figures that take more than counting are pure functions of numbers, in [`statistics`].
//!
//! # To add a read model
//! 1. Write `<what it shows>.rs`: its [`table::Table`]s, a `fold` that matches the events it cares about and hands
//!    out writes (`put!`, `update!`, `upsert!`, `delete!`, and [`writes::Statement`]s where many rows change at
//!    once), the struct its queries answer with, and the queries. Give a table that lists content its audience
//!    column, and every list an index in the order it is paged. Where different people are counted, a column holds
//!    them as a bitmap, in which `|=` sets the bits of entities, or how often each was counted, to which `+=` adds one.
//! 2. Test beside it: each event's writes as an inline snapshot, the queries, and the fold of events whose sealed
//!    fields are `Gone`. A query of a list shows its plan: no scan, no temporary tree.
//! 3. Name its [`projection::Projection`] in [`registry::ALL`], behind those whose tables its triggers and look-ups
//!    read, and let `tests/tests/frozen/` write down what it makes of the frozen journal. From then on a fold that
//!    changes its rows has a new version.
//!
//! A fold reads nothing but the event and cannot fail. Events carry what folds need; where one read model needs what
//! another knows, a set-based statement, a trigger or a looked-up column finds it while flushing, and must come to the
//! same rows whatever the size of batches: the property test of `batches.rs` holds that.

mod audience;
pub mod batch;
#[cfg(test)]
mod batches;
mod bitmap;
pub mod checkpoint;
pub mod digest;
pub mod error;
mod file;
mod flush;
#[cfg(test)]
mod given;
pub mod list;
mod numbers;
pub mod paging;
pub mod projection;
pub mod registry;
pub mod sliced;
pub mod snapshot;
pub mod table;
pub mod value;
pub mod viewer;
pub mod views;
pub mod writer;
pub mod writes;

pub mod access;
pub mod activity;
pub mod bookmarks;
pub mod calendar;
pub mod campaigns;
pub mod comments;
pub mod communities;
pub mod contents;
pub mod directory;
pub mod disclosures;
pub mod documents;
pub mod drafts;
pub mod engagement;
pub mod feed;
pub mod figures;
pub mod flow;
pub mod follows;
pub mod ideas;
pub mod identities;
pub mod moderation;
pub mod notifications;
pub mod organisation;
pub mod personal_feed;
pub mod polls;
pub mod posts;
pub mod preferences;
pub mod reading;
pub mod search;
pub mod statistics;
pub mod suppression;
pub mod tallies;
pub mod trails;
pub mod webhooks;

pub use batch::Batch;
pub use checkpoint::Checkpoint;
pub use error::Error;
pub use paging::{Page, Paging, Take};
pub use snapshot::{STATEMENTS, Snapshot};
pub use viewer::Viewer;
pub use views::Views;
pub use writer::Writer;
