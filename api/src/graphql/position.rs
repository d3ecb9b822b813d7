//! Positions as clients hold them: opaque texts that only the journal that gave them out understands.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A moment of the journal, opaque: what an answer stands at. Send it back as `atLeast` to read at that moment or
/// later, or as `after` to go on from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    /// The first bytes of the journal's id.
    pub(crate) journal: [u8; 4],
    /// The position there.
    pub(crate) at: domain::event::Position,
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = [0; 12];
        bytes[..4].copy_from_slice(&self.journal);
        bytes[4..].copy_from_slice(&self.at.0.to_be_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl std::str::FromStr for Position {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NOT_ONE: &str = "not a position; send back one that an answer carried";
        let bytes: [u8; 12] =
            URL_SAFE_NO_PAD.decode(text).ok().and_then(|b| b.try_into().ok()).ok_or(NOT_ONE)?;
        let [a, b, c, d, at @ ..] = bytes;
        Ok(Self { journal: [a, b, c, d], at: domain::event::Position(u64::from_be_bytes(at)) })
    }
}

/// A moment of the journal, opaque: what an answer stands at. Send it back as `atLeast` to read at that moment or
/// later, or as `after` to go on from there.
#[Scalar(name = "Position")]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => text.parse().map_err(InputValueError::custom),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_leads_back_to_itself() {
        let position = Position { journal: [1, 2, 3, 4], at: domain::event::Position(77) };
        assert_eq!(position.to_string().parse(), Ok(position));
        assert!("77".parse::<Position>().is_err());
    }
}
