//! Conditional requests (RFC 9110 section 13).

use super::date;

/// What a request says about the version that it wants or has: values of its header fields.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// `If-Match`
    pub if_match: Option<Vec<u8>>,
    /// `If-Unmodified-Since`
    pub if_unmodified_since: Option<Vec<u8>>,
    /// `If-None-Match`
    pub if_none_match: Option<Vec<u8>>,
    /// `If-Modified-Since`
    pub if_modified_since: Option<Vec<u8>>,
    /// `If-Range`
    pub if_range: Option<Vec<u8>>,
    /// `Range`
    pub range: Option<Vec<u8>>,
}

impl From<[Option<Vec<u8>>; 6]> for Fields {
    /// In the order of the struct.
    fn from(values: [Option<Vec<u8>>; 6]) -> Self {
        let [
            if_match,
            if_unmodified_since,
            if_none_match,
            if_modified_since,
            if_range,
            range,
        ] = values;
        Self {
            if_match,
            if_unmodified_since,
            if_none_match,
            if_modified_since,
            if_range,
            range,
        }
    }
}

impl Fields {
    /// The request has none of these fields.
    #[must_use]
    pub fn are_absent(&self) -> bool {
        [
            &self.if_match,
            &self.if_unmodified_since,
            &self.if_none_match,
            &self.if_modified_since,
            &self.if_range,
            &self.range,
        ]
        .iter()
        .all(|field| field.is_none())
    }
}

/// What a version is known by.
#[derive(Debug, Clone, Copy)]
pub struct Validators<'v> {
    /// The entity tag, with its quotes.
    pub etag: &'v str,
    /// Seconds since 1970.
    pub last_modified: i64,
}

/// What the conditions lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The file is to be sent.
    Send,
    /// 304: the client has it.
    NotModified,
    /// 412: it is not the version that the client wants.
    Failed,
}

/// Evaluates the conditions of a GET or HEAD for a file that exists, in the order of RFC 9110
/// section 13.2.2.
#[must_use]
pub fn evaluate(fields: &Fields, version: Validators<'_>) -> Outcome {
    let date = |field: &Option<Vec<u8>>| field.as_deref().and_then(date::parse);
    if let Some(wanted) = &fields.if_match {
        if !lists(wanted, version.etag, Comparison::Strong) {
            return Outcome::Failed;
        }
    } else if date(&fields.if_unmodified_since).is_some_and(|date| version.last_modified > date) {
        return Outcome::Failed;
    }
    if let Some(known) = &fields.if_none_match {
        if lists(known, version.etag, Comparison::Weak) {
            return Outcome::NotModified;
        }
    } else if date(&fields.if_modified_since).is_some_and(|date| version.last_modified <= date) {
        return Outcome::NotModified;
    }
    Outcome::Send
}

/// A range of this version may be sent (section 13.1.5). A date says so only when no second
/// version can have been made within its second.
#[must_use]
pub fn range_applies(fields: &Fields, version: Validators<'_>, now: i64) -> bool {
    let Some(known) = fields.if_range.as_deref().map(<[u8]>::trim_ascii) else {
        return true;
    };
    match date::parse(known) {
        Some(date) => date == version.last_modified && version.last_modified < now,
        None => known == version.etag.as_bytes(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Comparison {
    /// Weak entity tags match nothing (section 8.8.3.2).
    Strong,
    /// Only what stands between the quotes counts.
    Weak,
}

/// The list of entity tags contains this one, or is `*`. What is no such list contains nothing.
fn lists(value: &[u8], etag: &str, comparison: Comparison) -> bool {
    let value = value.trim_ascii();
    if value == b"*" {
        return true;
    }
    let mut found = false;
    let mut rest = value;
    while !rest.is_empty() {
        let (weak, tag) = match rest.strip_prefix(b"W/") {
            Some(tag) => (true, tag),
            None => (false, rest),
        };
        let Some(length) = quoted(tag) else {
            // Empty elements are skipped (section 5.6.1).
            match rest.split_first() {
                Some((b',' | b' ' | b'\t', others)) if !weak => {
                    rest = others;
                    continue;
                }
                _ => return false,
            }
        };
        found = found
            || tag.get(..length) == Some(etag.as_bytes()) && !(weak && comparison == Comparison::Strong);
        rest = tag.get(length..).unwrap_or_default().trim_ascii_start();
        if !rest.is_empty() && !rest.starts_with(b",") {
            return false;
        }
    }
    found
}

/// Length of the opaque tag that the text begins with, quotes included (section 8.8.3).
fn quoted(text: &[u8]) -> Option<usize> {
    let inside = text.strip_prefix(b"\"")?;
    let end = inside
        .iter()
        .position(|byte| !matches!(byte, 0x21 | 0x23..=0x7e | 0x80..=0xff))?;
    (inside.get(end) == Some(&b'"')).then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::cases;
    use proptest::prelude::*;

    const VERSION: Validators<'static> = Validators {
        etag: "\"abc\"",
        last_modified: 784_111_777,
    };
    const SAME: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const BEFORE: &str = "Sun, 06 Nov 1994 08:49:36 GMT";
    const AFTER: &str = "Sat, 06 Nov 2094 08:49:38 GMT";

    fn some(value: &str) -> Option<Vec<u8>> {
        (!value.is_empty()).then(|| value.as_bytes().to_vec())
    }

    #[test]
    fn conditions_are_evaluated_in_the_order_of_the_standard() {
        use Outcome::{Failed, NotModified, Send};
        for (if_match, unmodified, none_match, modified, outcome) in [
            ("", "", "", "", Send),
            ("\"abc\"", "", "", "", Send),
            ("*", "", "", "", Send),
            ("\"x\", \"abc\"", "", "", "", Send),
            ("W/\"abc\"", "", "", "", Failed),
            ("\"x\"", "", "", "", Failed),
            ("abc", "", "", "", Failed),
            ("\"abc", "", "", "", Failed),
            // If-Match makes If-Unmodified-Since void.
            ("\"abc\"", BEFORE, "", "", Send),
            ("", SAME, "", "", Send),
            ("", AFTER, "", "", Send),
            ("", BEFORE, "", "", Failed),
            ("", "yesterday", "", "", Send),
            ("", "", "\"abc\"", "", NotModified),
            ("", "", "W/\"abc\"", "", NotModified),
            ("", "", "*", "", NotModified),
            ("", "", "\"x\",,W/\"y\" ,\t\"abc\"", "", NotModified),
            ("", "", "\"x\"", "", Send),
            ("", "", "\"ABC\"", "", Send),
            ("", "", "abc", "", Send),
            ("", "", "\"a\"\"abc\"", "", Send),
            ("", "", "\"abc\", junk", "", Send),
            ("", "", "W/", "", Send),
            ("", "", "\"abc\", *", "", Send),
            // If-None-Match makes If-Modified-Since void.
            ("", "", "\"x\"", SAME, Send),
            ("", "", "\"abc\"", BEFORE, NotModified),
            ("", "", "", SAME, NotModified),
            ("", "", "", AFTER, NotModified),
            ("", "", "", BEFORE, Send),
            ("", "", "", "0", Send),
            ("\"x\"", "", "\"abc\"", "", Failed),
            ("\"abc\"", "", "\"abc\"", "", NotModified),
        ] {
            let fields = Fields {
                if_match: some(if_match),
                if_unmodified_since: some(unmodified),
                if_none_match: some(none_match),
                if_modified_since: some(modified),
                ..Fields::default()
            };
            assert_eq!(evaluate(&fields, VERSION), outcome, "{fields:?}");
        }
    }

    #[test]
    fn a_range_applies_to_the_version_that_the_client_has() {
        for (if_range, applies) in [
            ("\"abc\"", true),
            ("W/\"abc\"", false),
            ("\"x\"", false),
            (SAME, true),
            ("Sunday, 06-Nov-94 08:49:37 GMT", true),
            (BEFORE, false),
            (AFTER, false),
            ("*", false),
            ("abc", false),
        ] {
            let fields = Fields {
                if_range: some(if_range),
                ..Fields::default()
            };
            let now = VERSION.last_modified + 1;
            assert_eq!(range_applies(&fields, VERSION, now), applies, "{if_range}");
            // Within the second of the change, its date is no proof.
            assert_eq!(
                range_applies(&fields, VERSION, now - 1),
                if_range == "\"abc\"",
                "{if_range}"
            );
        }
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn a_list_contains_what_was_put_into_it(tags in prop::collection::vec("(W/)?\"[!#-~]{0,5}\"", 0..6), index in 0..6_usize) {
            let value = tags.join(", ");
            if let Some(tag) = tags.get(index) {
                let strong = tag.strip_prefix("W/").unwrap_or(tag);
                prop_assert!(lists(value.as_bytes(), strong, Comparison::Weak));
                if tag == strong {
                    prop_assert!(lists(value.as_bytes(), strong, Comparison::Strong));
                }
            }
            prop_assert!(!lists(value.as_bytes(), "\"not there\"", Comparison::Weak));
        }

        #[test]
        fn any_bytes_are_conditions(a in prop::collection::vec(any::<u8>(), 0..40), b in "[W/\"*, a]{0,20}") {
            let fields = Fields {
                if_match: Some(b.clone().into_bytes()),
                if_none_match: Some(a.clone()),
                if_range: Some(a.clone()),
                ..Fields::default()
            };
            let outcome = evaluate(&fields, VERSION);
            // Only a list with the tag, or *, lets a request through.
            if outcome != Outcome::Failed {
                prop_assert!(b.trim() == "*" || b.contains("\"abc\""));
            }
            prop_assert!(!range_applies(&fields, VERSION, i64::MAX) || a == b"\"abc\"" || date::parse(&a).is_some());
        }
    }
}
