//! What stands in a row: values on their way into SQL and back out.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::Position;
use domain::id::*;
use domain::sealed::Sealed;
use domain::time::{Day, Time};
use rusqlite::types::{ToSqlOutput, Value as Owned, ValueRef};
use rusqlite::{Row, ToSql};
use uuid::Uuid;

/// A value of a column, or what is done to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Nothing: not known, not there, or gone.
    Null,
    /// A number, a time in microseconds, a day, or a code.
    Int(i64),
    /// An id, kept as 16 bytes.
    Id(Uuid),
    /// A text.
    Text(Box<str>),
    /// Bytes: ids in a row.
    Bytes(Box<[u8]>),
    /// In a change: the column stays as it is.
    Keep,
    /// In a change: added to what stands there.
    Plus(i64),
    /// Entities whose bits are set in a bitmap: in a change, beside those that are set there.
    Bits(BTreeSet<Uuid>),
    /// How often entities are counted: in a change, beside what was counted there.
    Counts(BTreeMap<Uuid, u64>),
    /// An entity, kept as the number that stands for it in bitmaps.
    Number(Uuid),
}

impl Value {
    /// Ids one after the other, 16 bytes each.
    pub fn ids(ids: &[MemberId]) -> Self {
        if ids.is_empty() {
            return Self::Null;
        }
        Self::Bytes(ids.iter().flat_map(|id| *id.0.as_bytes()).collect())
    }

    /// The bits of entities: of one, of those there are, of none.
    pub fn bits(entities: impl IntoIterator<Item = Uuid>) -> Self {
        Self::Bits(entities.into_iter().collect())
    }

    /// What is added to a column: a number, or an entity that is counted once more.
    pub(crate) fn plus(added: impl Into<Self>) -> Self {
        match added.into() {
            Self::Int(number) => Self::Plus(number),
            Self::Id(entity) => Self::Counts([(entity, 1)].into()),
            other => other,
        }
    }

    /// What stands after a change to this value.
    pub(crate) fn changed(&mut self, by: Self) {
        *self = match (std::mem::replace(self, Self::Null), by) {
            (was, Self::Keep) => was,
            (Self::Int(was), Self::Plus(n)) => Self::Int(was + n),
            (Self::Plus(was), Self::Plus(n)) => Self::Plus(was + n),
            (Self::Keep, Self::Plus(n)) => Self::Plus(n),
            // Nothing and a number is nothing, as in SQL.
            (_, Self::Plus(_)) => Self::Null,
            (Self::Bits(mut bits), Self::Bits(more)) => {
                bits.extend(more);
                Self::Bits(bits)
            }
            (Self::Counts(mut counts), Self::Counts(more)) => {
                more.into_iter().for_each(|(entity, count)| *counts.entry(entity).or_default() += count);
                Self::Counts(counts)
            }
            (_, now) => now,
        }
    }
}

macro_rules! from_ids {
    ($($id:ident),+) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Self { Self::Id(id.0) }
        }
    )+};
}
from_ids!(
    OrganisationId,
    DepartmentId,
    MemberId,
    CommunityId,
    PostId,
    CommentId,
    DocumentId,
    CampaignId,
    IdeaId,
    NotificationId,
    DraftId,
    WebhookId,
    EventId,
    TokenId,
    SessionId
);

macro_rules! from_numbers {
    ($($number:ty),+) => {$(
        impl From<$number> for Value {
            fn from(number: $number) -> Self { Self::Int(number.into()) }
        }
    )+};
}
from_numbers!(bool, u8, i32, u32, i64);

impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Int(number.cast_signed())
    }
}

impl From<Time> for Value {
    fn from(at: Time) -> Self {
        Self::Int(at.micros())
    }
}

impl From<Day> for Value {
    fn from(day: Day) -> Self {
        Self::Int(day.0.into())
    }
}

impl From<Position> for Value {
    fn from(position: Position) -> Self {
        position.0.into()
    }
}

impl From<Item> for Value {
    fn from(item: Item) -> Self {
        Self::Id(item.id())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl<T> From<Option<T>> for Value
where
    T: Into<Value>,
{
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

macro_rules! from_sealed {
    ($($ty:ty => $value:expr),+ $(,)?) => {$(
        impl From<&Sealed<$ty>> for Value {
            fn from(sealed: &Sealed<$ty>) -> Self { sealed.open().map_or(Self::Null, $value) }
        }
    )+};
}
// What is gone is not there.
from_sealed!(
    String => |text| text.as_str().into(),
    Option<String> => |text| text.as_deref().into(),
    MemberId => |member| Self::Id(member.0),
    Time => |at| (*at).into(),
);

impl From<&Option<String>> for Value {
    fn from(text: &Option<String>) -> Self {
        text.as_deref().into()
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null | Self::Keep => ToSqlOutput::Owned(Owned::Null),
            Self::Int(number) | Self::Plus(number) => ToSqlOutput::Owned(Owned::Integer(*number)),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Bits(_) | Self::Counts(_) | Self::Number(_) => {
                let error = "an entity stands in a row as the number that the writer hands out";
                return Err(rusqlite::Error::ToSqlConversionFailure(error.into()));
            }
        })
    }
}

/// Short enough for snapshots: an id is written as its two halves without leading zeros.
impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Null => f.write_str("-"),
            Self::Keep => f.write_str("…"),
            Self::Int(number) => write!(f, "{number}"),
            Self::Plus(number) => write!(f, "{number:+}"),
            Self::Id(id) => {
                let (high, low) = id.as_u64_pair();
                write!(f, "{high:x}:{low:x}")
            }
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => {
                let ids = bytes.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok());
                f.debug_list().entries(ids.map(|id| Self::Id(id).to_string())).finish()
            }
            Self::Bits(entities) => {
                f.write_str("+")?;
                f.debug_set().entries(entities.iter().map(|id| Self::Id(*id).to_string())).finish()
            }
            Self::Counts(counts) => {
                f.write_str("+")?;
                let counts = counts.iter().map(|(id, count)| (Self::Id(*id).to_string(), count));
                f.debug_map().entries(counts).finish()
            }
            Self::Number(entity) => write!(f, "#{}", Self::Id(*entity)),
        }
    }
}

/// A type that a column is read as.
pub(crate) trait Column: Sized {
    /// Reads the column at a place of a row.
    fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self>;
}

/// Reads the column at a place of a row.
pub(crate) fn col<T: Column>(row: &Row<'_>, place: usize) -> rusqlite::Result<T> {
    T::of(row, place)
}

/// Reads an id, which may be missing.
pub(crate) fn maybe_id<T: From<Uuid>>(row: &Row<'_>, place: usize) -> rusqlite::Result<Option<T>> {
    match row.get_ref(place)? {
        ValueRef::Null => Ok(None),
        ValueRef::Blob(bytes) => Uuid::from_slice(bytes).map(|id| Some(id.into())).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(place, rusqlite::types::Type::Blob, error.into())
        }),
        other => Err(rusqlite::Error::InvalidColumnType(place, "an id".to_owned(), other.data_type())),
    }
}

/// Reads an id.
pub(crate) fn id<T: From<Uuid>>(row: &Row<'_>, place: usize) -> rusqlite::Result<T> {
    maybe_id(row, place)?.ok_or_else(|| {
        rusqlite::Error::InvalidColumnType(place, "an id".to_owned(), rusqlite::types::Type::Null)
    })
}

/// Reads ids kept one after the other.
pub(crate) fn ids<T: From<Uuid>>(row: &Row<'_>, place: usize) -> rusqlite::Result<Vec<T>> {
    let bytes = row.get_ref(place)?.as_blob_or_null()?.unwrap_or_default();
    Ok(bytes.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok()).map(T::from).collect())
}

macro_rules! plain_columns {
    ($($ty:ty),+) => {$(
        impl Column for $ty {
            fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> { row.get(place) }
        }
        impl Column for Option<$ty> {
            fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> { row.get(place) }
        }
    )+};
}
plain_columns!(bool, i32, u32, i64, String);

impl Column for u64 {
    fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> {
        row.get(place).map(i64::cast_unsigned)
    }
}

impl Column for Time {
    fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> {
        let micros = row.get(place)?;
        Self::try_from_micros(micros).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(place, micros))
    }
}

impl Column for Option<Time> {
    fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> {
        let micros: Option<i64> = row.get(place)?;
        micros.map(|_| Time::of(row, place)).transpose()
    }
}

impl Column for Day {
    fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> {
        row.get(place).map(Self)
    }
}

impl Column for Option<Day> {
    fn of(row: &Row<'_>, place: usize) -> rusqlite::Result<Self> {
        row.get::<_, Option<i32>>(place).map(|day| day.map(Day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_add_up() {
        let mut value = Value::Int(3);
        value.changed(Value::Plus(2));
        value.changed(Value::Keep);
        assert_eq!(value, Value::Int(5));
        let mut change = Value::Keep;
        change.changed(Value::Plus(2));
        change.changed(Value::Plus(-3));
        assert_eq!(change, Value::Plus(-1));
        change.changed(Value::Int(7));
        assert_eq!(change, Value::Int(7));
    }

    #[test]
    fn bits_come_together() {
        let [one, two] = [1, 2].map(Uuid::from_u128);
        let mut change = Value::Keep;
        for entity in [Some(two), None, Some(one), Some(two)] {
            change.changed(Value::bits(entity));
        }
        assert_eq!(change, Value::bits([one, two]));
        assert_eq!(change.to_string(), r#"+{"0:1", "0:2"}"#);
    }

    #[test]
    fn entities_are_counted() {
        let [one, two] = [1, 2].map(Uuid::from_u128);
        let mut change = Value::Keep;
        [two, one, two].into_iter().for_each(|entity| change.changed(Value::plus(entity)));
        assert_eq!(change.to_string(), r#"+{"0:1": 1, "0:2": 2}"#);
    }
}
