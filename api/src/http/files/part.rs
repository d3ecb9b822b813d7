//! Which part of a file is asked for (RFC 9110, section 14).

use std::ops::Range;

use axum::http::{HeaderMap, header};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// All of it: nothing else was asked for, or nothing that makes sense, or several parts at once.
    Whole,
    /// A part that is not empty.
    Part(Range<u64>),
    /// Something beyond its end.
    Beyond,
}

/// What a request asks for of a file of a size and an entity tag.
pub(super) fn asked(headers: &HeaderMap, size: u64, etag: &str) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    // A part of another file than the client knows would be of no use to it.
    if headers.contains_key(header::IF_RANGE) && text(header::IF_RANGE) != Some(etag) {
        return Asked::Whole;
    }
    text(header::RANGE).and_then(|range| read(range, size)).unwrap_or(Asked::Whole)
}

fn read(range: &str, size: u64) -> Option<Asked> {
    let (unit, range) = range.split_once('=')?;
    let (from, to) = range.split_once('-').filter(|_| unit.trim().eq_ignore_ascii_case("bytes"))?;
    let number = |text: &str| -> Option<u64> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // A number that is too long to be held lies beyond every end.
        digits.then(|| text.parse().unwrap_or(u64::MAX))
    };
    let (from, to) = (from.trim(), to.trim());
    let part = match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => from..size.min(to.saturating_add(1)),
        (Some(from), None) if to.is_empty() => from..size,
        (None, Some(last)) if from.is_empty() => size.saturating_sub(last)..size,
        _ => return None,
    };
    Some(if part.is_empty() { Asked::Beyond } else { Asked::Part(part) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_ten(range: &str) -> Asked {
        read(range, 10).unwrap_or(Asked::Whole)
    }

    #[test]
    fn one_part_is_from_to_from_on_or_the_last() {
        assert_eq!(of_ten("bytes=0-0"), Asked::Part(0..1));
        assert_eq!(of_ten("bytes=2-5"), Asked::Part(2..6));
        assert_eq!(of_ten("Bytes = 2 - 99"), Asked::Part(2..10));
        assert_eq!(of_ten("bytes=4-"), Asked::Part(4..10));
        assert_eq!(of_ten("bytes=-3"), Asked::Part(7..10));
        assert_eq!(of_ten("bytes=-99"), Asked::Part(0..10));
        assert_eq!(of_ten("bytes=0-99999999999999999999999999"), Asked::Part(0..10));
    }

    #[test]
    fn what_lies_beyond_the_end_is_told() {
        for range in ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999999999-"] {
            assert_eq!(of_ten(range), Asked::Beyond, "{range}");
        }
        assert_eq!(read("bytes=0-", 0), Some(Asked::Beyond));
    }

    #[test]
    fn what_makes_no_sense_or_is_several_parts_asks_for_all() {
        for range in
            ["bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", "bytes=-", "bytes", "bytes=+1-2"]
        {
            assert_eq!(of_ten(range), Asked::Whole, "{range}");
        }
    }

    #[test]
    fn a_part_of_another_file_is_not_given() {
        let with = |if_range: &'static str| {
            let headers = [(header::RANGE, "bytes=0-1"), (header::IF_RANGE, if_range)];
            let headers = headers.map(|(name, value)| (name, value.parse().unwrap()));
            asked(&HeaderMap::from_iter(headers), 10, "\"ab\"")
        };
        assert_eq!(with("\"ab\""), Asked::Part(0..2));
        for other in ["\"cd\"", "W/\"ab\"", "Tue, 01 Jan 2030 00:00:00 GMT"] {
            assert_eq!(with(other), Asked::Whole, "{other}");
        }
    }
}
