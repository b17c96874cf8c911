//! The web server's side of PHP: what it was asked, and how it is answered.

#![allow(unsafe_code)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStringExt;

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

    /// One variable, when it is a text.
    pub fn get(&self, name: &CStr) -> Option<Vec<u8>> {
        match self {
            Self::Array(array) => {
                let value = zend::element(array.as_ref()?, name.to_bytes())?;
                value.zend_str().map(|text| text.as_bytes().to_vec())
            }
            Self::Fpm => parameter(name).or_else(|| environment(name)),
        }
    }
}

const SERVER: &CStr = c"_SERVER";

/// What the web server sent with the request.
fn parameter(name: &CStr) -> Option<Vec<u8>> {
    let length = name.to_bytes().len();
    // SAFETY: the name is NUL-terminated; what comes is a copy for the caller, or null.
    unsafe {
        let value = guarded(|| sapi_getenv(name.as_ptr(), length))?;
        let copy = (!value.is_null()).then(|| CStr::from_ptr(value).to_bytes().to_vec());
        if copy.is_some() {
            ext_php_rs::alloc::efree(value.cast());
        }
        copy
    }
}

/// What the administrator gave the process (php-fpm's `env[…]`).
fn environment(name: &CStr) -> Option<Vec<u8>> {
    std::env::var_os(name.to_str().ok()?).map(OsStringExt::into_vec)
}

/// The header is out: it cannot be changed any more.
pub fn headers_are_sent() -> bool {
    // SAFETY: the globals exist as long as the module.
    unsafe { (*ffi::ext_php_rs_sapi_globals()).headers_sent != 0 }
}

/// Sets the status of the response.
pub fn set_status(status: u16) {
    let code = usize::from(status) as *mut c_void;
    // SAFETY: for this operation the pointer is the number itself.
    guarded(|| unsafe { ffi::sapi_header_op(ffi::sapi_header_op_enum_SAPI_HEADER_SET_STATUS, code) });
}

/// Sets a header field in the place of those of the same name. What would end the field is left
/// out by PHP, with a warning.
pub fn set_field(name: &str, value: &str) {
    header(
        ffi::sapi_header_op_enum_SAPI_HEADER_REPLACE,
        [name, ": ", value].concat(),
    );
}

/// Removes all header fields of these names.
pub fn remove_fields(names: &[&str]) {
    // Most scripts have set none of them, and PHP takes each request to remove one for itself.
    for name in names.iter().filter(|name| is_set(name)) {
        header(ffi::sapi_header_op_enum_SAPI_HEADER_DELETE, (*name).to_owned());
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

fn header(operation: ffi::sapi_header_op_enum, mut line: String) {
    let length = line.len();
    line.push('\0');
    // SAFETY: a struct of pointers and numbers, which may be zero. Its last field differs between
    // versions of PHP.
    let mut argument: ffi::sapi_header_line = unsafe { std::mem::zeroed() };
    argument.line = line.as_ptr().cast();
    argument.line_len = length;
    let argument = (&raw mut argument).cast();
    // SAFETY: the line is copied, and the argument outlives the call.
    guarded(|| unsafe { ffi::sapi_header_op(operation, argument) });
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
