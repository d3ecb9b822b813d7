//! Instants and local days. Nothing here reads a clock: times are handed in.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An instant in microseconds since 1970-01-01T00:00:00Z, written as RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Time(i64);

/// Why a text is no instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATime;

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an RFC 3339 time between the years 1 and 9999, such as 2026-01-31T08:00:00Z")
    }
}

impl std::error::Error for NotATime {}

impl Time {
    const MIN_US: i64 = -62_135_596_800_000_000;
    const MAX_US: i64 = 253_402_300_799_999_999;

    /// The earliest instant.
    pub const MIN: Self = Self(Self::MIN_US);
    /// The latest instant.
    pub const MAX: Self = Self(Self::MAX_US);
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);

    /// From microseconds since the epoch; refused outside the years 1 to 9999.
    pub fn try_from_micros(micros: i64) -> Result<Self, NotATime> {
        if (Self::MIN_US..=Self::MAX_US).contains(&micros) { Ok(Self(micros)) } else { Err(NotATime) }
    }

    /// Microseconds since the epoch.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// So much later, at most the latest instant.
    pub fn later(self, by: Duration) -> Self {
        Self(self.0.saturating_add(micros(by)).min(Self::MAX_US))
    }

    /// So much earlier, at least the earliest instant.
    pub fn earlier(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(micros(by)).max(Self::MIN_US))
    }

    /// The same instant for calendar arithmetic.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }
}

fn micros(of: Duration) -> i64 {
    i64::try_from(of.as_micros()).unwrap_or(i64::MAX)
}

impl From<DateTime<Utc>> for Time {
    /// Cut to microseconds; clamped to the years 1 to 9999.
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros().clamp(Self::MIN_US, Self::MAX_US))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let precision = match self.0.rem_euclid(1_000_000) {
            0 => SecondsFormat::Secs,
            us if us % 1_000 == 0 => SecondsFormat::Millis,
            _ => SecondsFormat::Micros,
        };
        f.write_str(&self.utc().to_rfc3339_opts(precision, true))
    }
}

impl FromStr for Time {
    type Err = NotATime;
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| NotATime)?;
        Self::try_from_micros(at.timestamp_micros())
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from_text(from)
    }
}

/// A day in the organisation's time zone, as days since 1970-01-01, written `2026-01-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Day(pub i32);

impl Day {
    /// The month of the day, written `2026-01`: the life of a trace's key.
    pub fn month(self) -> Month {
        let date = self.date();
        Month(chrono::Datelike::year(&date) * 12 + chrono::Datelike::month0(&date).cast_signed())
    }

    /// The same day for calendar arithmetic.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }

    /// Its day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[(self.0 + 3).rem_euclid(7) as usize]
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// The first of the week.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

impl Weekday {
    /// Every day of the week, from Monday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date.to_epoch_days())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().fmt(f)
    }
}

impl FromStr for Day {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<NaiveDate>().map(Self::from)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from_text(from)
    }
}

/// A calendar month as year × 12 + (month − 1), written `2026-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Month(pub i32);

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

impl FromStr for Month {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        format!("{text}-01").parse::<Day>().map(Day::month)
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from_text(from)
    }
}

/// Reads a value from its text form.
pub(crate) fn from_text<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    struct Text<T>(std::marker::PhantomData<T>);
    impl<T: FromStr<Err: fmt::Display>> de::Visitor<'_> for Text<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }
    from.deserialize_str(Text(std::marker::PhantomData))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_written_as_short_as_it_can_be() {
        for text in ["2010-01-02T17:40:10Z", "2014-06-18T01:15:54.174Z", "2014-06-18T01:15:54.000174Z"] {
            assert_eq!(text.parse::<Time>().map(|t| t.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn the_year_10000_is_refused() {
        assert_eq!("10000-01-01T00:00:00Z".parse::<Time>(), Err(NotATime));
        assert_eq!("9999-12-31T23:30:00-01:00".parse::<Time>(), Err(NotATime));
    }

    #[test]
    fn later_and_earlier_stay_within_the_years_there_are() {
        let (at, hour): (Time, _) = ("2026-03-02T09:00:00Z".parse().unwrap(), Duration::from_secs(3_600));
        assert_eq!(at.later(hour).to_string(), "2026-03-02T10:00:00Z");
        assert_eq!(at.earlier(hour).to_string(), "2026-03-02T08:00:00Z");
        assert_eq!((Time::MAX.later(hour), Time::MIN.earlier(Duration::MAX)), (Time::MAX, Time::MIN));
    }

    #[test]
    fn a_day_knows_its_day_of_the_week() {
        let of = |text: &str| text.parse::<Day>().unwrap().weekday();
        assert_eq!(
            ["2001-01-01", "1969-12-31", "2026-11-29"].map(of),
            [Weekday::Monday, Weekday::Wednesday, Weekday::Sunday]
        );
    }

    #[test]
    fn a_day_knows_its_month() {
        let day: Day = "2026-11-23".parse().unwrap();
        assert_eq!(day.month().to_string(), "2026-11");
        assert_eq!("2026-11".parse::<Month>().unwrap(), day.month());
    }
}
