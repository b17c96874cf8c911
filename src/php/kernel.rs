//! What the kernel knows, where there is a kernel: its settings, its debug output.
//!
//! Every question runs PHP code, which may use the cluster itself: no connection is held while one is asked.

use ext_php_rs::zend::ClassEntry;

use super::errors::Failure;
use super::known::Known;
use super::value::Value;
use super::{bailout, convert, ini, zend};
use crate::config::{Secret, Settings};
use crate::error::{Error, Result};
use crate::handler::cache::WithoutStale;
use crate::handler::temporary::Modes;

/// Seconds after which a claim counts no more, where site.ini does not say.
const CACHE_GENERATION_TIMEOUT: i64 = 60;

/// What is read once a request.
#[derive(Debug, Clone)]
pub struct Configuration {
    /// Where the cluster is.
    pub settings: Settings,
    /// Permission bits of local copies.
    pub modes: Modes,
    /// Seconds after which a claim counts no more.
    pub generation_timeout: i64,
    /// Kinds of caches that are generated rather than waited for.
    pub generated: Vec<&'static str>,
}

impl Configuration {
    /// Asks all sources: the constants of config.cluster.php go before file.ini, which goes before
    /// php.ini.
    ///
    /// # Errors
    /// A setting that makes no sense, or [`Error::Interrupted`] when PHP code threw.
    pub fn read() -> Result<Self> {
        let mut settings = ini::settings()?;
        let mut modes = Modes::default();
        let mut generation_timeout = CACHE_GENERATION_TIMEOUT;
        let mut generated = Vec::new();
        if let Some(file) = Ini::open("file.ini")? {
            settings.apply_clustering(|key| file.text("ClusteringSettings", key))?;
            generated = file.generated()?;
        }
        apply_constants(&mut settings)?;
        if let Some(site) = Ini::open("site.ini")? {
            if let Some(mode) = site.mode("StorageFilePermissions")? {
                modes.file = mode;
            }
            if let Some(mode) = site.mode("StorageDirPermissions")? {
                modes.directory = mode;
            }
            let seconds = site.text("ContentSettings", "CacheGenerationTimeout")?;
            if let Some(seconds) = seconds
                .and_then(|text| text.trim().parse().ok())
                .filter(|s| *s > 0)
            {
                generation_timeout = seconds;
            }
        }
        Ok(Self {
            settings,
            modes,
            generation_timeout,
            generated,
        })
    }

    /// There is no kernel and no config.cluster.php: [`read`](Self::read) would look at php.ini alone.
    ///
    /// # Errors
    /// [`Error::Interrupted`] when an autoloader threw.
    pub fn is_of_php_ini_alone() -> Result<bool> {
        Ok(!CONSTANTS.into_iter().any(Known::is_constant) && ini_class()?.is_none())
    }

    /// What to do about a cache of this kind that is being made for the first time.
    #[must_use]
    pub fn without_stale(&self, cache_type: &str) -> WithoutStale {
        if self.generated.contains(&cache_type) {
            WithoutStale::Generate
        } else {
            WithoutStale::Wait
        }
    }
}

/// What config.cluster.php may define.
const CONSTANTS: [Known; 6] = [
    Known::StorageHost,
    Known::StoragePort,
    Known::StorageUser,
    Known::StoragePass,
    Known::StorageDb,
    Known::StorageCharset,
];

fn apply_constants(settings: &mut Settings) -> Result<()> {
    let [host, port, user, password, database, charset] = CONSTANTS.map(|name| zend::constant(name.text()));
    // An empty password is that of the user beside it. Where none is named it says nothing: index_cluster.php of the
    // kernel defines what config.cluster.php leaves out as empty.
    let named = user.as_ref().is_some_and(|user| !user.is_empty());
    if let Some(password) = password.filter(|password| named || !password.is_empty()) {
        settings.password = Secret::new(password);
    }
    set(&mut settings.host, host);
    set(&mut settings.user, user);
    set(&mut settings.database, database);
    set(&mut settings.charset, charset);
    if let Some(port) = port.filter(|port| !port.is_empty()) {
        settings.port = port.trim().parse().ok().filter(|port| *port > 0).ok_or_else(|| {
            Error::Refused(format!(
                "CLUSTER_STORAGE_PORT is \"{port}\"; it takes a whole number from 1 to {}",
                u16::MAX
            ))
        })?;
    }
    Ok(())
}

/// An empty value is none: the next source decides.
fn set(setting: &mut String, value: Option<String>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        *setting = value;
    }
}

/// One of the kernel's configuration files.
struct Ini(Value);

impl Ini {
    /// The file, when there is a kernel.
    fn open(name: &str) -> Result<Option<Self>> {
        let Some(class) = ini_class()? else {
            return Ok(None);
        };
        let file = zend::call_static(class, "instance", [convert::bytes_value(name.as_bytes())]);
        pending()?;
        Ok(file.filter(|file| file.is_object()).map(Self))
    }

    fn has(&self, group: &str, name: &str) -> Result<bool> {
        let answer = self.ask("hasVariable", group, name)?;
        Ok(answer.is_some_and(|answer| zend::is_true(&answer)))
    }

    /// A variable as a text; none when it is not there, is empty, or is a list.
    fn text(&self, group: &str, name: &str) -> Result<Option<String>> {
        if !self.has(group, name)? {
            return Ok(None);
        }
        let value = self.ask("variable", group, name)?;
        let text = value.and_then(|value| convert::text_of(&value)?.ok());
        Ok(text
            .map(|text| String::from_utf8_lossy(&text).into_owned())
            .filter(|text| !text.is_empty()))
    }

    /// Permission bits, written in octal digits.
    fn mode(&self, name: &str) -> Result<Option<u32>> {
        let text = self.text("FileSettings", name)?;
        Ok(text
            .and_then(|text| u32::from_str_radix(text.trim(), 8).ok())
            .map(|mode| mode & 0o7777))
    }

    /// Kinds of caches with `NonExistantStaleCacheHandling[kind]=generate`.
    fn generated(&self) -> Result<Vec<&'static str>> {
        const NAME: &str = "NonExistantStaleCacheHandling";
        if !self.has("ClusteringSettings", NAME)? {
            return Ok(Vec::new());
        }
        let value = self.ask("variable", "ClusteringSettings", NAME)?;
        let Some(list) = value.as_ref().and_then(|value| value.array()) else {
            return Ok(Vec::new());
        };
        let generates = |kind: &&'static str| {
            list.get(*kind)
                .and_then(|value| convert::text_of(value.dereference())?.ok())
                .as_deref()
                == Some(b"generate")
        };
        Ok(["viewcache", "cacheblock", "misc"]
            .into_iter()
            .filter(generates)
            .collect())
    }

    fn ask(&self, method: &str, group: &str, name: &str) -> Result<Option<Value>> {
        let Some(file) = self.0.object() else {
            return Ok(None);
        };
        let arguments = [
            convert::bytes_value(group.as_bytes()),
            convert::bytes_value(name.as_bytes()),
        ];
        let answer = zend::call_method(file, method, arguments);
        pending()?;
        Ok(answer)
    }
}

/// The kernel's class for its configuration files, loaded if need be.
fn ini_class() -> Result<Option<&'static ClassEntry>> {
    let class = Known::Ini.load_class(Known::IniWritten);
    pending()?;
    Ok(class)
}

fn pending() -> Result<()> {
    if zend::exception_pending() {
        Err(Error::Interrupted)
    } else {
        Ok(())
    }
}

/// Writes an error into the kernel's debug output; false when there is none.
pub fn write_error(message: &str, label: &str) -> bool {
    // No autoloading: where nobody has used it, nobody will read it.
    let Some(class) = Known::Debug.class() else {
        return false;
    };
    let arguments = [
        convert::bytes_value(message.as_bytes()),
        convert::bytes_value(label.as_bytes()),
    ];
    zend::call_static(class, "writeError", arguments).is_some() || zend::exception_pending()
}

/// Group of the time that the cluster takes in the kernel's debug output, and the one counter in it.
const ACCUMULATOR: [&str; 3] = [
    "mysql_cluster_query",
    "mysql_cluster_total",
    "Mysql_cluster_query",
];

/// The kernel has a clock.
pub fn has_clock() -> bool {
    Known::Debug.class().is_some()
}

/// Starts the kernel's clock; true when it has to be stopped.
pub fn start_clock() -> bool {
    let Some(class) = Known::Debug.class() else {
        return false;
    };
    let enabled = zend::call_static(class, "isDebugEnabled", []);
    if zend::exception_pending() || enabled.is_some_and(|enabled| !zend::is_true(&enabled)) {
        return false;
    }
    zend::call_static(
        class,
        "accumulatorStart",
        ACCUMULATOR.map(|text| convert::bytes_value(text.as_bytes())),
    )
    .is_some()
}

/// Stops it.
pub fn stop_clock() {
    if let Some(class) = Known::Debug.class() {
        zend::call_static(
            class,
            "accumulatorStop",
            [convert::bytes_value(b"mysql_cluster_query")],
        );
    }
}

/// Does something that takes the database's time, with the kernel's clock running. Nothing is done when
/// the engine ended the request at the clock.
pub fn timed<T, E: Interrupted>(
    work: impl FnOnce() -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    let running = start_clock();
    if bailout::is_stopped() {
        return Err(E::interrupted());
    }
    let done = work();
    // An exception on its way keeps other PHP code from running: the clock then is not stopped.
    if running && !zend::exception_pending() {
        stop_clock();
    }
    done
}

/// An error that says that the request cannot go on.
pub trait Interrupted {
    /// The error.
    fn interrupted() -> Self;
}

impl Interrupted for Error {
    fn interrupted() -> Self {
        Self::Interrupted
    }
}

impl Interrupted for Failure {
    fn interrupted() -> Self {
        Self::Pending
    }
}

/// The kernel's level of debug messages, `eZDebug::LEVEL_DEBUG`.
const LEVEL_DEBUG: i64 = 5;

/// Writes a line into the kernel's debug output when its condition is on; it is made up only then.
pub fn debug(message: impl FnOnce() -> String, label: &str) {
    const CONDITION: &[u8] = b"kernel-clustering";
    let Some(class) = Known::DebugSetting.class() else {
        return;
    };
    if zend::exception_pending() {
        return;
    }
    let level = zend::class_constant("eZDebug", "LEVEL_DEBUG").unwrap_or(LEVEL_DEBUG);
    let on = zend::call_static(
        class,
        "isConditionTrue",
        [convert::bytes_value(CONDITION), convert::int_value(level)],
    );
    if on.is_some_and(|on| zend::is_true(&on)) && !zend::exception_pending() {
        let message = message();
        let arguments = [CONDITION, message.as_bytes(), label.as_bytes()].map(convert::bytes_value);
        zend::call_static(class, "writeDebug", arguments);
    }
}
