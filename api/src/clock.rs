//! The one place that reads the clock.

use chrono::Timelike;
use domain::time::{Day, Time};

/// Tells the time; handed to whatever needs it, so that tests stand still.
pub trait Clock: Send + Sync {
    /// Now, in microseconds.
    fn now(&self) -> Time;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Time {
        chrono::Utc::now().into()
    }
}

/// The local day of an instant in a zone of the IANA database; in UTC when the zone is unknown.
pub fn local_day(at: Time, time_zone: &str) -> Day {
    let zone: chrono_tz::Tz = time_zone.parse().unwrap_or(chrono_tz::UTC);
    at.utc().with_timezone(&zone).date_naive().into()
}

/// The instant at which a local day begins in a zone of the IANA database; in UTC when the zone is unknown. Where the
/// clock skips midnight, the first instant after.
pub fn day_begins(day: Day, time_zone: &str) -> Time {
    let zone: chrono_tz::Tz = time_zone.parse().unwrap_or(chrono_tz::UTC);
    let begins = |hours: i64| {
        let local = day.date().and_time(chrono::NaiveTime::MIN) + chrono::TimeDelta::hours(hours);
        local.and_local_timezone(zone).earliest()
    };
    let first = (0..24)
        .find_map(begins)
        .map_or_else(|| day.date().and_time(chrono::NaiveTime::MIN).and_utc(), |at| at.to_utc());
    first.into()
}

/// The local hour of an instant in a zone of the IANA database, 0 to 23; in UTC when the zone is unknown.
pub fn local_hour(at: Time, time_zone: &str) -> u32 {
    let zone: chrono_tz::Tz = time_zone.parse().unwrap_or(chrono_tz::UTC);
    at.utc().with_timezone(&zone).hour()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_local_midnight() {
        let at: Time = "2026-07-01T22:30:00Z".parse().unwrap();
        assert_eq!(local_day(at, "Europe/Paris").to_string(), "2026-07-02");
        assert_eq!(local_day(at, "UTC").to_string(), "2026-07-01");
        assert_eq!(
            day_begins(local_day(at, "Europe/Paris"), "Europe/Paris").to_string(),
            "2026-07-01T22:00:00Z"
        );
        // Midnight was skipped.
        let skipped = "2018-11-04".parse().unwrap();
        assert_eq!(day_begins(skipped, "America/Sao_Paulo").to_string(), "2018-11-04T03:00:00Z");
        assert_eq!((local_hour(at, "Europe/Paris"), local_hour(at, "UTC")), (0, 22));
    }
}
