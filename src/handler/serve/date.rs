//! Dates of HTTP (RFC 9110 section 5.6.7) as seconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A date in one of the three formats; none when it is something else, or before 1970.
#[must_use]
pub fn parse(value: &[u8]) -> Option<i64> {
    parse_at(value, now())
}

fn parse_at(value: &[u8], now: i64) -> Option<i64> {
    let text = std::str::from_utf8(value.trim_ascii()).ok()?;
    match with_century(text) {
        // A year of two digits is the one that is at most 50 years ahead.
        Some([this_century, last_century]) => seconds(&this_century)
            .filter(|seconds| *seconds <= now.saturating_add(50 * 31_556_952))
            .or_else(|| seconds(&last_century)),
        None => seconds(text),
    }
}

/// The two readings of a date like `Sunday, 06-Nov-94 08:49:37 GMT`, with four digits.
fn with_century(text: &str) -> Option<[String; 2]> {
    let (weekday, rest) = text.split_once(", ")?;
    let (date, time) = rest.split_once(' ')?;
    let mut parts = date.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let full_name = weekday.ends_with("day") && year.len() == 2 && parts.next().is_none();
    let weekday = weekday.get(..3)?;
    full_name.then(|| ["20", "19"].map(|century| format!("{weekday}, {day} {month} {century}{year} {time}")))
}

fn seconds(text: &str) -> Option<i64> {
    let time = httpdate::parse_http_date(text).ok()?;
    time.duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
}

/// The date in the format that senders use.
#[must_use]
pub fn format(seconds: i64) -> String {
    /// The end of the year 9999, the last one with four digits.
    const LAST: u64 = 253_402_300_799;
    let seconds = u64::try_from(seconds).unwrap_or_default().min(LAST);
    httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(seconds))
}

/// The clock of this machine.
#[must_use]
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::cases;
    use proptest::prelude::*;

    #[test]
    fn three_formats_are_read_and_one_is_written() {
        const EXAMPLE: i64 = 784_111_777;
        assert_eq!(format(EXAMPLE), "Sun, 06 Nov 1994 08:49:37 GMT");
        for (text, seconds) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(EXAMPLE)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(EXAMPLE)),
            ("Sun Nov  6 08:49:37 1994", Some(EXAMPLE)),
            (" Sun, 06 Nov 1994 08:49:37 GMT ", Some(EXAMPLE)),
            ("Sun, 06 Nov 1994 08:49:37", None),
            ("Sun, 06 Nov 1994 08:49:37 CET", None),
            ("1994-11-06T08:49:37Z", None),
            ("784111777", None),
            ("", None),
        ] {
            assert_eq!(parse(text.as_bytes()), seconds, "{text}");
        }
        // 2026-11-23: 2076-11-06 is less than 50 years ahead, 2077 is more.
        for (text, seconds) in [
            ("Friday, 06-Nov-76 08:49:37 GMT", Some(3_371_878_177)),
            ("Sunday, 06-Nov-77 08:49:37 GMT", Some(247_654_177)),
            ("Monday, 06-Nov-00 08:49:37 GMT", Some(973_500_577)),
        ] {
            assert_eq!(parse_at(text.as_bytes(), 1_795_392_000), seconds, "{text}");
        }
        assert_eq!(parse(b"\xff"), None);
        assert_eq!(format(i64::MAX), "Fri, 31 Dec 9999 23:59:59 GMT");
        assert_eq!(format(-1), "Thu, 01 Jan 1970 00:00:00 GMT");
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn what_is_written_is_read(seconds in 0..253_402_300_800_i64) {
            prop_assert_eq!(parse(format(seconds).as_bytes()), Some(seconds));
        }

        #[test]
        fn any_bytes_are_a_date_or_none(value in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = parse(&value);
        }
    }
}
