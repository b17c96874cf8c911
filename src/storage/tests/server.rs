//! A database for a test, removed when the test is over.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

use super::proxy::Proxy;
use crate::config::{Secret, Settings};
use crate::mysql::{Connection, Options};
use crate::storage::install::Kind;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

/// The two statements of the document that the project comes from, as they stand there.
const SEED: [&str; 2] = [
    "CREATE TABLE `ezdbfile` (
  `id` mediumint(8) unsigned NOT NULL auto_increment,
  `datatype` varchar(60) NOT NULL default 'application/octet-stream',
  `name` varchar(255) NOT NULL default '',
  `name_hash` varchar(34) NOT NULL default '',
  `scope` varchar(20) NOT NULL default '',
  `size` bigint(20) unsigned NOT NULL default '1024',
  `mtime` int(11) NOT NULL default '0',
  PRIMARY KEY  (`id`),
  KEY `ezdbfile_name` (`name`),
  KEY `ezdbfile_name_hash` (`name_hash`)
) ENGINE=InnoDB",
    "CREATE TABLE `ezdbfile_data` (
  `id` mediumint(8) unsigned NOT NULL auto_increment,
  `masterid` mediumint(8) unsigned NOT NULL default '0',
  `filedata` blob NOT NULL,
  PRIMARY KEY  (`id`),
  KEY `master_idx` (`masterid`)
) ENGINE=InnoDB",
];

/// Tables as eZ Publish 4.x made them.
const HASH: [&str; 2] = [
    "CREATE TABLE `ezdbfile` (
  `datatype` varchar(60) NOT NULL default 'application/octet-stream',
  `name` text NOT NULL,
  `name_trunk` text NOT NULL,
  `name_hash` varchar(34) NOT NULL default '',
  `scope` varchar(20) NOT NULL default '',
  `size` bigint(20) unsigned NOT NULL,
  `mtime` int(11) NOT NULL default '0',
  `expired` bool NOT NULL default '0',
  `status` tinyint(1) NOT NULL default '0',
  PRIMARY KEY (`name_hash`),
  KEY `ezdbfile_name` (`name`(250)),
  KEY `ezdbfile_name_trunk` (`name_trunk`(250)),
  KEY `ezdbfile_mtime` (`mtime`),
  KEY `ezdbfile_expired_name` (`expired`,`name`(250))
) ENGINE=InnoDB",
    "CREATE TABLE `ezdbfile_data` (
  `name_hash` varchar(34) NOT NULL default '',
  `offset` int(11) unsigned NOT NULL,
  `filedata` blob NOT NULL,
  PRIMARY KEY (`name_hash`,`offset`),
  CONSTRAINT `ezdbfile_fk1` FOREIGN KEY (`name_hash`) REFERENCES `ezdbfile` (`name_hash`) ON DELETE CASCADE
) ENGINE=InnoDB",
];

/// Which tables a test gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tables {
    /// The id layout as the seed document has it.
    Seed,
    /// The id layout as `install` makes it.
    Install,
    /// The hash layout as of eZ Publish 4.x.
    Hash,
    /// The hash layout as `install` makes it.
    HashInstall,
}

impl Tables {
    pub fn is_hash(self) -> bool {
        matches!(self, Self::Hash | Self::HashInstall)
    }

    /// Own tables, which hold any name.
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Install | Self::HashInstall)
    }
}

/// A database with cluster tables.
pub struct Database {
    pub tables: Tables,
    pub store: Arc<Store>,
    pub settings: Settings,
    pub admin: Connection,
}

pub fn environment(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run the tests with php-tests/run.sh cargo"))
}

/// A connection that may do everything, in no database.
pub fn admin(database: &str) -> Connection {
    Connection::open(&Options {
        host: "localhost",
        port: 0,
        socket: &environment("EZDB_TEST_SOCKET"),
        user: &environment("EZDB_TEST_ADMIN_USER"),
        password: &environment("EZDB_TEST_ADMIN_PASSWORD"),
        database,
        charset: "utf8mb4",
        tls: None,
        connect_timeout: 5,
        read_timeout: 60,
        write_timeout: 60,
    })
    .expect("the administrator can connect")
}

impl Database {
    pub fn new(tables: Tables) -> Self {
        Self::with_chunks(tables, 65535)
    }

    pub fn with_chunks(tables: Tables, chunk_size: u64) -> Self {
        Self::with(tables, chunk_size, "utf8mb4")
    }

    /// With a default character set of the database.
    pub fn with(tables: Tables, chunk_size: u64, charset: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let database = format!("ezdb_rust_{}_{}", std::process::id(), COUNT.fetch_add(1, Relaxed));
        admin("")
            .query(&format!("CREATE DATABASE {database} CHARACTER SET {charset}"))
            .expect("a database can be made");
        let mut admin = admin(&database);
        let settings = Settings {
            socket: environment("EZDB_TEST_SOCKET"),
            user: environment("EZDB_TEST_USER"),
            password: Secret::new(environment("EZDB_TEST_PASSWORD")),
            database,
            chunk_size,
            ..Settings::default()
        };
        let store = Store::with_settings(&settings);
        match tables {
            Tables::Seed => {
                for sql in SEED {
                    admin.query(sql).expect("the seed's statements work");
                }
            }
            Tables::Hash => {
                for sql in HASH {
                    admin.query(sql).expect("the statements of 4.x work");
                }
            }
            Tables::Install => store.install(None).expect("the tables can be made"),
            Tables::HashInstall => store.install(Some(Kind::Hash)).expect("the tables can be made"),
        }
        Self {
            tables,
            store,
            settings,
            admin,
        }
    }

    /// The same database with other settings: a pool of its own, as in another process.
    pub fn store_with(&self, change: impl FnOnce(&mut Settings)) -> Arc<Store> {
        let mut settings = self.settings.clone();
        change(&mut settings);
        Store::with_settings(&settings)
    }

    /// A proxy before the server, and a store that works through it, with two seconds to wait for an
    /// answer.
    pub fn behind_proxy(&self, change: impl FnOnce(&mut Settings)) -> (Proxy, Arc<Store>) {
        let server = environment("EZDB_TEST_PORT").parse().expect("a port");
        let proxy = Proxy::to(server);
        let store = self.store_with(|settings| {
            settings.host = "127.0.0.1".into();
            settings.port = proxy.port;
            settings.read_timeout = 2;
            change(settings);
        });
        (proxy, store)
    }

    pub fn put(&self, name: &str, bytes: &[u8]) -> u64 {
        self.put_at(name, bytes, 1_700_000_000)
    }

    pub fn put_at(&self, name: &str, bytes: &[u8], mtime: i64) -> u64 {
        let description = Description {
            datatype: b"text/plain",
            scope: b"test",
            mtime,
        };
        self.store
            .put(&Name::new(name.as_bytes()), description, &mut Memory::new(bytes))
            .expect("the file is stored")
            .metadata
            .number()
    }

    pub fn get(&self, name: &str) -> Option<Vec<u8>> {
        read(&self.store, name)
    }

    /// The first cell of the first row.
    pub fn number(&mut self, sql: &str) -> i64 {
        let rows = self.admin.query_rows(sql).expect("the question is well put");
        let cell = rows[0][0].as_ref().expect("the answer is not NULL");
        String::from_utf8_lossy(cell)
            .parse()
            .expect("the answer is a number")
    }

    /// Data rows that have bytes.
    pub fn chunks(&mut self) -> i64 {
        self.number("SELECT COUNT(*) FROM ezdbfile_data WHERE filedata <> ''")
    }

    /// A statement for each of the layouts.
    pub fn query(&mut self, id: &str, hash: &str) {
        let sql = if self.tables.is_hash() { hash } else { id };
        self.admin.query(sql).expect("the statement works");
    }

    /// A statement that inserts live rows of these names without bytes: `names` is a table with one column, `name`.
    pub fn insert_names(&self, names: &str) -> String {
        let (column, value) = if self.tables.is_hash() {
            (", name_trunk", ", name")
        } else {
            ("", "")
        };
        format!(
            "INSERT INTO ezdbfile (name, name_hash, scope, size, mtime{column}) \
             SELECT name, MD5(name), 'test', 0, 5{value} FROM ({names}) names"
        )
    }

    /// A transaction of somebody else, who has the row of this name locked.
    pub fn somebody_locks(&self, name: &str) -> Connection {
        let mut other = admin(&self.settings.database);
        other.query("START TRANSACTION").expect("it can begin");
        other
            .query(&format!("UPDATE ezdbfile SET size = size WHERE name = '{name}'"))
            .expect("the row is free");
        other
    }

    /// Names of the files that are live.
    pub fn live(&mut self) -> Vec<String> {
        self.admin
            .query_rows("SELECT name FROM ezdbfile WHERE mtime >= 0 ORDER BY CAST(name AS BINARY)")
            .expect("the names can be read")
            .into_iter()
            .map(|row| String::from_utf8_lossy(row[0].as_ref().expect("a name")).into_owned())
            .collect()
    }

    /// Numbers of the store's connections on the server.
    pub fn connections(&mut self) -> Vec<i64> {
        let sql = format!(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '{}' AND USER = '{}'",
            self.settings.database, self.settings.user
        );
        let rows = self
            .admin
            .query_rows(&sql)
            .expect("the list of connections can be read");
        rows.iter()
            .map(|row| {
                String::from_utf8_lossy(row[0].as_ref().expect("a number"))
                    .parse()
                    .expect("a number")
            })
            .collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.store.pool().close();
        let _ = self
            .admin
            .query(&format!("DROP DATABASE {}", self.settings.database));
    }
}

/// The bytes of a file, block by block.
pub fn read(store: &Store, name: &str) -> Option<Vec<u8>> {
    let mut reader = store
        .open(&Name::new(name.as_bytes()))
        .expect("the file can be read")?;
    let mut bytes = Vec::new();
    while let Some(block) = reader.next_block().expect("the file is whole") {
        bytes.extend_from_slice(block);
    }
    Some(bytes)
}

/// Asks again and again until it is true, and gives up after a time that is far too long.
pub fn eventually(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what} never came");
        std::thread::yield_now();
    }
}

/// Runs a test on all kinds of tables.
pub fn on_all(test: impl Fn(Tables)) {
    on_id(&test);
    on_hash(&test);
}

/// Runs a test on the tables of the id layout.
pub fn on_id(test: impl Fn(Tables)) {
    test(Tables::Seed);
    test(Tables::Install);
}

/// Runs a test on the tables of the hash layout.
pub fn on_hash(test: impl Fn(Tables)) {
    test(Tables::Hash);
    test(Tables::HashInstall);
}

/// Runs a test on one kind of tables of each layout.
pub fn on_own(test: impl Fn(Tables)) {
    test(Tables::Install);
    test(Tables::HashInstall);
}

/// Bytes that tell where they stand.
pub fn bytes(length: usize, seed: u8) -> Vec<u8> {
    (0..length).map(|i| (i % 251) as u8 ^ seed).collect()
}
