//! Answering HTTP requests for files: from what a client asked to a response with its header and
//! the bytes that go with it. Everything but this file and `copies` is pure.

pub mod conditional;
pub mod copies;
pub mod date;
pub mod media_type;
pub mod multipart;
pub mod path;
pub mod range;
pub mod response;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::time::SystemTime;

use crate::error::{Error, Result};
use crate::storage::chunks::Reader;
use crate::storage::{Metadata, Name, Store};
use copies::{Copies, Draft, Field};
use response::{Body, Request, Response, Rules};

/// How often a file is looked up again that is replaced while it is being answered with.
const LOOKS: u32 = 5;
/// Bodies up to this many bytes are read whole before the header goes out: damage in them is an
/// error of its own, and the connection is free while a slow client takes them.
const SMALL: u64 = 65536;

/// A response and what it takes to send it.
#[derive(Debug)]
pub struct Answer {
    /// Status, header and what the body is.
    pub response: Response,
    /// The whole body, where it is small and was put together.
    pub bytes: Option<Vec<u8>>,
    /// Where the bytes of the file come from otherwise.
    pub reader: Option<Reader>,
    /// A copy of the file that is made while it is sent.
    pub copy: Option<Draft>,
    /// What the administrator ought to know.
    pub problem: Option<String>,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self {
            response,
            bytes: None,
            reader: None,
            copy: None,
            problem: None,
        }
    }
}

/// Answers a GET or HEAD for the file of this name, which the public may see.
///
/// # Errors
/// [`Error::Interrupted`] alone: what else goes wrong is a response, too.
pub fn answer(
    store: &Store,
    name: &Name,
    request: &Request,
    rules: &Rules,
    copies: Option<&Copies>,
) -> Result<Answer> {
    match look(store, name, request, rules, copies) {
        Ok(answer) => Ok(answer),
        Err(Error::Interrupted) => Err(Error::Interrupted),
        Err(error) => Ok(Answer {
            problem: Some(format!("{}: {error}", String::from_utf8_lossy(name.bytes()))),
            ..failure(&error).into()
        }),
    }
}

/// What a client is told about an error.
#[must_use]
pub fn failure(error: &Error) -> Response {
    match error {
        Error::Connect { .. }
        | Error::PoolLimit { .. }
        | Error::Database { .. }
        | Error::Repeated { .. }
        | Error::Conflict { .. } => Response::unavailable(),
        _ => Response::failed(),
    }
}

fn look(
    store: &Store,
    name: &Name,
    request: &Request,
    rules: &Rules,
    copies: Option<&Copies>,
) -> Result<Answer> {
    let respond = |file: &Metadata| Response::for_file(request, file, rules, date::now(), unique_boundary);
    let missing = || Ok(Response::not_found(name.bytes()).into());
    // Most requests want all of a file: one round trip.
    if !request.head && copies.is_none() && request.fields.are_absent() {
        let Some(reader) = store.open_told(name)? else {
            return missing();
        };
        if reader.metadata().is_expired() {
            reader.leave();
            return missing();
        }
        let response = respond(reader.metadata());
        return with_body(response, reader);
    }
    for _ in 0..LOOKS {
        let Some(file) = store.find(name)?.filter(|file| !file.is_expired()) else {
            return missing();
        };
        let response = respond(&file);
        if request.head {
            return Ok(response.into());
        }
        if let Some(copies) = copies
            && can_hand_over(request, &response, &file)
            && let Some(location) = copies.location(&file)
        {
            return Ok(handed_over(response, copies.field, location).into());
        }
        let reader = match &response.body {
            Body::Whole => store.open_told(name)?,
            Body::Part(part) => store.open_parts(&file, std::slice::from_ref(part))?,
            Body::Parts(parts) => store.open_parts(&file, parts.parts())?,
            Body::None | Body::Page(_) => return Ok(response.into()),
        };
        let Some(reader) = reader else { continue };
        if *reader.metadata() != file {
            reader.leave();
            continue;
        }
        let whole = match &response.body {
            Body::Whole => true,
            Body::Part(part) => *part == (0..file.size),
            _ => false,
        };
        let answer = with_body(response, reader)?;
        let (copy, problem) = match copies.filter(|_| whole).map(|copies| copies.draft(&file)) {
            Some(Ok(copy)) => (copy, None),
            // Without copies it is slower, and still right.
            Some(Err(error)) => (None, Some(format!("no copy for the web server: {error}"))),
            None => (None, None),
        };
        return Ok(Answer {
            copy,
            problem,
            ..answer
        });
    }
    missing()
}

/// A response with what is to be sent, which is read where it is small.
fn with_body(response: Response, mut reader: Reader) -> Result<Answer> {
    let length = length(&response.body, reader.metadata().size);
    if length > SMALL {
        reader.look_ahead()?;
    } else if length > 0 && matches!(response.body, Body::Whole) {
        reader.read_ahead()?;
    } else if length == 0 || !is_one_row(&response.body, &mut reader)? {
        let bytes = Some(small_body(&response.body, length, &mut reader)?);
        return Ok(Answer {
            bytes,
            ..response.into()
        });
    }
    Ok(Answer {
        reader: Some(reader),
        ..response.into()
    })
}

/// All that is to be sent is in one row, which the reader has: there is nothing to put together.
fn is_one_row(body: &Body, reader: &mut Reader) -> Result<bool> {
    if matches!(body, Body::Parts(_)) {
        return Ok(false);
    }
    reader.look_ahead()?;
    Ok(reader.is_at_end())
}

fn length(body: &Body, size: u64) -> u64 {
    match body {
        Body::Part(part) => part.end - part.start,
        Body::Parts(parts) => parts.length(),
        _ => size,
    }
}

fn small_body(body: &Body, length: u64, reader: &mut Reader) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let read = |bytes: &mut Vec<u8>, reader: &mut Reader| -> Result<()> {
        while let Some(block) = reader.next_block()? {
            bytes.extend_from_slice(block);
        }
        Ok(())
    };
    if let Body::Parts(parts) = body {
        for index in 0..parts.parts().len() {
            if index > 0 {
                reader.next_part()?;
            }
            bytes.extend_from_slice(parts.head(index).as_bytes());
            read(&mut bytes, reader)?;
        }
        bytes.extend_from_slice(parts.tail().as_bytes());
    } else {
        read(&mut bytes, reader)?;
    }
    Ok(bytes)
}

/// 128 random bits, which no file contains. Nobody can tell them beforehand: they are hashes by keys of the system's.
fn unique_boundary() -> String {
    let half = || RandomState::new().hash_one(SystemTime::now());
    format!("{:016x}{:016x}", half(), half())
}

/// A web server that gets the copy answers with the same: it reads ranges itself, but only plain
/// ones in the same way, and knows nothing of conditions that were met.
fn can_hand_over(request: &Request, response: &Response, file: &Metadata) -> bool {
    let plain_range = || {
        let range = request.fields.range.as_deref();
        range.is_some_and(range::is_plain)
    };
    let whole_or_part = match response.body {
        Body::Whole => request.fields.range.is_none(),
        Body::Part(_) => plain_range(),
        _ => false,
    };
    whole_or_part
        && request.fields.if_match.is_none()
        && request.fields.if_unmodified_since.is_none()
        && file.mtime < date::now()
}

/// The response as the web server takes it, which then makes parts of it itself.
fn handed_over(response: Response, field: Field, location: String) -> Response {
    // nginx says by itself that it takes ranges, but not when it sends one.
    let says_ranges = field == Field::Sendfile || response.status == 206;
    let mut fields = response.fields;
    fields.retain(|(name, _)| match *name {
        "Content-Length" | "Content-Range" => false,
        "Accept-Ranges" => says_ranges,
        _ => true,
    });
    if field == Field::Accel {
        // nginx would keep these even for an error of its own.
        for (name, _) in &mut fields {
            *name = match *name {
                "Cache-Control" => "X-Ezdbfile-Cache-Control",
                "Expires" => "X-Ezdbfile-Expires",
                "Content-Disposition" => "X-Ezdbfile-Content-Disposition",
                other => other,
            };
        }
    }
    fields.push((field.name(), location));
    Response {
        status: 200,
        fields,
        body: Body::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tries::Tries;

    #[test]
    fn a_database_that_cannot_be_asked_is_unavailable_and_one_with_damage_has_failed() {
        let (doing, tries) = ("while reading", Tries::begin());
        for error in [
            Error::PoolLimit {
                target: "server".into(),
                max: 1,
            },
            Error::Repeated {
                doing,
                tries: tries.clone(),
            },
            Error::Conflict { tries },
        ] {
            let response = failure(&error);
            assert_eq!(response.status, 503, "{error}");
            assert!(response.fields.contains(&("Retry-After", "5".into())), "{error}");
        }
        assert_eq!(failure(&Error::Damaged("a row is missing".into())).status, 500);
    }
}
