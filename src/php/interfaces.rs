//! The kernel's interfaces. Registered natively, they keep the kernel's autoloader from loading its
//! own, and handlers written in PHP compile against them as before: nothing is typed, and they
//! ask for no parameter that an older kernel's interface did not have.

use ext_php_rs::builders::ClassBuilder;
use ext_php_rs::flags::ClassFlags;
use ext_php_rs::zend::ClassEntry;

use super::class_table::{Method, Parameter, optional, with_abstract_methods};
use super::handler_class::METHODS;
use super::zend;

/// What a cluster file handler has to do.
pub const HANDLER: &str = "eZClusterFileHandlerInterface";
/// What a handler with a database connection has to do besides.
pub const DATABASE_HANDLER: &str = "ezpDatabaseBasedClusterFileHandler";

/// Methods of the kernel's interface.
const HANDLER_METHODS: [&str; 42] = [
    "fileStore",
    "fileStoreContents",
    "storeContents",
    "fileFetch",
    "processCache",
    "isFileExpired",
    "isExpired",
    "isLocalFileExpired",
    "isDBFileExpired",
    "processFile",
    "fetchUnique",
    "fetch",
    "fileFetchContents",
    "fetchContents",
    "loadMetaData",
    "stat",
    "size",
    "mtime",
    "dataType",
    "name",
    "fileDeleteByWildcard",
    "fileDeleteByDirList",
    "fileDelete",
    "delete",
    "fileDeleteLocal",
    "deleteLocal",
    "purge",
    "fileExists",
    "exists",
    "passthrough",
    "fileCopy",
    "fileLinkCopy",
    "fileMove",
    "move",
    "getFileList",
    "storeCache",
    "startCacheGeneration",
    "endCacheGeneration",
    "abortCacheGeneration",
    "checkCacheGenerationTimeout",
    "requiresClusterizing",
    "requiresPurge",
];
/// The rest of them, which have the same parameters in every kernel that has them.
const LATER_HANDLER_METHODS: [&str; 2] = ["hasStaleCacheSupport", "applyServerUri"];

/// Parameters of the interface where our class takes more.
fn parameters(method: &'static Method) -> &'static [Parameter] {
    const FILE_LIST: &[Parameter] = &[optional("scopes", "false"), optional("excludeScopes", "false")];
    match method.name {
        "passthrough" => &[],
        "getFileList" => FILE_LIST,
        _ => method.parameters,
    }
}

fn interface(name: &str, methods: impl Iterator<Item = &'static str>) -> ClassBuilder {
    let methods = methods.filter_map(|name| METHODS.iter().find(|method| method.name == name));
    with_abstract_methods(
        ClassBuilder::new(name).flags(ClassFlags::Interface),
        methods.map(|method| (method, parameters(method))),
    )
}

/// `eZClusterFileHandlerInterface`, ready to be registered.
pub fn handler_builder() -> ClassBuilder {
    interface(HANDLER, HANDLER_METHODS.into_iter().chain(LATER_HANDLER_METHODS))
}

/// `ezpDatabaseBasedClusterFileHandler`, ready to be registered.
pub fn database_handler_builder() -> ClassBuilder {
    interface(DATABASE_HANDLER, ["disconnect"].into_iter())
}

/// Makes a class implement both, which must be registered by then.
pub fn implemented(class: ClassBuilder) -> ClassBuilder {
    let handler = || registered(HANDLER);
    let database_handler = || registered(DATABASE_HANDLER);
    class
        .implements((handler, HANDLER))
        .implements((database_handler, DATABASE_HANDLER))
}

fn registered(name: &str) -> &'static ClassEntry {
    // Asked while the module starts, after the interfaces were registered. Anything else is no
    // interface, and the start fails.
    zend::registered_class(name).unwrap_or_else(zend::runtime_exception)
}
