//! `ezdbfile_serve()`: answering the current HTTP request with a file.

use std::ffi::CStr;
use std::rc::Rc;
use std::sync::Arc;

use ext_php_rs::types::Zval;

use super::call::Call;
use super::errors::Failure;
use super::{convert, ini, output, request, sapi, zend};
use crate::error::{Error, Result as ClusterResult};
use crate::handler::serve::conditional::Fields;
use crate::handler::serve::copies::{Copies, Draft, Field};
use crate::handler::serve::response::{Body, Request, Response, Rules};
use crate::handler::serve::{self, Answer, path};
use crate::storage::chunks::Reader;
use crate::storage::{Name, Store};

/// Fields that an earlier part of the script may have set, and that would be wrong for a file that
/// caches may give to anybody.
const REMOVED: [&str; 15] = [
    "Status",
    "Set-Cookie",
    "Pragma",
    "Location",
    "Content-Encoding",
    "Content-Disposition",
    "Content-Length",
    "Content-Range",
    "Content-Security-Policy",
    "Transfer-Encoding",
    "Accept-Ranges",
    "ETag",
    "Expires",
    "Last-Modified",
    "Cache-Control",
];

/// What of `$_SERVER` matters: which file is asked for, whether the web server takes copies, and how much of the file: the
/// [`Fields`], in their order.
const VARIABLES: [&CStr; 9] = [
    c"REQUEST_METHOD",
    c"REQUEST_URI",
    c"EZDBFILE_SENDFILE",
    c"HTTP_IF_MATCH",
    c"HTTP_IF_UNMODIFIED_SINCE",
    c"HTTP_IF_NONE_MATCH",
    c"HTTP_IF_MODIFIED_SINCE",
    c"HTTP_IF_RANGE",
    c"HTTP_RANGE",
];

/// `ezdbfile_serve( ?string $path = null ): bool`
pub fn serve(call: &mut Call<'_>) -> Result<(), Failure> {
    let answer = answer(call)?;
    if let Some(problem) = &answer.problem {
        sapi::log(problem);
    }
    let whole = send(answer)?;
    call.answer_bool(whole);
    Ok(())
}

fn nothing_sent() -> Result<(), Failure> {
    if sapi::headers_are_sent() {
        return Err(Failure::Warning(
            "the header was sent already, so no file can be; call ezdbfile_serve() before any output".into(),
        ));
    }
    Ok(())
}

/// Drops what waits in buffers; what went out is a failure. From here on no PHP code runs before the header is sent.
fn nothing_buffered() -> Result<(), Failure> {
    if zend::exception_pending() {
        return Err(Failure::Pending);
    }
    nothing_sent()?;
    sapi::discard_output();
    if zend::exception_pending() {
        return Err(Failure::Pending);
    }
    Ok(())
}

fn answer(call: &Call<'_>) -> Result<Answer, Failure> {
    nothing_sent()?;
    let [method, target, sendfile, conditions @ ..] = sapi::Server::of_request().get(VARIABLES);
    let head = match method.as_deref() {
        None | Some(b"GET") => false,
        Some(b"HEAD") => true,
        Some(_) => {
            nothing_buffered()?;
            return Ok(Response::method_not_allowed().into());
        }
    };
    let name = if call.arg(0).is_none_or(Zval::is_null) {
        path::of_target(&target.unwrap_or_default())
    } else {
        path::without_slash(&convert::text(call, 0)?).to_vec()
    };
    let patterns = ini::text("ezdbfile.serve_paths");
    let is_public = path::is_public(&name, &patterns);
    // The settings are read by PHP code, which may print, or open a buffer.
    let serving = is_public.then(request::serving);
    nothing_buffered()?;
    let answer = if let Some(serving) = serving {
        let request = Request {
            head,
            fields: Fields::from(conditions),
        };
        let copies = sendfile.is_none_or(|value| value != b"off");
        match serving.and_then(|serving| look_up(&Name::new(&name), &request, serving, copies)) {
            Ok(answer) => answer,
            Err(Error::Interrupted) => return Err(Failure::Pending),
            Err(error) => Answer {
                problem: Some(error.to_string()),
                ..serve::failure(&error).into()
            },
        }
    } else {
        Answer {
            problem: path::with_misplaced_stars(&patterns).map(|pattern| {
                format!("ezdbfile.serve_paths: \"{pattern}\" matches nothing; ** stands at the end of a pattern only")
            }),
            ..Response::not_found(&name).into()
        }
    };
    Ok(Answer {
        response: if head {
            answer.response.without_body()
        } else {
            answer.response
        },
        ..answer
    })
}

/// `with_copies`: the web server has not said that it could not open one.
fn look_up(
    name: &Name,
    request: &Request,
    (store, serving): (Arc<Store>, Rc<Serving>),
    with_copies: bool,
) -> ClusterResult<Answer> {
    let copies = serving.copies.as_ref().filter(|_| with_copies);
    let answer = serve::answer(&store, name, request, &serving.rules, copies)?;
    Ok(Answer {
        problem: answer.problem.or_else(|| serving.problem.clone()),
        ..answer
    })
}

/// What php.ini says about serving.
#[derive(Debug)]
pub struct Serving {
    rules: Rules,
    copies: Option<Copies>,
    /// Why there are no copies although the administrator wants some.
    problem: Option<String>,
}

impl Serving {
    /// Reads it, for files of this database.
    ///
    /// # Errors
    /// A setting that makes no sense.
    pub fn read(database: &str) -> ClusterResult<Self> {
        let (copies, problem) = match copies(database) {
            Ok(copies) => (copies, None),
            // Files can be sent without copies.
            Err(error) => (None, Some(error.to_string())),
        };
        Ok(Self {
            rules: Rules {
                max_age: ini::max_age()?,
                attachment: ini::text("ezdbfile.serve_attachment"),
            },
            copies,
            problem,
        })
    }
}

/// The settings of copies for the web server; none when it is not to send files itself.
fn copies(database: &str) -> ClusterResult<Option<Copies>> {
    let field = ini::text("ezdbfile.sendfile");
    let field = field.trim();
    if field.is_empty() {
        return Ok(None);
    }
    let Some(field) = Field::named(field) else {
        return Err(Error::Refused(format!(
            "ezdbfile.sendfile is \"{field}\"; it takes X-Accel-Redirect (nginx) or X-Sendfile (Apache)"
        )));
    };
    let directory = ini::text("ezdbfile.sendfile_dir");
    if !directory.starts_with('/') {
        return Err(Error::Refused(format!(
            "ezdbfile.sendfile_dir is \"{directory}\"; it takes the absolute path of a directory on this node"
        )));
    }
    let uri = ini::text("ezdbfile.sendfile_uri");
    let uri = uri.trim_end_matches('/');
    if field == Field::Accel && !uri.starts_with('/') {
        return Err(Error::Refused(format!(
            "ezdbfile.sendfile_uri is \"{uri}\"; it takes the internal location of nginx that leads to ezdbfile.sendfile_dir, such as /ezdbfile-copies"
        )));
    }
    Ok(Some(Copies {
        field,
        directory: directory.into(),
        uri: uri.to_owned(),
        max_bytes: ini::sendfile_max_bytes()?,
        database: database.to_owned(),
    }))
}

/// Sends a response; true when all of it went out. PHP code may run.
fn send(mut answer: Answer) -> Result<bool, Failure> {
    sapi::remove_fields(&REMOVED);
    sapi::set_header(answer.response.status, &answer.response.fields);
    sapi::send_header();
    let sent = if zend::exception_pending() {
        Err(Stop::Pending)
    } else {
        send_body(&mut answer)
    };
    if matches!(sent, Err(Stop::Failed(_))) {
        // Apache would compute the length of a short body anew, and make it look whole.
        sapi::flush();
    }
    // What the script prints from here on belongs to no response.
    sapi::close_output();
    match sent {
        Ok(whole) => Ok(whole),
        Err(Stop::Pending) => Err(Failure::Pending),
        Err(Stop::Failed(error)) => {
            let name = answer.reader.map(|reader| reader.metadata().name().to_vec());
            let name = name.unwrap_or_default();
            sapi::log(&format!(
                "{}: the response was cut: {error}",
                String::from_utf8_lossy(&name)
            ));
            Ok(false)
        }
    }
}

/// Why a body was not sent to its end.
enum Stop {
    /// PHP code threw.
    Pending,
    /// The file could not be read on.
    Failed(Error),
}

fn send_body(answer: &mut Answer) -> Result<bool, Stop> {
    let Answer {
        response,
        bytes,
        reader,
        copy,
        ..
    } = answer;
    if let Some(bytes) = bytes {
        add_to_copy(copy, bytes);
        return write(bytes);
    }
    match (&response.body, reader) {
        (Body::Page(page), _) => write(page.as_bytes()),
        (Body::Parts(parts), Some(reader)) => {
            for index in 0..parts.parts().len() {
                if index > 0 {
                    reader.next_part().map_err(Stop::Failed)?;
                }
                if !(write(parts.head(index).as_bytes())? && send_blocks(reader, &mut None)?) {
                    return Ok(false);
                }
            }
            write(parts.tail().as_bytes())
        }
        (Body::Whole | Body::Part(_), Some(reader)) => send_blocks(reader, copy),
        _ => Ok(true),
    }
}

/// Sends a part, and makes a copy of it on the way. The copy is there before the client has the
/// last byte.
fn send_blocks(reader: &mut Reader, copy: &mut Option<Draft>) -> Result<bool, Stop> {
    while let Some(block) = reader.next_block().map_err(Stop::Failed)? {
        add_to_copy(copy, block);
        if !write(block)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn add_to_copy(copy: &mut Option<Draft>, bytes: &[u8]) {
    if let Some(error) = copy.as_mut().and_then(|copy| copy.write(bytes).err()) {
        *copy = None;
        sapi::log(&format!("no copy for the web server: {error}"));
    }
}

/// False when nobody is there any more to take it.
fn write(bytes: &[u8]) -> Result<bool, Stop> {
    output::write(bytes);
    if zend::exception_pending() {
        return Err(Stop::Pending);
    }
    Ok(!zend::client_is_gone())
}
