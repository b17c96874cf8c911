//! The one place where a failure becomes what PHP code sees: a warning, an exception, false.

use ext_php_rs::types::Zval;
use ext_php_rs::zend::{ClassEntry, ce};

use super::value::Value;
use super::{kernel, zend};
use crate::error::Error;

/// Base of the exceptions of the low-level class and functions.
pub const EXCEPTION: &str = "eZDBFileException";
/// Thrown when an object is made and no connection can be had.
pub const CONNECTION_EXCEPTION: &str = "eZDBFileConnectionException";
/// The kernel's name for the latter.
const KERNEL_CONNECTION_EXCEPTION: &str = "eZClusterHandlerDBNoConnectionException";

/// Why a native function stops.
#[derive(Debug)]
pub enum Failure {
    /// An exception waits, or the engine is about to end the request.
    Pending,
    /// The caller survives: a warning, and false as the answer.
    Warning(String),
    /// As [`Failure::Warning`], with null as the answer.
    Null(String),
    /// `TypeError`.
    Type(String),
    /// `ValueError`.
    Value(String),
    /// `Error`.
    Error(String),
    /// [`EXCEPTION`].
    Exception(String),
    /// No connection when an object was made.
    Connection(String),
}

impl Failure {
    /// A problem with a file that the caller survives.
    pub fn with(name: &[u8], error: &Error) -> Self {
        if matches!(error, Error::Interrupted) {
            return Self::Pending;
        }
        Self::Warning(text(name, error))
    }

    /// The same with null as the answer, where the answer is false.
    pub fn or_null(self) -> Self {
        match self {
            Self::Warning(message) => Self::Null(message),
            other => other,
        }
    }

    /// A problem of the low-level class.
    pub fn exception(name: &[u8], error: &Error) -> Self {
        if matches!(error, Error::Interrupted) {
            return Self::Pending;
        }
        Self::Exception(text(name, error))
    }
}

fn text(name: &[u8], error: &Error) -> String {
    if name.is_empty() {
        error.to_string()
    } else {
        format!("{}: {error}", String::from_utf8_lossy(name))
    }
}

/// Says that a datatype was replaced on storing.
pub fn datatype_replaced(name: &[u8], datatype: &[u8]) -> String {
    format!(
        "{}: the datatype \"{}\" is too long for the column ezdbfile.datatype; stored as application/octet-stream (tables made by ezdbfile_install() take 255 bytes)",
        String::from_utf8_lossy(name),
        String::from_utf8_lossy(datatype)
    )
}

/// Shows a failure to PHP code.
pub fn report(failure: Failure, answer: &mut Zval) {
    let throw = |class: Option<&'static ClassEntry>, message: &str| {
        zend::throw(class.unwrap_or_else(ce::error), message);
    };
    // What is there may be an object, whose end can be PHP code.
    drop(Value::from(std::mem::replace(answer, Zval::new())));
    match failure {
        Failure::Pending => answer.set_bool(false),
        Failure::Warning(message) => {
            answer.set_bool(false);
            warn(&message);
        }
        Failure::Null(message) => {
            answer.set_null();
            warn(&message);
        }
        Failure::Type(message) => throw(Some(ce::type_error()), &message),
        Failure::Value(message) => throw(Some(ce::value_error()), &message),
        Failure::Error(message) => throw(Some(ce::error()), &message),
        Failure::Exception(message) => throw(zend::registered_class(EXCEPTION), &message),
        Failure::Connection(message) => {
            // The look-up may run an autoloader, which may throw itself.
            if let Some(class) = connection_exception() {
                throw(Some(class), &message);
            }
        }
    }
}

/// Tells PHP code about a problem that the caller survives: in the kernel's debug output, or as a
/// warning where there is no kernel. PHP code may run.
pub fn warn(message: &str) {
    if !kernel::write_error(message, &zend::running_function()) {
        zend::warn(message);
    }
}

/// Tells about a failure after which the work goes on.
///
/// # Errors
/// [`Failure::Pending`] when it cannot go on: PHP code threw, or the request's time is over.
pub fn tell(failure: Failure) -> Result<(), Failure> {
    match failure {
        Failure::Warning(message) | Failure::Null(message) => {
            warn(&message);
            if zend::exception_pending() {
                Err(Failure::Pending)
            } else {
                Ok(())
            }
        }
        other => Err(other),
    }
}

/// The kernel's class where it can be loaded, else our own, which then bears its name for the
/// length of the request.
fn connection_exception() -> Option<&'static ClassEntry> {
    let kernel = zend::find_class(KERNEL_CONNECTION_EXCEPTION);
    if kernel.is_some() || zend::exception_pending() {
        return kernel;
    }
    let own = zend::registered_class(CONNECTION_EXCEPTION)?;
    zend::alias_for_request(own, KERNEL_CONNECTION_EXCEPTION);
    Some(own)
}
