//! The module entry and its hooks.

#![allow(unsafe_code)]

use ext_php_rs::builders::{ModuleBuilder, ModuleStartup};
use ext_php_rs::zend::{ModuleEntry, StaticModuleEntry};
use once_cell::sync::OnceCell;
use parking_lot::Mutex;

use super::{
    failure_class, file_class, functions, handler_class, info, ini, interfaces, known, request, zend,
};
use crate::storage::Store;

const SUCCESS: i32 = 0;
const FAILURE: i32 = -1;

static STARTUP: OnceCell<Mutex<ModuleStartup>> = OnceCell::new();

/// What PHP asks a shared library for when it loads it.
#[unsafe(no_mangle)]
pub extern "C" fn get_module() -> *mut ModuleEntry {
    static MODULE: StaticModuleEntry = StaticModuleEntry::new();
    let built = std::panic::catch_unwind(build);
    match built {
        Ok(Some((entry, owned))) => MODULE.get_or_init(|| (entry, owned)),
        // PHP reports that the library is no module.
        _ => std::ptr::null_mut(),
    }
}

fn build() -> Option<(ModuleEntry, ext_php_rs::zend::ModuleAllocations)> {
    let module = ModuleBuilder::new("ezdbfile", env!("CARGO_PKG_VERSION"))
        .startup_function(startup)
        .shutdown_function(shutdown)
        .request_shutdown_function(request_shutdown)
        .post_deactivate_function(after_request)
        .info_function(info::print);
    let (entry, startup, owned) = functions::add(module).try_into().ok()?;
    let _ = STARTUP.set(Mutex::new(startup));
    Some((entry, owned))
}

unsafe extern "C" fn startup(kind: i32, module: i32) -> i32 {
    let started = std::panic::catch_unwind(|| {
        known::register();
        ini::register(module);
        crate::interrupt::ask_with(zend::timed_out);
        STARTUP
            .get()
            .is_some_and(|startup| startup.lock().startup(kind, module).is_ok())
            && [
                file_class::exception_builder,
                file_class::connection_exception_builder,
                failure_class::builder,
                interfaces::handler_builder,
                interfaces::database_handler_builder,
                handler_class::builder,
                file_class::builder,
            ]
            .iter()
            .all(|class| class().register().is_ok())
    });
    if started.unwrap_or(false) {
        SUCCESS
    } else {
        FAILURE
    }
}

unsafe extern "C" fn shutdown(_kind: i32, module: i32) -> i32 {
    ini::unregister(module);
    Store::disconnect_all();
    SUCCESS
}

unsafe extern "C" fn request_shutdown(_kind: i32, _module: i32) -> i32 {
    request::end();
    SUCCESS
}

/// PHP code runs behind the shut-down of this module, too: save handlers of sessions, whose module ends later, and
/// `header_register_callback()`. What it has asked for here is nothing for the next request, which may be of another site.
unsafe extern "C" fn after_request() -> i32 {
    request::end();
    SUCCESS
}
