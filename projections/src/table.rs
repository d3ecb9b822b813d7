//! A table as data, and the words in which folds write to it. Column names are checked while compiling.

/// How a table is laid out in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Rows stand in the order of their key (`WITHOUT ROWID`): for narrow rows.
    Clustered,
    /// Rows stand in the order they came, with an index on the key: for rows with long texts.
    Heap,
}

/// A table: from this, all SQL that writes to it is made.
#[derive(Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns of its key, each as it is declared in SQL: a name, a type, constraints.
    pub key: &'static [&'static str],
    /// The other columns, declared the same way. What is upserted needs a `DEFAULT`. A bitmap is a `BLOB`.
    pub columns: &'static [&'static str],
    /// How it is laid out.
    pub layout: Layout,
    /// Its indexes and triggers.
    pub also: &'static [&'static str],
    /// Columns whose value is looked up when a row is flushed: the SQL in place of the bound value, with one `?`. It
    /// may read what never changes once written and is flushed before this table, and nothing else: then the
    /// size of batches makes no difference.
    pub looked_up: &'static [(&'static str, &'static str)],
}

impl Table {
    /// How many columns it has, the key among them.
    pub const fn width(&self) -> usize {
        self.key.len() + self.columns.len()
    }

    /// The declaration of a column by its place; the key's come first.
    const fn declaration(&self, place: usize) -> &'static str {
        if place < self.key.len() { self.key[place] } else { self.columns[place - self.key.len()] }
    }

    /// The place of a column. Compiling fails where there is none of that name.
    #[allow(clippy::panic, reason = "evaluated by the compiler alone")]
    pub const fn place(&self, name: &str) -> usize {
        let mut place = 0;
        while place < self.width() {
            if begins_with_word(self.declaration(place), name) {
                return place;
            }
            place += 1;
        }
        panic!("the table has no such column")
    }

    /// Compiling fails unless these are its columns, in this order.
    #[allow(clippy::panic, reason = "evaluated by the compiler alone")]
    pub const fn has_exactly(&self, names: &[&str]) {
        assert!(names.len() == self.width(), "a row names every column");
        let mut place = 0;
        while place < names.len() {
            assert!(
                begins_with_word(self.declaration(place), names[place]),
                "a row names the columns in the order they are declared"
            );
            place += 1;
        }
    }

    /// Compiling fails unless the key has so many columns.
    #[allow(clippy::panic, reason = "evaluated by the compiler alone")]
    pub const fn has_key_of(&self, columns: usize) {
        assert!(self.key.len() == columns, "a key names every column of the key");
    }

    /// The name of a column.
    pub fn column(&self, place: usize) -> &'static str {
        let declaration = self.declaration(place);
        declaration.split_once(' ').map_or(declaration, |(name, _)| name)
    }

    /// The statements that create it.
    pub fn sql(&self) -> Vec<String> {
        let declared: Vec<_> = (0..self.width()).map(|place| self.declaration(place)).collect();
        let layout = if self.layout == Layout::Clustered { " WITHOUT ROWID" } else { "" };
        let create = format!(
            "CREATE TABLE {} ({}, PRIMARY KEY ({})) STRICT{}",
            self.name,
            declared.join(", "),
            self.key_names(", "),
            layout.replace(" W", ", W"),
        );
        std::iter::once(create).chain(self.also.iter().map(|sql| (*sql).to_owned())).collect()
    }

    /// The names of the key's columns, joined.
    pub(crate) fn key_names(&self, between: &str) -> String {
        (0..self.key.len()).map(|place| self.column(place)).collect::<Vec<_>>().join(between)
    }
}

/// Whether a declaration begins with a word.
const fn begins_with_word(declaration: &str, word: &str) -> bool {
    let (declaration, word) = (declaration.as_bytes(), word.as_bytes());
    if declaration.len() <= word.len() || declaration[word.len()] != b' ' {
        return false;
    }
    let mut place = 0;
    while place < word.len() {
        if declaration[place] != word[place] {
            return false;
        }
        place += 1;
    }
    true
}

/// Writes a whole row, in place of the one with its key if there is one.
macro_rules! put {
    ($writes:expr, $table:path { $($column:ident: $value:expr),+ $(,)? }) => {{
        const { $table.has_exactly(&[$(stringify!($column)),+]) };
        $writes.put(&$table, [$($crate::value::Value::from($value)),+])
    }};
}
pub(crate) use put;

/// Changes columns of a row; where there is no such row nothing happens.
macro_rules! update {
    ($writes:expr, $table:path [$($key:expr),+] { $($column:ident $op:tt $value:expr),+ $(,)? }) => {{
        const { $table.has_key_of([$(stringify!($key)),+].len()) };
        $writes.update(
            &$table,
            [$($crate::value::Value::from($key)),+],
            [$((const { $table.place(stringify!($column)) }, $crate::table::change!($op $value))),+],
        )
    }};
}
pub(crate) use update;

/// Changes columns of a row, which is made of defaults first where there is none.
macro_rules! upsert {
    ($writes:expr, $table:path [$($key:expr),+] { $($column:ident $op:tt $value:expr),+ $(,)? }) => {{
        const { $table.has_key_of([$(stringify!($key)),+].len()) };
        $writes.upsert(
            &$table,
            [$($crate::value::Value::from($key)),+],
            [$((const { $table.place(stringify!($column)) }, $crate::table::change!($op $value))),+],
        )
    }};
}
pub(crate) use upsert;

/// Deletes a row, if there is one.
macro_rules! delete {
    ($writes:expr, $table:path [$($key:expr),+]) => {{
        const { $table.has_key_of([$(stringify!($key)),+].len()) };
        $writes.delete(&$table, [$($crate::value::Value::from($key)),+])
    }};
}
pub(crate) use delete;

/// What is done to a column: `=` sets it, `+=` adds a number to it or counts an entity once more, `|=` sets the bits of
/// entities in a bitmap.
macro_rules! change {
    (= $value:expr) => {
        $crate::value::Value::from($value)
    };
    (+= $value:expr) => {
        $crate::value::Value::plus($value)
    };
    (|= $value:expr) => {
        $crate::value::Value::bits($value)
    };
}
pub(crate) use change;

#[cfg(test)]
mod tests {
    use super::*;

    static TABLE: Table = Table {
        name: "things",
        key: &["place INTEGER NOT NULL", "thing BLOB NOT NULL"],
        columns: &["name TEXT", "number INTEGER NOT NULL DEFAULT 0"],
        layout: Layout::Clustered,
        also: &["CREATE INDEX things_by_name ON things(name)"],
        looked_up: &[],
    };

    #[test]
    fn a_table_says_how_it_is_created() {
        insta::assert_snapshot!(TABLE.sql().join(";\n"), @r#"
        CREATE TABLE things (place INTEGER NOT NULL, thing BLOB NOT NULL, name TEXT, number INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (place, thing)) STRICT, WITHOUT ROWID;
        CREATE INDEX things_by_name ON things(name)
        "#);
    }

    #[test]
    fn columns_have_places() {
        assert_eq!(const { TABLE.place("number") }, 3);
        assert_eq!(TABLE.column(1), "thing");
        assert!(!begins_with_word("number INTEGER", "num"));
    }
}
