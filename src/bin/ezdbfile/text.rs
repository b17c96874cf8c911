//! Names, numbers and times for people and for JSON.

use std::time::{SystemTime, UNIX_EPOCH};

use ezdbfile::storage::Metadata;
use serde_json::{Value, json};

use crate::failure::Failure;

/// A name on one line, unmistakable and harmless to a terminal: control characters, backslashes
/// and bytes that are not UTF-8 are escaped.
pub fn name(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\n' => text.push_str("\\n"),
                '\t' => text.push_str("\\t"),
                '\\' => text.push_str("\\\\"),
                c if c.is_control() => text.push_str(&c.escape_unicode().to_string()),
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            text.push_str(&format!("\\x{byte:02x}"));
        }
    }
    text
}

/// Adds a member to an object.
pub fn set(object: &mut Value, key: &str, value: Value) {
    if let Value::Object(members) = object {
        members.insert(key.to_owned(), value);
    }
}

/// A name for JSON: one that is not UTF-8 comes escaped as in lists, and its bytes in hexadecimal.
pub fn json_name(value: &mut Value, bytes: &[u8]) {
    match std::str::from_utf8(bytes) {
        Ok(text) => value["name"] = json!(text),
        Err(_) => {
            let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            set(value, "name", json!(name(bytes)));
            set(value, "name_hex", json!(digits));
        }
    }
}

/// What is known about a file.
pub fn json_file(file: &Metadata) -> Value {
    let mut value = json!({
        "size": file.size,
        "mtime": file.mtime.saturating_abs(),
        "expired": file.is_expired(),
        "scope": name(file.scope()),
        "datatype": name(file.datatype()),
    });
    json_name(&mut value, file.name());
    value
}

/// A number with commas.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Seconds since 1970 as a date of UTC.
pub fn time(seconds: i64) -> String {
    let seconds = seconds.saturating_abs();
    let (days, rest) = (seconds / 86400, seconds % 86400);
    // Days are counted from 1 March of the year 0: a leap day is then the last of its year.
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

/// Seconds since 1970.
pub fn now() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}

/// A time span such as `90s`, `15m`, `12h`, `30d`, in seconds.
pub fn span(text: &str) -> Result<i64, String> {
    let (digits, unit) = match text.char_indices().last() {
        Some((at, 's')) => (text.get(..at), 1),
        Some((at, 'm')) => (text.get(..at), 60),
        Some((at, 'h')) => (text.get(..at), 3600),
        Some((at, 'd')) => (text.get(..at), 86400),
        _ => (None, 1),
    };
    digits
        .and_then(|digits| digits.parse::<u32>().ok())
        .map(|count| i64::from(count) * unit)
        .ok_or_else(|| "write a number and a unit: 90s, 15m, 12h, 30d".to_owned())
}

/// Line of JSON.
pub fn json_line(value: &Value) -> Result<(), Failure> {
    crate::output::line(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_harmless_and_unmistakable() {
        assert_eq!(name(b"a b'\"%*"), "a b'\"%*");
        assert_eq!(name(b"a\nb\t\\n\xe9\x1b["), "a\\nb\\t\\\\n\\xe9\\u{1b}[");
        assert_eq!(name("café".as_bytes()), "café");
    }

    #[test]
    fn times_and_numbers() {
        for (seconds, text) in [
            (1, "1970-01-01 00:00:01"),
            (951_782_400, "2000-02-29 00:00:00"),
            (1_709_251_199, "2024-02-29 23:59:59"),
            (-1_700_000_000, "2023-11-14 22:13:20"),
            (4_102_444_800, "2100-01-01 00:00:00"),
        ] {
            assert_eq!(time(seconds), text);
        }
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(number),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn spans() {
        assert_eq!(span("30d"), Ok(2_592_000));
        assert_eq!(span("0s"), Ok(0));
        assert_eq!(span("2h"), Ok(7200));
        for wrong in ["", "d", "30", "-1d", "1w", "1.5h"] {
            assert!(span(wrong).is_err(), "{wrong}");
        }
    }
}
