//! Lists in SQL: a query, the key it is ordered by, and the page of it that is asked for.

use domain::time::Time;
use rusqlite::Row;
use uuid::Uuid;

use crate::error::Error;
use crate::paging::{Page, Paging, Take};
use crate::snapshot::Snapshot;
use crate::value::Value;

/// The most rows a page can have.
const MOST_ROWS: usize = 1000;

/// A list that can be paged.
pub(crate) struct List {
    /// A query down to its last condition, with `?1`, `?2` … for the values given.
    pub(crate) select: &'static str,
    /// The columns of the key, in order; an index has them in this order behind what is compared for equality.
    pub(crate) key: &'static str,
    /// Largest first.
    pub(crate) descending: bool,
}

/// A key of a list: the values its order is made of.
pub trait Key {
    /// The values, in order.
    fn values(&self) -> Vec<Value>;
    /// Values below every key.
    fn lowest() -> Vec<Value>;
}

/// A key by time.
pub type ByTime = (Time, Uuid);
/// A key by rank: the score with its sign turned, so that the largest is first, then time and id.
pub type ByRank = (i64, Time, Uuid);
/// A key by id alone.
pub type ById = Uuid;
/// A key by name.
pub type ByName = (String, Uuid);

impl Key for ByTime {
    fn values(&self) -> Vec<Value> {
        vec![self.0.into(), self.1.into()]
    }
    fn lowest() -> Vec<Value> {
        vec![Value::Int(i64::MIN), Value::Bytes(Box::default())]
    }
}

impl Key for ById {
    fn values(&self) -> Vec<Value> {
        vec![(*self).into()]
    }
    fn lowest() -> Vec<Value> {
        vec![Value::Bytes(Box::default())]
    }
}

impl Key for ByRank {
    fn values(&self) -> Vec<Value> {
        vec![self.0.into(), self.1.into(), self.2.into()]
    }
    fn lowest() -> Vec<Value> {
        vec![Value::Int(i64::MIN), Value::Int(i64::MIN), Value::Bytes(Box::default())]
    }
}

impl Key for ByName {
    fn values(&self) -> Vec<Value> {
        vec![(&self.0).into(), self.1.into()]
    }
    fn lowest() -> Vec<Value> {
        vec!["".into(), Value::Bytes(Box::default())]
    }
}

/// Values above every key: in SQLite's order bytes stand above texts and numbers, and these above every id.
fn highest(columns: usize) -> Vec<Value> {
    vec![Value::Bytes(Box::new([0xff; 17])); columns]
}

impl List {
    /// The SQL of a page, read from the list's beginning or its end.
    pub(crate) fn sql(&self, given: usize, width: usize, from_end: bool) -> String {
        let places = |from: usize| {
            (from..from + width).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ")
        };
        let order = if self.descending == from_end { "ASC" } else { "DESC" };
        let ordered = self.key.replace(',', &format!(" {order},"));
        let (key, low, high) = (self.key, places(given + 1), places(given + 1 + width));
        let limit = given + 1 + 2 * width;
        format!(
            "{} AND ({key}) > ({low}) AND ({key}) < ({high}) ORDER BY {ordered} {order} LIMIT ?{limit}",
            self.select
        )
    }

    /// Reads a page.
    pub(crate) fn page<K: Key, T>(
        &self,
        snapshot: &Snapshot,
        given: &[Value],
        paging: &Paging<K>,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Page<T>, Error> {
        let (count, from_end) = match paging.take {
            Take::First(count) => (count.min(MOST_ROWS), false),
            Take::Last(count) => (count.min(MOST_ROWS), true),
        };
        let (low, high) = match self.descending {
            false => (&paging.after, &paging.before),
            true => (&paging.before, &paging.after),
        };
        let low = low.as_ref().map_or_else(K::lowest, Key::values);
        let width = low.len();
        let mut values = given.to_vec();
        values.extend(low);
        values.extend(high.as_ref().map_or_else(|| highest(width), Key::values));
        values.push(Value::Int(i64::try_from(count + 1).unwrap_or(i64::MAX)));
        let mut rows = snapshot.rows(&self.sql(given.len(), width, from_end), &values, read)?;
        let more = rows.len() > count;
        rows.truncate(count);
        if from_end {
            rows.reverse();
        }
        Ok(Page { rows, more })
    }
}
