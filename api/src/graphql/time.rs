//! Times as GraphQL scalars.

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// An instant in RFC 3339, in UTC, up to microseconds, between the years 1 and 9999: `2026-01-31T08:00:00Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DateTime(pub(crate) domain::time::Time);

/// A day in the organisation's time zone: `2026-01-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(pub(crate) domain::time::Day);

/// An instant in RFC 3339, in UTC, up to microseconds, between the years 1 and 9999: `2026-01-31T08:00:00Z`.
#[Scalar(name = "DateTime", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value).map(Self)
    }
    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A day in the organisation's time zone: `2026-01-31`.
#[Scalar(name = "Date", specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339")]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        text(value).map(Self)
    }
    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

fn text<T: std::str::FromStr<Err: std::fmt::Display>, S: InputType>(
    value: Value,
) -> Result<T, InputValueError<S>> {
    match value {
        Value::String(text) => text.parse().map_err(InputValueError::custom),
        other => Err(InputValueError::expected_type(other)),
    }
}
