//! What the kernel's configuration says, where there is a kernel.

use crate::config::Settings;
use crate::error::Result;
use crate::handler::temporary::Modes;

use super::ini;

/// Where the cluster is: php.ini is the one source yet; the sources that go before it are asked
/// here.
///
/// # Errors
/// A setting that makes no sense.
pub fn settings() -> Result<Settings> {
    ini::settings()
}

/// Permission bits of local copies.
pub fn modes() -> Modes {
    Modes::default()
}
