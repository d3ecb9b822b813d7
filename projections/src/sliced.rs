//! How often each of dense numbers was counted, as it stands in columns: bit-sliced, so that sums and comparisons are
//! those of bitmaps (O'Neil and Quass, "Improved query performance with variant indexes", SIGMOD 1997).

use roaring::{MultiOps, RoaringBitmap};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result, Row};

use crate::bitmap;
use crate::value::Column;

/// The SQL function that adds counts to counts; the writer's connection alone has it.
pub(crate) const SUMMED: &str = "summed";

/// Counts: the bitmap at a place is of those in whose count that bit is set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sliced(Vec<RoaringBitmap>);

impl Sliced {
    /// Adds a count to each.
    pub fn add(&mut self, other: &Self) {
        let mut carry = RoaringBitmap::new();
        let mut place = 0;
        while place < other.0.len() || !carry.is_empty() {
            if place == self.0.len() {
                self.0.push(RoaringBitmap::new());
            }
            let slice = &mut self.0[place];
            // Of three bits, the odd one stays, and two of them are carried.
            let mut carried = &*slice & &carry;
            *slice ^= &carry;
            if let Some(added) = other.0.get(place) {
                carried |= &*slice & added;
                *slice ^= added;
            }
            carry = carried;
            place += 1;
        }
    }

    /// Adds one to each of some numbers.
    pub fn count(&mut self, once: RoaringBitmap) {
        if !once.is_empty() {
            self.add(&Self(vec![once]));
        }
    }

    /// Whose count is so high or higher.
    pub fn at_least(&self, count: u64) -> RoaringBitmap {
        let Some(below) = count.checked_sub(1) else { return self.counted() };
        if below.checked_shr(self.0.len() as u32).is_some_and(|beyond| beyond > 0) {
            return RoaringBitmap::new();
        }
        // From the highest bit: those above by the bits so far, and those who are even.
        let (mut above, mut even) = (RoaringBitmap::new(), self.counted());
        for (place, slice) in self.0.iter().enumerate().rev() {
            if below.checked_shr(place as u32).unwrap_or(0) & 1 == 1 {
                even &= slice;
            } else {
                above |= &even & slice;
                even -= slice;
            }
        }
        above
    }

    fn counted(&self) -> RoaringBitmap {
        self.0.iter().union()
    }

    /// Everybody who was counted, and how often.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.counted().into_iter().map(|number| {
            let bit = |(place, slice): (usize, &RoaringBitmap)| u64::from(slice.contains(number)) << place;
            (number, self.0.iter().enumerate().map(bit).sum())
        })
    }

    /// The bytes of them: those of each bitmap, one after the other. How they came to be leaves no mark on them.
    pub(crate) fn written(self) -> std::io::Result<Vec<u8>> {
        let slices = self.0.into_iter().map(bitmap::written).collect::<std::io::Result<Vec<_>>>()?;
        Ok(slices.concat())
    }
}

impl FromIterator<(u32, u64)> for Sliced {
    fn from_iter<T: IntoIterator<Item = (u32, u64)>>(counts: T) -> Self {
        let mut slices = Vec::new();
        for (number, count) in counts {
            let bits = (u64::BITS - count.leading_zeros()) as usize;
            slices.resize_with(bits.max(slices.len()), RoaringBitmap::new);
            for (_, slice) in slices.iter_mut().enumerate().filter(|(place, _)| (count >> place) & 1 == 1) {
                slice.insert(number);
            }
        }
        Self(slices)
    }
}

/// The counts that bytes stand for; no bytes at all are none.
fn read(place: usize, value: ValueRef<'_>) -> Result<Sliced> {
    let wrong = |error| Error::FromSqlConversionFailure(place, value.data_type(), error);
    let mut bytes = value.as_blob().map_err(|error| wrong(error.into()))?;
    let mut slices = Vec::new();
    while !bytes.is_empty() {
        slices.push(RoaringBitmap::deserialize_from(&mut bytes).map_err(|error| wrong(error.into()))?);
    }
    Ok(Sliced(slices))
}

impl Column for Sliced {
    fn of(row: &Row<'_>, place: usize) -> Result<Self> {
        read(place, row.get_ref(place)?)
    }
}

/// Gives a connection the function [`SUMMED`].
pub(crate) fn define(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(SUMMED, 2, flags, |context| {
        let mut sum = read(0, context.get_raw(0))?;
        sum.add(&read(1, context.get_raw(1))?);
        sum.written().map_err(|error| Error::UserFunctionError(error.into()))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::collection::{btree_map, vec};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    type Counts = BTreeMap<u32, u64>;

    proptest! {
        #[test]
        fn sums_are_those_of_numbers_and_the_same_bytes_however_they_came_together(
            parts in vec(btree_map(0..40_u32, 1..70_u64, 0..30), 0..6),
            least in 0..200_u64,
        ) {
            let (mut sums, mut sliced) = (Counts::new(), Sliced::default());
            for part in &parts {
                part.iter().for_each(|(number, count)| *sums.entry(*number).or_default() += count);
                sliced.add(&part.iter().map(|(number, count)| (*number, *count)).collect());
            }
            prop_assert_eq!(sliced.iter().collect::<Counts>(), sums.clone());
            let many = sums.iter().filter(|(_, count)| **count >= least).map(|(number, _)| *number);
            prop_assert_eq!(sliced.at_least(least), many.collect());
            let at_once: Sliced = sums.into_iter().collect();
            prop_assert_eq!(sliced.written().unwrap(), at_once.written().unwrap());
        }

        #[test]
        fn counts_of_any_size_are_compared(count in any::<u64>(), least in any::<u64>()) {
            let sliced: Sliced = [(7, count)].into_iter().collect();
            prop_assert_eq!(sliced.at_least(least).contains(7), count >= least && count > 0);
        }
    }

    #[test]
    fn counts_are_added_to_those_that_stand_in_a_row() {
        let connection = Connection::open_in_memory().unwrap();
        define(&connection).unwrap();
        let of = |counts: &[(u32, u64)]| counts.iter().copied().collect::<Sliced>();
        let parts = [of(&[(3, 2), (9, 1)]), of(&[]), of(&[(3, 2), (70_000, 5)])];
        let sum = parts.into_iter().fold(Vec::new(), |sum: Vec<u8>, part| {
            let part = part.written().unwrap();
            connection.query_row("SELECT summed(?1, ?2)", [sum, part], |row| row.get(0)).unwrap()
        });
        let read = connection.query_row("SELECT ?1", [&sum], |row| Sliced::of(row, 0)).unwrap();
        assert_eq!(read, of(&[(3, 4), (9, 1), (70_000, 5)]));
        assert!(connection.query_row("SELECT x'ff'", [], |row| Sliced::of(row, 0)).is_err());
    }
}
