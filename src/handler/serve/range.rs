//! Range requests (RFC 9110 section 14).

use std::ops::Range;

/// More ranges than this in one request are an attack or a mistake: the whole file is sent.
const MAX_RANGES: usize = 16;

/// What a Range field asks of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The whole file: there is no usable range.
    Whole,
    /// These parts, none of which is empty or touches another, in the order asked for.
    Parts(Vec<Range<u64>>),
    /// Nothing that the file has.
    Unsatisfiable,
}

/// One range of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spec {
    /// From a position to another one, both included, or to the end.
    From(u64, Option<u64>),
    /// So many bytes at the end.
    Suffix(u64),
}

/// What a Range field asks of a file of `size` bytes.
#[must_use]
pub fn wanted(value: &[u8], size: u64) -> Wanted {
    let Some(specs) = parse(value) else {
        return Wanted::Whole;
    };
    let parts: Vec<Range<u64>> = specs.into_iter().filter_map(|spec| part(spec, size)).collect();
    if parts.is_empty() {
        return Wanted::Unsatisfiable;
    }
    let bytes = parts
        .iter()
        .try_fold(0_u64, |sum, part| sum.checked_add(part.end - part.start));
    if bytes.is_none_or(|bytes| bytes > size) {
        return Wanted::Whole;
    }
    Wanted::Parts(merged(parts))
}

/// The range is one that every web server reads in the same way.
#[must_use]
pub fn is_plain(value: &[u8]) -> bool {
    /// So many digits fit into a signed number of 64 bits.
    const DIGITS: usize = 18;
    let number = |text: &[u8]| text.len() <= DIGITS && text.iter().all(u8::is_ascii_digit);
    value.strip_prefix(b"bytes=").is_some_and(|range| {
        let mut ends = range.splitn(2, |byte| *byte == b'-');
        match (ends.next(), ends.next()) {
            (Some(first), Some(last)) => {
                number(first) && number(last) && !(first.is_empty() && last.is_empty())
            }
            _ => false,
        }
    })
}

/// The ranges of a field; none when it is malformed, in another unit, or has too many.
fn parse(value: &[u8]) -> Option<Vec<Spec>> {
    let equals = value.iter().position(|byte| *byte == b'=')?;
    let (unit, set) = value.split_at_checked(equals)?;
    if !unit.eq_ignore_ascii_case(b"bytes") {
        return None;
    }
    let mut specs = Vec::new();
    for element in set.get(1..)?.split(|byte| *byte == b',') {
        let element = trimmed(element);
        if element.is_empty() {
            continue;
        }
        if specs.len() == MAX_RANGES {
            return None;
        }
        let dash = element.iter().position(|byte| *byte == b'-')?;
        let first = element.get(..dash)?;
        let last = element.get(dash + 1..)?;
        specs.push(match (first.is_empty(), last.is_empty()) {
            (true, true) => return None,
            (true, false) => Spec::Suffix(number(last)?),
            (false, true) => Spec::From(number(first)?, None),
            (false, false) => {
                let (first_number, last_number) = (number(first)?, number(last)?);
                // Beyond what 64 bits hold, the digits tell.
                if last_number < first_number || is_greater(first, last) {
                    return None;
                }
                Spec::From(first_number, Some(last_number))
            }
        });
    }
    (!specs.is_empty()).then_some(specs)
}

fn trimmed(text: &[u8]) -> &[u8] {
    let end = text
        .iter()
        .rposition(|byte| !matches!(byte, b' ' | b'\t'))
        .map_or(0, |last| last + 1);
    let text = text.get(..end).unwrap_or_default();
    let start = text.iter().position(|byte| !matches!(byte, b' ' | b'\t'));
    start.and_then(|start| text.get(start..)).unwrap_or_default()
}

/// A number of any length; the largest one for what is larger.
fn number(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |number, digit| {
        digit
            .is_ascii_digit()
            .then(|| number.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    })
}

/// Compares numbers of any length.
fn is_greater(a: &[u8], b: &[u8]) -> bool {
    let significant = |digits: &[u8]| {
        let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
        digits.get(zeros..).unwrap_or_default().to_vec()
    };
    let (a, b) = (significant(a), significant(b));
    (a.len(), a) > (b.len(), b)
}

fn part(spec: Spec, size: u64) -> Option<Range<u64>> {
    let part = match spec {
        Spec::From(first, last) => first..last.map_or(size, |last| last.saturating_add(1).min(size)),
        Spec::Suffix(length) => size.saturating_sub(length)..size,
    };
    (part.start < part.end).then_some(part)
}

/// Parts that overlap or adjoin become one, in the place of the first of them.
fn merged(parts: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut merged: Vec<Range<u64>> = Vec::new();
    for mut part in parts {
        let mut place = merged.len();
        // Each union may touch others.
        while let Some(index) = merged
            .iter()
            .position(|other| other.start <= part.end && part.start <= other.end)
        {
            let other = merged.remove(index);
            part = part.start.min(other.start)..part.end.max(other.end);
            place = place.min(index);
        }
        merged.insert(place.min(merged.len()), part);
    }
    merged
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)]
mod tests {
    use super::*;
    use crate::testing::cases;
    use proptest::prelude::*;

    #[test]
    fn ranges_of_ten_bytes() {
        let huge = "9".repeat(1000);
        let parts = |parts: &[Range<u64>]| Wanted::Parts(parts.to_vec());
        for (value, expected) in [
            ("bytes=0-0", parts(&[0..1])),
            ("bytes=3-3", parts(&[3..4])),
            ("bytes=9-", parts(&[9..10])),
            ("bytes=0-", parts(&[0..10])),
            ("bytes=2-5", parts(&[2..6])),
            ("bytes=2-99", parts(&[2..10])),
            ("bytes=-1", parts(&[9..10])),
            ("bytes=-50", parts(&[0..10])),
            ("bytes=-0", Wanted::Unsatisfiable),
            ("bytes=10-", Wanted::Unsatisfiable),
            ("bytes=10-20,-0", Wanted::Unsatisfiable),
            ("bytes=-0,3-4", parts(&[3..5])),
            ("BYTES=3-4", parts(&[3..5])),
            ("bytes = 3-4", Wanted::Whole),
            ("bytes= 3-4 ,\t6-7", parts(&[3..5, 6..8])),
            ("bytes=,,3-4,", parts(&[3..5])),
            ("bytes=0-1,2-3", parts(&[0..4])),
            ("bytes=0-3,2-5", parts(&[0..6])),
            ("bytes=6-7,0-1,3-4", parts(&[6..8, 0..2, 3..5])),
            ("bytes=6-7,0-1,2-5", parts(&[0..8])),
            ("bytes=8-8,0-1,4-4,2-3", parts(&[8..9, 0..5])),
            // More than the file has.
            ("bytes=0-,0-0", Wanted::Whole),
            ("bytes=0-5,3-9", Wanted::Whole),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=0-1,5-2", Wanted::Whole),
            ("bytes=", Wanted::Whole),
            ("bytes=,", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=--1", Wanted::Whole),
            ("bytes=1", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=0x0-1", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("bytes=1 -2", Wanted::Whole),
            ("bytes=1-2;3", Wanted::Whole),
            ("bytes 0-1", Wanted::Whole),
            ("chunks=0-1", Wanted::Whole),
            ("0-1", Wanted::Whole),
            ("", Wanted::Whole),
            (&format!("bytes=3-{huge}"), parts(&[3..10])),
            (&format!("bytes={huge}-"), Wanted::Unsatisfiable),
            (&format!("bytes={huge}1-{huge}"), Wanted::Whole),
            (&format!("bytes=-{huge}"), parts(&[0..10])),
            (&format!("bytes={}3-3", "0".repeat(1000)), parts(&[3..4])),
        ] {
            assert_eq!(wanted(value.as_bytes(), 10), expected, "{value}");
        }
        for value in ["bytes=0-", "bytes=-1", "bytes=0-0"] {
            assert_eq!(wanted(value.as_bytes(), 0), Wanted::Unsatisfiable, "{value}");
        }
    }

    #[test]
    fn more_than_sixteen_ranges_are_none() {
        let ranges = |count: usize| {
            let list: Vec<String> = (0..count).map(|n| format!("{}-{}", n * 2, n * 2)).collect();
            wanted(format!("bytes={}", list.join(",")).as_bytes(), 1000)
        };
        assert!(matches!(ranges(16), Wanted::Parts(parts) if parts.len() == 16));
        assert_eq!(ranges(17), Wanted::Whole);
    }

    #[test]
    fn a_plain_range_is_one_without_room_for_opinions() {
        for (value, plain) in [
            ("bytes=0-1", true),
            ("bytes=0-", true),
            ("bytes=-1", true),
            ("bytes=-", false),
            ("bytes=0-1,3-4", false),
            ("bytes= 0-1", false),
            ("Bytes=0-1", false),
            ("bytes=0-9999999999999999999", false),
        ] {
            assert_eq!(is_plain(value.as_bytes()), plain, "{value}");
        }
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn parts_lie_in_the_file_and_do_not_touch(value in "(bytes=)?[0-9]{0,2}-[0-9]{0,2}([,-] ?[0-9]{0,2}-?[0-9]{0,22}){0,18}", size in 0..100_u64) {
            match wanted(value.as_bytes(), size) {
                Wanted::Parts(parts) => {
                    prop_assert!((1..=16).contains(&parts.len()));
                    for (index, part) in parts.iter().enumerate() {
                        prop_assert!(part.start < part.end && part.end <= size);
                        for other in &parts[index + 1..] {
                            prop_assert!(part.end < other.start || other.end < part.start);
                        }
                    }
                }
                Wanted::Unsatisfiable => prop_assert!(value.starts_with("bytes=")),
                Wanted::Whole => {}
            }
        }

        #[test]
        fn one_range_is_what_the_standard_says(first in 0..50_u64, last in 0..50_u64, size in 0..50_u64) {
            let expected = if last < first {
                Wanted::Whole
            } else if first >= size {
                Wanted::Unsatisfiable
            } else {
                Wanted::Parts(vec![first..(last + 1).min(size)])
            };
            prop_assert_eq!(wanted(format!("bytes={first}-{last}").as_bytes(), size), expected);
        }

        #[test]
        fn any_bytes_are_a_range_field(value in prop::collection::vec(any::<u8>(), 0..60), size in any::<u64>()) {
            let _ = (wanted(&value, size), is_plain(&value));
        }
    }
}
