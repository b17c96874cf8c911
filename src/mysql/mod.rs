//! The C client: every call of `mysqlclient-sys`, and every `unsafe` that it needs.
//!
//! Above this module there are no pointers: a [`Connection`] is asked with SQL and typed
//! parameters and answers with rows or a [`MysqlError`].

mod block;
mod connection;
mod error;
pub mod process;
mod statement;

pub use block::{Part, START_HERE};
pub use connection::{Connection, Options, client_version};
pub use error::MysqlError;
pub use statement::{Done, Fetched, Param, Room, StatementId};
