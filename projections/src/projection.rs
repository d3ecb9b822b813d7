//! A projection: a read model as data.

use domain::event::Recorded;

use crate::table::Table;
use crate::writes::Writes;

/// A read model: its tables, and what each event writes to them.
#[derive(Debug)]
pub struct Projection {
    /// Its name.
    pub name: &'static str,
    /// Raised with every change of `fold` that changes rows; a change of SQL shows by itself.
    pub version: u32,
    /// Its tables, flushed in this order.
    pub tables: &'static [&'static Table],
    /// What an event writes. It reads nothing but the event and cannot fail.
    pub fold: fn(&Recorded, &mut Writes),
}
