//! What `phpinfo()` and `php --ri ezdbfile` show.

#![allow(unsafe_code)]

use ext_php_rs::ffi;
use ext_php_rs::zend::ModuleEntry;

use super::bailout::{guarded, outermost};
use super::functions::named;
use super::{request, zend};
use crate::mysql::client_version;
use crate::storage::Store;

/// The info function of the module.
pub unsafe extern "C" fn print(module: *mut ModuleEntry) {
    outermost(|| print_all(module));
}

fn print_all(module: *mut ModuleEntry) {
    table(&[
        ("eZ Publish cluster files in MySQL/MariaDB", "enabled".into()),
        ("Version", env!("CARGO_PKG_VERSION").into()),
        ("Client library", client_version()),
    ]);
    // The configured cluster is shown even before its first use.
    let _ = request::store();
    for store in Store::all() {
        let pool = store.pool();
        let mut rows = vec![("Connections to", pool.settings().target())];
        rows.extend(named(&pool.stats()).map(|(name, value)| (name, value.to_string())));
        if let Some(layout) = store.known_layout() {
            rows.push(("layout", layout.into()));
        }
        table(&rows);
    }
    // SAFETY: the entry comes from the engine.
    unsafe { zend::print_directives(module) };
}

fn table(rows: &[(&str, String)]) {
    // SAFETY: printing is what the engine called for.
    guarded(|| unsafe { ffi::php_info_print_table_start() });
    for (name, value) in rows {
        let (name, value) = (zend::c_string(name), zend::c_string(value));
        let (name, value) = (name.as_ptr(), value.as_ptr());
        // SAFETY: two columns, two NUL-terminated strings.
        guarded(|| unsafe { ffi::php_info_print_table_row(2, name, value) });
    }
    // SAFETY: as above.
    guarded(|| unsafe { ffi::php_info_print_table_end() });
}
