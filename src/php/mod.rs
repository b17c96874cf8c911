//! The PHP surface: classes, functions, settings, `phpinfo()`. The only part that knows Zend.
//!
//! Two rules keep the engine's long jumps (fatal errors, timeouts, a client that goes away) from
//! doing harm: what must be released is held in a [`BailoutGuard`](ext_php_rs::zend::BailoutGuard)
//! wherever PHP code, output or an allocation may jump, and everything else calls into PHP only
//! when nothing is held.

mod call;
mod class_table;
mod convert;
mod errors;
mod failure_class;
mod fetched;
mod file_class;
mod functions;
mod handler_class;
mod info;
mod ini;
mod interfaces;
mod kernel;
mod methods;
mod module;
mod output;
mod request;
mod sapi;
mod serve;
mod upload;
mod zend;
