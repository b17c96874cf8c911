//! Which paths are for the public.

/// The path matches one of the patterns of a comma-separated list, in which `*` stands for one
/// segment and `**` at the end for any number of them, one at least.
#[must_use]
pub fn is_served(path: &[u8], patterns: &str) -> bool {
    let segments: Vec<&[u8]> = path.split(|byte| *byte == b'/').collect();
    if segments
        .iter()
        .any(|segment| matches!(*segment, b"" | b"." | b".."))
    {
        return false;
    }
    patterns
        .split(',')
        .map(str::trim)
        .filter(|pattern| !pattern.is_empty())
        .any(|pattern| matches_pattern(&segments, pattern))
}

fn matches_pattern(segments: &[&[u8]], pattern: &str) -> bool {
    let mut rest = segments;
    for part in pattern.trim_start_matches('/').split('/') {
        if part == "**" {
            return !rest.is_empty();
        }
        let Some((first, others)) = rest.split_first() else {
            return false;
        };
        if part != "*" && part.as_bytes() != *first {
            return false;
        }
        rest = others;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_served_and_caches_are_not() {
        let default = "var/*/storage/images/**, var/*/storage/images-versioned/**";
        for (path, served) in [
            ("var/site/storage/images/a.png", true),
            ("var/site/storage/images/a/b/c.png", true),
            ("var/site/storage/images-versioned/1/a.png", true),
            ("var/site/storage/images", false),
            ("var/site/storage/images/", false),
            ("var/site/storage/original/a.pdf", false),
            ("var/site/cache/content/a.cache", false),
            ("var/a/b/storage/images/a.png", false),
            ("xvar/site/storage/images/a.png", false),
            ("var/../storage/images/a.png", false),
            ("", false),
        ] {
            assert_eq!(is_served(path.as_bytes(), default), served, "{path}");
        }
        assert!(is_served(b"a/b", "/a/*"));
        assert!(!is_served(b"a/b", ""));
    }
}
