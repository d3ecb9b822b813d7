//! An end in a row, which may be taken away.

use domain::time::Time;
use serde::{Deserialize, Deserializer, Serialize, de};

/// An end, or the absence of one, written as an empty text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EndTime(pub Option<Time>);

impl Serialize for EndTime {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(time) => time.serialize(to),
            None => to.serialize_str(""),
        }
    }
}

impl<'de> Deserialize<'de> for EndTime {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
        if text.is_empty() {
            return Ok(Self(None));
        }
        text.parse().map(|time| Self(Some(time))).map_err(de::Error::custom)
    }
}
