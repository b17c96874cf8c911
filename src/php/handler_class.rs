//! `eZDBFileHandler`: its methods and properties.

use ext_php_rs::builders::{ClassBuilder, ClassProperty};
use ext_php_rs::flags::{ClassFlags, ConstantFlags, PropertyFlags};
use ext_php_rs::types::Zval;

use super::call::native;
use super::class_table::{Method, Parameter, needed, optional, with_methods};
use super::interfaces;
use super::methods::{
    ask, cache, delete, fetch, generation, object, output, purge, relocate, store, store_cache,
};
use crate::handler::metadata_cache;

/// The class that `file.ini [ClusteringSettings] FileHandler` names.
pub const NAME: &str = "eZDBFileHandler";

/// The kernel's flag for a local cache.
const LOCAL_CACHE: i64 = 1;

macro_rules! method {
    ($name:literal, [$($parameter:expr),*], $body:path) => {
        method!($name, [$($parameter),*], native!($body), false)
    };
    (static $name:literal, [$($parameter:expr),*], $body:path) => {
        method!($name, [$($parameter),*], native!($body), true)
    };
    (timed $name:literal, [$($parameter:expr),*], $body:path) => {
        method!($name, [$($parameter),*], native!($body, enter_timed), false)
    };
    ($name:literal, [$($parameter:expr),*], $handler:expr, $is_static:expr) => {{
        const PARAMETERS: &[Parameter] = &[$($parameter),*];
        Method { name: $name, parameters: PARAMETERS, is_static: $is_static, handler: $handler }
    }};
}
pub(super) use method;

/// Methods of the class.
pub static METHODS: &[Method] = &[
    method!("__construct", [optional("filePath", "false")], object::construct),
    method!("__get", [needed("name")], object::get),
    method!("__set", [needed("name"), needed("value")], object::set),
    method!("__isset", [needed("name")], object::isset),
    method!("__unset", [needed("name")], object::unset),
    method!(static "cleanPath", [needed("path")], object::clean_path),
    method!(timed "loadMetaData",
        [optional("force", "false")],
        object::load_metadata
    ),
    method!("disconnect", [], object::disconnect),
    // Store
    method!(timed "fileStore",
        [
            needed("filePath"),
            optional("scope", "false"),
            optional("delete", "false"),
            optional("datatype", "false")
        ],
        store::file_store
    ),
    method!(timed "fileStoreContents",
        [
            needed("filePath"),
            needed("contents"),
            optional("scope", "false"),
            optional("datatype", "false")
        ],
        store::file_store_contents
    ),
    method!(timed "storeContents",
        [
            needed("contents"),
            optional("scope", "false"),
            optional("datatype", "false"),
            optional("storeLocally", "false")
        ],
        store::store_contents
    ),
    // Fetch
    method!(timed "fileFetch", [needed("filePath")], fetch::file_fetch),
    method!(timed "fetch", [optional("noLocalCache", "false")], fetch::fetch),
    method!(timed "fetchUnique", [], fetch::fetch_unique),
    method!(timed "fileFetchContents",
        [needed("filePath")],
        fetch::file_fetch_contents
    ),
    method!(timed "fetchContents", [], fetch::fetch_contents),
    // Ask
    method!(timed "stat", [], ask::stat),
    method!(timed "size", [], ask::size),
    method!(timed "mtime", [], ask::mtime),
    method!(timed "dataType", [], ask::data_type),
    method!("name", [], ask::own),
    method!(timed "fileExists", [needed("path")], ask::file_exists),
    method!(timed "exists", [], ask::exists),
    method!(
        static "isFileExpired",
        [needed("fname"), needed("mtime"), needed("expiry"), needed("curtime"), needed("ttl")],
        ask::is_file_expired
    ),
    method!(timed "isExpired",
        [needed("expiry"), needed("curtime"), needed("ttl")],
        ask::is_own_expired
    ),
    method!(
        "isLocalFileExpired",
        [needed("expiry"), needed("curtime"), needed("ttl")],
        ask::is_local_file_expired
    ),
    method!(timed "isDBFileExpired",
        [needed("expiry"), needed("curtime"), needed("ttl")],
        ask::is_db_file_expired
    ),
    method!(timed "getFileList",
        [
            optional("scopes", "false"),
            optional("excludeScopes", "false"),
            optional("limit", "false"),
            optional("path", "false")
        ],
        ask::get_file_list
    ),
    method!("applyServerUri", [needed("filePath")], ask::apply_server_uri),
    method!("hasStaleCacheSupport", [], ask::yes),
    method!("requiresClusterizing", [], ask::yes),
    method!("requiresPurge", [], ask::yes),
    // Delete, purge
    method!(timed "delete", [], delete::delete),
    method!(timed "fileDelete",
        [needed("path"), optional("fnamePart", "false")],
        delete::file_delete
    ),
    method!(timed "fileDeleteByDirList",
        [needed("dirList"), needed("commonPath"), needed("commonSuffix")],
        delete::file_delete_by_dir_list
    ),
    method!(timed "fileDeleteByWildcard",
        [needed("wildcard")],
        delete::file_delete_by_wildcard
    ),
    method!(timed "fileDeleteByRegex",
        [needed("dir"), needed("fileRegex")],
        delete::file_delete_by_regex
    ),
    method!("deleteLocal", [], delete::delete_local),
    method!("fileDeleteLocal", [needed("path")], delete::file_delete_local),
    method!(
        "purge",
        [
            optional("printCallback", "false"),
            optional("microsleep", "false"),
            optional("max", "false"),
            optional("expiry", "false")
        ],
        purge::purge
    ),
    method!(timed "fetchExpiredItems",
        [
            needed("scopes"),
            optional("limit", "array( 0, 100 )"),
            optional("expiry", "false")
        ],
        ask::fetch_expired_items
    ),
    // Copy, move
    method!(timed "fileCopy",
        [needed("srcPath"), needed("dstPath")],
        relocate::file_copy
    ),
    method!(timed "fileLinkCopy",
        [needed("srcPath"), needed("dstPath"), needed("symLink")],
        relocate::file_copy
    ),
    method!(timed "fileMove",
        [needed("srcPath"), needed("dstPath")],
        relocate::file_move
    ),
    method!(timed "move", [needed("dstPath")], relocate::move_to),
    // Cache generation
    method!(
        "processCache",
        [
            needed("retrieveCallback"),
            optional("generateCallback", "null"),
            optional("ttl", "null"),
            optional("expiry", "null"),
            optional("extraData", "null")
        ],
        cache::process_cache
    ),
    method!(
        "processFile",
        [
            needed("callback"),
            optional("expiry", "false"),
            optional("extraData", "null")
        ],
        cache::process_file
    ),
    method!("storeCache", [needed("fileData")], store_cache::store_cache),
    method!(timed "startCacheGeneration", [], generation::start),
    method!(timed "checkCacheGenerationTimeout", [], generation::check),
    method!(timed "endCacheGeneration",
        [optional("rename", "true")],
        generation::end
    ),
    method!(timed "abortCacheGeneration", [], generation::abort),
    // Output
    method!(timed "passthrough",
        [optional("offset", "0"), optional("length", "false")],
        output::passthrough
    ),
];

/// The class, ready to be registered.
pub fn builder() -> ClassBuilder {
    let class = ClassBuilder::new(NAME)
        .flags(ClassFlags::NotSerializable)
        .property(property("filePath", PropertyFlags::Public, || {
            let mut none = Zval::new();
            none.set_bool(false);
            none
        }))
        .property(property("realFilePath", PropertyFlags::Public, Zval::null));
    let class = interfaces::implemented(class);
    let class = constant(class, "LOCAL_CACHE", LOCAL_CACHE);
    let class = constant(class, "INFOCACHE_MAX", metadata_cache::CAPACITY.get() as i64);
    with_methods(class, METHODS)
}

/// Adds an integer constant.
pub fn constant(class: ClassBuilder, name: &'static str, value: i64) -> ClassBuilder {
    // Fails only for values that have no form in PHP.
    match class.constant(name, value, &[], ConstantFlags::Public) {
        Ok(class) => class,
        Err(_) => ClassBuilder::new(NAME),
    }
}

/// A declared property.
pub fn property(name: &'static str, flags: PropertyFlags, default: fn() -> Zval) -> ClassProperty {
    ClassProperty {
        name: name.into(),
        flags,
        default: Some(Box::new(move || Ok(default()))),
        docs: &[],
        ty: None,
        nullable: false,
        readonly: false,
        default_stub: None,
    }
}
