//! Marking as deleted in one statement, which waits for nobody; and what is done where somebody is in the way.

use super::server::{Database, admin, eventually, on_all, on_own};
use crate::mysql::Connection;
use crate::storage::Name;
use crate::storage::pattern::Match;

fn tree(name: &str) -> Match {
    Match::Tree(Name::new(name.as_bytes()))
}

/// A transaction of somebody else.
fn begin(database: &Database) -> Connection {
    let mut other = admin(&database.settings.database);
    other.query("START TRANSACTION").unwrap();
    other
}

/// If it waited, it would find them locked until the server gives up, again and again, and fail.
#[test]
fn files_beside_that_are_being_written_are_not_waited_for() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        for name in ["a/1", "a/3", "b"] {
            database.put(name, b"x");
        }
        // The name behind those that are meant, and one among them that nobody sees yet.
        let mut other = begin(&database);
        other
            .query("UPDATE ezdbfile SET size = size WHERE name = 'b'")
            .unwrap();
        let trunk = if tables.is_hash() { ", name_trunk" } else { "" };
        other
            .query(&format!(
                "INSERT INTO ezdbfile (name, name_hash, scope, size, mtime{trunk}) SELECT 'a/2', MD5('a/2'), scope, 0, 7{} \
                 FROM ezdbfile WHERE name = 'b'",
                trunk.replace("name_trunk", "'a/2'")
            ))
            .unwrap();
        assert_eq!(database.store.expire(&tree("a")).unwrap(), 2, "{tables:?}");
        assert_eq!(database.live(), ["b"]);
        other.query("COMMIT").unwrap();
        assert_eq!(database.live(), ["a/2", "b"]);
        assert_eq!(database.store.expire(&tree("a")).unwrap(), 1, "{tables:?}");
        assert_eq!(database.live(), ["b"]);
    });
}

#[test]
fn a_file_that_somebody_has_locked_is_marked_when_it_is_free() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        for name in ["a/1", "a/2"] {
            database.put(name, b"x");
        }
        let mut other = begin(&database);
        other
            .query("UPDATE ezdbfile SET size = size WHERE name = 'a/2'")
            .unwrap();
        let store = std::sync::Arc::clone(&database.store);
        std::thread::scope(|scope| {
            let expired = scope.spawn(|| store.expire(&tree("a")));
            let by_keys = format!(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = '{}' \
                 AND INFO LIKE 'UPDATE ezdbfile FORCE INDEX%'",
                database.settings.database
            );
            eventually("somebody who marks by keys", || database.number(&by_keys) == 1);
            other.query("COMMIT").unwrap();
            assert_eq!(expired.join().unwrap().unwrap(), 2, "{tables:?}");
        });
        assert_eq!(database.live(), Vec::<String>::new());
    });
}

#[test]
fn more_files_than_one_statement_marks_are_marked_all() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        let trunk = if tables.is_hash() { ", name_trunk" } else { "" };
        for files in [999, 1000, 1001, 2345] {
            database.admin.query("DELETE FROM ezdbfile").unwrap();
            database
                .admin
                .query(&format!(
                    "INSERT INTO ezdbfile (name, name_hash, scope, size, mtime{trunk}) SELECT name, MD5(name), 'test', 0, 5{} \
                     FROM (SELECT CONCAT('a/', seq) name FROM seq_1_to_{files} UNION SELECT 'ab') names",
                    trunk.replace("name_trunk", "name")
                ))
                .unwrap();
            assert_eq!(database.store.expire(&tree("a")).unwrap(), files, "{tables:?}");
            assert_eq!(database.live(), ["ab"]);
            assert_eq!(database.store.expire(&tree("a")).unwrap(), 0, "{tables:?}");
        }
    });
}
