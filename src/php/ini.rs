//! The directives of php.ini.

#![allow(unsafe_code)]

use std::cell::RefCell;
use std::ffi::{c_int, c_void};
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use ext_php_rs::ffi::{zend_ini_entry, zend_string};
use ext_php_rs::flags::IniEntryPermission;
use ext_php_rs::zend::{IniEntryDef, IniEntryDefs};
use parking_lot::Mutex;

use super::zend;
use crate::config::{MAX_RETRIES, Secret, Settings, Tls};
use crate::error::{Error, Result};

/// Counts changes, so that settings are read again after one.
static CHANGES: AtomicU64 = AtomicU64::new(0);
/// The password of php.ini. It is kept here alone: the directive itself stays empty for all who look.
static PASSWORD: Mutex<String> = Mutex::new(String::new());

thread_local! {
    /// The password of the virtual host or the directory, for one request.
    static OWN_PASSWORD: RefCell<Option<String>> = const { RefCell::new(None) };
    /// The password of the php-fpm pool.
    static POOL_PASSWORD: RefCell<Option<String>> = const { RefCell::new(None) };
}

fn password() -> String {
    OWN_PASSWORD
        .with_borrow(Clone::clone)
        .or_else(|| POOL_PASSWORD.with_borrow(Clone::clone))
        .unwrap_or_else(|| PASSWORD.lock().clone())
}

const fn entry(name: &'static std::ffi::CStr, default: &'static std::ffi::CStr) -> IniEntryDef {
    let mut entry = IniEntryDef::new(name, default, IniEntryPermission::All);
    entry.on_modify = Some(changed);
    entry
}

const fn password_entry() -> IniEntryDef {
    let mut entry = IniEntryDef::new(c"ezdbfile.password", c"", IniEntryPermission::System);
    entry.on_modify = Some(take_password);
    entry
}

static ENTRIES: IniEntryDefs<33> = IniEntryDefs::new([
    entry(c"ezdbfile.host", c"localhost"),
    entry(c"ezdbfile.port", c"3306"),
    entry(c"ezdbfile.socket", c""),
    entry(c"ezdbfile.user", c""),
    password_entry(),
    entry(c"ezdbfile.database", c""),
    entry(c"ezdbfile.ssl_ca", c""),
    entry(c"ezdbfile.ssl_cert", c""),
    entry(c"ezdbfile.ssl_key", c""),
    entry(c"ezdbfile.ssl_verify", c"1"),
    entry(c"ezdbfile.charset", c"utf8mb4"),
    entry(c"ezdbfile.chunk_size", c"65535"),
    entry(c"ezdbfile.connect_timeout", c"5"),
    entry(c"ezdbfile.read_timeout", c"60"),
    entry(c"ezdbfile.write_timeout", c"60"),
    entry(c"ezdbfile.match_timeout", c"30"),
    entry(c"ezdbfile.connect_retries", c"2"),
    entry(c"ezdbfile.execute_retries", c"7"),
    entry(c"ezdbfile.retry_timeout", c"60"),
    entry(c"ezdbfile.pool_max", c"32"),
    entry(c"ezdbfile.pool_idle_timeout", c"300"),
    entry(c"ezdbfile.pool_max_lifetime", c"3600"),
    entry(c"ezdbfile.pool_check_after", c"10"),
    entry(c"ezdbfile.dfs_alias", c"1"),
    entry(c"ezdbfile.server_uri", c""),
    entry(
        c"ezdbfile.serve_paths",
        c"var/*/storage/images/**, var/*/storage/images-versioned/**",
    ),
    entry(c"ezdbfile.serve_max_age", c"86400"),
    entry(c"ezdbfile.serve_attachment", c""),
    entry(c"ezdbfile.sendfile", c""),
    entry(c"ezdbfile.sendfile_dir", c""),
    entry(c"ezdbfile.sendfile_uri", c""),
    entry(c"ezdbfile.sendfile_max_bytes", c"1073741824"),
    IniEntryDef::end(),
]);

/// Registers the directives; called at module start-up.
pub fn register(module: i32) {
    IniEntryDef::register(ENTRIES.as_slice(), module);
}

/// Takes the directives back; called at module shut-down.
pub fn unregister(module: i32) {
    zend::unregister_directives(module);
}

/// Grows whenever a directive changes.
pub fn changes() -> u64 {
    CHANGES.load(Relaxed)
}

unsafe extern "C" fn changed(
    _entry: *mut zend_ini_entry,
    _value: *mut zend_string,
    _arg1: *mut c_void,
    _arg2: *mut c_void,
    _arg3: *mut c_void,
    _stage: c_int,
) -> c_int {
    CHANGES.fetch_add(1, Relaxed);
    0
}

/// Takes the password, and empties the text that the engine is about to keep. Where that text
/// belongs to others too, the engine is told not to keep it.
unsafe extern "C" fn take_password(
    entry: *mut zend_ini_entry,
    value: *mut zend_string,
    _arg1: *mut c_void,
    _arg2: *mut c_void,
    _arg3: *mut c_void,
    stage: c_int,
) -> c_int {
    const SUCCESS: c_int = 0;
    const FAILURE: c_int = -1;
    /// Stages of zend_ini.h: php.ini is read; a request ends and its own values with it.
    const STARTUP: c_int = 1;
    const DEACTIVATE: c_int = 1 << 3;
    // SAFETY: the engine passes a string, or null for no value.
    let text = unsafe { value.as_mut() };
    let given = text
        .as_ref()
        .map(|text| String::from_utf8_lossy(text.as_bytes()).into_owned())
        .unwrap_or_default();
    CHANGES.fetch_add(1, Relaxed);
    match stage {
        // The default is offered where there is no value, and to each new thread.
        STARTUP if given.is_empty() => return SUCCESS,
        STARTUP => *PASSWORD.lock() = given,
        DEACTIVATE => {
            OWN_PASSWORD.set(None);
            return SUCCESS;
        }
        // php-fpm gives each worker the value of its pool as if it were that of php.ini; what is of one request
        // alone is noted, to be taken back.
        // SAFETY: the engine passes the entry that is about to change.
        _ if unsafe { (*entry).modified } == 0 => POOL_PASSWORD.set(Some(given)),
        _ => OWN_PASSWORD.set(Some(given)),
    }
    let hidden = text.is_none_or(|text| text.as_bytes().is_empty() || zend::blank(text));
    if hidden { SUCCESS } else { FAILURE }
}

/// The settings as php.ini has them.
///
/// # Errors
/// [`Error::Refused`] that names the directive and what it takes.
pub fn settings() -> Result<Settings> {
    let defaults = Settings::default();
    Ok(Settings {
        host: text("ezdbfile.host"),
        port: number("ezdbfile.port", defaults.port, 1, u16::MAX)?,
        socket: text("ezdbfile.socket"),
        user: text("ezdbfile.user"),
        password: Secret::new(password()),
        database: text("ezdbfile.database"),
        tls: tls(),
        charset: text("ezdbfile.charset"),
        chunk_size: number("ezdbfile.chunk_size", defaults.chunk_size, 1, u64::from(u32::MAX))?,
        connect_timeout: number(
            "ezdbfile.connect_timeout",
            defaults.connect_timeout,
            1,
            MAX_SECONDS,
        )?,
        read_timeout: number("ezdbfile.read_timeout", defaults.read_timeout, 1, MAX_SECONDS)?,
        write_timeout: number("ezdbfile.write_timeout", defaults.write_timeout, 1, MAX_SECONDS)?,
        match_timeout: number("ezdbfile.match_timeout", defaults.match_timeout, 1, MAX_SECONDS)?,
        connect_retries: number(
            "ezdbfile.connect_retries",
            defaults.connect_retries,
            0,
            MAX_RETRIES,
        )?,
        execute_retries: number(
            "ezdbfile.execute_retries",
            defaults.execute_retries,
            0,
            MAX_RETRIES,
        )?,
        retry_timeout: number("ezdbfile.retry_timeout", defaults.retry_timeout, 0, MAX_SECONDS)?,
        pool_max: number("ezdbfile.pool_max", defaults.pool_max, 0, MAX_CONNECTIONS)?,
        pool_idle_timeout: number(
            "ezdbfile.pool_idle_timeout",
            defaults.pool_idle_timeout,
            0,
            MAX_LIFETIME,
        )?,
        pool_max_lifetime: number(
            "ezdbfile.pool_max_lifetime",
            defaults.pool_max_lifetime,
            0,
            MAX_LIFETIME,
        )?,
        pool_check_after: number(
            "ezdbfile.pool_check_after",
            defaults.pool_check_after,
            0,
            MAX_LIFETIME,
        )?,
    })
}

/// Encryption is asked for by naming a file.
fn tls() -> Option<Tls> {
    let tls = Tls {
        ca: text("ezdbfile.ssl_ca"),
        cert: text("ezdbfile.ssl_cert"),
        key: text("ezdbfile.ssl_key"),
        // Anything but a clear no is a yes. PHP makes an empty text of an Off in php.ini.
        verify: !["", "0", "off", "no", "false"]
            .contains(&text("ezdbfile.ssl_verify").trim().to_lowercase().as_str()),
    };
    let named = [&tls.ca, &tls.cert, &tls.key].iter().any(|path| !path.is_empty());
    named.then_some(tls)
}

/// A day.
const MAX_SECONDS: u32 = 86400;
/// What a server allows at most.
const MAX_CONNECTIONS: u32 = 100_000;
/// A year, the longest `wait_timeout` of a server.
const MAX_LIFETIME: u32 = 31_536_000;

/// Seconds for which caches may keep what is served.
///
/// # Errors
/// [`Error::Refused`], as for all numbers.
pub fn max_age() -> Result<u32> {
    number("ezdbfile.serve_max_age", 86400, 0, u32::MAX)
}

/// Bytes of all copies that the web server sends itself.
///
/// # Errors
/// [`Error::Refused`], as for all numbers.
pub fn sendfile_max_bytes() -> Result<u64> {
    number("ezdbfile.sendfile_max_bytes", 1 << 30, 0, u64::MAX >> 1)
}

/// A directive as text.
pub fn text(name: &str) -> String {
    zend::directive(name).unwrap_or_default()
}

/// A directive that is on or off, as php.ini spells it.
pub fn flag(name: &str) -> bool {
    let value = text(name);
    let value = value.trim();
    ["1", "on", "yes", "true"]
        .iter()
        .any(|on| value.eq_ignore_ascii_case(on))
}

fn number<T>(name: &str, default: T, min: T, max: T) -> Result<T>
where
    T: FromStr + PartialOrd + std::fmt::Display + Copy,
{
    let value = text(name);
    let value = value.trim();
    if value.is_empty() {
        return Ok(default);
    }
    value
        .parse()
        .ok()
        .filter(|number| (min..=max).contains(number))
        .ok_or_else(|| {
            Error::Refused(format!(
                "{name} is \"{value}\"; it takes a whole number from {min} to {max}"
            ))
        })
}
