//! `ezdbfile_install()`, `ezdbfile_check()`, `ezdbfile_migrate()`, `ezdbfile_serve()`, `ezdbfile_status()`.

use ext_php_rs::args::Arg;
use ext_php_rs::builders::{FunctionBuilder, ModuleBuilder};
use ext_php_rs::flags::DataType;
use ext_php_rs::types::{ZendHashTable, Zval};

use super::call::{Call, native};
use super::errors::Failure;
use super::{convert, request, serve, zend};
use crate::error::Error;
use crate::pool::Stats;
use crate::storage::check::{Finding, Options, Totals};
use crate::storage::install::Kind;
use crate::storage::migrate::{self, Event, Outcome};

/// Problems that `ezdbfile_check()` returns; beyond, they are only counted.
const PROBLEMS: usize = 1000;

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
            FunctionBuilder::new("ezdbfile_check", native!(check))
                .not_required()
                .arg(Arg::new("deep", DataType::Bool).default("false"))
                .arg(Arg::new("repair", DataType::Bool).default("false"))
                .returns(DataType::Array, false, false),
        )
        .function(
            FunctionBuilder::new("ezdbfile_migrate", native!(migrate))
                .arg(Arg::new("to", DataType::String))
                .not_required()
                .arg(Arg::new("leave_damaged", DataType::Bool).default("false"))
                .returns(DataType::Array, false, false),
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
        Some(kind(
            &convert::text_or(call, 0, b"id")?,
            "ezdbfile_install(): Argument #1 ($layout)",
        )?)
    };
    request::store()
        .and_then(|store| store.install(kind))
        .map_err(|error| Failure::exception(b"", &error))
}

/// The layout that an argument names.
fn kind(layout: &[u8], argument: &str) -> Result<Kind, Failure> {
    Kind::named(layout).ok_or_else(|| {
        Failure::Value(format!(
            "{argument} must be 'id' or 'hash', '{}' given",
            String::from_utf8_lossy(layout)
        ))
    })
}

/// `ezdbfile_migrate( string $to, bool $leave_damaged = false ): array`
fn migrate(call: &mut Call<'_>) -> Result<(), Failure> {
    let to = kind(
        &convert::text_or(call, 0, b"")?,
        "ezdbfile_migrate(): Argument #1 ($to)",
    )?;
    let options = migrate::Options {
        to,
        leave_damaged: call.arg(1).is_some_and(zend::is_true),
        drop_old: false,
    };
    let mut copied = (0_u64, 0_u64);
    let mut problems = Vec::new();
    let outcome = request::store()
        .and_then(|store| {
            store.migrate(options, &mut |event| match event {
                Event::Copied { files, bytes } => copied = (copied.0 + files, copied.1.saturating_add(bytes)),
                Event::Problem { name, text } if problems.len() < PROBLEMS => {
                    problems.push((name.to_vec(), text.to_owned()));
                }
                Event::Problem { .. } | Event::Busy => {}
            })
        })
        // PHP ends the script, but not before it has come to the next place for that: what is declared as an array is one.
        .or_else(|error| match error {
            Error::Interrupted => Ok(Outcome::Stopped { damaged: 0 }),
            error => Err(Failure::exception(b"", &error)),
        })?;
    let (done, damaged, left_behind) = match outcome {
        Outcome::There => (true, 0, 0),
        Outcome::Stopped { damaged } => (false, damaged, 0),
        Outcome::Migrated {
            damaged, left_behind, ..
        } => (true, damaged, left_behind),
    };
    *call.answer() = convert::made(|| {
        let mut array = ZendHashTable::new();
        let mut truth = Zval::new();
        truth.set_bool(done);
        convert::put(&mut array, "done", truth);
        for (name, value) in [
            ("files", copied.0),
            ("bytes", copied.1),
            ("damaged", damaged),
            ("left_behind", left_behind),
        ] {
            convert::put(&mut array, name, convert::int_value(value.cast_signed()));
        }
        let problems = problems.iter().map(|(name, text)| {
            let mut problem = ZendHashTable::new();
            convert::put(&mut problem, "name", convert::bytes_value(name));
            convert::put(&mut problem, "text", convert::bytes_value(text.as_bytes()));
            convert::table(problem)
        });
        convert::put(&mut array, "problems", list(problems));
        convert::table(array)
    });
    Ok(())
}

/// `ezdbfile_check( bool $deep = false, bool $repair = false ): array`
fn check(call: &mut Call<'_>) -> Result<(), Failure> {
    let failed = |error| Failure::exception(b"", &error);
    let given = |index| call.arg(index).is_some_and(zend::is_true);
    let options = Options {
        deep: given(0),
        repair: given(1),
    };
    let store = request::store().map_err(failed)?;
    let layout = store.layout().map_err(failed)?;
    let narrow = store.narrow_columns().map_err(failed)?;
    let mut counts: Vec<(&'static str, i64)> = Vec::new();
    let mut problems = Vec::new();
    let totals = store
        .check(options, &mut |finding| {
            let kind = finding.fault.kind();
            match counts.iter_mut().find(|(counted, _)| *counted == kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((kind, 1)),
            }
            if problems.len() < PROBLEMS {
                problems.push(finding);
            }
        })
        // As for migrate().
        .or_else(|error| match error {
            Error::Interrupted => Ok(Totals::default()),
            error => Err(failed(error)),
        })?;
    *call.answer() = convert::made(|| {
        let mut array = ZendHashTable::new();
        convert::put(
            &mut array,
            "layout",
            convert::bytes_value(layout.kind().as_bytes()),
        );
        for (name, value) in [
            ("files", totals.files),
            ("bytes", totals.bytes),
            ("expired", totals.expired),
            ("expired_bytes", totals.expired_bytes),
            ("claims", totals.claims),
        ] {
            convert::put(&mut array, name, convert::int_value(value.cast_signed()));
        }
        let narrow = narrow.iter().map(|text| convert::bytes_value(text.as_bytes()));
        convert::put(&mut array, "narrow", list(narrow));
        let mut found = ZendHashTable::new();
        for (kind, count) in &counts {
            convert::put(&mut found, kind, convert::int_value(*count));
        }
        convert::put(&mut array, "found", convert::table(found));
        convert::put(&mut array, "problems", list(problems.iter().map(problem)));
        convert::table(array)
    });
    Ok(())
}

fn problem(finding: &Finding) -> Zval {
    let mut array = ZendHashTable::new();
    convert::put(&mut array, "name", convert::bytes_value(&finding.name));
    convert::put(
        &mut array,
        "kind",
        convert::bytes_value(finding.fault.kind().as_bytes()),
    );
    convert::put(&mut array, "text", convert::bytes_value(finding.text.as_bytes()));
    for (name, value) in [
        ("repairable", finding.fault.is_repairable()),
        ("repaired", finding.repaired),
    ] {
        let mut truth = Zval::new();
        truth.set_bool(value);
        convert::put(&mut array, name, truth);
    }
    convert::table(array)
}

fn list(values: impl Iterator<Item = Zval>) -> Zval {
    let mut array = ZendHashTable::new();
    for value in values {
        // Fails when the keys have run out: there are few.
        let _ = array.push(value);
    }
    convert::table(array)
}

/// `ezdbfile_status(): array`
fn status(call: &mut Call<'_>) -> Result<(), Failure> {
    let failed = |error| Failure::exception(b"", &error);
    let store = request::store().map_err(failed)?;
    let server = store.server_version().map_err(failed)?;
    let cipher = store.cipher().map_err(failed)?.unwrap_or_default();
    let layout = store.layout().map_err(failed)?;
    let stats = store.pool().stats();
    let client = crate::mysql::client_version();
    let texts = [
        ("version", env!("CARGO_PKG_VERSION")),
        ("client", client.as_str()),
        ("server", server.as_str()),
        ("cipher", cipher.as_str()),
        ("database", store.pool().settings().database.as_str()),
        ("layout", layout.kind()),
    ];
    *call.answer() = convert::made(|| {
        let mut array = ZendHashTable::new();
        for (name, text) in &texts {
            convert::put(&mut array, name, convert::bytes_value(text.as_bytes()));
        }
        let mut counters = ZendHashTable::new();
        for (name, value) in named(&stats) {
            convert::put(&mut counters, name, convert::int_value(value.cast_signed()));
        }
        convert::put(&mut array, "pool", convert::table(counters));
        convert::table(array)
    });
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
