//! Several parts of a file in one body: multipart/byteranges (RFC 9110 section 14.6).

use std::fmt::Write;
use std::ops::Range;

/// What stands around the parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multipart {
    boundary: String,
    media_type: String,
    size: u64,
    parts: Vec<Range<u64>>,
}

impl Multipart {
    /// These parts of a file of this type and size. The boundary must not occur in them: a random
    /// text of sufficient length.
    #[must_use]
    pub fn new(boundary: String, media_type: &str, size: u64, parts: Vec<Range<u64>>) -> Self {
        Self {
            boundary,
            media_type: media_type.to_owned(),
            size,
            parts,
        }
    }

    /// The parts in their order.
    #[must_use]
    pub fn parts(&self) -> &[Range<u64>] {
        &self.parts
    }

    /// The Content-Type of the whole.
    #[must_use]
    pub fn media_type(&self) -> String {
        format!("multipart/byteranges; boundary={}", self.boundary)
    }

    /// What goes before the part of this index.
    #[must_use]
    pub fn head(&self, index: usize) -> String {
        let mut head = String::new();
        if let Some(part) = self.parts.get(index) {
            // Writing to a String does not fail.
            let _ = write!(
                head,
                "{}--{}\r\nContent-Type: {}\r\nContent-Range: {}\r\n\r\n",
                if index == 0 { "" } else { "\r\n" },
                self.boundary,
                self.media_type,
                content_range(part, self.size)
            );
        }
        head
    }

    /// What goes behind the last part.
    #[must_use]
    pub fn tail(&self) -> String {
        format!("\r\n--{}--\r\n", self.boundary)
    }

    /// Bytes of the whole.
    #[must_use]
    pub fn length(&self) -> u64 {
        let parts = self.parts.iter().enumerate();
        parts.fold(self.tail().len() as u64, |sum, (index, part)| {
            sum + self.head(index).len() as u64 + (part.end - part.start)
        })
    }
}

/// The value of Content-Range for a part (section 14.4).
#[must_use]
pub fn content_range(part: &Range<u64>, size: u64) -> String {
    format!("bytes {}-{}/{size}", part.start, part.end.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_that_of_what_is_sent() {
        let multipart = Multipart::new("xyz".into(), "image/png", 1000, vec![5..10, 0..2]);
        let sent = format!(
            "{}12345{}12{}",
            multipart.head(0),
            multipart.head(1),
            multipart.tail()
        );
        assert_eq!(
            sent,
            "--xyz\r\nContent-Type: image/png\r\nContent-Range: bytes 5-9/1000\r\n\r\n12345\
             \r\n--xyz\r\nContent-Type: image/png\r\nContent-Range: bytes 0-1/1000\r\n\r\n12\
             \r\n--xyz--\r\n"
        );
        assert_eq!(multipart.length(), sent.len() as u64);
        assert_eq!(multipart.head(2), "");
    }
}
