//! The PHP surface: classes, functions, settings, `phpinfo()`. The only part that knows Zend.
//!
//! The engine's long jumps (fatal errors, timeouts, a client that goes away) do no harm because each call
//! into it goes through [`bailout::guarded`]: whoever makes one asks afterwards whether anything waits
//! ([`zend::exception_pending`]), and goes back if so. No lock is held across such a call all the same: the
//! PHP code may use the cluster itself.

mod bailout;
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
mod known;
mod methods;
mod module;
mod output;
mod request;
mod sapi;
mod serve;
mod upload;
mod value;
mod zend;
