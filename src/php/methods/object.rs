//! Making an object, its magic properties, its connection.

use ext_php_rs::types::Zval;

use super::{Done, own_path};
use crate::error::Error;
use crate::handler::path;
use crate::php::call::Call;
use crate::php::convert;
use crate::php::errors::Failure;
use crate::php::known::Known;
use crate::php::{ini, request, zend};
use crate::storage::{Name, Store};

/// `__construct( $filePath = false )`
pub fn construct(call: &mut Call<'_>) -> Done {
    let cleaned = match call.arg(0) {
        Some(value) if value.is_string() => {
            Some(path::clean(value.zend_str().map_or(&[], |text| text.as_bytes())))
        }
        Some(value) if value.is_long() || value.is_double() || value.is_object() => {
            Some(path::clean(&convert::text(call, 0)?))
        }
        Some(value) if value.is_array() || value.is_resource() => {
            return Err(convert::wrong_type(call, 0, "string|false", value));
        }
        _ => None,
    };
    request::store()
        .and_then(|store| store.ensure_connection())
        .map_err(|error| match error {
            // What PHP code threw while it was asked for the settings goes through.
            Error::Interrupted => Failure::Pending,
            other => Failure::Connection(other.to_string()),
        })?;
    alias_dfs_handler();
    if let (Some(this), Some(cleaned)) = (call.this(), cleaned) {
        request::new_object(zend::handle(this));
        let given = call
            .arg(0)
            .filter(|given| given.zend_str().is_some_and(|given| given.as_bytes() == cleaned));
        let path = given.map_or_else(|| convert::bytes_value(&cleaned), Zval::shallow_clone);
        call.set_property(Known::FilePath, path);
    }
    Ok(())
}

/// Kernels from 5.1 on ask for `eZDFSFileHandler` where older ones asked for this class too: subtree
/// expiry of template blocks, the list of generating files, clean-up scripts. So that they treat
/// the object right, it answers to that name, unless a class of that name is there already.
fn alias_dfs_handler() {
    const ALIAS: &str = "eZDFSFileHandler";
    if request::take_dfs_alias_turn()
        && ini::flag("ezdbfile.dfs_alias")
        && Known::DfsFileHandler.class().is_none()
        && let Some(class) = Known::OwnClass.class()
    {
        zend::alias_for_request(class, ALIAS);
    }
}

/// `loadMetaData( $force = false )`
pub fn load_metadata(call: &mut Call<'_>) -> Done {
    let force = call.arg(0).is_some_and(zend::is_true);
    let Some(path) = own_path(call)? else {
        return Ok(());
    };
    let name = Name::from(path);
    if force {
        request::forget(&name);
    }
    let metadata = request::metadata(&name).map_err(|error| Failure::with(name.bytes(), &error))?;
    super::ask::show(call, &name, metadata.as_deref());
    Ok(())
}

/// `__get( $name )`: `metaData` is loaded when it is first read.
pub fn get(call: &mut Call<'_>) -> Done {
    match convert::text(call, 0)?.as_slice() {
        b"metaData" => super::ask::stat(call),
        b"cacheType" => {
            let path = own_path(call)?.unwrap_or_default();
            call.answer_bytes(path::cache_type(&path).as_bytes());
            Ok(())
        }
        other => {
            let property = String::from_utf8_lossy(other);
            zend::warn(&format!("Undefined property: eZDBFileHandler::${property}"));
            Ok(())
        }
    }
}

/// `__set( $name, $value )`: null makes the object forget its metadata.
pub fn set(call: &mut Call<'_>) -> Done {
    let property = convert::text(call, 0)?;
    match property.as_slice() {
        b"metaData" if call.arg(1).is_none_or(Zval::is_null) => {
            if let Some(path) = own_path(call)? {
                request::forget(&Name::from(path));
            }
            Ok(())
        }
        b"metaData" => Err(Failure::Error(
            "eZDBFileHandler::$metaData is what the database says; it can be set to null, to be asked for again".into(),
        )),
        b"cacheType" => Err(Failure::Error("eZDBFileHandler::$cacheType follows from the path and cannot be set".into())),
        other => {
            if let (Some(this), Some(value)) = (call.this(), call.arg(1))
                && let Some(class) = Known::OwnClass.class()
            {
                zend::set_property_as(class, this, other, value.shallow_clone());
            }
            Ok(())
        }
    }
}

/// `__isset( $name )`
pub fn isset(call: &mut Call<'_>) -> Done {
    let there = match convert::text(call, 0)?.as_slice() {
        b"cacheType" => true,
        b"metaData" => own_path(call)?.is_some(),
        _ => false,
    };
    call.answer_bool(there);
    Ok(())
}

/// `__unset( $name )`
pub fn unset(call: &mut Call<'_>) -> Done {
    if convert::text(call, 0)? == b"metaData"
        && let Some(path) = own_path(call)?
    {
        request::forget(&Name::from(path));
    }
    Ok(())
}

/// `cleanPath( $path )`
pub fn clean_path(call: &mut Call<'_>) -> Done {
    let Some(given) = call.arg(0) else { return Ok(()) };
    match given.zend_str() {
        Some(text) => call.answer_bytes(&path::clean(text.as_bytes())),
        None => *call.answer() = given.shallow_clone(),
    }
    Ok(())
}

/// `disconnect()`
pub fn disconnect(_call: &mut Call<'_>) -> Done {
    Store::disconnect_all();
    Ok(())
}
