//! What goes wrong while the work is under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use super::server::{Database, Tables, admin, bytes, on_all, read};
use crate::error::{Error, Result};
use crate::storage::claims::{Claimed, Seen};
use crate::storage::list::{Listed, Wanted};
use crate::storage::source::{Memory, Source};
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"x",
    scope: b"x",
    mtime: 7,
};

/// A source that does something before its second block.
pub struct Disturbed<'a, F: FnMut() -> Result<()>> {
    pub bytes: Memory<'a>,
    pub blocks: u32,
    pub disturb: F,
}

impl<F: FnMut() -> Result<()>> Source for Disturbed<'_, F> {
    fn size(&self) -> u64 {
        self.bytes.size()
    }
    fn rewind(&mut self) -> Result<()> {
        self.blocks = 0;
        self.bytes.rewind()
    }
    fn block(&mut self, bytes: usize) -> Result<&[u8]> {
        self.blocks += 1;
        if self.blocks == 2 {
            (self.disturb)()?;
        }
        self.bytes.block(bytes)
    }
    fn verify(&mut self) -> Result<()> {
        self.bytes.verify()
    }
}

fn put_disturbed(store: &Store, name: &str, bytes: &[u8], disturb: impl FnMut() -> Result<()>) -> Result<()> {
    let mut source = Disturbed {
        bytes: Memory::new(bytes),
        blocks: 0,
        disturb,
    };
    store
        .put(&Name::new(name.as_bytes()), DESCRIPTION, &mut source)
        .map(drop)
}

#[test]
fn an_idle_connection_that_the_server_closed_is_replaced_without_notice() {
    on_all(|tables| {
        for check_after in [0, 20] {
            let mut database = Database::new(tables);
            database.store = database.store_with(|settings| settings.pool_check_after = check_after);
            database.put("a", b"one");
            for id in database.connections() {
                database.admin.query(&format!("KILL {id}")).unwrap();
            }
            while !database.connections().is_empty() {
                std::thread::yield_now();
            }
            assert_eq!(database.get("a"), Some(b"one".to_vec()));
            let stats = database.store.pool().stats();
            assert_eq!((stats.connects, stats.open), (2, 1));
            // Where its socket was looked at less than a millisecond ago, the loss shows at the first statement.
            assert_eq!(stats.dead + stats.discarded, 1);
            assert!(check_after > 0 || stats.dead == 1);
        }
    });
}

#[test]
fn a_connection_killed_in_mid_store_stores_once_and_whole() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"old");
        let new = bytes(3_000_000, 5);
        let mut kills = 1;
        let store = Arc::clone(&database.store);
        let result = put_disturbed(&store, "a", &new, || {
            if kills > 0 {
                kills -= 1;
                for id in database.connections() {
                    database.admin.query(&format!("KILL {id}")).unwrap();
                }
            }
            Ok(())
        });
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(database.get("a"), Some(new));
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
        assert_eq!(database.chunks(), 46);
    });
}

#[test]
fn a_source_that_fails_in_the_middle_leaves_the_old_version() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"old");
        let store = Arc::clone(&database.store);
        let result = put_disturbed(&store, "a", &bytes(3_000_000, 5), || {
            Err(Error::Refused("no more".into()))
        });
        assert!(matches!(result, Err(Error::Refused(_))));
        assert_eq!(database.get("a"), Some(b"old".to_vec()));
        assert_eq!(database.chunks(), 1);
        let stats = database.store.pool().stats();
        assert_eq!(
            (stats.connects, stats.open, stats.discarded),
            (1, 1, 0),
            "rolled back, not thrown away"
        );
    });
}

#[test]
fn a_deadlock_is_tried_again() {
    let mut database = Database::new(Tables::Install);
    let old = database.put("a", b"old");
    let hash = Name::new(b"a").hash().to_owned();
    let mut rival = admin(&database.settings.database);
    // The rival holds the old row, which the store is going to remove, and then wants all rows of
    // that name, the new one of the store too: a circle, whoever is last. The rival changed more
    // rows, so the server picks the store to give way.
    rival.query("START TRANSACTION").unwrap();
    rival
        .query("INSERT INTO ezdbfile (name, name_hash) SELECT CONCAT('r', seq), MD5(seq) FROM seq_1_to_1000")
        .unwrap();
    rival
        .query(&format!("UPDATE ezdbfile SET scope = 'rival' WHERE id = {old}"))
        .unwrap();
    let mut rival = Some(rival);
    let mut thread = None;
    let mut attempts = 0;
    let new = bytes(3_000_000, 5);
    let store = Arc::clone(&database.store);
    let result = put_disturbed(&store, "a", &new, || {
        attempts += 1;
        if let Some(mut rival) = rival.take() {
            let sql = format!("UPDATE ezdbfile SET scope = 'rival' WHERE name_hash = '{hash}'");
            thread = Some(std::thread::spawn(move || {
                rival.query(&sql).and_then(|_| rival.query("COMMIT"))
            }));
        }
        Ok(())
    });
    assert!(
        thread.unwrap().join().unwrap().is_ok(),
        "the rival was not the one to give way"
    );
    assert!(result.is_ok(), "{result:?}");
    assert_eq!(attempts, 2);
    assert_eq!(database.get("a"), Some(new));
    assert_eq!(
        database.number("SELECT COUNT(*) FROM ezdbfile WHERE name = 'a'"),
        1
    );
    assert_eq!(database.chunks(), 46);
}

#[test]
fn a_rename_that_meets_a_deadlock_is_done_again() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("from", b"moved");
        database.put("to", b"replaced");
        // The rival has what is replaced, and wants what is moved while the rename waits for it. The
        // rival changed more rows, so the server picks the rename to give way.
        let mut rival = admin(&database.settings.database);
        rival.query("START TRANSACTION").unwrap();
        let more = if tables.is_hash() {
            [", name_trunk", ", ''"]
        } else {
            ["", ""]
        };
        rival
            .query(&format!(
                "INSERT INTO ezdbfile (name, name_hash, size{}) SELECT CONCAT('r', seq), MD5(seq), 0{} \
                 FROM seq_1_to_1000",
                more[0], more[1]
            ))
            .unwrap();
        rival
            .query("UPDATE ezdbfile SET scope = 'rival' WHERE name_hash = MD5('to')")
            .unwrap();
        let store = Arc::clone(&database.store);
        std::thread::scope(|scope| {
            let renamed = scope.spawn(|| {
                store
                    .rename(&Name::new(b"from"), &Name::new(b"to"))
                    .expect("it is done again")
            });
            while database.number("SELECT COUNT(*) FROM information_schema.INNODB_LOCK_WAITS") == 0 {
                assert!(!renamed.is_finished(), "the rename did not wait");
                // The server makes this list anew when nobody has read it for a tenth of a second.
                std::thread::sleep(Duration::from_millis(150));
            }
            rival
                .query("UPDATE ezdbfile SET datatype = 'seen' WHERE name_hash = MD5('from')")
                .expect("the rival is not the one to give way");
            rival.query("COMMIT").unwrap();
            assert!(renamed.join().expect("the thread ends"));
        });
        assert_eq!(database.get("from"), None);
        assert_eq!(database.get("to"), Some(b"moved".to_vec()));
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile WHERE name = 'to' AND datatype = 'seen'"),
            1
        );
    });
}

#[test]
fn readers_see_whole_versions_while_writers_replace_them() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, 1000);
        let store = Arc::clone(&database.store);
        store
            .put(&Name::new(b"a"), DESCRIPTION, &mut Memory::new(&[0; 5000]))
            .unwrap();
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            for writer in 1..=3_u8 {
                let store = Arc::clone(&store);
                let stop = &stop;
                scope.spawn(move || {
                    for round in 0..40_u8 {
                        let bytes = vec![writer * 50 + round; 1000 * usize::from(1 + (round + writer) % 7)];
                        store
                            .put(&Name::new(b"a"), DESCRIPTION, &mut Memory::new(&bytes))
                            .unwrap();
                    }
                    stop.store(true, Relaxed);
                });
            }
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut reads = 0;
                    while !stop.load(Relaxed) || reads == 0 {
                        let read = read(&store, "a").expect("there is always a version");
                        assert!(
                            !read.is_empty() && read.iter().all(|byte| *byte == read[0]),
                            "a mix"
                        );
                        reads += 1;
                    }
                });
            }
        });
        let stats = store.pool().stats();
        assert_eq!(stats.open, stats.idle, "every connection came back");
    });
}

#[test]
fn a_list_given_up_in_the_middle_gives_its_connection_up() {
    on_all(|tables| {
        let database = Database::new(tables);
        for index in 0..50 {
            database.put(&format!("n{index}"), b"");
        }
        let wanted = Wanted::default();
        let mut names = database.store.list(&wanted).unwrap();
        assert!(matches!(names.next_name().unwrap(), Listed::Next(_)));
        drop(names);
        let stats = database.store.pool().stats();
        assert_eq!((stats.open, stats.discarded), (0, 1));
        assert_eq!(database.get("n7"), Some(Vec::new()));
    });
}

#[test]
fn missing_and_unknown_tables_are_named() {
    let mut database = Database::new(Tables::Install);
    database.put("a", b"x");
    database
        .admin
        .query("DROP TABLE ezdbfile_data, ezdbfile")
        .unwrap();
    let find = |database: &Database| database.store.find(&Name::new(b"a"));
    assert!(matches!(find(&database), Err(Error::NoTables { .. })));
    database.admin.query("CREATE TABLE ezdbfile (id int)").unwrap();
    database
        .admin
        .query("CREATE TABLE ezdbfile_data (id int)")
        .unwrap();
    let unknown = find(&database);
    assert!(
        matches!(&unknown, Err(Error::UnknownTable { table: "ezdbfile", reason }) if reason.contains("datatype")),
        "{unknown:?}"
    );
    assert!(database.store.install(None).is_err());
    database
        .admin
        .query("DROP TABLE ezdbfile_data, ezdbfile")
        .unwrap();
    database.store.install(None).unwrap();
    database.store.install(None).unwrap();
    assert_eq!(find(&database).unwrap(), None);
}

/// Ends every connection of the store, as an administrator does, or just what it is doing.
fn kill(database: &mut Database, what: &str) {
    for id in database.connections() {
        // It may be gone already.
        let _ = database.admin.query(&format!("KILL {what} {id}"));
    }
}

#[test]
fn an_administrator_may_kill_in_every_phase() {
    let new = bytes(3_000_000, 5);
    for what in ["CONNECTION", "QUERY"] {
        let mut database = Database::new(Tables::Install);
        database.put("a", &new);
        let store = Arc::clone(&database.store);

        // In mid-read: an error or the whole file, never a part of it.
        let mut reader = store.open(&Name::new(b"a")).unwrap().unwrap();
        let mut got = reader.next_block().unwrap().unwrap().to_vec();
        kill(&mut database, what);
        let ended = loop {
            match reader.next_block() {
                Ok(Some(block)) => got.extend_from_slice(block),
                Ok(None) => break Ok(()),
                Err(error) => break Err(error),
            }
        };
        match ended {
            Ok(()) => assert!(got == new, "{what}: a part"),
            Err(error) => assert!(
                matches!(
                    error,
                    Error::Database {
                        doing: "reading file data",
                        ..
                    }
                ),
                "{what}: {error:?}"
            ),
        }
        drop(reader);
        assert!(database.get("a").as_ref() == Some(&new), "{what}");

        // Right before COMMIT: the connection is gone, or there was nothing to end.
        let mut tries = 0;
        store
            .transaction(
                "storing a file",
                |session, _| {
                    tries += 1;
                    session.query("UPDATE ezdbfile SET scope = CONCAT(scope, '!')")?;
                    if tries == 1 {
                        kill(&mut database, what);
                    }
                    Ok(())
                },
                |session, _, ()| {
                    let rows = session.query_rows("SELECT scope FROM ezdbfile LOCK IN SHARE MODE")?;
                    Ok(rows[0][0].as_deref() == Some(b"test!"))
                },
            )
            .unwrap();
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile WHERE scope = 'test!'"),
            1,
            "{what}"
        );
        assert!(tries <= 2, "{what}");

        // In the middle of a list.
        let wanted = Wanted::default();
        let mut names = store.list(&wanted).unwrap();
        kill(&mut database, what);
        let listed = names.next_name();
        assert!(
            matches!(listed, Ok(Listed::Next(b"a")) | Err(_)),
            "{what}: {listed:?}"
        );
        drop(names);

        let stats = store.pool().stats();
        assert_eq!(stats.open, stats.idle, "{what}: {stats:?}");
        assert!(database.get("a").as_ref() == Some(&new), "{what}");
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile_data"), 46);
    }
}

#[test]
fn an_administrator_may_kill_who_waits_for_a_claim() {
    for what in ["CONNECTION", "QUERY"] {
        let mut database = Database::new(Tables::Install);
        let other = database.store_with(|settings| settings.connect_timeout += 1);
        let name = Name::new(b"a");
        let Claimed::Granted(claim) = other.claim(&name, Seen::Anything, 60).unwrap() else {
            panic!("not granted")
        };
        let store = Arc::clone(&database.store);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| store.await_claim(&name));
            let sql =
                "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'User lock'";
            let mut rows = Vec::new();
            super::server::eventually("somebody who waits", || {
                rows = database.admin.query_rows(sql).unwrap();
                !rows.is_empty() || waiting.is_finished()
            });
            if let Some(id) = rows.first().and_then(|row| row[0].clone()) {
                let id = String::from_utf8(id).unwrap();
                let _ = database.admin.query(&format!("KILL {what} {id}"));
            }
            // An error is one; that the claim has ended is not to be said.
            let waited = waiting.join().unwrap();
            assert!(!matches!(waited, Ok(true)), "{what}: {waited:?}");
        });
        other.release(&claim).unwrap();
        assert!(store.await_claim(&name).unwrap(), "{what}");
        let stats = store.pool().stats();
        assert_eq!(stats.open, stats.idle, "{what}: {stats:?}");
        other.pool().close();
    }
}
