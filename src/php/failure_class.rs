//! `eZClusterFileFailure`: the kernel's class where it can be loaded, else one of our own under
//! that name for the length of the request.

use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::PropertyFlags;
use ext_php_rs::types::Zval;
use ext_php_rs::zend::ClassEntry;

use super::call::{Call, native};
use super::class_table::{Method, Parameter, needed, optional, with_methods};
use super::errors::Failure;
use super::handler_class::{constant, method, property};
use super::known::Known;
use super::value::Value;
use super::{convert, zend};
use crate::handler::cache::failure;

/// Our own class.
const NAME: &str = "eZDBFileFailure";
/// The kernel's.
const KERNEL_NAME: &str = "eZClusterFileFailure";

type Done = Result<(), Failure>;

static METHODS: &[Method] = &[
    method!(
        "__construct",
        [needed("errno"), optional("message", "\"\"")],
        construct
    ),
    method!("errno", [], errno),
    method!("message", [], message),
];

/// Our own class, ready to be registered.
pub fn builder() -> ClassBuilder {
    let class = ClassBuilder::new(NAME)
        .property(property("errno", PropertyFlags::Protected, Zval::null))
        .property(property("message", PropertyFlags::Protected, Zval::null));
    let class = constant(class, "FILE_EXPIRED", failure::FILE_EXPIRED);
    let class = constant(class, "FILE_CONTENT_GENERATE", failure::CONTENT_GENERATE);
    let class = constant(class, "FILE_RETRIEVAL_FAILED", failure::RETRIEVAL_FAILED);
    with_methods(class, METHODS)
}

/// `__construct( $errno, $message = "" )`
fn construct(call: &mut Call<'_>) -> Done {
    let given = |index| call.arg(index).map(Zval::shallow_clone);
    call.set_property(Known::Errno, given(0).unwrap_or_else(Zval::null));
    call.set_property(
        Known::Message,
        given(1).unwrap_or_else(|| convert::bytes_value(b"")),
    );
    Ok(())
}

/// `errno()`
fn errno(call: &mut Call<'_>) -> Done {
    if let Some(this) = call.this() {
        call.answer_with(Known::Errno.property_of(this));
    }
    Ok(())
}

/// `message()`
fn message(call: &mut Call<'_>) -> Done {
    if let Some(this) = call.this() {
        call.answer_with(Known::Message.property_of(this));
    }
    Ok(())
}

/// Makes the class known under the kernel's name before callbacks use it.
///
/// # Errors
/// [`Failure::Pending`] when the kernel's autoloader threw.
pub fn provide() -> Result<&'static ClassEntry, Failure> {
    if let Some(class) = Known::KernelFailure.class() {
        return Ok(class);
    }
    let kernel = zend::find_class(KERNEL_NAME);
    if zend::exception_pending() {
        return Err(Failure::Pending);
    }
    if let Some(kernel) = kernel {
        return Ok(kernel);
    }
    let own = Known::OwnFailure.class().ok_or(Failure::Pending)?;
    zend::alias_for_request(own, KERNEL_NAME);
    Ok(own)
}

/// A failure with a code.
///
/// # Errors
/// [`Failure::Pending`] when PHP code threw.
pub fn make(code: i64, text: &str) -> Result<Value, Failure> {
    let class = provide()?;
    let object = zend::new_object(
        class,
        [convert::int_value(code), convert::bytes_value(text.as_bytes())],
    );
    object.ok_or(Failure::Pending)
}

/// The code of a failure; none for any other value.
///
/// # Errors
/// [`Failure::Pending`] when PHP code threw.
pub fn code_of(value: &Zval) -> Result<Option<i64>, Failure> {
    let Some(object) = value.object() else {
        return Ok(None);
    };
    let is_failure = [Known::KernelFailure, Known::OwnFailure]
        .into_iter()
        .filter_map(Known::class)
        .any(|class| object.instance_of(class));
    if !is_failure {
        return Ok(None);
    }
    let code = zend::call_method(object, "errno", []);
    if zend::exception_pending() {
        return Err(Failure::Pending);
    }
    Ok(Some(code.and_then(|code| convert::number(&code)).unwrap_or(0)))
}
