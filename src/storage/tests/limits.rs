//! A server that is full, at its limits, or refuses.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::own_server::{OwnServer, is_root, skipped};
use super::server::{bytes, eventually, read};
use crate::config::Tls;
use crate::error::{Error, Result};
use crate::mysql::Connection;
use crate::storage::install::Kind;
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
    let server = OwnServer::start(&["--innodb-lock-wait-timeout=1"]);
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
}

#[test]
fn a_server_that_turns_read_only_refuses_with_words_and_keeps_the_file() {
    let server = OwnServer::start(&[]);
    let store = server.store_with(|_| {});
    put(&store, b"old").unwrap();
    let mut admin = server.admin();
    admin.query("SET GLOBAL read_only = 1").unwrap();
    let refused = put(&store, b"new").unwrap_err();
    assert_eq!(refused.mysql().unwrap().code, 1290, "{refused}");
    assert!(store.copy(&name(), &Name::new(b"b")).is_err());
    assert!(store.rename(&name(), &Name::new(b"b")).is_err());
    assert_clean(&server, &store, b"old");
    admin.query("SET GLOBAL read_only = 0").unwrap();
    put(&store, b"new").unwrap();
    assert_clean(&server, &store, b"new");
    assert_eq!(store.pool().stats().connects, 1);
}

#[test]
fn messages_keep_to_what_the_server_takes() {
    let server = OwnServer::start(&["--max-allowed-packet=64K"]);
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
    assert_eq!(server.number("SELECT COUNT(*) FROM ezdbfile_data"), 1);
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
    assert!(server.number("SELECT COUNT(*) FROM ezdbfile_data") > 15);
    assert_clean(&server, &store, &file);
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

#[test]
fn a_server_whose_disk_is_full_refuses_and_keeps_the_file() {
    const TEST: &str = "a server whose disk is full";
    if !is_root() {
        return skipped(TEST, "mounting a small file system takes root");
    }
    let mut can_mount = true;
    let server = OwnServer::start_on(Kind::Id, &["--innodb-file-per-table=1"], |directory| {
        let place = small_file_system(directory);
        can_mount = place.is_some();
        place
    });
    if !can_mount {
        return skipped(TEST, "a small file system cannot be mounted here");
    }
    let store = server.store_with(|_| {});
    let file = bytes(1_000_000, 5);
    put(&store, &file).unwrap();
    let refused = put(&store, &bytes(250_000_000, 6)).unwrap_err();
    let code = refused.mysql().map(|error| error.code);
    // ER_DISK_FULL, ER_ERROR_ON_WRITE, ER_GET_ERRNO, ER_RECORD_FILE_FULL
    assert!(
        matches!(code, Some(1021 | 1026 | 1030 | 1114)),
        "{refused}: {code:?}"
    );
    assert_clean(&server, &store, &file);
    let smaller = bytes(2_000_000, 7);
    put(&store, &smaller).unwrap();
    assert_clean(&server, &store, &smaller);
}
