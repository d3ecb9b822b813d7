//! A digest of every row of every table: equal digests are equal views.

use std::fmt;

use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use crate::error::Error;
use crate::projection::Projection;
use crate::registry;
use crate::snapshot::Snapshot;
use crate::table::Table;

/// What a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableDigest {
    /// Which table.
    pub table: &'static str,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 over them, in the order of their keys.
    pub digest: [u8; 32],
}

impl fmt::Display for TableDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.table, self.rows)?;
        self.digest.iter().take(8).try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// The digest of each table, in the order they are registered. Positions count: views are compared with views of the
/// same journal.
pub fn digest(snapshot: &Snapshot) -> Result<Vec<TableDigest>, Error> {
    registry::tables().map(|table| of(snapshot, table)).collect()
}

/// The digest of what one projection shows: SHA-256 over its tables' names and digests, in the order it lists them.
pub fn of_projection(snapshot: &Snapshot, projection: &Projection) -> Result<[u8; 32], Error> {
    let mut hash = Sha256::new();
    for table in projection.tables {
        hash.update(table.name);
        hash.update(of(snapshot, table)?.digest);
    }
    Ok(hash.finalize().into())
}

fn of(snapshot: &Snapshot, table: &'static Table) -> Result<TableDigest, Error> {
    let sql = format!("SELECT * FROM {} ORDER BY {}", table.name, table.key_names(", "));
    snapshot.with(|connection| {
        let mut statement = connection.prepare(&sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let (mut hash, mut count) = (Sha256::new(), 0);
        while let Some(row) = rows.next()? {
            for place in 0..columns {
                add(&mut hash, row.get_ref(place)?);
            }
            count += 1;
        }
        Ok(TableDigest { table: table.name, rows: count, digest: hash.finalize().into() })
    })
}

/// A kind, a length and the bytes: no two different rows are written alike.
fn add(hash: &mut Sha256, value: ValueRef<'_>) {
    let mut part = |kind: u8, bytes: &[u8]| {
        hash.update([kind]);
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    match value {
        ValueRef::Null => part(0, &[]),
        ValueRef::Integer(number) => part(1, &number.to_le_bytes()),
        ValueRef::Real(number) => part(2, &number.to_le_bytes()),
        ValueRef::Text(text) => part(3, text),
        ValueRef::Blob(bytes) => part(4, bytes),
    }
}
