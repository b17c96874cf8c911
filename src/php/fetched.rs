//! What else must happen when a local copy was replaced.

use ext_php_rs::types::Zval;

use super::{convert, zend};

/// Makes PHP forget what it knew of the file, and opcache what it compiled from a path, so that a following `include` runs the new
/// code. Nothing happens without opcache, or where its interface is kept from scripts.
pub fn replaced(path: &[u8]) {
    zend::forget_file_status();
    if zend::exception_pending() || !zend::function_exists("opcache_invalidate") {
        return;
    }
    if zend::directive("opcache.restrict_api").is_some_and(|directory| !directory.is_empty()) {
        return;
    }
    let mut force = Zval::new();
    force.set_bool(true);
    zend::call(
        &convert::bytes_value(b"opcache_invalidate"),
        [convert::bytes_value(path), force],
    );
}
