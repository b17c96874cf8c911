//! The storage core against a real server, in a database of its own for each test, on the tables
//! of the seed document, on those of eZ Publish 4.x, and on those that `install` makes.
//!
//! `php-tests/run.sh cargo` starts the server and says where it is.

mod at_once;
mod atomic;
mod binlog;
mod blocks;
mod check;
mod claims;
mod commit;
mod costly;
mod faults;
mod files;
mod hash;
mod held;
mod killed;
mod limits;
mod line;
mod matching;
mod migrate;
mod own_server;
mod pool;
mod proxy;
mod rows;
mod server;
mod walk;
