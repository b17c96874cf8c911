//! A native function being called: its arguments, its object, its answer.

#![allow(unsafe_code)]

use ext_php_rs::types::{ZendObject, Zval};
use ext_php_rs::zend::{ExecuteData, run_handler};
use std::panic::AssertUnwindSafe;

use super::bailout::outermost;
use super::errors::{self, Failure};
use super::known::Known;
use super::value::Value;
use super::{kernel, zend};

/// What a native function does.
pub type Body = fn(&mut Call<'_>) -> Result<(), Failure>;

/// One call.
pub struct Call<'a> {
    frame: &'a ExecuteData,
    count: usize,
    answer: &'a mut Zval,
}

impl<'a> Call<'a> {
    /// The argument at an index from 0; none when it was not given.
    pub fn arg(&self, index: usize) -> Option<&'a Zval> {
        if index >= self.count {
            return None;
        }
        // SAFETY: the frame holds `count` arguments, and they stay there to the end of the call.
        unsafe { self.frame.zend_call_arg(index) }.map(|value| value.dereference())
    }

    /// How many arguments were given.
    pub fn argument_count(&self) -> usize {
        self.count
    }

    /// The object of a method.
    pub fn this(&self) -> Option<&'a ZendObject> {
        self.frame.This.object()
    }

    /// Sets a property of the object of a method.
    pub fn set_property(&self, property: Known, value: Zval) {
        if self.this().is_some() {
            // SAFETY: the frame holds the object, and its pointer is the engine's.
            unsafe { property.set_property_of(self.frame.This.value.obj, value) };
        }
    }

    /// The answer, null until it is set.
    pub fn answer(&mut self) -> &mut Zval {
        self.answer
    }

    /// Answers with a value, in the place of another that there may be.
    pub fn answer_with(&mut self, value: Value) {
        let before = Value::from(std::mem::replace(self.answer, value.into_zval()));
        drop(before);
    }

    /// Answers true or false.
    pub fn answer_bool(&mut self, value: bool) {
        self.answer.set_bool(value);
    }

    /// Answers with a string of bytes.
    pub fn answer_bytes(&mut self, bytes: &[u8]) {
        super::convert::set_bytes(self.answer, bytes);
    }

    /// Name of parameter `index`, for messages.
    pub fn parameter(&self, index: usize) -> String {
        // SAFETY: the function that runs is alive; an internal one has as many arg_infos as
        // num_args says, with C strings as names.
        unsafe {
            let Some(function) = self.frame.func.as_ref() else {
                return String::new();
            };
            let function = &function.internal_function;
            if index >= function.num_args as usize || function.arg_info.is_null() {
                return String::new();
            }
            std::ffi::CStr::from_ptr((*function.arg_info.add(index)).name.cast())
                .to_string_lossy()
                .into_owned()
        }
    }

    /// `Class::method` or the function's name.
    pub fn function(&self) -> String {
        // SAFETY: the function that runs, its name and its class are alive.
        unsafe {
            let Some(function) = self.frame.func.as_ref() else {
                return String::new();
            };
            let common = &function.common;
            let text = |s: *mut ext_php_rs::ffi::zend_string| {
                s.as_ref()
                    .map(|s| String::from_utf8_lossy(s.as_bytes()).into_owned())
                    .unwrap_or_default()
            };
            let name = text(common.function_name);
            match common.scope.as_ref() {
                Some(class) => format!("{}::{name}", text(class.name)),
                None => name,
            }
        }
    }
}

/// As [`enter`], with the kernel's clock for the time that the cluster takes running.
pub fn enter_timed(frame: &mut ExecuteData, answer: &mut Zval, body: Body) {
    if !kernel::has_clock() {
        return enter(frame, answer, body);
    }
    outermost(|| {
        let mut running = false;
        run_handler(AssertUnwindSafe(|| running = kernel::start_clock()));
        if zend::exception_pending() {
            return;
        }
        run_handler(AssertUnwindSafe(|| run(frame, answer, body)));
        // An exception on its way keeps other PHP code from running: the clock then is not stopped.
        if running && !zend::exception_pending() {
            run_handler(AssertUnwindSafe(kernel::stop_clock));
        }
    });
}

/// Runs a body for the engine: checks the number of arguments, turns failures into what PHP code
/// sees, keeps panics on this side, and lets the engine end the request when nothing is held any more.
pub fn enter(frame: &mut ExecuteData, answer: &mut Zval, body: Body) {
    outermost(|| run(frame, answer, body));
}

fn run(frame: &mut ExecuteData, answer: &mut Zval, body: Body) {
    let frame: &ExecuteData = frame;
    // SAFETY: a running frame has its argument count there, and its function is alive.
    let (count, required) = unsafe {
        (
            frame.This.u2.num_args,
            frame
                .func
                .as_ref()
                .map_or(0, |function| function.common.required_num_args),
        )
    };
    if count < required {
        zend::throw_too_few(required);
        return;
    }
    let failure = body(&mut Call {
        frame,
        count: count as usize,
        answer,
    })
    .err();
    if let Some(failure) = failure {
        errors::report(failure, answer);
    }
}

/// The handler of a native function: an `extern "C"` function around a [`Body`].
macro_rules! native {
    ($body:expr) => {
        $crate::php::call::native!($body, enter)
    };
    ($body:expr, $enter:ident) => {{
        extern "C" fn handler(
            frame: &mut ::ext_php_rs::zend::ExecuteData,
            answer: &mut ::ext_php_rs::types::Zval,
        ) {
            $crate::php::call::$enter(frame, answer, $body);
        }
        handler
    }};
}
pub(super) use native;
