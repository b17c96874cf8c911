//! `ezdbfile_install()`, `ezdbfile_serve()`, `ezdbfile_status()`.

use ext_php_rs::args::Arg;
use ext_php_rs::builders::{FunctionBuilder, ModuleBuilder};
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::call::{Call, native};
use super::errors::Failure;
use super::{convert, request, serve};
use crate::pool::Stats;
use crate::storage::install::Kind;

/// Adds the functions to the module.
pub fn add(module: ModuleBuilder<'static>) -> ModuleBuilder<'static> {
    module
        .function(
            FunctionBuilder::new("ezdbfile_install", native!(install))
                .not_required()
                .arg(Arg::new("layout", DataType::String).default("'id'"))
                .returns(DataType::Void, false, false),
        )
        .function(
            FunctionBuilder::new("ezdbfile_serve", native!(serve::serve))
                .not_required()
                .arg(Arg::new("path", DataType::String).allow_null().default("null"))
                .returns(DataType::Bool, false, false),
        )
        .function(FunctionBuilder::new("ezdbfile_status", native!(status)).returns(
            DataType::Array,
            false,
            false,
        ))
}

/// `ezdbfile_install( string $layout = 'id' ): void`
fn install(call: &mut Call<'_>) -> Result<(), Failure> {
    // Without an argument it is content with what is there.
    let kind = if call.argument_count() == 0 {
        None
    } else {
        let layout = convert::text_or(call, 0, b"id")?;
        let kind = Kind::named(&layout).ok_or_else(|| {
            Failure::Value(format!(
                "ezdbfile_install(): Argument #1 ($layout) must be 'id' or 'hash', '{}' given",
                String::from_utf8_lossy(&layout)
            ))
        })?;
        Some(kind)
    };
    request::store()
        .and_then(|store| store.install(kind))
        .map_err(|error| Failure::exception(b"", &error))
}

/// `ezdbfile_status(): array`
fn status(call: &mut Call<'_>) -> Result<(), Failure> {
    let failed = |error| Failure::exception(b"", &error);
    let store = request::store().map_err(failed)?;
    let server = store.server_version().map_err(failed)?;
    let cipher = store.cipher().map_err(failed)?.unwrap_or_default();
    let layout = store.layout().map_err(failed)?;
    let stats = store.pool().stats();
    let mut array = ZendHashTable::new();
    convert::put(
        &mut array,
        "version",
        convert::bytes_value(env!("CARGO_PKG_VERSION").as_bytes()),
    );
    convert::put(
        &mut array,
        "client",
        convert::bytes_value(crate::mysql::client_version().as_bytes()),
    );
    convert::put(&mut array, "server", convert::bytes_value(server.as_bytes()));
    convert::put(&mut array, "cipher", convert::bytes_value(cipher.as_bytes()));
    convert::put(
        &mut array,
        "database",
        convert::bytes_value(store.pool().settings().database.as_bytes()),
    );
    convert::put(
        &mut array,
        "layout",
        convert::bytes_value(layout.kind().as_bytes()),
    );
    let mut counters = ZendHashTable::new();
    for (name, value) in named(&stats) {
        convert::put(&mut counters, name, convert::int_value(value.cast_signed()));
    }
    let mut pool = Zval::new();
    pool.set_hashtable(counters);
    convert::put(&mut array, "pool", pool);
    call.answer().set_hashtable(array);
    Ok(())
}

/// The counters of a pool under their names.
pub fn named(stats: &Stats) -> [(&'static str, u64); 11] {
    [
        ("open", stats.open),
        ("idle", stats.idle),
        ("connects", stats.connects),
        ("reuses", stats.reuses),
        ("failures", stats.failures),
        ("dead", stats.dead),
        ("discarded", stats.discarded),
        ("closed", stats.closed),
        ("outdated", stats.outdated),
        ("refused", stats.refused),
        ("inherited", stats.inherited),
    ]
}
