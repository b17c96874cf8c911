//! Column `name_trunk`: what old nodes delete whole groups of cache files by.

/// What ends the directory of the template block cache.
const TEMPLATE_BLOCKS: &[u8] = b"/template-block/";

/// The trunk of a name in a scope: a beginning of the name, or all of it.
#[must_use]
pub fn name_trunk<'n>(name: &'n [u8], scope: &[u8]) -> &'n [u8] {
    let length = match scope {
        b"viewcache" => view(name),
        b"template-block" => template_block(name),
        _ => None,
    };
    length.and_then(|length| name.get(..length)).unwrap_or(name)
}

/// The trunk of a cache file that is being made, whose scope is not known yet: a deletion by an old
/// node is to find it as it would find the file.
#[must_use]
pub fn of_claim(name: &[u8]) -> &[u8] {
    if find(name, b"/cache/content/").is_some() {
        name_trunk(name, b"viewcache")
    } else if find(name, TEMPLATE_BLOCKS).is_some() {
        name_trunk(name, b"template-block")
    } else {
        name
    }
}

/// The directory, and the name of the file up to its first `-`.
fn view(name: &[u8]) -> Option<usize> {
    let base = name
        .iter()
        .rposition(|byte| *byte == b'/')
        .map_or(0, |slash| slash + 1);
    let dash = find(name.get(base..)?, b"-")?;
    Some(base + dash + 1)
}

/// Below the directory of the template block cache: up to the first `cache/` behind `subtree/`.
fn template_block(name: &[u8]) -> Option<usize> {
    let below = find(name, TEMPLATE_BLOCKS)? + TEMPLATE_BLOCKS.len();
    let subtree = below + find(name.get(below..)?, b"subtree/")? + b"subtree/".len();
    Some(subtree + find(name.get(subtree..)?, b"cache/")? + b"cache/".len())
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trunk_depends_on_the_scope() {
        for (scope, name, trunk) in [
            (
                "viewcache",
                "var/plain/cache/content/eng/1-2/full-8d2c-a.cache",
                "var/plain/cache/content/eng/1-2/full-",
            ),
            ("viewcache", "var/a-b/full.cache", "var/a-b/full.cache"),
            ("viewcache", "var/a-b/-x", "var/a-b/-"),
            ("viewcache", "full-1", "full-"),
            ("viewcache", "var/plain/", "var/plain/"),
            ("viewcache", "", ""),
            (
                "template-block",
                "var/plain/cache/template-block/subtree/2/5/cache/1/2/3/123.cache",
                "var/plain/cache/template-block/subtree/2/5/cache/",
            ),
            (
                "template-block",
                "var/cache/template-block/subtree/5/cache/6/cache/7.cache",
                "var/cache/template-block/subtree/5/cache/",
            ),
            (
                "template-block",
                "var/plain/cache/template-block/1/2/3/123.cache",
                "var/plain/cache/template-block/1/2/3/123.cache",
            ),
            (
                "template-block",
                "var/plain/cache/template-block/subtree/2/1.cache",
                "var/plain/cache/template-block/subtree/2/1.cache",
            ),
            (
                "template-block",
                "var/subtree/cache/template-block/1/x-2.cache",
                "var/subtree/cache/template-block/1/x-2.cache",
            ),
            (
                "template-block",
                "var/subtree/5/cache/1.cache",
                "var/subtree/5/cache/1.cache",
            ),
            (
                "image",
                "var/storage/images/a-b/c-d.png",
                "var/storage/images/a-b/c-d.png",
            ),
            ("VIEWCACHE", "var/full-1.cache", "var/full-1.cache"),
            (
                "",
                "var/plain/cache/template-block/subtree/2/cache/1",
                "var/plain/cache/template-block/subtree/2/cache/1",
            ),
        ] {
            assert_eq!(
                String::from_utf8_lossy(name_trunk(name.as_bytes(), scope.as_bytes())),
                trunk,
                "{scope} {name}"
            );
        }
    }

    #[test]
    fn a_claim_has_the_trunk_that_the_file_will_have() {
        for (name, trunk) in [
            (
                "var/p/cache/content/eng/full-1.cache.generating",
                "var/p/cache/content/eng/full-",
            ),
            (
                "var/p/cache/template-block/subtree/2/cache/1.cache.generating",
                "var/p/cache/template-block/subtree/2/cache/",
            ),
            (
                "var/p/storage/images/a-b.png.generating",
                "var/p/storage/images/a-b.png.generating",
            ),
        ] {
            assert_eq!(String::from_utf8_lossy(of_claim(name.as_bytes())), trunk);
        }
    }
}
