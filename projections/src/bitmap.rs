//! Bitmaps of dense numbers, as they stand in columns: roaring bitmaps in the portable format, written so that equal
//! sets are equal bytes.

use roaring::RoaringBitmap;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{Type, ValueRef};
use rusqlite::{Connection, Error, Result, Row};

use crate::value::Column;

/// The SQL function that adds the numbers of one bitmap to another; the writer's connection alone has it.
pub(crate) const UNITED: &str = "united";

/// The bytes of a bitmap. How it came to be leaves no mark on them: runs are chosen anew.
pub(crate) fn written(mut bitmap: RoaringBitmap) -> std::io::Result<Vec<u8>> {
    bitmap.remove_run_compression();
    bitmap.optimize();
    let mut bytes = Vec::with_capacity(bitmap.serialized_size());
    bitmap.serialize_into(&mut bytes)?;
    Ok(bytes)
}

/// The bitmap that bytes stand for; no bytes at all are the empty one, as is nothing.
fn read(place: usize, value: ValueRef<'_>) -> Result<RoaringBitmap> {
    match value.as_blob_or_null() {
        Ok(None | Some(&[])) => Ok(RoaringBitmap::new()),
        Ok(Some(bytes)) => RoaringBitmap::deserialize_from(bytes)
            .map_err(|error| Error::FromSqlConversionFailure(place, Type::Blob, error.into())),
        Err(error) => Err(Error::FromSqlConversionFailure(place, value.data_type(), error.into())),
    }
}

/// The only number of a bitmap as it is written, if there is one alone: found without reading it.
pub(crate) fn only(bytes: &[u8]) -> Option<u32> {
    let bytes: &[u8; 18] = bytes.try_into().ok()?;
    // No runs, one container, one number in it.
    let is_alone = bytes[..8] == [0x3a, 0x30, 0, 0, 1, 0, 0, 0] && bytes[10..12] == [0, 0];
    let [key, low] = [[bytes[8], bytes[9]], [bytes[16], bytes[17]]].map(u16::from_le_bytes);
    is_alone.then(|| (u32::from(key) << 16) | u32::from(low))
}

impl Column for RoaringBitmap {
    fn of(row: &Row<'_>, place: usize) -> Result<Self> {
        read(place, row.get_ref(place)?)
    }
}

impl Column for Option<RoaringBitmap> {
    fn of(row: &Row<'_>, place: usize) -> Result<Self> {
        let value = row.get_ref(place)?;
        if value == ValueRef::Null { Ok(None) } else { read(place, value).map(Some) }
    }
}

/// Gives a connection the function [`UNITED`].
pub(crate) fn define(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(UNITED, 2, flags, |context| {
        let bitmap = read(0, context.get_raw(0))? | read(1, context.get_raw(1))?;
        written(bitmap).map_err(|error| Error::UserFunctionError(error.into()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands in a column after bitmaps were added to it one by one.
    fn united(parts: &[Vec<u32>]) -> Vec<u8> {
        let connection = Connection::open_in_memory().unwrap();
        define(&connection).unwrap();
        let add = |sum: Vec<u8>, part: &Vec<u32>| {
            let part = written(part.iter().collect()).unwrap();
            connection.query_row("SELECT united(?1, ?2)", [sum, part], |row| row.get(0)).unwrap()
        };
        parts.iter().fold(vec![], add)
    }

    #[test]
    fn one_number_alone_is_found_without_reading() {
        let found = |numbers: &[u32]| only(&written(numbers.iter().collect()).unwrap());
        for number in [0, 7, 65_535, 65_536, 1_000_000, u32::MAX] {
            assert_eq!(found(&[number]), Some(number));
        }
        assert_eq!([found(&[]), found(&[1, 2]), found(&[1, 70_000]), only(b"x")], [None; 4]);
    }

    #[test]
    fn the_same_numbers_are_the_same_bytes_however_they_came_together() {
        let sparse: Vec<u32> = (0..30_000).filter(|number| number % 3 == 0).collect();
        let dense: Vec<u32> = (0..9_000).collect();
        // As long with runs as without, and shorter with runs before the last number comes.
        let tied: Vec<u32> = vec![1, 2, 3, 4, 9];
        for numbers in [sparse, dense, tied] {
            let whole = united(std::slice::from_ref(&numbers));
            for size in [4, 1_000, 4_096, 5_000] {
                let forwards: Vec<Vec<u32>> = numbers.chunks(size).map(<[u32]>::to_vec).collect();
                let backwards: Vec<Vec<u32>> = forwards.iter().rev().cloned().collect();
                assert!(united(&forwards) == whole && united(&backwards) == whole, "in parts of {size}");
            }
        }
    }

    #[test]
    fn bytes_that_are_no_bitmap_are_an_error() {
        let connection = Connection::open_in_memory().unwrap();
        define(&connection).unwrap();
        for sql in ["SELECT united(x'', x'ff')", "SELECT united(1, x'')"] {
            assert!(connection.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0)).is_err(), "{sql}");
        }
        assert!(connection.query_row("SELECT x'ff'", [], |row| RoaringBitmap::of(row, 0)).is_err());
    }
}
