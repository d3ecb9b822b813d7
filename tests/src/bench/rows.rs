//! The rows that transactions of events leave changed, watched while views are built, to be written again plainly.

use std::path::Path;

use domain::event::Recorded;
use projections::{Views, Writer, registry, table::Table};
use rusqlite::config::DbConfig;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Rows, by transaction and table.
pub struct Rows {
    writer: Writer,
    watching: Connection,
    transactions: Vec<Vec<Changed>>,
}

/// What became of the rows of one table.
struct Changed {
    put: Vec<Vec<Value>>,
    deleted: Vec<Vec<Value>>,
}

fn columns(table: &Table, from: usize, to: usize) -> Vec<&'static str> {
    (from..to).map(|place| table.column(place)).collect()
}

fn key(table: &Table) -> Vec<&'static str> {
    columns(table, 0, table.key.len())
}

fn joined(names: &[&str], form: impl Fn(&str) -> String, between: &str) -> String {
    names.iter().map(|name| form(name)).collect::<Vec<_>>().join(between)
}

impl Rows {
    /// Begins views in a new file, with triggers that note which rows are touched.
    pub fn watched(path: &Path) -> Self {
        let views = Views::build_to(path).unwrap();
        let watching = Connection::open(path).unwrap();
        for table in registry::tables() {
            let (name, key) = (table.name, key(table));
            let list = key.join(", ");
            let of = |row: &str| joined(&key, |column| format!("{row}.{column}"), ", ");
            let mut sql =
                format!("CREATE TABLE touched_{name} ({list}, PRIMARY KEY ({list})) WITHOUT ROWID;");
            for (event, row) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
                sql += &format!(
                    "CREATE TRIGGER touched_{name}_{event} AFTER {event} ON {name} BEGIN
                        INSERT INTO touched_{name} VALUES ({}) ON CONFLICT DO NOTHING; END;",
                    of(row)
                );
            }
            watching.execute_batch(&sql).unwrap();
        }
        Self { writer: views.writer().unwrap(), watching, transactions: vec![] }
    }

    /// Folds events and keeps the rows that they changed, as they now stand.
    pub fn take(&mut self, events: &[Recorded]) {
        let Some(last) = events.last() else { return };
        self.writer.apply(events, last.position).unwrap();
        let changed = registry::tables().map(|table| self.changed(table)).collect();
        self.transactions.push(changed);
    }

    fn changed(&self, table: &'static Table) -> Changed {
        let (name, key) = (table.name, key(table));
        let same = joined(&key, |column| format!("t.{column} = k.{column}"), " AND ");
        let order = joined(&key, |column| format!("k.{column}"), ", ");
        let put = format!("SELECT t.* FROM touched_{name} k JOIN {name} t ON {same} ORDER BY {order}");
        let gone = format!(
            "SELECT k.* FROM touched_{name} k WHERE NOT EXISTS (SELECT 1 FROM {name} t WHERE {same})"
        );
        let changed = Changed { put: self.rows(&put), deleted: self.rows(&gone) };
        self.watching.execute_batch(&format!("DELETE FROM touched_{name}")).unwrap();
        changed
    }

    fn rows(&self, sql: &str) -> Vec<Vec<Value>> {
        let mut statement = self.watching.prepare(sql).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|place| row.get(place)).collect());
        rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    /// How many rows a plain writer writes.
    pub fn written(&self) -> usize {
        self.transactions.iter().flatten().map(|changed| changed.put.len() + changed.deleted.len()).sum()
    }

    /// Writes them into the empty views of a file, one transaction after the other, as the product's own connection
    /// is set up, without its triggers: what they do is among the rows. Those that keep the index over words stay.
    pub fn write(&self, path: &Path) {
        let mut connection = Connection::open(path).unwrap();
        connection
            .execute_batch(
                "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
                 PRAGMA wal_autocheckpoint = 8000; PRAGMA temp_store = MEMORY;",
            )
            .unwrap();
        connection.set_prepared_statement_cache_capacity(256);
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).unwrap();
        let triggers = "SELECT group_concat('DROP TRIGGER ' || name || ';', ' ') FROM sqlite_schema WHERE type = 'trigger'
            AND name NOT LIKE 'searchable%'";
        let drop: String = connection.query_row(triggers, [], |row| row.get(0)).unwrap();
        connection.execute_batch(&drop).unwrap();
        let statements: Vec<_> =
            registry::tables().map(|table| (put_sql(table), delete_sql(table))).collect();
        for changed in &self.transactions {
            let transaction = connection.transaction().unwrap();
            for (changed, (put, delete)) in changed.iter().zip(&statements) {
                execute(&transaction, put, &changed.put);
                execute(&transaction, delete, &changed.deleted);
            }
            transaction.commit().unwrap();
        }
    }

    /// Removes a file of views.
    pub fn remove(path: &Path) {
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
        }
    }
}

fn execute(connection: &Connection, sql: &str, rows: &[Vec<Value>]) {
    let mut statement = connection.prepare_cached(sql).unwrap();
    for row in rows {
        statement.execute(params_from_iter(row)).unwrap();
    }
}

fn put_sql(table: &Table) -> String {
    let (name, list) = (table.name, key(table).join(", "));
    let values = vec!["?"; table.width()].join(", ");
    let rest = columns(table, table.key.len(), table.width());
    let action = match rest.is_empty() {
        true => "NOTHING".to_owned(),
        false => {
            format!("UPDATE SET {}", joined(&rest, |column| format!("{column} = excluded.{column}"), ", "))
        }
    };
    format!("INSERT INTO {name} VALUES ({values}) ON CONFLICT ({list}) DO {action}")
}

fn delete_sql(table: &Table) -> String {
    let same = joined(&key(table), |column| format!("{column} = ?"), " AND ");
    format!("DELETE FROM {} WHERE {same}", table.name)
}
