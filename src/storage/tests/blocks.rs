//! Statements that go together in one message, and the same on servers that know no blocks.

use super::server::{Database, Tables, bytes, on_all};
use crate::storage::Name;
use crate::storage::claims::{Claimed, Seen};
use crate::storage::source::Memory;
use crate::storage::write::Description;

const DESCRIPTION: Description<'static> = Description {
    datatype: b"text/plain",
    scope: b"test",
    mtime: 1_700_000_000,
};

fn name(name: &str) -> Name {
    Name::new(name.as_bytes())
}

/// Statements that some work sends to the server, a block being one.
fn messages(database: &Database, work: impl FnOnce(&Database)) -> i64 {
    const OWN: &str = "SELECT VARIABLE_VALUE FROM information_schema.SESSION_STATUS \
        WHERE VARIABLE_NAME = 'QUESTIONS'";
    let asked = |database: &Database| {
        let mut lease = database.store.pool().checkout().unwrap();
        let rows = lease.session().unwrap().query_rows(OWN).unwrap();
        let cell = rows.into_iter().flatten().flatten().next().unwrap();
        String::from_utf8(cell).unwrap().parse::<i64>().unwrap()
    };
    let before = asked(database);
    work(database);
    asked(database) - before - 1
}

/// Nobody holds the lock of the claim for this file.
fn is_free(database: &mut Database, real: &str) -> bool {
    let lock = database.store.lock_of_for_tests(&name(real));
    let rows = database
        .admin
        .query_rows(&format!("SELECT IS_FREE_LOCK('{lock}')"));
    rows.unwrap().into_iter().flatten().flatten().eq([b"1"])
}

/// Stores, replaces, copies and renames a file, and makes one under a claim: what is there then, and the
/// messages that each took.
fn everything(tables: Tables, blocks: bool) -> (Vec<(String, Vec<u8>)>, Vec<i64>) {
    let mut database = Database::new(tables);
    if !blocks {
        let mut lease = database.store.pool().checkout().unwrap();
        lease.session().unwrap().take_no_blocks();
    }
    database.put("a", b"old");
    let counts = vec![
        messages(&database, |database| {
            database.put("a", b"new");
        }),
        messages(&database, |database| {
            assert!(database.store.copy(&name("a"), &name("b")).unwrap());
        }),
        messages(&database, |database| {
            assert!(database.store.rename(&name("a"), &name("c")).unwrap());
        }),
        messages(&database, |database| {
            let Claimed::Granted(claim) = database.store.claim(&name("d"), Seen::Nothing, 60).unwrap() else {
                panic!("not granted")
            };
            let made = database
                .store
                .finish_with(&claim, DESCRIPTION, &mut Memory::new(b"made"));
            assert!(made.unwrap().is_some());
        }),
    ];
    assert!(is_free(&mut database, "d"));
    if !blocks {
        // Such servers may refuse to prepare it.
        let mut lease = database.store.pool().checkout().unwrap();
        let prepared = lease.session().unwrap().prepared();
        assert!(
            prepared.len() > 5 && !prepared.contains(&"START TRANSACTION"),
            "{prepared:?}"
        );
    }
    let files = database.live().into_iter().map(|name| {
        let bytes = database.get(&name).unwrap();
        (name, bytes)
    });
    (files.collect(), counts)
}

#[test]
fn a_block_does_what_its_statements_do_in_fewer_messages() {
    on_all(|tables| {
        let (files, together) = everything(tables, true);
        let expected = [("b", "new"), ("c", "new"), ("d", "made")];
        let expected = expected.map(|(name, bytes)| (name.to_owned(), bytes.as_bytes().to_vec()));
        assert_eq!(files, expected);
        let (files, one_by_one) = everything(tables, false);
        assert_eq!(files, expected);
        let expected = if tables.is_hash() {
            ([2, 3, 2, 3], [6, 8, 9, 7])
        } else {
            ([2, 3, 2, 3], [5, 6, 6, 7])
        };
        assert_eq!(
            (together.as_slice(), one_by_one.as_slice()),
            (&expected.0[..], &expected.1[..]),
            "{tables:?}"
        );
    });
}

#[test]
fn a_lock_goes_with_the_commit_and_stays_without_one() {
    for blocks in [true, false] {
        let mut database = Database::new(Tables::Install);
        database.put("a", b"old");
        let lock = database.store.lock_of_for_tests(&name("a"));
        let mut lease = database.store.pool().checkout().unwrap();
        let session = lease.session().unwrap();
        if !blocks {
            session.take_no_blocks();
        }
        session
            .query_rows(&format!("SELECT GET_LOCK('{lock}', 0)"))
            .unwrap();
        let id = session.took_lock(&lock);
        for ending in ["rolled back", "another transaction", "committed"] {
            session.begin();
            session
                .query("UPDATE ezdbfile SET scope = CONCAT(scope, '+')")
                .unwrap();
            if ending != "another transaction" {
                session.release_lock_on_commit(id);
            }
            if ending == "rolled back" {
                session.rollback().unwrap();
            } else {
                session.commit().unwrap();
            }
            // Without blocks it is given back by itself.
            let stays = ending != "committed" || !blocks;
            assert_eq!(session.holds(id), stays, "{ending}, blocks: {blocks}");
            assert_eq!(is_free(&mut database, "a"), !stays, "{ending}, blocks: {blocks}");
        }
        session.release_lock(id).unwrap();
        assert!(!session.holds(id) && is_free(&mut database, "a"));
        drop(lease);
        let scopes = database.admin.query_rows("SELECT scope FROM ezdbfile").unwrap();
        assert_eq!(scopes, [[Some(b"test++".to_vec())]]);
    }
}

#[test]
fn a_lock_that_went_with_the_commit_is_not_given_back_for_another_of_its_name() {
    let mut database = Database::new(Tables::Install);
    let lock = database.store.lock_of_for_tests(&name("a"));
    let get = format!("SELECT GET_LOCK('{lock}', 0)");
    let pool = database.store.pool().clone();
    let mut lease = pool.checkout().unwrap();
    let session = lease.session().unwrap();
    session.query_rows(&get).unwrap();
    let first = session.took_lock(&lock);
    session.begin();
    session.query("UPDATE ezdbfile SET scope = 'x'").unwrap();
    session.release_lock_on_commit(first);
    session.commit().unwrap();
    session.query_rows(&get).unwrap();
    let second = session.took_lock(&lock);
    // As the end of a generation does, after another thread has begun one on the same connection.
    pool.release_lock(first);
    drop(lease);
    assert!(!is_free(&mut database, "a"));
    pool.release_lock(second);
    assert!(is_free(&mut database, "a"));
}

#[test]
fn bytes_that_go_with_a_block_arrive_as_they_are_in_every_character_set() {
    on_all(|tables| {
        let database = Database::new(tables);
        // Each byte before each one that SQL has a use for.
        let pairs: Vec<u8> = (0..=255)
            .flat_map(|first| [0, b'\n', 26, b'"', b'\'', b'\\', b'?'].map(|second| [first, second]))
            .flatten()
            .collect();
        for charset in ["utf8mb4", "utf8mb3", "latin1", "gbk", "big5", "sjis"] {
            let (_proxy, store) = database.behind_proxy(|settings| settings.charset = charset.into());
            for bytes in pairs.chunks(1500) {
                store
                    .put(&name("a"), DESCRIPTION, &mut Memory::new(bytes))
                    .unwrap();
                assert_eq!(database.get("a").as_deref(), Some(bytes), "{tables:?}, {charset}");
            }
            store.pool().close();
        }
    });
}

#[test]
fn a_statement_that_fails_leaves_all_as_it_was_on_the_same_connection() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let signal = "SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'not today'";
        // Beside the COMMIT, and with values that go ahead of their statement.
        for length in [3, 1_000_000] {
            database.put("a", b"old");
            let trigger =
                format!("CREATE TRIGGER refuse BEFORE INSERT ON ezdbfile_data FOR EACH ROW {signal}");
            database.admin.query(&trigger).unwrap();
            let refused = database
                .store
                .put(&name("a"), DESCRIPTION, &mut Memory::new(&bytes(length, 1)));
            let message = refused.unwrap_err().to_string();
            assert!(
                message.contains("while storing a file") && message.contains("not today"),
                "{message}"
            );
            assert!(database.store.copy(&name("a"), &name("b")).is_err(), "{tables:?}");
            database.admin.query("DROP TRIGGER refuse").unwrap();
            assert_eq!(database.live(), ["a"], "{tables:?}");
            assert_eq!(database.get("a"), Some(b"old".to_vec()), "{tables:?}");
            let stats = database.store.pool().stats();
            assert_eq!((stats.connects, stats.idle), (1, 1), "{tables:?}, {stats:?}");
            database.put("a", &bytes(length, 2));
            assert!(
                database.get("a") == Some(bytes(length, 2)),
                "{tables:?}, {length}"
            );
        }
    });
}
