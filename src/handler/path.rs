//! Paths as the kernel writes them, and which of them may be touched on the disk.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use crate::error::{Error, Result};

/// Runs of `/` and `\` become one `/`; one trailing `/` goes.
#[must_use]
pub fn clean(path: &[u8]) -> Vec<u8> {
    let mut cleaned = collapse(path.to_vec());
    if cleaned.last() == Some(&b'/') {
        cleaned.pop();
    }
    cleaned
}

/// Runs of `/` and `\` become one `/`, at the end too.
#[must_use]
pub fn collapse(path: Vec<u8>) -> Vec<u8> {
    if is_collapsed(&path) {
        return path;
    }
    let mut collapsed = Vec::with_capacity(path.len());
    for byte in path {
        let byte = if byte == b'\\' { b'/' } else { byte };
        if byte != b'/' || collapsed.last() != Some(&b'/') {
            collapsed.push(byte);
        }
    }
    collapsed
}

/// There is nothing to collapse, as in nearly all paths. Without a way out between them, all bytes are looked at at once.
fn is_collapsed(path: &[u8]) -> bool {
    let behind = path.get(1..).unwrap_or_default();
    let found = path.iter().zip(behind).fold(false, |found, (byte, next)| {
        found | (*byte == b'\\') | ((*byte == b'/') & (*next == b'/'))
    });
    !found && path.last() != Some(&b'\\')
}

/// A cleaned path that is one: an empty one would mean everything.
///
/// # Errors
/// [`Error::Refused`].
pub fn not_empty(path: Vec<u8>) -> Result<Vec<u8>> {
    if path.is_empty() {
        return Err(Error::Refused("the path is empty; nothing was done".into()));
    }
    Ok(path)
}

/// Where the local copy of a name is, if that is a place below the site root (or an absolute
/// path without detours).
///
/// # Errors
/// [`Error::Refused`] for a path with a `..` in it, or a NUL byte.
pub fn local(name: &[u8]) -> Result<PathBuf> {
    if name.split(|byte| *byte == b'/').any(|segment| segment == b"..") {
        return Err(Error::Refused(
            "the path contains \"..\", which could lead out of the site".into(),
        ));
    }
    any(name)
}

/// A path on the disk that is only read.
///
/// # Errors
/// [`Error::Refused`] for one with a NUL byte.
pub fn any(name: &[u8]) -> Result<PathBuf> {
    if name.contains(&0) {
        return Err(Error::Refused("the path contains a NUL byte".into()));
    }
    not_empty(name.to_vec()).map(|name| PathBuf::from(OsStr::from_bytes(&name)))
}

/// What `cacheType` is for a path.
#[must_use]
pub fn cache_type(path: &[u8]) -> &'static str {
    let contains = |part: &[u8]| path.windows(part.len()).any(|window| window == part);
    if contains(b"/cache/content/") {
        "viewcache"
    } else if contains(b"/cache/template-block/") {
        "cacheblock"
    } else {
        "misc"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning() {
        for (path, cleaned) in [
            ("var/a.txt", "var/a.txt"),
            ("var//a.txt", "var/a.txt"),
            ("var\\\\a\\b", "var/a/b"),
            ("var/\\/a", "var/a"),
            ("var/a/", "var/a"),
            ("var/a///", "var/a"),
            ("/", ""),
            ("//", ""),
            ("", ""),
            ("/var/a", "/var/a"),
            ("0", "0"),
            ("a b%_\"'", "a b%_\"'"),
        ] {
            assert_eq!(clean(path.as_bytes()), cleaned.as_bytes(), "{path}");
        }
        assert_eq!(clean(b"\xff//\xfe/"), b"\xff/\xfe");
        assert_eq!(collapse(b"a//b//".to_vec()), b"a/b/");
    }

    #[test]
    fn detours_are_no_local_paths() {
        for path in ["..", "../a", "a/..", "a/../b", "", "a\0b"] {
            assert!(local(path.as_bytes()).is_err(), "{path}");
        }
        for path in ["a..b", "..a", "a../b", "/tmp/a", "a/./b"] {
            assert!(local(path.as_bytes()).is_ok(), "{path}");
        }
    }

    #[test]
    fn cache_types() {
        assert_eq!(cache_type(b"var/site/cache/content/1.cache"), "viewcache");
        assert_eq!(
            cache_type(b"var/site/cache/template-block/1/2.cache"),
            "cacheblock"
        );
        assert_eq!(cache_type(b"var/site/cache/expiry.php"), "misc");
        assert_eq!(cache_type(b""), "misc");
    }
}

#[cfg(test)]
mod properties {
    use proptest::prelude::*;

    use super::{OsStrExt, clean, local};
    use crate::testing::cases;

    fn paths() -> impl Strategy<Value = Vec<u8>> {
        let sign = prop_oneof![
            3 => prop::sample::select(b"/\\.a".as_slice()),
            1 => any::<u8>(),
        ];
        prop::collection::vec(sign, 0..20)
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn cleaning_once_is_enough_and_loses_no_segment(path in paths()) {
            let cleaned = clean(&path);
            prop_assert_eq!(clean(&cleaned), cleaned.clone());
            prop_assert!(!cleaned.contains(&b'\\') && !cleaned.windows(2).any(|two| two == b"//"));
            prop_assert!(cleaned.last() != Some(&b'/'));
            let segments = |path: &[u8]| -> Vec<Vec<u8>> {
                path.split(|byte| matches!(byte, b'/' | b'\\'))
                    .filter(|segment| !segment.is_empty())
                    .map(<[u8]>::to_vec)
                    .collect()
            };
            prop_assert_eq!(segments(&cleaned), segments(&path));
        }

        #[test]
        fn a_local_path_never_leads_upwards(path in paths()) {
            let cleaned = clean(&path);
            if let Ok(local) = local(&cleaned) {
                prop_assert!(!local.components().any(|part| part == std::path::Component::ParentDir));
                prop_assert_eq!(local.as_os_str().as_bytes(), cleaned);
            } else {
                let dots = cleaned.split(|byte| *byte == b'/').any(|segment| segment == b"..");
                prop_assert!(dots || cleaned.is_empty() || cleaned.contains(&0));
            }
        }
    }
}
