//! Lists as Relay connections: arguments in, cursors out. A cursor is made of the values of its row, and of the name
//! of its list, so that a cursor of another list is refused.

use async_graphql::connection::{self, Edge, EmptyFields};
use async_graphql::{ObjectType, OutputType, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Time;
use projections::list::{ById, ByMatch, ByName, ByPosition, ByRank, ByTime};
use projections::{Page, Paging, Take};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::failure::Failure;
use super::items::InList;

/// Rows when nobody says how many.
const DEFAULT_ROWS: i32 = 20;
/// Rows at most.
pub(crate) const MAX_ROWS: i32 = 100;

/// A page of a list: of which nodes, what it says besides, and what each of its edges says.
pub(crate) type Connection<N, C = EmptyFields, S = EmptyFields> =
    connection::Connection<String, InList<N>, C, S>;

/// The arguments of a list, as Relay has them.
#[derive(Debug, Default)]
pub(crate) struct Slice {
    /// The first so many.
    pub(crate) first: Option<i32>,
    /// Behind this cursor.
    pub(crate) after: Option<String>,
    /// The last so many.
    pub(crate) last: Option<i32>,
    /// Ahead of this cursor.
    pub(crate) before: Option<String>,
}

impl Slice {
    /// Whether there are rows ahead of a page and behind it, of which it is known whether more follow.
    pub(crate) fn neighbours(&self, more: bool) -> (bool, bool) {
        if self.last.is_some() { (more, self.before.is_some()) } else { (self.after.is_some(), more) }
    }
}

/// A list that can be paged: its key, and the name that its cursors carry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed(pub(crate) &'static str);

/// A key that can be written into a cursor.
pub(crate) trait CursorKey: Sized {
    /// The values of the key, as they are written.
    type Written: Serialize + DeserializeOwned;
    fn written(&self) -> Self::Written;
    fn read(written: Self::Written) -> Option<Self>;
}

impl CursorKey for ByTime {
    type Written = (i64, uuid::Uuid);
    fn written(&self) -> Self::Written {
        (self.0.micros(), self.1)
    }
    fn read((at, id): Self::Written) -> Option<Self> {
        Some((Time::try_from_micros(at).ok()?, id))
    }
}

impl CursorKey for ByRank {
    type Written = (i64, i64, uuid::Uuid);
    fn written(&self) -> Self::Written {
        (self.0, self.1.micros(), self.2)
    }
    fn read((rank, at, id): Self::Written) -> Option<Self> {
        Some((rank, Time::try_from_micros(at).ok()?, id))
    }
}

impl CursorKey for ByMatch {
    type Written = Self;
    fn written(&self) -> Self {
        *self
    }
    fn read(written: Self) -> Option<Self> {
        Some(written)
    }
}

impl CursorKey for ByPosition {
    type Written = Self;
    fn written(&self) -> Self {
        *self
    }
    fn read(written: Self) -> Option<Self> {
        Some(written)
    }
}

impl CursorKey for ByName {
    type Written = Self;
    fn written(&self) -> Self {
        self.clone()
    }
    fn read(written: Self) -> Option<Self> {
        Some(written)
    }
}

impl CursorKey for ById {
    type Written = Self;
    fn written(&self) -> Self {
        *self
    }
    fn read(written: Self) -> Option<Self> {
        Some(written)
    }
}

impl Listed {
    /// The cursor of a row.
    pub(crate) fn cursor<K: CursorKey>(self, key: &K) -> String {
        let text = serde_json::to_string(&(self.0, key.written())).unwrap_or_default();
        URL_SAFE_NO_PAD.encode(text)
    }

    fn key<K: CursorKey>(self, cursor: &str) -> Result<K, Failure> {
        let foreign = || {
            Failure::bad_input(
                "This cursor does not belong to this list; begin again without it.",
                "Ce curseur n’est pas de cette liste ; recommencez sans lui.",
            )
        };
        let text = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| foreign())?;
        let (list, written): (String, K::Written) = serde_json::from_slice(&text).map_err(|_| foreign())?;
        K::read(written).filter(|_| list == self.0).ok_or_else(foreign)
    }

    /// What is asked for of this list.
    pub(crate) fn paging<K: CursorKey>(self, slice: &Slice) -> Result<Paging<K>, Failure> {
        let take = match (slice.first, slice.last) {
            (Some(_), Some(_)) => {
                return Err(Failure::bad_input(
                    "Give either first or last, not both.",
                    "Donnez soit first, soit last, pas les deux.",
                ));
            }
            (None, Some(last)) => Take::Last(rows("last", last)?),
            (first, None) => Take::First(rows("first", first.unwrap_or(DEFAULT_ROWS))?),
        };
        let key = |cursor: &Option<String>| cursor.as_deref().map(|cursor| self.key(cursor)).transpose();
        Ok(Paging { after: key(&slice.after)?, before: key(&slice.before)?, take })
    }

    /// A page as a connection.
    pub(crate) fn connection<K: CursorKey, T, N: OutputType>(
        self,
        slice: &Slice,
        page: Page<T>,
        key: impl Fn(&T) -> K,
        node: impl Fn(T) -> N,
    ) -> Connection<N> {
        self.connection_saying(slice, page, |row| (key(row), EmptyFields), node)
    }

    /// The same, of edges that say more than what is at their end.
    pub(crate) fn connection_saying<K: CursorKey, T, N: OutputType, S: ObjectType>(
        self,
        slice: &Slice,
        page: Page<T>,
        key: impl Fn(&T) -> (K, S),
        node: impl Fn(T) -> N,
    ) -> Connection<N, EmptyFields, S> {
        let (previous, next) = slice.neighbours(page.more);
        let mut connection = Connection::new(previous, next);
        connection.edges.extend(page.rows.into_iter().map(|row| {
            let (key, said) = key(&row);
            Edge::with_additional_fields(self.cursor(&key), InList(node(row)), said)
        }));
        connection
    }
}

fn rows(name: &str, rows: i32) -> Result<usize, Failure> {
    if (1..=MAX_ROWS).contains(&rows) {
        Ok(rows.unsigned_abs() as usize)
    } else {
        Err(Failure::bad_input(
            format!("{name} must be from 1 to {MAX_ROWS}."),
            format!("{name} va de 1 à {MAX_ROWS}."),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: ByTime = (Time::EPOCH, uuid::Uuid::nil());

    fn slice(first: Option<i32>, last: Option<i32>) -> Slice {
        Slice { first, last, ..Slice::default() }
    }

    #[test]
    fn a_cursor_leads_back_to_its_row_in_its_own_list_alone() {
        let cursor = Listed("feed").cursor(&KEY);
        assert_eq!(Listed("feed").key::<ByTime>(&cursor).unwrap(), KEY);
        assert!(Listed("ideas").key::<ByTime>(&cursor).is_err());
        assert!(Listed("feed").key::<ByRank>(&cursor).is_err());
        assert!(Listed("feed").key::<ByTime>("x").is_err());
    }

    #[test]
    fn a_page_has_1_to_100_rows_from_one_end() {
        for (first, last) in [(Some(0), None), (Some(-1), None), (None, Some(101)), (Some(1), Some(1))] {
            assert!(Listed("feed").paging::<ByTime>(&slice(first, last)).is_err(), "{first:?} {last:?}");
        }
        let paging = Listed("feed").paging::<ByTime>(&slice(None, None)).unwrap();
        assert_eq!(paging.take, Take::First(20));
    }
}
