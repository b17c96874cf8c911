//! Which Content-Type a file gets, and how far browsers are to be kept from running it.

/// For what is of no known type, and for what must not be of any other.
const OCTET_STREAM: &str = "application/octet-stream";

/// The type of a file (RFC 9110 section 8.3.1): the stored one where it is a MIME type, else that of the name's ending. One
/// that the column did not hold was stored as `application/octet-stream`, so that says nothing either; but what a browser
/// would run is nothing to guess from it.
#[must_use]
pub fn of_file(name: &[u8], stored: &[u8]) -> String {
    let ending = ending(name);
    if is_code(&ending) {
        return OCTET_STREAM.into();
    }
    let of_ending = || {
        mime_guess::from_ext(&ending)
            .first_raw()
            .unwrap_or(OCTET_STREAM)
            .to_owned()
    };
    match std::str::from_utf8(stored).map(str::trim) {
        Ok(stored) if stored.eq_ignore_ascii_case(OCTET_STREAM) => {
            let guessed = of_ending();
            if is_active(&essence(&guessed)) {
                OCTET_STREAM.into()
            } else {
                guessed
            }
        }
        Ok(stored) if is_media_type(stored) => stored.to_owned(),
        _ => of_ending(),
    }
}

/// What stands behind the last dot of the last segment, in lower case.
fn ending(name: &[u8]) -> String {
    let file = name.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    file.iter()
        .rposition(|byte| *byte == b'.')
        .and_then(|dot| file.get(dot + 1..))
        .map(|ending| match std::str::from_utf8(ending) {
            Ok(ending) if ending.is_ascii() => ending.trim().to_ascii_lowercase(),
            _ => String::from_utf8_lossy(ending).trim().to_lowercase(),
        })
        .unwrap_or_default()
}

/// Endings that web servers give to PHP.
fn is_code(ending: &str) -> bool {
    let version = ending
        .strip_prefix("php")
        .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    version || matches!(ending, "phtml" | "pht" | "phtm" | "phps" | "phpt" | "phar")
}

/// `type/subtype`, perhaps with parameters, and nothing that would end the header field.
fn is_media_type(text: &str) -> bool {
    let text = text.trim();
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_token = |token: &str| {
        !token.is_empty()
            && token
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let mut halves = essence.trim_end().splitn(2, '/');
    halves.next().is_some_and(is_token)
        && halves.next().is_some_and(is_token)
        // Browsers take what stands behind a comma for another type, and that one for the right one.
        && parameters.bytes().all(|byte| matches!(byte, b'\t' | b' '..=b'~') && byte != b',')
}

/// The type without parameters, in lower case.
#[must_use]
pub fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// A browser that opens a file of a type with this [`essence`] runs what is in it: scripts of the site, as it seems.
#[must_use]
pub fn is_active(essence: &str) -> bool {
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    essence.contains("html")
        || subtype.ends_with("+xml")
        || matches!(
            subtype,
            "xml"
                | "xml-dtd"
                | "xml-external-parsed-entity"
                | "xsl"
                | "xslt"
                | "svg"
                | "ecmascript"
                | "jscript"
                | "livescript"
                | "mixed-replace"
        )
        || subtype.starts_with("javascript")
}

/// The type with this [`essence`] is one of a comma-separated list, in which `image/*` stands for all of its kind.
#[must_use]
pub fn is_listed(essence: &str, list: &str) -> bool {
    if list.is_empty() {
        return false;
    }
    let kind = essence.split('/').next().unwrap_or_default();
    list.split(',').map(str::trim).any(|listed| {
        let listed = listed.to_ascii_lowercase();
        listed == essence || listed.strip_suffix("/*") == Some(kind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_type_counts_when_it_is_one() {
        for (name, stored, sent) in [
            ("a.png", "image/png", "image/png"),
            ("a.png", "image/gif", "image/gif"),
            (
                "a.txt",
                "text/plain; charset=latin1",
                "text/plain; charset=latin1",
            ),
            ("a.png", "", "image/png"),
            ("dir.png/a.JPG", "misc", "image/jpeg"),
            ("a.pdf", "php", "application/pdf"),
            ("a.svg", "misc", "image/svg+xml"),
            ("a.png", "image/png\r\nSet-Cookie: a=b", "image/png"),
            ("a.png", "image/png;\u{e9}", "image/png"),
            ("a.png", "image/png; a=b, text/html", "image/png"),
            ("a.png", "image/png;x,text/html", "image/png"),
            ("a.png", "text/html,image/png", "image/png"),
            ("a.png", "image/", "image/png"),
            ("a.png", "a/b/c", "image/png"),
            ("a.png", OCTET_STREAM, "image/png"),
            (
                "a.docx",
                "Application/octet-stream ",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            ("a.unknown-ending", OCTET_STREAM, OCTET_STREAM),
            ("a.html", OCTET_STREAM, OCTET_STREAM),
            ("a.svg", OCTET_STREAM, OCTET_STREAM),
            ("a.js", OCTET_STREAM, OCTET_STREAM),
            ("a.php", OCTET_STREAM, OCTET_STREAM),
            ("a.unknown-ending", "", OCTET_STREAM),
            ("dir.png/a", "", OCTET_STREAM),
            ("a.", "", OCTET_STREAM),
            ("", "", OCTET_STREAM),
            ("a.php", "text/html", OCTET_STREAM),
            ("a.php7", "image/png", OCTET_STREAM),
            ("a.PHP", "", OCTET_STREAM),
            ("a.phtml", "text/html", OCTET_STREAM),
            ("a.phar", "", OCTET_STREAM),
            ("a.php ", "text/html", OCTET_STREAM),
            ("php", "text/plain", "text/plain"),
        ] {
            assert_eq!(
                of_file(name.as_bytes(), stored.as_bytes()),
                sent,
                "{name} {stored}"
            );
        }
        assert_eq!(of_file(b"a.\xff", b"\xff/\xff"), OCTET_STREAM);
    }

    #[test]
    fn what_browsers_run_is_active() {
        for (media_type, active) in [
            ("text/html", true),
            ("TEXT/HTML; charset=utf-8", true),
            ("application/xhtml+xml", true),
            ("image/svg+xml", true),
            ("text/xml", true),
            ("application/xml", true),
            ("application/rss+xml", true),
            ("application/mathml+xml", true),
            ("text/xsl", true),
            ("application/xslt+xml", true),
            ("text/javascript", true),
            ("text/javascript1.5", true),
            ("application/javascript", true),
            ("application/x-javascript", true),
            ("text/ecmascript", true),
            ("application/x-ecmascript", true),
            ("text/jscript", true),
            ("text/livescript", true),
            ("multipart/x-mixed-replace", true),
            ("image/png", false),
            ("text/plain", false),
            ("application/pdf", false),
            ("application/json", false),
            (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                false,
            ),
        ] {
            assert_eq!(is_active(&essence(media_type)), active, "{media_type}");
        }
    }

    #[test]
    fn a_list_of_types_knows_kinds() {
        for (media_type, list, listed) in [
            ("image/png", "", false),
            ("image/png", "image/gif, image/png", true),
            ("image/PNG; a=b", "IMAGE/png", true),
            ("image/png", "image/*", true),
            ("text/plain", "image/*", false),
            ("image/png", "image", false),
        ] {
            assert_eq!(
                is_listed(&essence(media_type), list),
                listed,
                "{media_type} {list}"
            );
        }
    }
}
