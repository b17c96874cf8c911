//! A server that is full, at its limits, or refuses.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::faults::Disturbed;
use super::own_server::{OwnServer, in_each_layout, is_root, skipped};
use super::server::{bytes, eventually, read};
use crate::config::Tls;
use crate::error::{Error, Result};
use crate::mysql::Connection;
use crate::storage::claims::{Claimed, Seen};
use crate::storage::install::Kind;
use crate::storage::layout::Age;
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"x",
    scope: b"x",
    mtime: 7,
};

fn name() -> Name {
    Name::new(b"a")
}

fn put(store: &Store, bytes: &[u8]) -> Result<()> {
    store.put(&name(), DESCRIPTION, &mut Memory::new(bytes)).map(drop)
}

/// The file is this version, whole, and nothing else is in the tables.
fn assert_clean(server: &OwnServer, store: &Store, file: &[u8]) {
    assert!(read(store, "a").as_deref() == Some(file));
    assert_eq!(server.number("SELECT COUNT(*) FROM ezdbfile"), 1);
    assert_eq!(
        server.number("SELECT SUM(LENGTH(filedata)) FROM ezdbfile_data"),
        i64::try_from(file.len()).unwrap()
    );
    let stats = store.pool().stats();
    assert_eq!(stats.open, stats.idle, "{stats:?}");
}

#[test]
fn a_server_with_no_place_left_is_named_and_tried_again() {
    let server = OwnServer::start(&["--max-connections=10"]);
    let store = server.store_with(|settings| settings.connect_retries = 1);
    put(&store, b"old").unwrap();
    store.pool().close();
    // One more than that is kept for administrators, who take the others here.
    let mut admin = server.admin();
    eventually("the end of the closed connections", || server.connections() == 0);
    let mut crowd: Vec<Connection> = Vec::new();
    while let Ok(connection) = server.try_admin() {
        crowd.push(connection);
    }
    let refused = store.find(&name()).unwrap_err();
    let Error::Connect { tries, .. } = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!((tries.count(), tries.last().unwrap().code), (2, 1040));
    assert!(refused.to_string().contains("Too many connections"), "{refused}");
    assert_eq!(store.pool().stats().open, 0);
    // A place that comes free while it is tried again is taken.
    let patient = server.store_with(|settings| {
        settings.connect_retries = 10_000;
        settings.retry_timeout = 600;
    });
    std::thread::scope(|scope| {
        let refusals = "SHOW GLOBAL STATUS LIKE 'Connection_errors_max_connections'";
        let mut count = || -> u64 {
            let rows = admin.query_rows(refusals).unwrap();
            String::from_utf8(rows[0][1].clone().unwrap())
                .unwrap()
                .parse()
                .unwrap()
        };
        let before = count();
        let found = scope.spawn(|| read(&patient, "a"));
        eventually("a refusal", || count() > before);
        crowd.clear();
        assert_eq!(found.join().unwrap(), Some(b"old".to_vec()));
    });
    assert_clean(&server, &store, b"old");
}

#[test]
fn rows_that_others_keep_locked_are_given_up_in_time() {
    in_each_layout(|kind| {
        let server = OwnServer::start_as(kind, &["--innodb-lock-wait-timeout=1"]);
        let store = server.store_with(|settings| settings.execute_retries = 2);
        put(&store, b"old").unwrap();
        let mut rival = server.admin();
        rival.query("START TRANSACTION").unwrap();
        rival.query_rows("SELECT * FROM ezdbfile FOR UPDATE").unwrap();
        let refused = put(&store, b"new").unwrap_err();
        let Error::Conflict { tries } = &refused else {
            panic!("{refused:?}")
        };
        assert_eq!((tries.count(), tries.last().unwrap().code), (3, 1205));
        assert!(refused.to_string().ends_with("in 3 tries"), "{refused}");
        // However many tries are left, time is over.
        let hasty = server.store_with(|settings| {
            settings.execute_retries = 100;
            settings.retry_timeout = 1;
        });
        let Err(Error::Conflict { tries }) = put(&hasty, b"new") else {
            panic!("it was stored")
        };
        assert!(tries.count() <= 2, "{tries}");
        assert_clean(&server, &store, b"old");
        rival.query("COMMIT").unwrap();
        put(&store, b"new").unwrap();
        assert_clean(&server, &store, b"new");
        assert_eq!(hasty.pool().stats().idle, 1);
        assert_eq!(store.pool().stats().connects, 1, "rolled back, not thrown away");
    });
}

#[test]
fn a_stream_goes_on_when_there_is_no_place_for_what_is_used_beside_it() {
    let server = OwnServer::start(&["--max-connections=10"]);
    let store = server.store_with(|settings| settings.connect_retries = 1);
    let file = bytes(3_000_000, 1);
    put(&store, &file).unwrap();
    let mut stream = store.open(&name()).unwrap().unwrap();
    let mut got = stream.next_block().unwrap().unwrap().to_vec();
    let mut crowd: Vec<Connection> = Vec::new();
    while let Ok(connection) = server.try_admin() {
        crowd.push(connection);
    }
    for _ in 0..3 {
        let refused = put(&store, b"new").unwrap_err();
        let Error::Connect { tries, .. } = &refused else {
            panic!("{refused:?}")
        };
        assert_eq!((tries.count(), tries.last().unwrap().code), (2, 1040));
    }
    while let Some(block) = stream.next_block().unwrap() {
        got.extend_from_slice(block);
    }
    assert!(got == file);
    drop(stream);
    // The stream's connection is free now, and the only one needed.
    put(&store, b"new").unwrap();
    crowd.clear();
    assert_clean(&server, &store, b"new");
    assert_eq!(store.pool().stats().connects, 1);
}

#[test]
fn a_server_that_turns_read_only_refuses_with_words_and_keeps_the_file() {
    for kind in [Kind::Id, Kind::Hash] {
        let server = OwnServer::start_as(kind, &[]);
        let store = server.store_with(|_| {});
        put(&store, b"old").unwrap();
        let mut admin = server.admin();
        let Claimed::Granted(claim) = store.claim(&name(), Seen::Anything, 60).unwrap() else {
            panic!("not granted")
        };
        admin.query("SET GLOBAL read_only = 1").unwrap();
        let code = |error: Error| error.mysql().map(|error| error.code);
        let refused = put(&store, b"new").unwrap_err();
        assert!(refused.to_string().contains("read-only"), "{refused}");
        assert_eq!(code(refused), Some(1290));
        let other = Name::new(b"b");
        let refusals = [
            store.copy(&name(), &other).map(drop),
            store.rename(&name(), &other).map(drop),
            store.expire(&Match::Exactly(name())).map(drop),
            store.expire(&Match::Tree(name())).map(drop),
            store.claim(&other, Seen::Anything, 60).map(drop),
            store
                .finish_with(&claim, DESCRIPTION, &mut Memory::new(b"made"))
                .map(drop),
        ];
        for (index, refusal) in refusals.into_iter().enumerate() {
            assert_eq!(code(refusal.unwrap_err()), Some(1290), "{kind:?}, {index}");
        }
        assert_eq!(store.expire(&Match::Tree(other.clone())).unwrap(), 0, "{kind:?}");
        assert_eq!(read(&store, "a"), Some(b"old".to_vec()));
        // Nothing of the refused claim is in anybody's way, and the other one can still be finished.
        admin.query("SET GLOBAL read_only = 0").unwrap();
        let Claimed::Granted(next) = store.claim(&other, Seen::Anything, 60).unwrap() else {
            panic!("not granted")
        };
        store.release(&next).unwrap();
        let made = store.finish_with(&claim, DESCRIPTION, &mut Memory::new(b"made"));
        assert!(made.unwrap().is_some());
        assert_clean(&server, &store, b"made");

        // In mid-store.
        let new = bytes(3_000_000, 2);
        let mut stored = Disturbed {
            bytes: Memory::new(&new),
            blocks: 0,
            disturb: || {
                admin.query("SET GLOBAL read_only = 1").unwrap();
                Ok(())
            },
        };
        let refused = store.put(&name(), DESCRIPTION, &mut stored).map(drop);
        assert_eq!(code(refused.unwrap_err()), Some(1290), "{kind:?}");
        assert_clean(&server, &store, b"made");
        admin.query("SET GLOBAL read_only = 0").unwrap();
        put(&store, b"new").unwrap();
        assert_clean(&server, &store, b"new");
        assert_eq!(store.pool().stats().connects, 1);
    }
}

#[test]
fn a_source_that_is_slower_than_the_servers_patience_is_stored_whole() {
    for kind in [Kind::Id, Kind::Hash] {
        for patience in ["wait_timeout", "idle_transaction_timeout"] {
            let server = OwnServer::start_as(kind, &[]);
            let store = server.store_with(|_| {});
            put(&store, b"old").unwrap();
            store.pool().close();
            server
                .admin()
                .query(&format!("SET GLOBAL {patience} = 1"))
                .unwrap();
            let new = bytes(3_000_000, 2);
            let mut first = true;
            let mut slow = Disturbed {
                bytes: Memory::new(&new),
                blocks: 0,
                disturb: || {
                    if std::mem::take(&mut first) {
                        eventually("the end of the server's patience", || server.connections() == 0);
                    }
                    Ok(())
                },
            };
            store.put(&name(), DESCRIPTION, &mut slow).unwrap();
            assert_clean(&server, &store, &new);
            assert_eq!(store.pool().stats().connects, 3, "{kind:?}, {patience}");
        }
    }
}

#[test]
fn messages_keep_to_what_the_server_takes() {
    in_each_layout(|kind| {
        let server = OwnServer::start_as(kind, &["--max-allowed-packet=64K"]);
        let store = server.store_with(|settings| settings.chunk_size = 10_000_000);
        let file = bytes(1_000_000, 4);
        put(&store, &file).unwrap();
        assert_clean(&server, &store, &file);
        // Larger at first, then smaller: rows that were written stay readable or are an error, never
        // a part; writing keeps to the new limit.
        let mut admin = server.admin();
        admin.query("SET GLOBAL max_allowed_packet = 16777216").unwrap();
        store.pool().close();
        put(&store, &file).unwrap();
        assert_eq!(
            server.number("SELECT COUNT(*) FROM ezdbfile_data WHERE filedata <> ''"),
            1
        );
        admin.query("SET GLOBAL max_allowed_packet = 65536").unwrap();
        store.pool().close();
        let read_back = store.open(&name()).and_then(|reader| {
            let mut reader = reader.expect("there is a row");
            let mut got = Vec::new();
            while let Some(block) = reader.next_block()? {
                got.extend_from_slice(block);
            }
            Ok(got)
        });
        match read_back {
            Ok(got) => assert!(got == file),
            Err(error) => assert!(matches!(error, Error::Database { .. }), "{error:?}"),
        }
        put(&store, &file).unwrap();
        assert!(server.number("SELECT COUNT(*) FROM ezdbfile_data WHERE filedata <> ''") > 15);
        assert_clean(&server, &store, &file);
    });
}

#[test]
fn a_server_that_does_not_encrypt_is_refused_when_encryption_is_asked_for() {
    let server = OwnServer::start(&["--skip-ssl"]);
    let plain = server.store_with(|_| {});
    put(&plain, b"old").unwrap();
    let authority = format!("{}/ca.pem", super::server::environment("EZDB_TEST_TLS"));
    for verify in [true, false] {
        let store = server.store_with(|settings| {
            settings.tls = Some(Tls {
                ca: authority.clone(),
                cert: String::new(),
                key: String::new(),
                verify,
            });
        });
        let refused = put(&store, b"new").unwrap_err();
        assert!(matches!(refused, Error::Connect { .. }), "{refused:?}");
        let message = refused.to_string();
        assert!(
            message.contains("SSL") || message.contains("TLS") || message.contains("does not encrypt"),
            "{message}"
        );
        assert_eq!(store.pool().stats().open, 0);
    }
    assert_clean(&server, &plain, b"old");
    eventually("the end of connections in the clear", || {
        server.connections() == 1
    });
}

/// A small file system, where one can be mounted.
fn small_file_system(directory: &Path) -> Option<PathBuf> {
    let place = directory.join("small");
    std::fs::create_dir(&place).expect("a directory can be made");
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=190m", "tmpfs"])
        .arg(&place)
        .status()
        .is_ok_and(|status| status.success());
    mounted.then_some(place)
}

/// A server in this layout whose disk is small; says so and is none where that cannot be had.
fn small_server(kind: Kind) -> Option<OwnServer> {
    const TEST: &str = "a server whose disk is full";
    if !is_root() {
        skipped(TEST, "mounting a small file system takes root");
        return None;
    }
    let mut can_mount = true;
    let server = OwnServer::start_on(kind, &["--innodb-file-per-table=1"], |directory| {
        let place = small_file_system(directory);
        can_mount = place.is_some();
        place
    });
    if !can_mount {
        skipped(TEST, "a small file system cannot be mounted here");
    }
    can_mount.then_some(server)
}

fn assert_says_that_the_disk_is_full(refused: &Error) {
    let code = refused.mysql().map(|error| error.code);
    // ER_DISK_FULL, ER_ERROR_ON_WRITE, ER_GET_ERRNO, ER_RECORD_FILE_FULL
    assert!(
        matches!(code, Some(1021 | 1026 | 1030 | 1114)),
        "{refused}: {code:?}"
    );
}

#[test]
fn a_server_whose_disk_is_full_refuses_and_keeps_the_file() {
    for kind in [Kind::Id, Kind::Hash] {
        let Some(server) = small_server(kind) else { return };
        let store = server.store_with(|_| {});
        let file = bytes(1_000_000, 5);
        put(&store, &file).unwrap();
        let refused = put(&store, &bytes(250_000_000, 6)).unwrap_err();
        assert_says_that_the_disk_is_full(&refused);
        assert_clean(&server, &store, &file);
        let smaller = bytes(2_000_000, 7);
        put(&store, &smaller).unwrap();
        assert_clean(&server, &store, &smaller);
    }
}

#[test]
fn copies_and_generations_that_a_full_disk_ends_leave_nothing() {
    for kind in [Kind::Id, Kind::Hash] {
        let Some(server) = small_server(kind) else { return };
        let store = server.store_with(|_| {});
        let file = bytes(30_000_000, 5);
        put(&store, &file).unwrap();
        let mut copies = Vec::new();
        let refused = loop {
            let copy = format!("copy{}", copies.len());
            match store.copy(&name(), &Name::new(copy.as_bytes())) {
                Ok(copied) => assert!(copied),
                Err(error) => break error,
            }
            copies.push(copy);
            assert!(copies.len() < 20, "the disk has no end");
        };
        assert_says_that_the_disk_is_full(&refused);
        let rows = |server: &OwnServer| {
            (
                server.number("SELECT COUNT(*) FROM ezdbfile"),
                server.number("SELECT SUM(LENGTH(filedata)) FROM ezdbfile_data"),
            )
        };
        let whole = i64::try_from(copies.len() + 1).unwrap();
        assert_eq!(rows(&server), (whole, whole * 30_000_000));
        // What a claim makes does not fit either; the claim itself does, or is refused for the same reason.
        match store.claim(&name(), Seen::Anything, 60) {
            Ok(Claimed::Granted(claim)) => {
                let made = store.finish_with(&claim, DESCRIPTION, &mut Memory::new(&bytes(40_000_000, 6)));
                assert_says_that_the_disk_is_full(&made.unwrap_err());
                store.release(&claim).unwrap();
            }
            Ok(other) => panic!("{other:?}"),
            Err(error) => assert_says_that_the_disk_is_full(&error),
        }
        assert_eq!(rows(&server), (whole, whole * 30_000_000));
        for copy in &copies {
            assert!(read(&store, copy).as_ref() == Some(&file), "{kind:?}, {copy}");
        }
        // There is room again.
        let found = store
            .matching(&Match::Prefixes(vec![b"copy".to_vec()]), Age::Any)
            .unwrap();
        assert_eq!(store.remove(&found, Age::Any).unwrap(), copies.len() as u64);
        let new = bytes(2_000_000, 7);
        put(&store, &new).unwrap();
        assert_clean(&server, &store, &new);
    }
}
