//! What a file is: MIME type by content and ending, scope by eZ's directories.

use ezdbfile::config;

/// Bytes that are looked at.
pub const HEAD: usize = 8192;
/// What the kernel stores a file with that it has no scope for.
pub const UNKNOWN: &str = "UNKNOWN_SCOPE";
const _: () = assert!(HEAD < config::DEFAULT_CHUNK_SIZE as usize);

/// The MIME type. Content decides what kind of thing it is, as far as it shows that; within the
/// kind the ending knows better (an Office document is a ZIP archive, an `.m4a` looks like a video).
pub fn datatype(name: &[u8], head: &[u8]) -> String {
    let by_ending = String::from_utf8_lossy(name);
    let by_ending = mime_guess::from_path(by_ending.as_ref()).first_raw();
    let by_content = infer::get(head).map(|kind| kind.mime_type());
    let of_a_kind = |mime: &str| mime.split('/').next().unwrap_or_default().to_owned();
    match (by_content, by_ending) {
        (Some(content), Some(ending)) => {
            let media = ["image", "video", "audio"].contains(&of_a_kind(content).as_str());
            let both_media = ["video", "audio"].contains(&of_a_kind(ending).as_str())
                && ["video", "audio"].contains(&of_a_kind(content).as_str());
            if media && of_a_kind(content) != of_a_kind(ending) && !both_media {
                content.into()
            } else if of_a_kind(content) == "image" {
                // A PNG that is named .jpg.
                content.into()
            } else {
                ending.into()
            }
        }
        (Some(mime), None) | (None, Some(mime)) => mime.into(),
        (None, None) => "application/octet-stream".into(),
    }
}

/// The scope of a file below a storage directory, or of a cache; none elsewhere.
pub fn scope(name: &[u8], datatype: &str) -> Option<&'static str> {
    let mut segments = name.split(|byte| *byte == b'/');
    // The file itself is no directory.
    segments.next_back();
    let segments: Vec<&[u8]> = segments.collect();
    for pair in segments.windows(2) {
        let [above, below] = pair else { continue };
        match *above {
            b"storage" if below.starts_with(b"images") => return Some("image"),
            b"storage" if *below == b"original" => {
                let media = datatype.starts_with("video/") || datatype.starts_with("audio/");
                return Some(if media { "mediafile" } else { "binaryfile" });
            }
            b"storage" => return Some(UNKNOWN),
            b"cache" if *below == b"content" => return Some("viewcache"),
            b"cache" if *below == b"template-block" => return Some("template-block"),
            _ => {}
        }
    }
    (segments.last() == Some(&b"storage".as_slice())).then_some(UNKNOWN)
}

/// Scopes of what is made anew when it is missing.
pub fn is_cache(scope: &str) -> bool {
    ["viewcache", "template-block"].contains(&scope)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn types_by_content_and_ending() {
        for (name, head, expected) in [
            ("a.png", PNG, "image/png"),
            ("a.jpg", PNG, "image/png"),
            ("a", PNG, "image/png"),
            ("a.txt", b"text", "text/plain"),
            ("a.css", b"", "text/css"),
            ("a.svg", b"<?xml version=\"1.0\"?><svg/>", "image/svg+xml"),
            (
                "a.docx",
                b"PK\x03\x04\x14\0\0\0",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("a.pdf", b"%PDF-1.4", "application/pdf"),
            ("a", b"", "application/octet-stream"),
        ] {
            assert_eq!(datatype(name.as_bytes(), head), expected, "{name}");
        }
    }

    #[test]
    fn scopes_by_directory() {
        for (name, datatype, expected) in [
            ("var/site/storage/images/a/b.png", "image/png", Some("image")),
            ("var/storage/images-versioned/1/b.png", "image/png", Some("image")),
            (
                "var/site/storage/original/video/a.mp4",
                "video/mp4",
                Some("mediafile"),
            ),
            (
                "var/site/storage/original/audio/a.mp3",
                "audio/mpeg",
                Some("mediafile"),
            ),
            (
                "var/site/storage/original/text/a.txt",
                "text/plain",
                Some("binaryfile"),
            ),
            ("var/site/storage/packages/a", "", Some(UNKNOWN)),
            ("var/site/storage/a", "", Some(UNKNOWN)),
            ("var/site/cache/content/a", "", Some("viewcache")),
            ("var/site/cache/template-block/a/b", "", Some("template-block")),
            ("var/site/cache/expiry.php", "", None),
            ("var/log/error.log", "", None),
            ("storage", "", None),
        ] {
            assert_eq!(scope(name.as_bytes(), datatype), expected, "{name}");
        }
    }
}
