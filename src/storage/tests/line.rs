//! The line to the server is cut, silent, slow, or ends in the middle of a message, in every phase.

use std::sync::Arc;
use std::time::Duration;

use super::proxy::{Proxy, What, When};
use super::server::{Database, Tables, bytes, environment, on_own, read};
use crate::config::Tls;
use crate::error::Error;
use crate::storage::claims::{Claimed, Seen};
use crate::storage::list::{Listed, Wanted};
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"x",
    scope: b"x",
    mtime: 7,
};
/// Losing a connection with and without a word.
const LOSSES: [What; 2] = [What::Cut, What::Silence];
const SLOW: What = What::Delay(Duration::from_millis(300));

fn name() -> Name {
    Name::new(b"a")
}

/// A file of a megabyte, and a store behind a proxy that has a connection and knows the tables.
fn prepared(tables: Tables) -> (Database, Proxy, Arc<Store>) {
    let database = Database::new(tables);
    database.put("a", &bytes(1_000_000, 1));
    let (proxy, store) = database.behind_proxy(|settings| {
        settings.connect_timeout = 1;
    });
    assert!(store.find(&name()).unwrap().is_some());
    (database, proxy, store)
}

/// Nothing is on loan, and the server has this store's one connection and no transaction.
fn assert_at_rest(database: &mut Database, store: &Store, case: &str) {
    let stats = store.pool().stats();
    assert_eq!(stats.open, stats.idle, "{case}: {stats:?}");
    store.pool().close();
    database.store.pool().close();
    let begun = std::time::Instant::now();
    while !database.connections().is_empty() {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "{case}: connections stay on the server"
        );
        std::thread::yield_now();
    }
}

#[test]
fn a_connection_that_cannot_be_made_at_first_is_tried_again() {
    on_own(|tables| {
        for what in [What::Cut, What::Silence, SLOW] {
            // Before the server's greeting, in it, before the log-in, in the answer to that, and in
            // what is set on every new connection.
            for when in [
                When::Connecting,
                When::Down(0),
                When::Up(0),
                When::Down(100),
                When::Before("SET "),
                When::Answer("SET "),
            ] {
                if what == SLOW && matches!(when, When::Answer(_)) {
                    continue;
                }
                // Silence costs time, and the tables have no part in it.
                if what == What::Silence && tables.is_hash() && when != When::Connecting {
                    continue;
                }
                let case = format!("{tables:?}, {when:?}, {what:?}");
                let (mut database, proxy, store) = prepared(tables);
                store.pool().close();
                proxy.plan(when, what);
                let found = store.find(&name()).map(|found| found.map(|found| found.size));
                assert_eq!(found.unwrap(), Some(1_000_000), "{case}");
                assert_eq!(proxy.made(), 1, "{case}");
                // What was silent is told now.
                drop(proxy);
                assert_at_rest(&mut database, &store, &case);
            }
        }
    });
}

#[test]
fn a_line_that_is_lost_while_encryption_is_agreed_upon_is_tried_again() {
    for what in LOSSES {
        // The request for encryption, the server's certificates, the rest of the handshake, the log-in.
        for when in [
            When::Up(0),
            When::Down(200),
            When::Down(1500),
            When::Up(400),
            When::Up(600),
            When::Down(2500),
        ] {
            let case = format!("{when:?}, {what:?}");
            let mut database = Database::new(Tables::Install);
            database.put("a", b"abc");
            let (proxy, store) = database.behind_proxy(|settings| {
                settings.connect_timeout = 1;
                settings.tls = Some(Tls {
                    ca: format!("{}/ca.pem", environment("EZDB_TEST_TLS")),
                    cert: String::new(),
                    key: String::new(),
                    verify: true,
                });
            });
            proxy.plan(when, what);
            let found = store.find(&name()).map(|found| found.map(|found| found.size));
            assert_eq!(
                found.map_err(|error| format!("{case}: {error}")),
                Ok(Some(3)),
                "{case}"
            );
            assert_eq!(proxy.made(), 1, "{case}");
            assert!(store.cipher().unwrap().is_some());
            drop(proxy);
            assert_at_rest(&mut database, &store, &case);
        }
    }
}

#[test]
fn a_server_that_is_not_there_is_named_with_every_try() {
    on_own(|tables| {
        let (_database, proxy, store) = prepared(tables);
        store.pool().close();
        proxy.close(true);
        let error = store.find(&name()).unwrap_err();
        let Error::Connect { tries, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(tries.count(), 3);
        let message = error.to_string();
        assert!(
            message.contains("in 3 tries") && message.contains("127.0.0.1"),
            "{message}"
        );
        // Work that loses its connection, and then finds no server, tells of both.
        proxy.close(false);
        store.find(&name()).unwrap();
        proxy.plan(When::Up(0), What::CutForGood);
        let message = store.find(&name()).unwrap_err().to_string();
        assert!(message.ends_with("in 4 tries"), "{message}");
    });
}

#[test]
fn a_question_whose_answer_is_lost_is_asked_again() {
    on_own(|tables| {
        for what in [What::Cut, What::Silence, SLOW] {
            for when in [When::Up(0), When::Up(40), When::Down(0), When::Down(30)] {
                let case = format!("{tables:?}, {when:?}, {what:?}");
                let (mut database, proxy, store) = prepared(tables);
                proxy.plan(when, what);
                let found = store.find(&name()).unwrap().unwrap();
                assert_eq!(found.size, 1_000_000, "{case}");
                let wanted = Wanted::default();
                let mut names = store.list(&wanted).unwrap();
                assert_eq!(
                    names.next_name().unwrap(),
                    Listed::Next(b"a".as_slice()),
                    "{case}"
                );
                assert_eq!(names.next_name().unwrap(), Listed::End, "{case}");
                drop(names);
                assert_eq!(proxy.made(), 1, "{case}");
                drop(proxy);
                assert_at_rest(&mut database, &store, &case);
            }
        }
    });
}

#[test]
fn a_file_that_breaks_off_is_an_error_after_whole_blocks_and_the_next_read_works() {
    on_own(|tables| {
        for what in [What::Cut, What::Silence] {
            // Beyond the first row, which is still read again without notice.
            for limit in [200_000, 500_000, 999_000] {
                let case = format!("{tables:?}, {limit}, {what:?}");
                let (mut database, proxy, store) = prepared(tables);
                proxy.plan(When::Down(limit), what);
                let mut reader = store.open(&name()).unwrap().unwrap();
                let mut got = Vec::new();
                let error = loop {
                    match reader.next_block() {
                        Ok(Some(block)) => got.extend_from_slice(block),
                        Ok(None) => panic!("{case}: it ended"),
                        Err(error) => break error,
                    }
                };
                assert!(
                    matches!(
                        error,
                        Error::Database {
                            doing: "reading file data",
                            ..
                        }
                    ),
                    "{case}: {error:?}"
                );
                assert!(
                    got.len() < 1_000_000 && bytes(1_000_000, 1).starts_with(&got),
                    "{case}"
                );
                drop(reader);
                assert_eq!(proxy.made(), 1, "{case}");
                assert_eq!(read(&store, "a"), Some(bytes(1_000_000, 1)), "{case}");
                // All at once, into memory.
                proxy.plan(When::Down(limit), what);
                let mut reader = store.open(&name()).unwrap().unwrap();
                let mut room = vec![0_u8; 1_000_000];
                let broken = reader.read_into(room.as_mut_slice().into());
                assert!(
                    matches!(broken, Err(Error::Database { .. })),
                    "{case}: {broken:?}"
                );
                drop(reader);
                assert_eq!(read(&store, "a"), Some(bytes(1_000_000, 1)), "{case}");
                drop(proxy);
                assert_at_rest(&mut database, &store, &case);
            }
        }
    });
}

#[test]
fn a_slow_line_delivers_all() {
    on_own(|tables| {
        let (_database, proxy, store) = prepared(tables);
        for limit in [70_000, 500_000, 999_000] {
            proxy.plan(When::Down(limit), SLOW);
            assert_eq!(read(&store, "a"), Some(bytes(1_000_000, 1)));
        }
        assert_eq!((proxy.made(), store.pool().stats().connects), (3, 1));
    });
}

/// How the transaction of a store begins.
fn start(tables: Tables) -> &'static str {
    if tables.is_hash() {
        "BEGIN NOT ATOMIC SELECT "
    } else {
        "BEGIN NOT ATOMIC START TRANSACTION; INSERT INTO ezdbfile "
    }
}

#[test]
fn a_slow_line_stores_all_and_keeps_its_claims() {
    on_own(|tables| {
        let (mut database, proxy, store) = prepared(tables);
        let places = [
            When::Before(start(tables)),
            When::Up(100_000),
            When::Up(2_000_000),
            When::BeforeRunning("COMMIT"),
            When::Down(0),
        ];
        for (when, seed) in places.into_iter().zip(2..) {
            proxy.plan(when, SLOW);
            let new = bytes(3_000_000, seed);
            store.put(&name(), DESCRIPTION, &mut Memory::new(&new)).unwrap();
            assert_eq!(database.get("a"), Some(new), "{when:?}");
            assert_eq!(database.chunks(), 46, "{when:?}");
        }
        for when in [When::Up(0), When::Down(0)] {
            proxy.plan(when, SLOW);
            let Claimed::Granted(claim) = store.claim(&name(), Seen::Anything, 60).unwrap() else {
                panic!("{when:?}: not granted")
            };
            assert!(store.renew(&claim).unwrap());
            assert!(!database.store.await_claim(&name()).unwrap());
            store.release(&claim).unwrap();
            let Claimed::Granted(claim) = database.store.claim(&name(), Seen::Anything, 60).unwrap() else {
                panic!("{when:?}: not granted")
            };
            proxy.plan(when, SLOW);
            assert!(!store.await_claim(&name()).unwrap(), "{when:?}");
            database.store.release(&claim).unwrap();
        }
        assert_eq!((proxy.made(), store.pool().stats().connects), (9, 1));
        assert_at_rest(&mut database, &store, "slow");
    });
}

#[test]
fn a_store_that_loses_its_line_is_done_again_whole_and_once() {
    on_own(|tables| {
        for what in LOSSES {
            let places = [
                When::Up(0),
                When::Down(0),
                When::Before(start(tables)),
                When::Answer(start(tables)),
                When::BeforeRunning("INSERT INTO ezdbfile "),
                When::AnswerRunning("INSERT INTO ezdbfile "),
                When::Answer("INSERT INTO ezdbfile_data"),
                When::Up(100_000),
                When::Up(2_000_000),
                When::Up(2_999_000),
            ];
            for when in places {
                let case = format!("{tables:?}, {when:?}, {what:?}");
                let (mut database, proxy, store) = prepared(tables);
                proxy.plan(when, what);
                let new = bytes(3_000_000, 2);
                store.put(&name(), DESCRIPTION, &mut Memory::new(&new)).unwrap();
                assert_eq!(proxy.made(), 1, "{case}");
                assert_eq!(database.get("a"), Some(new), "{case}");
                assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1, "{case}");
                assert_eq!(database.chunks(), 46, "{case}");
                drop(proxy);
                assert_at_rest(&mut database, &store, &case);
            }
        }
    });
}

#[test]
fn a_store_that_loses_its_line_twice_leaves_the_old_version_and_tells_of_both() {
    on_own(|tables| {
        let (mut database, proxy, store) = prepared(tables);
        proxy.plan(When::Up(2_000_000), What::Cut);
        proxy.plan(When::Up(4_000_000), What::Cut);
        let lost = store.put(&name(), DESCRIPTION, &mut Memory::new(&bytes(3_000_000, 2)));
        let message = lost.unwrap_err().to_string();
        assert!(
            message.contains("while storing a file") && message.contains("in 2 tries"),
            "{message}"
        );
        assert_eq!(database.get("a"), Some(bytes(1_000_000, 1)));
        assert_eq!(database.number("SELECT COUNT(*) FROM ezdbfile"), 1);
        assert_eq!(database.chunks(), 16);
        assert_at_rest(&mut database, &store, "lost twice");
    });
}

#[test]
fn a_claim_whose_answer_is_lost_is_not_held_by_a_ghost() {
    on_own(|tables| {
        for what in LOSSES {
            for when in [When::Up(0), When::Down(0)] {
                let case = format!("{tables:?}, {when:?}, {what:?}");
                let (mut database, proxy, store) = prepared(tables);
                // So that the claim's own statement meets the fault, not its preparation.
                let Claimed::Granted(claim) = store.claim(&name(), Seen::Anything, 60).unwrap() else {
                    panic!("not granted")
                };
                store.release(&claim).unwrap();
                proxy.plan(when, what);
                let Claimed::Granted(claim) = store.claim(&name(), Seen::Anything, 60).unwrap() else {
                    panic!("{case}: not granted")
                };
                assert_eq!(proxy.made(), 1, "{case}");
                assert!(matches!(
                    database.store.claim(&name(), Seen::Anything, 60).unwrap(),
                    Claimed::Refused { locked: true, .. }
                ));
                let new = store.finish_with(&claim, DESCRIPTION, &mut Memory::new(b"made"));
                assert!(new.unwrap().is_some(), "{case}");
                assert_eq!(database.get("a"), Some(b"made".to_vec()), "{case}");
                assert_eq!(database.live(), ["a"], "{case}");
                drop(proxy);
                assert_at_rest(&mut database, &store, &case);
            }
        }
    });
}

#[test]
fn waiting_for_a_claim_ends_when_the_line_does() {
    on_own(|tables| {
        for what in LOSSES {
            let (mut database, proxy, store) = prepared(tables);
            let Claimed::Granted(claim) = database.store.claim(&name(), Seen::Anything, 60).unwrap() else {
                panic!("not granted")
            };
            assert!(!store.await_claim(&name()).unwrap());
            proxy.plan(When::Up(0), what);
            // It is waited again on a new connection.
            assert!(!store.await_claim(&name()).unwrap());
            assert_eq!(proxy.made(), 1);
            database.store.release(&claim).unwrap();
            assert!(store.await_claim(&name()).unwrap());
            drop(proxy);
            assert_at_rest(&mut database, &store, &format!("{what:?}"));
        }
    });
}
