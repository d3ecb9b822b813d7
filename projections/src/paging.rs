//! Pages of lists: by keys made of values of the row, so that no page costs more than another.

/// Which part of a list, and from which end. `K` is the list's key: the values its order is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Paging<K> {
    /// Rows behind this key alone.
    pub after: Option<K>,
    /// Rows ahead of this key alone.
    pub before: Option<K>,
    /// How many rows at most, and from which end.
    pub take: Take,
}

/// How many rows of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Take {
    /// The first so many.
    First(usize),
    /// The last so many; they too are answered in the list's order.
    Last(usize),
}

/// The most rows a page can have.
const MOST_ROWS: usize = 1000;

impl Take {
    /// How many rows, and whether from the end.
    pub fn rows(self) -> (usize, bool) {
        match self {
            Self::First(count) => (count.min(MOST_ROWS), false),
            Self::Last(count) => (count.min(MOST_ROWS), true),
        }
    }
}

impl<K> Paging<K> {
    /// The first so many of the list.
    pub fn first(count: usize) -> Self {
        Self { after: None, before: None, take: Take::First(count) }
    }

    /// The first so many behind a key.
    pub fn after(key: K, count: usize) -> Self {
        Self { after: Some(key), before: None, take: Take::First(count) }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// The rows, in the list's order.
    pub rows: Vec<T>,
    /// Whether rows follow in the direction paged.
    pub more: bool,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), more: false }
    }
}

impl<T> Page<T> {
    /// The same page of other rows.
    pub fn map<U>(self, row: impl FnMut(T) -> U) -> Page<U> {
        Page { rows: self.rows.into_iter().map(row).collect(), more: self.more }
    }
}
