//! What is answered to a request for a file, as a pure function of both.

use std::ops::Range;

use super::conditional::{self, Fields, Outcome, Validators};
use super::multipart::{Multipart, content_range};
use super::range::{self, Wanted};
use super::{date, media_type};
use crate::storage::Metadata;

/// Keeps what is in a file from running as a part of the site.
const SANDBOX: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
/// Seconds after which a client that met no database may come again.
const RETRY_AFTER: &str = "5";
/// Fields of a response with a file, at most.
const MOST_FIELDS: usize = 11;
/// Longest part of a path that a page repeats, in bytes.
const SHOWN_PATH: usize = 200;

/// What the site says about serving.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Seconds for which caches may keep a file without asking; 0: they ask every time.
    pub max_age: u32,
    /// Types that are to be saved rather than shown; see [`media_type::is_listed`].
    pub attachment: String,
}

/// A response without its file data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Header fields.
    pub fields: Vec<(&'static str, String)>,
    /// What follows the header.
    pub body: Body,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// There is none.
    None,
    /// A page.
    Page(String),
    /// The whole file.
    Whole,
    /// One part of the file.
    Part(Range<u64>),
    /// Several.
    Parts(Multipart),
}

/// What a request asks, apart from the file's name.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// HEAD: everything but the body.
    pub head: bool,
    /// Conditions and ranges.
    pub fields: Fields,
}

impl Response {
    /// The answer to a request for a file that is there. `boundary` makes one for several parts.
    #[must_use]
    pub fn for_file(
        request: &Request,
        file: &Metadata,
        rules: &Rules,
        now: i64,
        boundary: impl FnOnce() -> String,
    ) -> Self {
        let etag = etag(file);
        // Never later than now (RFC 9110 section 8.8.2.1).
        let last_modified = file.mtime.min(now);
        let version = Validators {
            etag: &etag,
            last_modified,
        };
        let media_type = media_type::of_file(file.name(), file.datatype());
        let mut fields = Vec::with_capacity(MOST_FIELDS);
        fields.push(("ETag", etag.clone()));
        fields.push(("Last-Modified", date::format(last_modified)));
        if rules.max_age == 0 {
            fields.push(("Cache-Control", "no-cache".into()));
        } else {
            fields.push(("Cache-Control", format!("public, max-age={}", rules.max_age)));
            let expires = now.saturating_add(i64::from(rules.max_age));
            fields.push(("Expires", date::format(expires)));
        }
        match conditional::evaluate(&request.fields, version) {
            Outcome::Send => {}
            Outcome::NotModified => {
                // Without a type of its own, PHP would say text/html, and caches believe it.
                fields.push(("Content-Type", media_type));
                return Self {
                    status: 304,
                    fields,
                    body: Body::None,
                };
            }
            Outcome::Failed => {
                return Self::page(412, "The file is another version than the one asked for.");
            }
        }
        let wanted = match &request.fields.range {
            Some(range) if !request.head && conditional::range_applies(&request.fields, version, now) => {
                range::wanted(range, file.size)
            }
            _ => Wanted::Whole,
        };
        let (status, body) = match wanted {
            Wanted::Whole => (200, Body::Whole),
            Wanted::Unsatisfiable => {
                return Self::page(416, "The file has no such bytes.")
                    .with("Content-Range", format!("bytes */{}", file.size));
            }
            Wanted::Parts(parts) => match parts.as_slice() {
                [part] => {
                    fields.push(("Content-Range", content_range(part, file.size)));
                    (206, Body::Part(part.clone()))
                }
                _ => (
                    206,
                    Body::Parts(Multipart::new(boundary(), &media_type, file.size, parts)),
                ),
            },
        };
        let (content_type, length) = match &body {
            Body::Parts(parts) => (parts.media_type(), parts.length()),
            Body::Part(part) => (media_type.clone(), part.end - part.start),
            _ => (media_type.clone(), file.size),
        };
        fields.push(("Content-Type", content_type));
        fields.push(("Content-Length", length.to_string()));
        fields.push(("Accept-Ranges", "bytes".into()));
        fields.push(("X-Content-Type-Options", "nosniff".into()));
        let essence = media_type::essence(&media_type);
        if media_type::is_active(&essence) {
            fields.push(("Content-Security-Policy", SANDBOX.into()));
        }
        if media_type::is_listed(&essence, &rules.attachment) {
            fields.push(("Content-Disposition", "attachment".into()));
        }
        Self { status, fields, body }
    }

    /// 405: neither GET nor HEAD.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::page(405, "Files can be read with GET and HEAD.").with("Allow", "GET, HEAD".into())
    }

    /// 404: there is no such file, or none for the public.
    #[must_use]
    pub fn not_found(path: &[u8]) -> Self {
        let shown = path.get(..SHOWN_PATH).unwrap_or(path);
        let more = if shown.len() < path.len() { "…" } else { "" };
        let shown = escaped(&String::from_utf8_lossy(shown));
        Self::page(404, &format!("There is no file <code>/{shown}{more}</code>."))
    }

    /// 503: the database is away.
    #[must_use]
    pub fn unavailable() -> Self {
        Self::page(
            503,
            "The file cannot be had at the moment. Please try again soon.",
        )
        .with("Retry-After", RETRY_AFTER.into())
    }

    /// 500: something that does not pass.
    #[must_use]
    pub fn failed() -> Self {
        Self::page(500, "The file cannot be sent.")
    }

    /// The same for HEAD: everything but the body.
    #[must_use]
    pub fn without_body(self) -> Self {
        Self {
            body: Body::None,
            ..self
        }
    }

    fn page(status: u16, text: &str) -> Self {
        let reason = reason(status);
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>{status} {reason}</title></head>\n\
             <body><h1>{reason}</h1><p>{text}</p></body>\n</html>\n"
        );
        Self {
            status,
            fields: vec![
                ("Content-Type", "text/html; charset=utf-8".into()),
                ("Content-Length", page.len().to_string()),
                ("Cache-Control", "no-cache".into()),
                ("X-Content-Type-Options", "nosniff".into()),
            ],
            body: Body::Page(page),
        }
    }

    fn with(mut self, name: &'static str, value: String) -> Self {
        self.fields.push((name, value));
        self
    }
}

/// The entity tag of a version, strong: no other version of the file has it.
#[must_use]
pub fn etag(file: &Metadata) -> String {
    ["\"", &file.identity(), "\""].concat()
}

/// The reason phrase of a status (RFC 9110 section 15).
#[must_use]
pub fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        304 => "Not Modified",
        404 => "Not Found",
        405 => "Method Not Allowed",
        412 => "Precondition Failed",
        416 => "Range Not Satisfiable",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // No control characters in HTML.
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MetadataRow;

    fn file() -> Metadata {
        Metadata::from(MetadataRow {
            id: Some(7),
            name: b"var/site/storage/images/a.png",
            name_trunk: None,
            datatype: b"image/png",
            scope: b"image",
            size: 10,
            mtime: 784_111_777,
        })
    }

    fn respond(range: Option<&str>, head: bool, file: &Metadata, rules: &Rules) -> Response {
        let request = Request {
            head,
            fields: Fields {
                range: range.map(|range| range.as_bytes().to_vec()),
                ..Fields::default()
            },
        };
        Response::for_file(&request, file, rules, 784_111_800, || "xyz".into())
    }

    fn field<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
        let mut values = response
            .fields
            .iter()
            .filter(|(field, _)| *field == name)
            .map(|(_, value)| value.as_str());
        let value = values.next();
        assert_eq!(values.next(), None, "{name} twice");
        value
    }

    #[test]
    fn head_differs_from_get_in_the_body_alone() {
        let rules = Rules {
            max_age: 60,
            ..Rules::default()
        };
        let get = respond(None, false, &file(), &rules);
        assert_eq!(get.body, Body::Whole);
        assert_eq!(field(&get, "Expires"), Some("Sun, 06 Nov 1994 08:51:00 GMT"));
        assert_eq!(get, respond(None, true, &file(), &rules));
        assert_eq!(get, respond(Some("bytes=0-1"), true, &file(), &rules));
    }

    #[test]
    fn ranges_say_what_they_are() {
        let part = respond(Some("bytes=2-3"), false, &file(), &Rules::default());
        assert_eq!((part.status, part.body.clone()), (206, Body::Part(2..4)));
        assert_eq!(field(&part, "Content-Range"), Some("bytes 2-3/10"));
        assert_eq!(field(&part, "Content-Length"), Some("2"));
        let none = respond(Some("bytes=10-"), false, &file(), &Rules::default());
        assert_eq!(none.status, 416);
        assert_eq!(field(&none, "Content-Range"), Some("bytes */10"));
        let parts = respond(Some("bytes=0-0,9-9"), false, &file(), &Rules::default());
        assert_eq!(
            field(&parts, "Content-Type"),
            Some("multipart/byteranges; boundary=xyz")
        );
        assert_eq!(field(&parts, "Content-Range"), None);
    }

    #[test]
    fn a_file_is_not_from_the_future_and_zero_means_ask() {
        let mut future = file();
        future.mtime = 900_000_000;
        let response = respond(None, false, &future, &Rules::default());
        assert_eq!(
            field(&response, "Last-Modified"),
            Some("Sun, 06 Nov 1994 08:50:00 GMT")
        );
        assert_eq!(field(&response, "Cache-Control"), Some("no-cache"));
        assert_eq!(field(&response, "Expires"), None);
    }

    #[test]
    fn active_types_are_kept_from_running_in_parts_too() {
        let active = Metadata::from(MetadataRow {
            datatype: b"image/svg+xml",
            ..file().row()
        });
        for range in [None, Some("bytes=0-1"), Some("bytes=0-1,5-6")] {
            let response = respond(range, false, &active, &Rules::default());
            assert_eq!(field(&response, "Content-Security-Policy"), Some(SANDBOX));
            assert_eq!(
                field(
                    &respond(range, false, &file(), &Rules::default()),
                    "Content-Security-Policy"
                ),
                None
            );
        }
        let rules = Rules {
            attachment: "image/svg+xml".into(),
            ..Rules::default()
        };
        let response = respond(None, false, &active, &rules);
        assert_eq!(field(&response, "Content-Disposition"), Some("attachment"));
    }

    #[test]
    fn a_page_repeats_a_path_as_text_and_not_all_of_it() {
        let Body::Page(page) = Response::not_found(b"a<script>&\"'\xff\r\n").body else {
            panic!("no page");
        };
        assert!(
            page.contains("/a&lt;script&gt;&amp;&quot;&#39;\u{fffd}\u{fffd}\u{fffd}<"),
            "{page}"
        );
        let Body::Page(page) = Response::not_found(&[b'a'; 100_000]).body else {
            panic!("no page");
        };
        assert!(page.len() < 1000);
    }
}
