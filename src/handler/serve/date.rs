//! Dates of HTTP (RFC 9110 section 5.6.7) as seconds since 1970.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A date in one of the three formats; none when it is something else, or before 1970.
#[must_use]
pub fn parse(value: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(value.trim_ascii()).ok()?;
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
    use crate::handler::serve::cases;
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
