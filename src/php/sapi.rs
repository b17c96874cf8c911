//! The web server's side of PHP: what it was asked, and how it is answered.

#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};

use ext_php_rs::ffi;

use super::bailout::guarded;
use super::value::Value;
use super::zend::{self, c_string};

unsafe extern "C" {
    fn sapi_send_headers() -> c_int;
    fn sapi_flush();
    fn sapi_getenv(name: *const c_char, length: usize) -> *mut c_char;
    fn php_output_discard_all();
    fn php_output_set_status(status: c_int);
    fn php_log_err_with_severity(message: *const c_char, severity: c_int);
}

/// What `$_SERVER` has, as the script sees it.
pub enum Server {
    /// The array.
    Array(Option<Value>),
    /// Nobody has named it yet. To make it takes longer than all else that PHP does for a small file, so
    /// php-fpm is asked for the few variables of it that matter.
    Fpm,
}

impl Server {
    /// That of this request.
    pub fn of_request() -> Self {
        // SAFETY: the server's name is NUL-terminated, and does not change.
        let fpm = unsafe {
            let name = (*ffi::ext_php_rs_sapi_module()).name;
            !name.is_null() && CStr::from_ptr(name) == c"fpm-fcgi"
        };
        if fpm && !zend::has_global(SERVER) {
            Self::Fpm
        } else {
            Self::Array(zend::superglobal(SERVER))
        }
    }

    /// Variables, each when it is a text.
    pub fn get<const N: usize>(&self, names: [&CStr; N]) -> [Option<Vec<u8>>; N] {
        match self {
            Self::Array(array) => names.map(|name| {
                let value = zend::element(array.as_ref()?, name.to_bytes())?;
                value.zend_str().map(|text| text.as_bytes().to_vec())
            }),
            Self::Fpm => parameters(names),
        }
    }
}

const SERVER: &CStr = c"_SERVER";

/// What the web server sent with the request, or the administrator gave the process (php-fpm's `env[…]`).
fn parameters<const N: usize>(names: [&CStr; N]) -> [Option<Vec<u8>>; N] {
    let mut values = [std::ptr::null_mut(); N];
    // All in one: each way into the engine and back takes longer than what is done there.
    let asked = &mut values;
    // SAFETY: the names are NUL-terminated; what comes is a copy for the caller, or null.
    guarded(|| unsafe {
        for (name, value) in names.iter().zip(asked.iter_mut()) {
            *value = sapi_getenv(name.as_ptr(), name.count_bytes());
        }
    });
    let mut texts = [const { None }; N];
    for ((value, name), text) in values.into_iter().zip(names).zip(&mut texts) {
        // SAFETY: NUL-terminated texts: a copy that is freed once, or one that stays as long as nobody changes
        // the environment, which PHP allows a script to do, but not another thread meanwhile.
        unsafe {
            if value.is_null() {
                let value = libc::getenv(name.as_ptr());
                *text = (!value.is_null()).then(|| CStr::from_ptr(value).to_bytes().to_vec());
            } else {
                *text = Some(CStr::from_ptr(value).to_bytes().to_vec());
                ext_php_rs::alloc::efree(value.cast());
            }
        }
    }
    texts
}

/// The header is out: it cannot be changed any more.
pub fn headers_are_sent() -> bool {
    // SAFETY: the globals exist as long as the module.
    unsafe { (*ffi::ext_php_rs_sapi_globals()).headers_sent != 0 }
}

/// Sets the status of the response, and header fields in the place of those of the same names. What would end a
/// field is left out by PHP, with a warning.
pub fn set_header(status: u16, fields: &[(&str, String)]) {
    let code = usize::from(status) as *mut c_void;
    // In one piece of memory, and under one guard: of each, a header needs some ten otherwise.
    let room = fields
        .iter()
        .map(|(name, value)| name.len() + value.len() + ": \0".len());
    let mut text = Vec::with_capacity(room.sum());
    let mut lines = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let start = text.len();
        for part in [name, ": ", value, "\0"] {
            text.extend_from_slice(part.as_bytes());
        }
        lines.push(start..text.len());
    }
    // SAFETY: for a status the pointer is the number itself.
    guarded(|| unsafe {
        ffi::sapi_header_op(ffi::sapi_header_op_enum_SAPI_HEADER_SET_STATUS, code);
        for line in lines.iter().filter_map(|line| text.get(line.clone())) {
            pass(ffi::sapi_header_op_enum_SAPI_HEADER_REPLACE, line);
        }
    });
}

/// # Safety
/// Within a request, in [`guarded`]; the line ends with a NUL.
unsafe fn pass(operation: ffi::sapi_header_op_enum, line: &[u8]) {
    // SAFETY: a struct of pointers and numbers, which may be zero: its last field differs between versions
    // of PHP. The line is copied, and the argument outlives the call.
    unsafe {
        let mut argument: ffi::sapi_header_line = std::mem::zeroed();
        argument.line = line.as_ptr().cast();
        argument.line_len = line.len() - 1;
        ffi::sapi_header_op(operation, (&raw mut argument).cast());
    }
}

/// Removes all header fields of these names.
pub fn remove_fields(names: &[&str]) {
    // Most scripts have set none of them, and PHP takes each request to remove one for itself.
    for name in names.iter().filter(|name| is_set(name)) {
        let line = c_string(name);
        let line = line.to_bytes_with_nul();
        // SAFETY: within a request; a text in C ends with a NUL.
        guarded(|| unsafe { pass(ffi::sapi_header_op_enum_SAPI_HEADER_DELETE, line) });
    }
}

/// A field of this name was set.
fn is_set(name: &str) -> bool {
    // SAFETY: the list of this request's fields, each of which has a line of the given length; it
    // does not change meanwhile.
    unsafe {
        let mut element = (*ffi::ext_php_rs_sapi_globals()).sapi_headers.headers.head;
        while let Some(present) = element.as_ref() {
            let field = (&raw const present.data).cast::<ffi::sapi_header_struct>();
            let field = field.read_unaligned();
            let line = std::slice::from_raw_parts(field.header.cast::<u8>(), field.header_len);
            let named = line.get(..name.len());
            if named.is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes())) {
                return true;
            }
            element = present.next;
        }
    }
    false
}

/// Sends the header. PHP code may run.
pub fn send_header() {
    // SAFETY: within a request.
    guarded(|| unsafe { sapi_send_headers() });
}

/// Drops what waits in output buffers, and the buffers. PHP code may run.
pub fn discard_output() {
    // SAFETY: within a request.
    guarded(|| unsafe { php_output_discard_all() });
}

/// Passes on what the web server holds back.
pub fn flush() {
    // SAFETY: within a request.
    guarded(|| unsafe { sapi_flush() });
}

/// Lets nothing more out for the rest of the request, whatever the script does.
pub fn close_output() {
    /// `PHP_OUTPUT_DISABLED` of php_output.h.
    const DISABLED: c_int = 0x02;
    // SAFETY: sets flags of the output layer, which the next request starts without.
    unsafe { php_output_set_status(DISABLED) };
}

/// Writes one line to the error log. It may repeat what a client sent, so control characters, which
/// would begin another line, show as escapes.
pub fn log(message: &str) {
    /// `LOG_ERR` of syslog.h.
    const ERROR: c_int = 3;
    let mut line = String::from("ezdbfile: ");
    for character in message.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    let message = c_string(&line);
    let message = message.as_ptr();
    // SAFETY: the message is NUL-terminated and outlives the call.
    guarded(|| unsafe { php_log_err_with_severity(message, ERROR) });
}
