//! Carries merged writes out: one prepared statement a table and kind of write, rows in the order of their keys.

use std::collections::HashMap;

use rusqlite::{CachedStatement, Connection};

use crate::registry;
use crate::table::Table;
use crate::value::Value;
use crate::writes::{Kind, Rows, Writes};

/// Which statement a write needs: the columns it sets and those it adds to, as bits.
type Shape = (Kind, u64, u64);

/// The SQL of every shape met so far.
#[derive(Debug, Default)]
pub(crate) struct Sql(HashMap<(&'static str, Shape), String>);

/// Executes a batch's writes inside the transaction that is open.
pub(crate) fn flush(connection: &Connection, sql: &mut Sql, writes: &Writes) -> rusqlite::Result<()> {
    for segment in writes.segments() {
        if segment.tables.len() > 1 {
            for table in registry::tables() {
                if let Some(rows) = segment.tables.iter().find(|rows| std::ptr::eq(rows.table, table)) {
                    flush_table(connection, sql, rows)?;
                }
            }
        } else if let Some(rows) = segment.tables.first() {
            flush_table(connection, sql, rows)?;
        }
        if let Some((statement, values)) = &segment.then {
            for sql in statement.sql {
                let mut statement = connection.prepare_cached(sql)?;
                let bound = statement.parameter_count().min(values.len());
                statement.execute(rusqlite::params_from_iter(&values[..bound]))?;
            }
        }
    }
    Ok(())
}

fn flush_table(connection: &Connection, sql: &mut Sql, rows: &Rows) -> rusqlite::Result<()> {
    let mut prepared: Vec<(Shape, CachedStatement<'_>)> = Vec::new();
    for (kind, row) in rows.merged() {
        let shape = shape(kind, row);
        let place = match prepared.iter().position(|(known, _)| *known == shape) {
            Some(place) => place,
            None => {
                let text =
                    sql.0.entry((rows.table.name, shape)).or_insert_with(|| write_sql(rows.table, shape));
                prepared.push((shape, connection.prepare_cached(text)?));
                prepared.len() - 1
            }
        };
        let statement = &mut prepared[place].1;
        bind(statement, kind, rows.table, row)?;
        statement.raw_execute()?;
    }
    Ok(())
}

fn shape(kind: Kind, row: &[Value]) -> Shape {
    if matches!(kind, Kind::Put | Kind::Delete) {
        return (kind, 0, 0);
    }
    let (mut set, mut plus) = (0, 0);
    for (place, value) in row.iter().enumerate() {
        match value {
            Value::Keep => {}
            Value::Plus(_) => plus |= 1 << place,
            _ => set |= 1 << place,
        }
    }
    (kind, set, plus)
}

/// Binds the values in the order that `write_sql` names them: key first, or last for an update.
fn bind(
    statement: &mut CachedStatement<'_>,
    kind: Kind,
    table: &Table,
    row: &[Value],
) -> rusqlite::Result<()> {
    let (key, rest) = row.split_at(table.key.len());
    let touched = rest.iter().filter(|value| kind != Kind::Delete && **value != Value::Keep);
    let mut place = 0;
    let mut bind = |value: &Value| {
        place += 1;
        statement.raw_bind_parameter(place, value)
    };
    if kind == Kind::Update {
        touched.chain(key).try_for_each(&mut bind)
    } else {
        key.iter().chain(touched).try_for_each(&mut bind)
    }
}

fn write_sql(table: &Table, (kind, set, plus): Shape) -> String {
    let key = table.key.len();
    let touched: Vec<usize> = match kind {
        Kind::Put => (key..table.width()).collect(),
        _ => (key..table.width()).filter(|place| (set | plus) & (1 << place) != 0).collect(),
    };
    let where_key = || {
        let named: Vec<_> = (0..key).map(|place| format!("{} = ?", table.column(place))).collect();
        named.join(" AND ")
    };
    let change = |place: usize, value: &str| {
        let name = table.column(place);
        if plus & (1 << place) == 0 {
            format!("{name} = {value}")
        } else {
            format!("{name} = {name} + {value}")
        }
    };
    let changes = |value: &dyn Fn(usize) -> String| {
        touched.iter().map(|place| change(*place, &value(*place))).collect::<Vec<_>>().join(", ")
    };
    match kind {
        Kind::Delete => format!("DELETE FROM {} WHERE {}", table.name, where_key()),
        Kind::Update => {
            format!("UPDATE {} SET {} WHERE {}", table.name, changes(&|_| "?".to_owned()), where_key())
        }
        Kind::Put | Kind::Upsert => {
            let places: Vec<usize> = (0..key).chain(touched.iter().copied()).collect();
            let names: Vec<_> = places.iter().map(|place| table.column(*place)).collect();
            let values: Vec<_> = names.iter().map(|name| value_sql(table, name)).collect();
            let action = match touched.is_empty() {
                true => "NOTHING".to_owned(),
                false => {
                    format!("UPDATE SET {}", changes(&|place| format!("excluded.{}", table.column(place))))
                }
            };
            let (names, values) = (names.join(", "), values.join(", "));
            format!(
                "INSERT INTO {} ({names}) VALUES ({values}) ON CONFLICT ({}) DO {action}",
                table.name,
                table.key_names(", ")
            )
        }
    }
}

fn value_sql(table: &Table, column: &str) -> &'static str {
    table.looked_up.iter().find(|(name, _)| *name == column).map_or("?", |(_, sql)| sql)
}
