//! From the target of a request to the name of a file that the public may see.

use std::borrow::Cow;

use percent_encoding::percent_decode;

/// Longest name that the tables of `ezdbfile_install()` hold, in bytes.
const MAX_NAME: usize = 1024;
/// How often a name is decoded again to see whether it hides another one.
const MAX_DECODINGS: usize = 8;

/// The name that a request target asks for: its path, without scheme and authority, query and
/// fragment, percent-decoded once, without the slash at its beginning (RFC 9112 section 3.2, RFC
/// 3986 section 2.1).
#[must_use]
pub fn of_target(target: &[u8]) -> Vec<u8> {
    // More than three bytes for each of a name's can only be too long.
    let target = target.get(..MAX_NAME * 8).unwrap_or(target);
    let path = without_origin(target);
    let end = path.iter().position(|byte| matches!(byte, b'?' | b'#'));
    let path = path.get(..end.unwrap_or(path.len())).unwrap_or(path);
    without_slash(&Cow::from(percent_decode(path))).to_vec()
}

/// A path without the slash at its beginning.
#[must_use]
pub fn without_slash(path: &[u8]) -> &[u8] {
    path.strip_prefix(b"/").unwrap_or(path)
}

/// Leaves `scheme://authority` out.
fn without_origin(target: &[u8]) -> &[u8] {
    let scheme = target
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.')))
        .unwrap_or(0);
    let rest = target.get(scheme..).unwrap_or_default();
    if scheme == 0 || !rest.starts_with(b"://") {
        return target;
    }
    let authority = rest.get(3..).unwrap_or_default();
    let end = authority
        .iter()
        .position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    end.and_then(|end| authority.get(end..)).unwrap_or_default()
}

/// The file of this name may be sent to anybody: it is well formed, is no claim, does not turn
/// into an ill-formed one when somebody on the way decodes it once more, and matches a pattern.
#[must_use]
pub fn is_public(name: &[u8], patterns: &str) -> bool {
    is_well_formed(name) && hides_nothing(name) && matches_any(name, patterns)
}

fn is_well_formed(name: &[u8]) -> bool {
    name.len() <= MAX_NAME
        && !name.iter().any(|byte| matches!(byte, 0 | b'\\'))
        && !name.ends_with(b".generating")
        && segments(name).all(|segment| !matches!(segment, b"" | b"." | b".."))
}

fn hides_nothing(name: &[u8]) -> bool {
    if !name.contains(&b'%') {
        return true;
    }
    let mut name = name.to_vec();
    for _ in 0..MAX_DECODINGS {
        let decoded: Vec<u8> = percent_decode(&name).collect();
        if decoded == name {
            return true;
        }
        if !is_well_formed(&decoded) {
            return false;
        }
        name = decoded;
    }
    false
}

/// The name matches one of the patterns of a comma-separated list, in which `*` stands for one
/// segment and `**` at the end for any number of them, one at least. One with `**` elsewhere matches nothing.
#[must_use]
pub fn matches_any(name: &[u8], patterns: &str) -> bool {
    let are_plain = segments(name).all(|segment| !matches!(segment, b"" | b"." | b".."));
    are_plain && each(patterns).any(|pattern| matches_pattern(name, pattern.as_bytes()))
}

/// The first of the patterns that has a `**` which is not at its end.
#[must_use]
pub fn with_misplaced_stars(patterns: &str) -> Option<&str> {
    each(patterns).find(|pattern| {
        let mut before_the_last = pattern.rsplit('/').skip(1);
        before_the_last.any(|part| part == "**")
    })
}

fn each(patterns: &str) -> impl Iterator<Item = &str> {
    patterns
        .split(',')
        .map(|pattern| pattern.trim().trim_end_matches('/'))
        .filter(|pattern| !pattern.is_empty())
}

fn segments(path: &[u8]) -> impl Iterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/')
}

fn matches_pattern(name: &[u8], pattern: &[u8]) -> bool {
    let slashes = pattern.iter().take_while(|byte| **byte == b'/').count();
    let mut rest = segments(name);
    let mut parts = segments(pattern.get(slashes..).unwrap_or_default());
    while let Some(part) = parts.next() {
        let Some(segment) = rest.next() else {
            return false;
        };
        match part {
            b"**" => return parts.next().is_none(),
            b"*" => {}
            _ if part == segment => {}
            _ => return false,
        }
    }
    rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::cases;
    use proptest::prelude::*;

    const DEFAULT: &str = "var/*/storage/images/**, var/*/storage/images-versioned/**";

    #[test]
    fn images_are_served_and_caches_are_not() {
        for (path, served) in [
            ("var/site/storage/images/a.png", true),
            ("var/site/storage/images/a/b/c.png", true),
            ("var/site/storage/images-versioned/1/a.png", true),
            ("var/site/storage/images/caf\u{e9} 100%.png", true),
            ("var/site/storage/images/%41.png", true),
            ("var/site/storage/images/...", true),
            ("var/site/storage/images", false),
            ("var/site/storage/images/", false),
            ("var/site/storage/images/a.png/", false),
            ("var/site/storage/images//a.png", false),
            ("var/site/storage/images/./a.png", false),
            ("var/site/storage/images/../original/a.png", false),
            ("var/site/storage/images/%2e%2e/a.png", false),
            ("var/site/storage/images/%252e%252e/a.png", false),
            ("var/site/storage/images/a%00.png", false),
            ("var/site/storage/images/a%2f..%2fb", false),
            ("var/site/storage/images/a%5cb", false),
            ("var/site/storage/images/a\\b.png", false),
            ("var/site/storage/images/a\0.png", false),
            ("var/site/storage/images/a.png.generating", false),
            ("var/site/storage/imagesx/a.png", false),
            ("var/site/storage/Images/a.png", false),
            ("var/site/storage/original/a.pdf", false),
            ("var/site/cache/content/a.cache", false),
            ("var/a/b/storage/images/a.png", false),
            ("xvar/site/storage/images/a.png", false),
            ("/var/site/storage/images/a.png", false),
            ("var/../storage/images/a.png", false),
            ("settings/site.ini", false),
            ("", false),
        ] {
            assert_eq!(is_public(path.as_bytes(), DEFAULT), served, "{path}");
        }
        assert!(matches_any(b"a/b", "/a/*"));
        assert!(!matches_any(b"a/b", ""));
    }

    #[test]
    fn two_stars_anywhere_but_at_the_end_match_nothing() {
        for patterns in ["var/**/images/*", "**/images/a.png", "var/**/**", "var/**/*"] {
            for name in [
                "var/site/images/a.png",
                "var/x/y/images/a.png",
                "var/a",
                "var/site/cache/content/a",
            ] {
                assert!(!matches_any(name.as_bytes(), patterns), "{patterns} {name}");
            }
            let both = format!("var/*, {patterns}, **/x");
            assert_eq!(with_misplaced_stars(&both), Some(patterns));
        }
        for patterns in [DEFAULT, "**", "/a/**/", "a**/b", "", "***/a"] {
            assert_eq!(with_misplaced_stars(patterns), None);
        }
        assert!(matches_any(b"a/b/c", "/a/**/"));
    }

    #[test]
    fn the_path_of_a_target_is_decoded_once() {
        for (target, name) in [
            ("/var/a.png", "var/a.png"),
            ("/var/a%20b%2Fc.png?x=/var/b", "var/a b/c.png"),
            ("/var/a.png#x", "var/a.png"),
            ("/%252e%252e/a", "%2e%2e/a"),
            ("/100%/%zz", "100%/%zz"),
            ("//host/a", "/host/a"),
            ("http://example.com/var/a.png?q", "var/a.png"),
            ("HTTPS://user@[::1]:8443/var/a.png", "var/a.png"),
            ("http://example.com", ""),
            ("http://example.com?/var/a.png", ""),
            ("/http://example.com/a", "http://example.com/a"),
            ("*", "*"),
            ("", ""),
            ("/", ""),
        ] {
            assert_eq!(of_target(target.as_bytes()), name.as_bytes(), "{target}");
        }
    }

    #[test]
    fn long_urls_are_refused() {
        let start = "/var/site/storage/images/";
        for length in [1025, 4096, 65536] {
            for byte in ["a", "%61", "../", "%2e%2e%2f", "/", "%25"] {
                let target = format!("{start}{}", byte.repeat(length));
                assert!(
                    !is_public(&of_target(target.as_bytes()), DEFAULT),
                    "{length} {byte}"
                );
            }
        }
        let longest = format!("{start}{}", "a".repeat(1024 + 1 - start.len()));
        assert!(is_public(&of_target(longest.as_bytes()), DEFAULT));
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn what_is_public_lies_where_the_patterns_say(target in "(/var/site/storage/images/)?([a-z./\\\\%0-9ef?#:\\x00]|%2e|%2F|%25|\\.\\.|[^a]){0,24}") {
            let name = of_target(target.as_bytes());
            if is_public(&name, DEFAULT) {
                let mut decoded = name.clone();
                for _ in 0..4 {
                    prop_assert!(!decoded.contains(&0) && !decoded.contains(&b'\\'));
                    prop_assert!(decoded.split(|byte| *byte == b'/').all(|s| !s.is_empty() && s != b"." && s != b".."));
                    decoded = percent_decode(&decoded).collect();
                }
                prop_assert!(name.starts_with(b"var/site/storage/images"));
                prop_assert!(name.len() <= MAX_NAME);
            }
        }

        #[test]
        fn any_bytes_are_a_target(target in prop::collection::vec(any::<u8>(), 0..200)) {
            let name = of_target(&target);
            prop_assert!(name.len() <= target.len());
            prop_assert!(!is_public(&name, ""));
        }
    }
}
