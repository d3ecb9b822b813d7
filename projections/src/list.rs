//! Lists in SQL: a query, the key it is ordered by, and the page of it that is asked for.

use std::fmt::Write as _;

use domain::time::Time;
use rusqlite::Row;
use uuid::Uuid;

use crate::error::Error;
use crate::paging::{Page, Paging, Take};
use crate::snapshot::Snapshot;
use crate::value::Value;

/// So many lists are read in one statement.
const LENGTHS: [usize; 4] = [5, 20, 100, MOST_LISTS];
/// As many as SQLite takes together.
const MOST_LISTS: usize = 500;

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
/// A key by the position at which something became known.
pub type ByPosition = i64;
/// A key of results: in which of two lists, then by position in it.
pub type ByMatch = (i64, i64);
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

impl Key for ByPosition {
    fn values(&self) -> Vec<Value> {
        vec![Value::Int(*self)]
    }
    fn lowest() -> Vec<Value> {
        vec![Value::Int(i64::MIN)]
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
        self.page_sql(self.select, given + 1, width, from_end)
    }

    /// The SQL of the same page of so many lists: the last `own` of the values given are each list's own, bound one
    /// after the other behind all others. The last column says which list a row is of.
    fn sql_of_many(
        &self,
        (given, own, width): (usize, usize, usize),
        lists: usize,
        from_end: bool,
    ) -> String {
        let shared = given - own;
        let bound = shared + 2 * width + 1;
        let one = |list: usize| {
            let select = renumbered(self.select, |place| match place.checked_sub(shared + 1) {
                Some(own_place) => bound + list * own + own_place + 1,
                None => place,
            });
            format!("SELECT *, {list} FROM ({})", self.page_sql(&select, shared + 1, width, from_end))
        };
        (0..lists).map(one).collect::<Vec<_>>().join(" UNION ALL ")
    }

    fn page_sql(&self, select: &str, bounds: usize, width: usize, from_end: bool) -> String {
        let places = |from: usize| {
            (from..from + width).map(|place| format!("?{place}")).collect::<Vec<_>>().join(", ")
        };
        let order = if self.descending == from_end { "ASC" } else { "DESC" };
        let ordered = self.key.replace(',', &format!(" {order},"));
        let (key, low, high, limit) = (self.key, places(bounds), places(bounds + width), bounds + 2 * width);
        format!(
            "{select} AND ({key}) > ({low}) AND ({key}) < ({high}) ORDER BY {ordered} {order} LIMIT ?{limit}"
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
        let (bounds, width, from_end) = self.bounds(paging);
        let values: Vec<_> = given.iter().cloned().chain(bounds).collect();
        let rows = snapshot.rows(&self.sql(given.len(), width, from_end), &values, read)?;
        Ok(paged(rows, paging))
    }

    /// Reads the same page of many lists, in one statement for each five hundred: `own` are the values that belong to each
    /// list, behind those that they share.
    pub(crate) fn pages<K: Key, T>(
        &self,
        snapshot: &Snapshot,
        (shared, own): (&[Value], &[Vec<Value>]),
        paging: &Paging<K>,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<Page<T>>, Error> {
        if let [own] = own {
            let given: Vec<_> = shared.iter().chain(own).cloned().collect();
            return Ok(vec![self.page(snapshot, &given, paging, read)?]);
        }
        let (bounds, width, from_end) = self.bounds(paging);
        let mut pages = Vec::with_capacity(own.len());
        for own in own.chunks(MOST_LISTS) {
            let each = own.first().map_or(0, Vec::len);
            // Few lengths, so few statements: the rest are lists of nothing.
            let lists = LENGTHS.into_iter().find(|lists| own.len() <= *lists).unwrap_or(MOST_LISTS);
            let sql = self.sql_of_many((shared.len() + each, each, width), lists, from_end);
            let nothing = std::iter::repeat_n(Value::Null, (lists - own.len()) * each);
            let values: Vec<_> =
                shared.iter().chain(&bounds).chain(own.iter().flatten()).cloned().chain(nothing).collect();
            let mut rows: Vec<Vec<T>> = own.iter().map(|_| vec![]).collect();
            snapshot.rows(&sql, &values, |row| {
                let list: usize = row.get(row.as_ref().column_count() - 1)?;
                rows[list].push(read(row)?);
                Ok(())
            })?;
            pages.extend(rows.into_iter().map(|rows| paged(rows, paging)));
        }
        Ok(pages)
    }

    /// Reads a page that goes on from one list to the next, in one statement: the lists share their values but for `?2`,
    /// and each has its own part of the page. A list may leave out what the first of them has on the page, whose rows are
    /// called `held`. `read` is told the number of the list that a row is of.
    pub(crate) fn page_across<K: Key, T>(
        snapshot: &Snapshot,
        given: &[Value],
        parts: &[(i64, &Self, Value, Paging<K>)],
        take: Take,
        mut read: impl FnMut(i64, &Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Page<T>, Error> {
        let (mut values, mut arms) = (given.to_vec(), vec![]);
        for (number, list, own, paging) in parts {
            values.push(own.clone());
            let place = values.len();
            let (bounds, width, from_end) = list.bounds(paging);
            let select = renumbered(list.select, |bound| if bound == 2 { place } else { bound });
            let page = list.page_sql(&select, place + 1, width, from_end);
            arms.push(format!("SELECT *, {number} FROM ({page})"));
            values.extend(bounds);
        }
        let (count, from_end) = take.rows();
        values.push(Value::Int(i64::try_from(count + 1).unwrap_or(i64::MAX)));
        // The arms are run one after the other, and the next is not begun once there are enough. What the first holds is
        // kept for the others to leave out.
        let first = format!("WITH held AS MATERIALIZED ({}) SELECT * FROM held", arms.remove(0));
        let arms = std::iter::once(first).chain(arms).collect::<Vec<_>>();
        let sql = format!("{} LIMIT ?{}", arms.join(" UNION ALL "), values.len());
        let rows = snapshot.rows(&sql, &values, |row| {
            let number = row.get(row.as_ref().column_count() - 1)?;
            read(number, row)
        })?;
        Ok(cut(rows, count, from_end))
    }

    /// The values that bound a page, the width of the key, and whether the page is read from the list's end.
    fn bounds<K: Key>(&self, paging: &Paging<K>) -> (Vec<Value>, usize, bool) {
        let (low, high) = match self.descending {
            false => (&paging.after, &paging.before),
            true => (&paging.before, &paging.after),
        };
        let mut bounds = low.as_ref().map_or_else(K::lowest, Key::values);
        let width = bounds.len();
        bounds.extend(high.as_ref().map_or_else(|| highest(width), Key::values));
        let (count, from_end) = paging.take.rows();
        bounds.push(Value::Int(i64::try_from(count + 1).unwrap_or(i64::MAX)));
        (bounds, width, from_end)
    }
}

/// Lists of the same order, each for one value of its own, `?2`; `?1` is theirs together.
pub(crate) type Lists = (&'static List, Vec<Value>);

/// The first rows of many lists, one more of each than a page has, in one statement for each five hundred lists. With
/// each row stand the number of its kind of list and of the list within the kind.
pub(crate) fn heads<K: Key, T>(
    snapshot: &Snapshot,
    shared: &Value,
    kinds: &[Lists],
    paging: &Paging<K>,
    mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<(usize, usize, T)>, Error> {
    let mut parts = vec![];
    for (kind, (list, own)) in kinds.iter().enumerate() {
        parts.extend(own.chunks(100).enumerate().map(|(part, own)| (kind, part * 100, *list, own)));
    }
    let mut found = vec![];
    for parts in parts.chunks(MOST_LISTS / 100) {
        let Some((_, _, list, _)) = parts.first() else { break };
        let (bounds, width, from_end) = list.bounds(paging);
        let (mut arms, mut values) = (vec![], vec![shared.clone()]);
        values.extend(bounds);
        for (kind, first, list, own) in parts {
            let lists = LENGTHS.into_iter().chain([1]).filter(|length| own.len() <= *length).min();
            for n in 0..lists.unwrap_or(own.len()) {
                values.push(own.get(n).cloned().unwrap_or(Value::Null));
                let place = values.len();
                let select = renumbered(list.select, |bound| if bound == 2 { place } else { bound });
                let page = list.page_sql(&select, 2, width, from_end);
                arms.push(format!("SELECT *, {kind}, {} FROM ({page})", first + n));
            }
        }
        snapshot.rows(&arms.join(" UNION ALL "), &values, |row| {
            let last = row.as_ref().column_count() - 1;
            found.push((row.get(last - 1)?, row.get(last)?, read(row)?));
            Ok(())
        })?;
    }
    Ok(found)
}

/// A page of the rows that were read: one more than asked for says that more follow.
fn paged<K, T>(rows: Vec<T>, paging: &Paging<K>) -> Page<T> {
    let (count, from_end) = paging.take.rows();
    cut(rows, count, from_end)
}

fn cut<T>(mut rows: Vec<T>, count: usize, from_end: bool) -> Page<T> {
    let more = rows.len() > count;
    rows.truncate(count);
    if from_end {
        rows.reverse();
    }
    Page { rows, more }
}

/// The values of each list that is read for one id.
pub(crate) fn each<T: Copy + Into<Value>>(ids: &[T]) -> Vec<Vec<Value>> {
    ids.iter().map(|id| vec![(*id).into()]).collect()
}

/// A query with other numbers in its places.
fn renumbered(select: &str, number: impl Fn(usize) -> usize) -> String {
    let mut pieces = select.split('?');
    let mut renumbered = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.len() - piece.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (place, rest) = piece.split_at(digits);
        let _ = write!(renumbered, "?{}{rest}", number(place.parse().unwrap_or_default()));
    }
    renumbered
}
