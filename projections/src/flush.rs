//! Carries merged writes out: one prepared statement a table and kind of write, rows in the order of their keys.

use std::collections::HashMap;

use rusqlite::{CachedStatement, Connection};

use crate::bitmap::{self, UNITED};
use crate::numbers::Numbers;
use crate::registry;
use crate::sliced::SUMMED;
use crate::table::Table;
use crate::value::Value;
use crate::writes::{Kind, Rows, Writes};

/// Which statement a write needs: the columns it sets, those it adds to, and the bitmaps and counts of entities it adds
/// to, as masks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Shape {
    kind: Kind,
    set: u64,
    plus: u64,
    bits: u64,
    counts: u64,
}

/// The SQL of every shape met so far.
#[derive(Debug, Default)]
pub(crate) struct Sql(HashMap<(&'static str, Shape), String>);

/// Executes a batch's writes inside the transaction that is open.
pub(crate) fn flush(connection: &Connection, sql: &mut Sql, writes: &Writes) -> rusqlite::Result<()> {
    let numbers = Numbers::hand_out(connection, writes.named())?;
    for segment in writes.segments() {
        if segment.tables.len() > 1 {
            for table in registry::tables() {
                if let Some(rows) = segment.tables.iter().find(|rows| std::ptr::eq(rows.table, table)) {
                    flush_table(connection, sql, rows, &numbers)?;
                }
            }
        } else if let Some(rows) = segment.tables.first() {
            flush_table(connection, sql, rows, &numbers)?;
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

fn flush_table(
    connection: &Connection,
    sql: &mut Sql,
    rows: &Rows,
    numbers: &Numbers,
) -> rusqlite::Result<()> {
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
        bind(statement, (kind, rows.table), row, numbers)?;
        statement.raw_execute()?;
    }
    Ok(())
}

fn shape(kind: Kind, row: &[Value]) -> Shape {
    let mut shape = Shape { kind, set: 0, plus: 0, bits: 0, counts: 0 };
    if matches!(kind, Kind::Put | Kind::Delete) {
        return shape;
    }
    for (place, value) in row.iter().enumerate() {
        match value {
            Value::Keep => {}
            Value::Plus(_) => shape.plus |= 1 << place,
            Value::Bits(_) => shape.bits |= 1 << place,
            Value::Counts(_) => shape.counts |= 1 << place,
            _ => shape.set |= 1 << place,
        }
    }
    shape
}

/// Binds the values in the order that `write_sql` names them: key first, or last for an update.
fn bind(
    statement: &mut CachedStatement<'_>,
    (kind, table): (Kind, &Table),
    row: &[Value],
    numbers: &Numbers,
) -> rusqlite::Result<()> {
    let (key, rest) = row.split_at(table.key.len());
    let touched = rest.iter().filter(|value| kind != Kind::Delete && **value != Value::Keep);
    let mut place = 0;
    let mut bind = |value: &Value| {
        place += 1;
        let written = match value {
            Value::Bits(entities) => bitmap::written(numbers.bitmap(entities)?),
            Value::Counts(counts) => numbers.counts(counts)?.written(),
            Value::Number(entity) => return statement.raw_bind_parameter(place, numbers.of(entity)?),
            value => return statement.raw_bind_parameter(place, value),
        };
        let bytes = written.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        statement.raw_bind_parameter(place, bytes)
    };
    if kind == Kind::Update {
        touched.chain(key).try_for_each(&mut bind)
    } else {
        key.iter().chain(touched).try_for_each(&mut bind)
    }
}

fn write_sql(table: &Table, shape: Shape) -> String {
    let Shape { kind, set, plus, bits, counts } = shape;
    let key = table.key.len();
    let touched: Vec<usize> = match kind {
        Kind::Put => (key..table.width()).collect(),
        _ => (key..table.width()).filter(|place| (set | plus | bits | counts) & (1 << place) != 0).collect(),
    };
    let where_key = || {
        let named: Vec<_> = (0..key).map(|place| format!("{} = ?", table.column(place))).collect();
        named.join(" AND ")
    };
    let change = |place: usize, value: &str| {
        let name = table.column(place);
        match 1 << place {
            bit if plus & bit != 0 => format!("{name} = {name} + {value}"),
            bit if bits & bit != 0 => format!("{name} = {UNITED}({name}, {value})"),
            bit if counts & bit != 0 => format!("{name} = {SUMMED}({name}, {value})"),
            _ => format!("{name} = {value}"),
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

#[cfg(test)]
mod tests {
    use roaring::RoaringBitmap;
    use uuid::Uuid;

    use super::*;
    use crate::numbers::NUMBERS;
    use crate::table::{Layout, put, update, upsert};
    use crate::value::col;

    static THINGS: Table = Table {
        name: "things",
        key: &["thing INTEGER NOT NULL"],
        columns: &["people BLOB NOT NULL DEFAULT x''"],
        layout: Layout::Clustered,
        also: &[],
        looked_up: &[],
    };

    #[test]
    fn bits_are_set_beside_those_that_a_row_holds() {
        let connection = Connection::open_in_memory().unwrap();
        bitmap::define(&connection).unwrap();
        let sql: Vec<_> = [NUMBERS.sql(), THINGS.sql()].concat();
        connection.execute_batch(&sql.join(";\n")).unwrap();
        let [one, two, three] = [1, 2, 3].map(Uuid::from_u128);
        let write = |fold: &dyn Fn(&mut Writes)| {
            let mut writes = Writes::new();
            fold(&mut writes);
            writes.merge();
            flush(&connection, &mut Sql::default(), &writes).unwrap();
        };
        write(&|w| put!(w, THINGS { thing: 1, people: Value::bits([three]) }));
        write(&|w| {
            upsert!(w, THINGS [1] { people |= [two] });
            update!(w, THINGS [1] { people |= [one] });
            update!(w, THINGS [2] { people |= [two] });
            upsert!(w, THINGS [3] { people |= [one, three] });
        });
        write(&|w| update!(w, THINGS [3] { people |= [two] }));
        let mut statement = connection.prepare("SELECT thing, people FROM things").unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, col(row, 1)?))).unwrap();
        let rows: Vec<(u32, RoaringBitmap)> = rows.collect::<rusqlite::Result<_>>().unwrap();
        assert_eq!(rows, [(1, (0..3).collect()), (3, (0..3).collect())]);
    }
}
