//! What the kernel expects of a cluster file handler, apart from how PHP asks for it.

pub mod cache;
pub mod expiry;
pub mod local;
pub mod metadata_cache;
pub mod path;
pub mod serve;
pub mod temporary;
