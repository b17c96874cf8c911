//! What the binding crate does not offer of the Zend API, behind safe functions.

#![allow(unsafe_code)]

use std::alloc::Layout;
use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::mem::{MaybeUninit, offset_of};
use std::path::{Path, PathBuf};

use ext_php_rs::alloc::emalloc;
use ext_php_rs::boxed::ZBox;
use ext_php_rs::ffi;
use ext_php_rs::types::{ZendHashTable, ZendObject, ZendStr, Zval};
use ext_php_rs::zend::{ClassEntry, ZendType};
use once_cell::sync::OnceCell;

use super::bailout::{self, guarded};
use super::value::Value;

unsafe extern "C" {
    fn zval_try_get_string_func(op: *mut ffi::zval) -> *mut ffi::zend_string;
    fn zend_register_class_alias_ex(
        name: *const c_char,
        length: usize,
        class: *mut ffi::zend_class_entry,
        persistent: bool,
    ) -> c_int;
    fn zend_update_property(
        scope: *mut ffi::zend_class_entry,
        object: *mut ffi::zend_object,
        name: *const c_char,
        length: usize,
        value: *mut ffi::zval,
    );
    fn zend_ini_string(name: *const c_char, length: usize, orig: c_int) -> *const c_char;
    fn php_clear_stat_cache(clear_paths: bool, name: *const c_char, length: usize);
    fn object_init_ex(value: *mut ffi::zval, class: *mut ffi::zend_class_entry) -> c_int;
    fn zend_is_auto_global_str(name: *const c_char, length: usize) -> bool;
    fn zend_get_constant_str(name: *const c_char, length: usize) -> *mut ffi::zval;
    fn get_active_class_name(separator: *mut *const c_char) -> *const c_char;
    fn get_active_function_name() -> *const c_char;
    fn zend_unregister_ini_entries(module_number: c_int);
    fn php_get_temporary_directory() -> *const c_char;
    fn php_check_open_basedir_ex(path: *const c_char, warn: c_int) -> c_int;
    fn display_ini_entries(module: *mut ffi::zend_module_entry);
    static spl_ce_RuntimeException: *mut ffi::zend_class_entry;
}

/// A text for a C function that takes no length: NUL bytes become visible.
pub fn c_string(text: &str) -> CString {
    CString::new(text.replace('\0', "\\0")).unwrap_or_default()
}

/// The request ran out of its `max_execution_time`.
pub fn timed_out() -> bool {
    // SAFETY: the executor globals exist as long as the module. The flag is a byte in every
    // supported version (bool, later an atomic bool), which a signal handler sets.
    unsafe {
        let globals = ffi::ext_php_rs_executor_globals();
        (&raw const (*globals).timed_out).cast::<u8>().read_volatile() != 0
    }
}

/// An exception waits to be handled by PHP code, or the engine is about to end the request.
pub fn exception_pending() -> bool {
    // SAFETY: the executor globals exist as long as the module.
    bailout::is_stopped() || unsafe { !(*ffi::ext_php_rs_executor_globals()).exception.is_null() }
}

/// The client went away, and the script goes on all the same (`ignore_user_abort`).
pub fn client_is_gone() -> bool {
    // SAFETY: the globals exist as long as the module. PHP_CONNECTION_ABORTED is 1.
    unsafe { (*ffi::ext_php_rs_process_globals()).connection_status & 1 != 0 }
}

/// Emits a warning with the name of the running function before it. PHP code may run.
pub fn warn(message: &str) {
    let message = c_string(message);
    let message = message.as_ptr();
    #[allow(clippy::cast_possible_wrap)]
    // SAFETY: format and argument are NUL-terminated and outlive the call.
    guarded(|| unsafe {
        ffi::php_error_docref(std::ptr::null(), ffi::E_WARNING as c_int, c"%s".as_ptr(), message);
    });
}

/// Throws an exception of a class, without running its constructor.
pub fn throw(class: &ClassEntry, message: &str) {
    let message = c_string(message);
    // SAFETY: the class is registered, the message is copied.
    guarded(|| unsafe {
        ffi::zend_throw_exception(std::ptr::from_ref(class).cast_mut(), message.as_ptr(), 0);
    });
}

/// Throws `ArgumentCountError` for the running function.
pub fn throw_too_few(minimum: u32) {
    // SAFETY: only called from a running function. u32::MAX: more arguments are welcome.
    guarded(|| unsafe { ffi::zend_wrong_parameters_count_error(minimum, u32::MAX) });
}

/// PHP's string conversion; none when it threw.
pub fn to_string(value: &Zval) -> Option<ZBox<ZendStr>> {
    let value = std::ptr::from_ref(value).cast_mut();
    // SAFETY: the value is not changed; the answer is a reference of our own, or null.
    unsafe {
        let text = guarded(|| zval_try_get_string_func(value))?;
        (!text.is_null()).then(|| ZBox::from_raw(text))
    }
}

/// Sets a property of an object, as code of another class does, which may not be allowed to: then an
/// exception waits. Inside `__set` for the very name the engine does not call it again.
pub fn set_property_as(scope: &ClassEntry, object: &ZendObject, name: impl AsRef<[u8]>, value: Zval) {
    let name = name.as_ref();
    let mut value = Value::from(value);
    let place = value.place();
    // SAFETY: object and class live; the engine takes a counted copy of the value.
    guarded(|| unsafe {
        zend_update_property(
            std::ptr::from_ref(scope).cast_mut(),
            std::ptr::from_ref(object).cast_mut(),
            name.as_ptr().cast::<c_char>(),
            name.len(),
            place,
        );
    });
}

/// PHP's idea of true.
pub fn is_true(value: &Zval) -> bool {
    value.coerce_to_bool()
}

/// A function of this name can be called.
pub fn function_exists(name: &str) -> bool {
    // SAFETY: the name is read up to its length; what is found is only compared with null.
    guarded(|| unsafe { !ffi::zend_fetch_function_str(name.as_ptr().cast::<c_char>(), name.len()).is_null() })
        .unwrap_or(false)
}

/// `ZEND_INTERNAL_CLASS` of zend_compile.h.
pub const NATIVE_CLASS: c_char = 1;

/// The method that a PHP subclass put in the place of a native one, if it did.
pub fn overridden(object: &ZendObject, lower_name: &str) -> Option<Method> {
    // SAFETY: the object's class and its table of methods live as long as the object.
    unsafe {
        // The methods of a native class are native.
        if (*object.ce).type_ == NATIVE_CLASS {
            return None;
        }
        let method = ffi::zend_hash_str_find_ptr_lc(
            &raw const (*object.ce).function_table,
            lower_name.as_ptr().cast::<c_char>(),
            lower_name.len(),
        )
        .cast::<ffi::zend_function>();
        (!method.is_null() && u32::from((*method).type_) == u32::from(ffi::ZEND_USER_FUNCTION as u8))
            .then_some(Method(method))
    }
}

/// A method of this object is among the functions that are running.
pub fn is_running(object: &ZendObject, lower_name: &str) -> bool {
    // SAFETY: the frames of the running functions form a list; each, with its function, lives as
    // long as it is on it.
    unsafe {
        let mut frame = (*ffi::ext_php_rs_executor_globals()).current_execute_data;
        while let Some(running) = frame.as_ref() {
            let same = running
                .This
                .object()
                .is_some_and(|this| std::ptr::eq(this, object));
            if same
                && let Some(function) = running.func.as_ref()
                && let Some(name) = function.common.function_name.as_ref()
                && name.as_bytes().eq_ignore_ascii_case(lower_name.as_bytes())
            {
                return true;
            }
            frame = running.prev_execute_data;
        }
    }
    false
}

/// A method found by [`overridden`].
pub struct Method(*mut ffi::zend_function);

impl Method {
    /// Calls it on the object. Look for a pending exception afterwards.
    pub fn call<const N: usize>(&self, object: &ZendObject, arguments: [Zval; N]) -> Value {
        let class = object.get_class_entry();
        self.run(std::ptr::from_ref(object).cast_mut(), class, arguments)
    }

    /// It is static, and has a body: without an object the engine would not check.
    fn is_callable_statically(&self) -> bool {
        // SAFETY: the method lives as long as its class.
        let flags = unsafe { (*self.0).common.fn_flags };
        flags & ffi::ZEND_ACC_STATIC != 0 && flags & ffi::ZEND_ACC_ABSTRACT == 0
    }

    /// Calls it; none when it threw.
    fn invoke<const N: usize>(
        &self,
        object: *mut ffi::zend_object,
        class: &ClassEntry,
        arguments: [Zval; N],
    ) -> Option<Value> {
        let answer = self.run(object, class, arguments);
        (!exception_pending()).then_some(answer)
    }

    fn run<const N: usize>(
        &self,
        object: *mut ffi::zend_object,
        class: &ClassEntry,
        arguments: [Zval; N],
    ) -> Value {
        let mut answer = Value::from(Zval::new());
        let place = answer.place();
        let mut arguments = arguments.map(Value::from);
        let first = Value::places(&mut arguments);
        // SAFETY: the method belongs to the class, and the object, if there is one, is of it;
        // arguments live to the end of the call.
        guarded(|| unsafe {
            ffi::zend_call_known_function(
                self.0,
                object,
                std::ptr::from_ref(class).cast_mut(),
                place,
                u32::try_from(N).unwrap_or(0),
                first,
                std::ptr::null_mut(),
            );
        });
        answer.unreferenced()
    }
}

/// PHP can call this. An autoloader may run.
pub fn is_callable(value: &Zval) -> bool {
    guarded(|| value.is_callable()).unwrap_or(false)
}

/// A class, loaded if need be. An autoloader may run.
pub fn find_class(name: &str) -> Option<&'static ClassEntry> {
    guarded(|| ClassEntry::try_find(name)).flatten()
}

/// Calls a PHP callable of any form; none when it threw or could not be called.
pub fn call<const N: usize>(callable: &Zval, arguments: [Zval; N]) -> Option<Value> {
    let mut answer = Value::from(Zval::new());
    let place = answer.place();
    let mut arguments = arguments.map(Value::from);
    let first = Value::places(&mut arguments);
    // SAFETY: callable and arguments live to the end of the call; the engine does not change the
    // callable.
    let result = guarded(|| unsafe {
        ffi::_call_user_function_impl(
            std::ptr::null_mut(),
            std::ptr::from_ref(callable).cast_mut(),
            place,
            u32::try_from(N).unwrap_or(0),
            first,
            std::ptr::null_mut(),
        )
    });
    (result == Some(ffi::ZEND_RESULT_CODE_SUCCESS) && !exception_pending()).then(|| answer.unreferenced())
}

/// The values of an array, whatever their keys: `ZendHashTable::values()` panics at a key that is not UTF-8.
pub fn values(array: &ZendHashTable) -> impl Iterator<Item = &Zval> {
    let table = std::ptr::from_ref(array).cast_mut();
    // The engine goes on to the next place that has a value.
    let mut position: ffi::HashPosition = 0;
    std::iter::from_fn(move || {
        // SAFETY: the table lives as long as the iterator, which does not change it; at the end the engine answers with null.
        unsafe {
            let value = ffi::zend_hash_get_current_data_ex(table, &raw mut position).as_ref()?;
            ffi::zend_hash_move_forward_ex(table, &raw mut position);
            Some(value)
        }
    })
}

/// The number that the engine has given to an object.
pub fn handle(object: &ZendObject) -> u32 {
    object.handle
}

/// Calls a static method, if the class has it; none when it has not, or threw.
pub fn call_static<const N: usize>(class: &ClassEntry, method: &str, arguments: [Zval; N]) -> Option<Value> {
    let method = find_method(class, method)?;
    method
        .is_callable_statically()
        .then(|| method.invoke(std::ptr::null_mut(), class, arguments))?
}

/// Calls a method of an object, if its class has it; none when it has not, or threw.
pub fn call_method<const N: usize>(object: &ZendObject, method: &str, arguments: [Zval; N]) -> Option<Value> {
    let class = object.get_class_entry();
    find_method(class, method)?.invoke(std::ptr::from_ref(object).cast_mut(), class, arguments)
}

fn find_method(class: &ClassEntry, name: &str) -> Option<Method> {
    // SAFETY: the class and its table of methods live as long as the request.
    let method = unsafe {
        ffi::zend_hash_str_find_ptr_lc(
            &raw const class.function_table,
            name.as_ptr().cast::<c_char>(),
            name.len(),
        )
    };
    (!method.is_null()).then(|| Method(method.cast::<ffi::zend_function>()))
}

/// Makes an object and runs its constructor; none when that threw.
pub fn new_object<const N: usize>(class: &ClassEntry, arguments: [Zval; N]) -> Option<Value> {
    let mut value = Value::from(Zval::new());
    let place = value.place();
    // SAFETY: the class is linked; the engine puts a new object into `value`.
    let made = guarded(|| unsafe { object_init_ex(place, std::ptr::from_ref(class).cast_mut()) });
    if made != Some(ffi::ZEND_RESULT_CODE_SUCCESS) || exception_pending() {
        return None;
    }
    let constructor = class.constructor;
    if let Some(object) = value.object()
        && !constructor.is_null()
    {
        Method(constructor).invoke(std::ptr::from_ref(object).cast_mut(), class, arguments)?;
    }
    Some(value)
}

/// A constant that PHP code defined, as a text.
pub fn constant(name: &str) -> Option<String> {
    // SAFETY: the engine answers with a constant that stays for the request, or null.
    let value =
        guarded(|| unsafe { zend_get_constant_str(name.as_ptr().cast::<c_char>(), name.len()).as_ref() })??;
    to_string(value).map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned())
}

/// An integer constant of a class that is loaded.
pub fn class_constant(class: &str, name: &str) -> Option<i64> {
    let class = registered_class(class)?;
    // SAFETY: the table of constants lives with the class; an entry begins with its value.
    unsafe {
        let entry = ffi::zend_hash_str_find(
            &raw const class.constants_table,
            name.as_ptr().cast::<c_char>(),
            name.len(),
        );
        entry.as_ref()?.ptr::<Zval>()?.as_ref()?.long()
    }
}

/// `Class::method` or the name of the function that runs.
pub fn running_function() -> String {
    let mut separator: *const c_char = std::ptr::null();
    // SAFETY: the engine answers with NUL-terminated strings that live as long as the function.
    unsafe {
        let class = get_active_class_name(&raw mut separator);
        let function = get_active_function_name();
        [class, separator, function]
            .into_iter()
            .filter(|text| !text.is_null())
            .map(|text| CStr::from_ptr(text).to_string_lossy().into_owned())
            .collect()
    }
}

/// Makes another name for a class, until the end of the request.
pub fn alias_for_request(class: &ClassEntry, name: &str) -> bool {
    // SAFETY: the engine copies the name and counts the reference to the class; the entry goes
    // with the request because it is not persistent.
    let made = guarded(|| unsafe {
        zend_register_class_alias_ex(
            name.as_ptr().cast::<c_char>(),
            name.len(),
            std::ptr::from_ref(class).cast_mut(),
            false,
        )
    });
    made == Some(ffi::ZEND_RESULT_CODE_SUCCESS)
}

/// `RuntimeException` of SPL.
pub fn runtime_exception() -> &'static ClassEntry {
    // SAFETY: SPL is always there and registers its classes before any other module starts.
    unsafe { &*spl_ce_RuntimeException }
}

/// The present value of a directive of php.ini.
pub fn directive(name: &str) -> Option<String> {
    // SAFETY: the engine answers with a NUL-terminated string that stays until the directive is
    // changed, or null.
    unsafe {
        let value = zend_ini_string(name.as_ptr().cast::<c_char>(), name.len(), 0);
        (!value.is_null()).then(|| CStr::from_ptr(value).to_string_lossy().into_owned())
    }
}

/// Makes a string empty, if it is nobody else's; false when it is.
pub fn blank(text: &mut ZendStr) -> bool {
    /// `IS_STR_INTERNED` of zend_types.h.
    const INTERNED: u32 = 1 << 6;
    // SAFETY: the string is alive; with one reference and not interned, its bytes and its hash
    // are nobody else's.
    unsafe {
        if text.gc.u.type_info & INTERNED != 0 || text.gc.refcount != 1 {
            return false;
        }
        std::ptr::write_bytes((&raw mut text.val).cast::<u8>(), 0, text.len);
    }
    text.len = 0;
    text.h = 0;
    true
}

/// `open_basedir` lets the script use this path.
pub fn open_basedir_allows(path: &Path) -> bool {
    use std::os::unix::ffi::OsStrExt;
    let Ok(path) = CString::new(path.as_os_str().as_bytes()) else {
        return false;
    };
    // SAFETY: a NUL-terminated string that outlives the call.
    guarded(|| unsafe { php_check_open_basedir_ex(path.as_ptr(), 0) == 0 }).unwrap_or(false)
}

/// Removes the directives of a module.
pub fn unregister_directives(module: i32) {
    // SAFETY: called by the module's shut-down function with its own number.
    unsafe { zend_unregister_ini_entries(module) };
}

/// PHP's directory for temporary files.
pub fn temporary_directory() -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    // SAFETY: the engine answers with a NUL-terminated string of its own, which it makes at first.
    unsafe {
        let path = guarded(|| php_get_temporary_directory()).filter(|path| !path.is_null());
        path.map_or_else(std::env::temp_dir, |path| {
            PathBuf::from(std::ffi::OsStr::from_bytes(CStr::from_ptr(path).to_bytes()))
        })
    }
}

/// A superglobal array, as the script sees it.
pub fn superglobal(name: &CStr) -> Option<Value> {
    // SAFETY: the name is NUL-terminated. What is found is counted before it is used.
    unsafe {
        guarded(|| zend_is_auto_global_str(name.as_ptr(), name.to_bytes().len()))?;
        Some(global(name).as_ref()?.dereference().shallow_clone().into())
    }
}

/// There is a global variable of this name. Superglobals are made when a script that names them is compiled
/// (php.ini `auto_globals_jit`).
pub fn has_global(name: &CStr) -> bool {
    !global(name).is_null()
}

fn global(name: &CStr) -> *const Zval {
    // SAFETY: the table of this request's global variables.
    unsafe {
        ffi::zend_hash_str_find(
            &raw const (*ffi::ext_php_rs_executor_globals()).symbol_table,
            name.as_ptr(),
            name.to_bytes().len(),
        )
    }
}

/// An element of an array, by a key that may be any bytes.
pub fn element<'a>(array: &'a Zval, key: &[u8]) -> Option<&'a Zval> {
    let array = array.array()?;
    // SAFETY: the table lives as long as the array that has it.
    let found = unsafe { ffi::zend_hash_str_find(array, key.as_ptr().cast::<c_char>(), key.len()).as_ref() };
    found.map(Zval::dereference)
}

/// The path is that of a file which PHP received with this request.
pub fn is_uploaded(path: &[u8]) -> bool {
    // SAFETY: the table of received files is null or lives as long as the request.
    unsafe {
        let received = (*ffi::ext_php_rs_sapi_globals()).rfc1867_uploaded_files;
        !received.is_null()
            && !ffi::zend_hash_str_find(received, path.as_ptr().cast::<c_char>(), path.len()).is_null()
    }
}

/// Makes the parameters of all methods of a class of ours untyped.
pub fn remove_parameter_types(class: &mut ClassEntry) {
    for method in class.function_table.values() {
        // SAFETY: a table of methods has pointers to functions. Ours are internal ones, with an entry
        // of type information for each parameter, which lies in memory of the process.
        unsafe {
            let Some(function) = method
                .ptr::<ffi::zend_function>()
                .and_then(|function| function.as_mut())
            else {
                continue;
            };
            let function = &function.internal_function;
            if std::ptr::eq(function.scope, class) && !function.arg_info.is_null() {
                for index in 0..function.num_args as usize {
                    (*function.arg_info.add(index)).type_ = ZendType::empty(false, false);
                }
            }
        }
    }
}

/// Makes PHP forget what it remembers of files on the disk (`clearstatcache()`).
pub fn forget_file_status() {
    // SAFETY: no name means all of them; the paths that names lead to are kept.
    unsafe { php_clear_stat_cache(false, std::ptr::null(), 0) };
}

/// A class that was registered already, at module start-up.
pub fn registered_class(name: &str) -> Option<&'static ClassEntry> {
    // SAFETY: the class table exists from before the first module starts.
    unsafe {
        let table = (*ffi::ext_php_rs_compiler_globals()).class_table;
        ffi::zend_hash_str_find_ptr_lc(table, name.as_ptr().cast::<c_char>(), name.len())
            .cast::<ClassEntry>()
            .as_ref()
    }
}

/// Prints the directives of a module in `phpinfo()`.
///
/// # Safety
/// `module` is the entry that the engine gave to the info function.
pub unsafe fn print_directives(module: *mut ffi::zend_module_entry) {
    // SAFETY: by the contract of this function.
    guarded(|| unsafe { display_ini_entries(module) });
}

/// Memory of the request. Where there is not enough of it, most versions of PHP end the request
/// here. Those that have a fallible allocator (Debian's 8.2 with the security updates of 2026)
/// take a size far beyond `memory_limit` for a fault of the extension and end the process, unless
/// that allocator is asked: it answers null, and the request ends when the function returns.
fn allocate(bytes: usize) -> *mut c_void {
    type Fallible = unsafe extern "C" fn(usize) -> *mut c_void;
    static FALLIBLE: OnceCell<Option<Fallible>> = OnceCell::new();
    let fallible = FALLIBLE.get_or_init(|| {
        if ffi::ZEND_DEBUG != 0 {
            return None;
        }
        // SAFETY: looks a name up in what is loaded; the function of this name has this type in
        // builds without debugging.
        unsafe {
            let function = libc::dlsym(libc::RTLD_DEFAULT, c"_femalloc".as_ptr());
            (!function.is_null()).then(|| std::mem::transmute::<*mut c_void, Fallible>(function))
        }
    });
    match fallible {
        // SAFETY: plain allocation.
        Some(fallible) => unsafe { fallible(bytes) },
        None => {
            Layout::from_size_align(bytes, 8).map_or(std::ptr::null_mut(), |layout| emalloc(layout).cast())
        }
    }
}

/// Asks for huge pages under fresh memory (madvise(2), transparent huge pages): the first touch of 16 MiB in
/// pages of 4 KiB takes several times as long as reading them from the server.
fn with_huge_pages(memory: *mut u8, bytes: usize) {
    const HUGE: usize = 2 << 20;
    let until_aligned = memory.align_offset(HUGE);
    let whole = bytes.saturating_sub(until_aligned) & !(HUGE - 1);
    if whole > 0 {
        // SAFETY: the range is part of one allocation of the caller's. A kernel that has no huge pages, or
        // does not give them, says so, and all stays as it was.
        unsafe {
            libc::madvise(memory.add(until_aligned).cast(), whole, libc::MADV_HUGEPAGE);
        }
    }
}

/// A PHP string of a length that is known before its bytes are.
pub struct Draft(*mut ffi::zend_string);

impl Draft {
    /// Allocates it; none when `memory_limit` does not allow it and the engine will say so.
    pub fn new(length: usize) -> Option<Self> {
        /// `GC_STRING` of zend_types.h: a string that is no part of a cycle.
        const GC_STRING: u32 = 0x16;
        let header = offset_of!(ffi::_zend_string, val);
        let bytes = header.checked_add(length)?.checked_add(8)? & !7;
        let memory = guarded(|| allocate(bytes))?.cast::<ffi::zend_string>();
        if memory.is_null() {
            return None;
        }
        with_huge_pages(memory.cast(), bytes);
        // SAFETY: the memory is new, aligned, and has room for the header, `length` bytes and the
        // final NUL.
        unsafe {
            (*memory).gc.refcount = 1;
            (*memory).gc.u.type_info = GC_STRING;
            (*memory).h = 0;
            (*memory).len = length;
            (&raw mut (*memory).val).cast::<u8>().add(length).write(0);
        }
        Some(Self(memory))
    }

    /// The bytes, to be written.
    pub fn room(&mut self) -> &mut [MaybeUninit<u8>] {
        // SAFETY: the string has this many bytes, and nobody else has it yet.
        unsafe {
            let start = (&raw mut (*self.0).val).cast::<MaybeUninit<u8>>();
            std::slice::from_raw_parts_mut(start, (*self.0).len)
        }
    }

    /// The string, once all its bytes were written.
    pub fn finish(self) -> ZBox<ZendStr> {
        let text = self.0;
        std::mem::forget(self);
        // SAFETY: the one reference goes over to the box.
        unsafe { ZBox::from_raw(text) }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // SAFETY: the one reference is given up here, once.
        unsafe { ffi::ext_php_rs_zend_string_release(self.0) };
    }
}
