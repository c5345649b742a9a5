//! Scalars of our own: calendar dates and addresses. Instants are the library's `DateTime`.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

use crate::read::ReadError;

/// Calendar date, ISO 8601: 2024-07-05.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Date(pub(crate) String);

/// Calendar date, ISO 8601: `2024-07-05`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) if is_date(text) => Ok(Self(text.clone())),
            _ => Err(InputValueError::custom(format!("{value} is not a date such as \"2024-07-05\""))),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// Ten characters that name a day: chrono alone would take `2024-7-5`, which sorts elsewhere.
fn is_date(text: &str) -> bool {
    text.len() == 10 && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok_and(|date| date.to_string() == text)
}

/// Absolute http(s) URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Url(pub(crate) String);

/// Absolute http or https URL.
#[Scalar(name = "URL")]
impl ScalarType for Url {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            _ => Err(InputValueError::custom(format!("{value} is not a URL such as \"https://example.org/review\""))),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// Instant in UTC, RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant(DateTime<Utc>);

/// Instant in UTC, RFC 3339: `2024-07-05T18:30:00.250Z`.
#[Scalar(name = "DateTime", specified_by_url = "https://datatracker.ietf.org/doc/html/rfc3339")]
impl ScalarType for Instant {
    fn parse(value: Value) -> InputValueResult<Self> {
        let instant = match &value {
            Value::String(text) => DateTime::parse_from_rfc3339(text).ok(),
            _ => None,
        };
        instant.map(|instant| Self(instant.with_timezone(&Utc))).ok_or_else(|| {
            InputValueError::custom(format!("{value} is not an instant such as \"2024-07-05T18:30:00Z\""))
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

impl Instant {
    /// From microseconds since 1970.
    ///
    /// # Errors
    /// When it lies beyond what a calendar has.
    pub(crate) fn from_micros(micros: i64) -> Result<Self, ReadError> {
        let instant = DateTime::from_timestamp_micros(micros);
        instant.map(Self).ok_or_else(|| ReadError::Row(format!("{micros} µs is not an instant")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_in_full_are_dates() {
        assert!(Date::parse(Value::from("2024-07-05")).is_ok());
        for wrong in ["2024-7-5", "2024-02-30", "05.07.2024", "", "2024-07-05T00:00", "+2024-07-5"] {
            assert!(Date::parse(Value::from(wrong)).is_err(), "{wrong}");
        }
    }
}
