//! Dense numbers of entities, which stand for them in bitmaps and in narrow rows. The writer hands them out from 0 in
//! the order in which events first name an entity there, so that batches of any size number alike.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use roaring::RoaringBitmap;
use rusqlite::{Connection, Error, OptionalExtension, Result};
use uuid::Uuid;

use crate::Snapshot;
use crate::sliced::Sliced;
use crate::table::{Layout, Table};
use crate::value::{Value, col, id};

/// The number of each entity; the index on numbers leads back, and knows the last.
pub(crate) static NUMBERS: Table = Table {
    name: "numbers",
    key: &["entity BLOB NOT NULL"],
    columns: &["number INTEGER NOT NULL UNIQUE"],
    layout: Layout::Clustered,
    also: &[],
    looked_up: &[],
};

/// The entities that a batch names by their numbers, each where it is named first.
#[derive(Debug, Default)]
pub(crate) struct Named {
    order: Vec<Uuid>,
    known: HashSet<Uuid>,
}

impl Named {
    /// Notes the entities of a value.
    pub(crate) fn note(&mut self, value: &Value) {
        match value {
            Value::Bits(entities) => entities.iter().for_each(|entity| self.add(*entity)),
            Value::Counts(counts) => counts.keys().for_each(|entity| self.add(*entity)),
            Value::Number(entity) => self.add(*entity),
            _ => {}
        }
    }

    fn add(&mut self, entity: Uuid) {
        if self.known.insert(entity) {
            self.order.push(entity);
        }
    }
}

/// The numbers of the entities of a batch.
#[derive(Debug)]
pub(crate) struct Numbers(HashMap<Uuid, u32>);

impl Numbers {
    /// Looks up the numbers of entities, and gives the next ones to those that have none yet.
    pub(crate) fn hand_out(connection: &Connection, named: &Named) -> Result<Self> {
        let mut numbers = HashMap::with_capacity(named.order.len());
        if named.order.is_empty() {
            return Ok(Self(numbers));
        }
        let mut known = connection.prepare_cached("SELECT number FROM numbers WHERE entity = ?1")?;
        let mut hand_out =
            connection.prepare_cached("INSERT INTO numbers (entity, number) VALUES (?1, ?2)")?;
        let last = "SELECT max(number) FROM numbers";
        let last: Option<u32> = connection.prepare_cached(last)?.query_row([], |row| row.get(0))?;
        let mut next = last.map_or(0, |last| last + 1);
        for entity in &named.order {
            let id = Value::Id(*entity);
            let number = match known.query_row([&id], |row| col(row, 0)).optional()? {
                Some(number) => number,
                None => {
                    hand_out.execute((&id, next))?;
                    next += 1;
                    next - 1
                }
            };
            numbers.insert(*entity, number);
        }
        Ok(Self(numbers))
    }

    /// The number of an entity of the batch.
    pub(crate) fn of(&self, entity: &Uuid) -> Result<u32> {
        self.0.get(entity).copied().ok_or(Error::QueryReturnedNoRows)
    }

    /// The bitmap of entities of the batch.
    pub(crate) fn bitmap(&self, entities: &BTreeSet<Uuid>) -> Result<RoaringBitmap> {
        entities.iter().map(|entity| self.of(entity)).collect()
    }

    /// How often entities of the batch are counted.
    pub(crate) fn counts(&self, counts: &BTreeMap<Uuid, u64>) -> Result<Sliced> {
        counts.iter().map(|(entity, count)| Ok((self.of(entity)?, *count))).collect()
    }
}

/// The numbers of all entities that have one.
pub(crate) fn all(snapshot: &Snapshot) -> std::result::Result<HashMap<Uuid, u32>, crate::Error> {
    let rows =
        snapshot.rows("SELECT entity, number FROM numbers", &[], |row| Ok((id(row, 0)?, col(row, 1)?)))?;
    Ok(rows.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(entities: &[u128]) -> Named {
        let mut named = Named::default();
        entities.iter().for_each(|n| named.note(&Value::Number(Uuid::from_u128(*n))));
        named
    }

    fn numbers(connection: &Connection) -> Vec<(u32, u128)> {
        let sql = "SELECT number, entity FROM numbers ORDER BY number";
        let mut statement = connection.prepare(sql).unwrap();
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, crate::value::id::<Uuid>(row, 1)?.as_u128())));
        rows.unwrap().collect::<Result<_>>().unwrap()
    }

    #[test]
    fn numbers_are_dense_and_follow_the_order_in_which_entities_are_named() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(&NUMBERS.sql().join(";\n")).unwrap();
        let first = Numbers::hand_out(&connection, &named(&[9, 4, 9, 7])).unwrap();
        let second = Numbers::hand_out(&connection, &named(&[1, 7, 12])).unwrap();
        assert_eq!(numbers(&connection), [(0, 9), (1, 4), (2, 7), (3, 1), (4, 12)]);
        let set = |entities: &[u128]| entities.iter().map(|n| Uuid::from_u128(*n)).collect();
        assert_eq!(first.bitmap(&set(&[4, 7])).unwrap(), RoaringBitmap::from([1, 2]));
        assert_eq!(second.bitmap(&set(&[7, 12])).unwrap(), RoaringBitmap::from([2, 4]));
    }
}
