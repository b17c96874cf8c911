//! Marking as deleted in one statement, which waits for nobody; and what is done where somebody is in the way.

use super::own_server::skipped;
use super::server::{Database, eventually, on_all, on_own};
use crate::mysql::Connection;
use crate::storage::Name;
use crate::storage::pattern::Match;

fn tree(name: &str) -> Match {
    Match::Tree(Name::new(name.as_bytes()))
}

/// A value that the pool's one connection tells.
fn told(database: &Database, sql: &str, column: usize) -> String {
    let mut lease = database.store.pool().checkout().unwrap();
    let rows = lease.session().unwrap().query_rows(sql).unwrap();
    String::from_utf8(rows[0][column].clone().unwrap()).unwrap()
}

fn selects(database: &Database) -> i64 {
    told(database, "SHOW SESSION STATUS LIKE 'Com_select'", 1)
        .parse()
        .unwrap()
}

/// Where it logs statements, the server locks gaps too, and they are found by keys.
pub fn supports_nowait(database: &Database) -> bool {
    let mut lease = database.store.pool().checkout().unwrap();
    lease.session().unwrap().supports_nowait()
}

#[test]
fn it_is_one_statement_unless_somebody_is_in_the_way() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        for name in ["a/1", "b", "c/1"] {
            database.put(name, b"x");
        }
        if !supports_nowait(&database) {
            assert_eq!(
                told(&database, "SELECT @@log_bin AND @@binlog_format = 'STATEMENT'", 0),
                "1",
                "nothing else is in the way here"
            );
            skipped(
                "it_is_one_statement_unless_somebody_is_in_the_way",
                "the server logs statements",
            );
            return;
        }
        let timeouts = "SELECT CONCAT_WS(' ', @@innodb_lock_wait_timeout, @@lock_wait_timeout)";
        let before = (told(&database, timeouts, 0), selects(&database));
        assert_eq!(database.store.expire(&tree("a")).unwrap(), 1);
        assert_eq!(database.store.expire(&tree("none")).unwrap(), 0);
        assert_eq!(selects(&database), before.1, "{tables:?}");
        let _other = database.somebody_locks("b");
        // What is behind the last name that is meant is looked at, too.
        assert_eq!(database.store.expire(&tree("a")).unwrap(), 0);
        assert_eq!(selects(&database), before.1 + 1, "{tables:?}");
        assert_eq!(database.store.expire(&tree("c")).unwrap(), 1);
        assert_eq!(selects(&database), before.1 + 1, "{tables:?}");
        assert_eq!(told(&database, timeouts, 0), before.0);
        assert_eq!(database.live(), ["b"]);
    });
}

/// As the migration has for a moment, and backups.
#[test]
fn tables_that_are_locked_for_reading_are_in_nobodys_way_where_nothing_is_to_be_marked() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"x");
        assert_eq!(database.store.expire(&tree("none")).unwrap(), 0);
        database
            .admin
            .query("LOCK TABLES ezdbfile READ, ezdbfile_data READ")
            .unwrap();
        assert_eq!(database.store.expire(&tree("none")).unwrap(), 0, "{tables:?}");
        database.admin.query("UNLOCK TABLES").unwrap();
        assert_eq!(database.live(), ["a"]);
    });
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
        let mut other = database.somebody_locks("b");
        other.query(&database.insert_names("SELECT 'a/2' name")).unwrap();
        assert_eq!(database.store.expire(&tree("a")).unwrap(), 2, "{tables:?}");
        assert_eq!(database.live(), ["b"]);
        other.query("COMMIT").unwrap();
        assert_eq!(database.live(), ["a/2", "b"]);
        assert_eq!(database.store.expire(&tree("a")).unwrap(), 1, "{tables:?}");
        assert_eq!(database.live(), ["b"]);
    });
}

/// How many files below `a` are marked by somebody who waits for rows until the other one commits.
fn expired_until_committed(database: &mut Database, other: &mut Connection) -> u64 {
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
        expired.join().unwrap().unwrap()
    })
}

#[test]
fn a_file_that_somebody_has_locked_is_marked_when_it_is_free() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        for name in ["a/1", "a/2"] {
            database.put(name, b"x");
        }
        let mut other = database.somebody_locks("a/2");
        assert_eq!(
            expired_until_committed(&mut database, &mut other),
            2,
            "{tables:?}"
        );
        assert_eq!(database.live(), Vec::<String>::new());
    });
}

/// As a claim does that becomes its file while a deletion waits for it: the content is from before the deletion.
#[test]
fn a_row_that_gets_another_of_the_names_meanwhile_is_marked() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        for name in ["a/1", "a/x.generating"] {
            database.put(name, b"x");
        }
        let mut other = database.somebody_locks("a/x.generating");
        // The bytes are of no interest here.
        other.query("SET foreign_key_checks = 0").unwrap();
        other
            .query("UPDATE ezdbfile SET name = 'a/x', name_hash = MD5('a/x') WHERE name = 'a/x.generating'")
            .unwrap();
        assert_eq!(
            expired_until_committed(&mut database, &mut other),
            2,
            "{tables:?}"
        );
        assert_eq!(database.live(), Vec::<String>::new(), "{tables:?}");
    });
}

/// Readers take a file for expired by its time alone, too.
#[test]
fn files_that_are_expired_by_their_time_alone_end_the_search() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        for name in ["a/1", "a/2", "b"] {
            database.put(name, b"x");
        }
        database
            .admin
            .query("UPDATE ezdbfile SET mtime = -1000 WHERE name = 'a/1'")
            .unwrap();
        let _other = database.somebody_locks("b");
        assert_eq!(database.store.expire(&tree("a")).unwrap(), 1, "{tables:?}");
        assert_eq!(database.live(), ["b"]);
        assert_eq!(
            database.number("SELECT mtime FROM ezdbfile WHERE name = 'a/1'"),
            -1000
        );
    });
}

#[test]
fn more_files_than_one_statement_marks_are_marked_all() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        for files in [999, 1000, 1001, 2345] {
            database.admin.query("DELETE FROM ezdbfile").unwrap();
            let names = format!("SELECT CONCAT('a/', seq) name FROM seq_1_to_{files} UNION SELECT 'ab'");
            let insert = database.insert_names(&names);
            database.admin.query(&insert).unwrap();
            assert_eq!(database.store.expire(&tree("a")).unwrap(), files, "{tables:?}");
            assert_eq!(database.live(), ["ab"]);
            assert_eq!(database.store.expire(&tree("a")).unwrap(), 0, "{tables:?}");
        }
    });
}
