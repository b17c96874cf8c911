//! `ezdbfile`: the cluster files of eZ Publish in MySQL or MariaDB, as a PHP extension.
//!
//! Data flows one way: PHP surface, handler semantics, storage, pool, C client. A module uses the
//! ones below it, never one above.

pub mod config;
pub mod error;
pub mod handler;
pub mod interrupt;
#[cfg(test)]
mod layers;
pub mod mysql;
// The tests have no PHP to link with.
#[cfg(not(test))]
mod php;
pub mod pool;
pub mod random;
pub mod storage;
#[cfg(test)]
mod testing;
pub mod tries;
