//! The server is killed and started again, in every phase of the work.

use std::sync::Arc;

use super::faults::Disturbed;
use super::own_server::{OwnServer, in_each_layout};
use super::server::{bytes, eventually, read};
use crate::error::{Error, Result};
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

fn name(name: &str) -> Name {
    Name::new(name.as_bytes())
}

fn put(store: &Store, path: &str, bytes: &[u8]) -> Result<()> {
    store
        .put(&name(path), DESCRIPTION, &mut Memory::new(bytes))
        .map(drop)
}

/// The file is this version, whole, and there is nothing else in the tables; the server has no
/// connections but those that the store knows of.
fn assert_clean(server: &OwnServer, store: &Store, file: &[u8]) {
    assert_eq!(read(store, "a").as_deref(), Some(file));
    assert_eq!(server.number("SELECT COUNT(*) FROM ezdbfile"), 1);
    assert_eq!(
        server.number("SELECT SUM(LENGTH(filedata)) FROM ezdbfile_data"),
        i64::try_from(file.len()).unwrap()
    );
    let stats = store.pool().stats();
    assert_eq!(stats.open, stats.idle, "{stats:?}");
    // One that died at rest counts until somebody wants it.
    let leases: Vec<_> = (0..stats.idle)
        .map(|_| store.pool().checkout().unwrap())
        .collect();
    drop(leases);
    eventually("as many connections as there were", || {
        server.connections() == i64::try_from(store.pool().stats().open).unwrap()
    });
}

#[test]
fn a_killed_server_loses_nothing_in_any_phase() {
    in_each_layout(|kind| {
        let mut server = OwnServer::start_as(kind, &[]);
        let store = server.store_with(|settings| settings.connect_retries = 0);
        let (old, new) = (bytes(3_000_000, 1), bytes(2_500_000, 2));
        put(&store, "a", &old).unwrap();

        // Between two uses: nobody notices.
        server.kill();
        server.run();
        assert_clean(&server, &store, &old);
        assert_eq!(store.pool().stats().dead, 1);

        // While there is none: an error that says so, and as soon as there is one, it works.
        server.kill();
        let refused = put(&store, "a", &new).unwrap_err();
        assert!(matches!(refused, Error::Connect { .. }), "{refused:?}");
        assert!(matches!(store.find(&name("a")), Err(Error::Connect { .. })));
        server.run();
        assert_clean(&server, &store, &old);

        // In mid-store, back at once: done again.
        let mut once = true;
        put_disturbed(&store, &new, || {
            if std::mem::take(&mut once) {
                server.kill();
                server.run();
            }
            Ok(())
        })
        .unwrap();
        assert_clean(&server, &store, &new);

        // In mid-store, and gone: the old version stays.
        let lost = put_disturbed(&store, &old, || {
            server.kill();
            Ok(())
        })
        .unwrap_err();
        let message = lost.to_string();
        assert!(
            matches!(lost, Error::Connect { .. }) && message.contains("in 2 tries: "),
            "{message}"
        );
        server.run();
        assert_clean(&server, &store, &new);

        // In mid-read: an error, not a part.
        let mut reader = store.open(&name("a")).unwrap().unwrap();
        assert_eq!(reader.next_block().unwrap().unwrap().len(), 65535);
        server.kill();
        let error = loop {
            match reader.next_block() {
                Ok(Some(_)) => {}
                Ok(None) => panic!("a file of a server that is gone came to its end"),
                Err(error) => break error,
            }
        };
        assert!(matches!(error, Error::Database { .. }), "{error:?}");
        drop(reader);
        server.run();
        assert_clean(&server, &store, &new);

        // In the middle of a list.
        let wanted = Wanted::default();
        let mut names = store.list(&wanted).unwrap();
        server.kill();
        while let Ok(Listed::Next(_)) = names.next_name() {}
        drop(names);
        server.run();
        assert_clean(&server, &store, &new);
    });
}

fn put_disturbed(store: &Store, bytes: &[u8], disturb: impl FnMut() -> Result<()>) -> Result<()> {
    let mut source = Disturbed {
        bytes: Memory::new(bytes),
        blocks: 0,
        disturb,
    };
    store.put(&name("a"), DESCRIPTION, &mut source).map(drop)
}

#[test]
fn a_server_killed_at_commit_is_asked_when_it_is_back() {
    in_each_layout(|kind| {
        let mut server = OwnServer::start_as(kind, &[]);
        let store = server.store_with(|_| {});
        put(&store, "a", b"old").unwrap();
        // Killed when everything but COMMIT is done, and back a while later.
        let mut tries = 0;
        let started = std::thread::scope(|scope| {
            let (kill, killed) = std::sync::mpsc::channel::<()>();
            let (dead, is_dead) = std::sync::mpsc::channel::<()>();
            let server = &mut server;
            let restarter = scope.spawn(move || {
                killed.recv().expect("it is told");
                server.kill();
                dead.send(()).expect("somebody waits");
                server.run();
            });
            let done = store.transaction(
                "storing a file",
                |session, _| {
                    tries += 1;
                    session.query("UPDATE ezdbfile SET scope = CONCAT(scope, 'y')")?;
                    if tries == 1 {
                        kill.send(()).expect("somebody waits");
                        is_dead.recv().expect("it is told");
                    }
                    Ok(())
                },
                |session, _, ()| {
                    let rows = session.query_rows("SELECT scope FROM ezdbfile LOCK IN SHARE MODE")?;
                    Ok(rows[0][0].as_deref() == Some(b"xy"))
                },
            );
            restarter.join().expect("the server starts again");
            done
        });
        started.unwrap();
        assert_eq!(tries, 2);
        assert_eq!(
            server.number("SELECT COUNT(*) FROM ezdbfile WHERE scope = 'xy'"),
            1
        );
        assert_clean(&server, &store, b"old");
    });
}

#[test]
fn claims_and_those_who_wait_for_them_survive_a_killed_server() {
    in_each_layout(|kind| {
        let mut server = OwnServer::start_as(kind, &[]);
        let maker = server.store_with(|_| {});
        let waiter = server.store_with(|settings| settings.pool_check_after += 1);
        put(&maker, "a", b"old").unwrap();
        let Claimed::Granted(claim) = maker.claim(&name("a"), Seen::Anything, 60).unwrap() else {
            panic!("not granted")
        };
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                // Until the server is gone: no answer is taken for "free".
                while let Ok(free) = waiter.await_claim(&name("a")) {
                    assert!(!free, "the claim was given up");
                    if waiter.pool().stats().connects > 1 {
                        break;
                    }
                }
            });
            eventually("somebody who waits", || {
                server.number("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE = 'User lock'")
                    == 1
            });
            server.kill();
            waiting.join().unwrap();
        });
        server.run();
        // The lock went with the server; whoever is next makes the file, and the former maker does not.
        let Claimed::Granted(next) = waiter.claim(&name("a"), Seen::Anything, 60).unwrap() else {
            panic!("not granted")
        };
        let late = maker.finish_with(&claim, DESCRIPTION, &mut Memory::new(b"late"));
        assert!(late.unwrap().is_none());
        let made = waiter.finish_with(&next, DESCRIPTION, &mut Memory::new(b"made"));
        assert!(made.unwrap().is_some());
        maker.pool().close();
        assert_clean(&server, &waiter, b"made");
    });
}

#[test]
fn a_server_that_hangs_up_on_idle_connections_is_not_noticed() {
    in_each_layout(|kind| {
        let server = OwnServer::start_as(kind, &[]);
        server.admin().query("SET GLOBAL wait_timeout = 1").unwrap();
        let store = server.store_with(|_| {});
        put(&store, "a", b"old").unwrap();
        let claim = store.claim(&name("a"), Seen::Anything, 60).unwrap();
        assert!(matches!(claim, Claimed::Granted(_)));
        eventually("the server's patience to end", || server.connections() == 0);
        let Claimed::Granted(claim) = claim else { return };
        assert_eq!(read(&store, "a"), Some(b"old".to_vec()));
        // The claim went with its connection, was nobody else's meanwhile, and can still be finished.
        let made = store.finish_with(&claim, DESCRIPTION, &mut Memory::new(b"made"));
        assert!(made.unwrap().is_some());
        assert_clean(&server, &store, b"made");
        assert_eq!(store.pool().stats().dead, 1);
    });
}

#[test]
fn statements_that_the_server_would_cut_short_are_not_cut() {
    let server = OwnServer::start(&["--max-statement-time=0.2"]);
    let store = server.store_with(|_| {});
    let file = bytes(30_000_000, 3);
    put(&store, "a", &file).unwrap();
    let mut reader = store.open(&name("a")).unwrap().unwrap();
    let mut got = reader.next_block().unwrap().unwrap().to_vec();
    eventually("more time than statements have", || {
        server.number(
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'ezdb_own' AND TIME_MS > 500",
        ) == 1
    });
    while let Some(block) = reader.next_block().unwrap() {
        got.extend_from_slice(block);
    }
    assert!(got == file);
    drop(reader);
    // The server does so to others.
    let slept = server.try_admin().unwrap().query_rows("SELECT SLEEP(10)");
    assert_eq!(slept.unwrap_err().code, 1969);
    assert_clean(&server, &store, &file);
}

#[test]
fn stores_of_a_killed_server_are_shared_again_by_threads() {
    in_each_layout(|kind| {
        let mut server = OwnServer::start_as(kind, &[]);
        let store: Arc<Store> = server.store_with(|settings| settings.connect_retries = 100);
        let (old, new) = (bytes(400_000, 1), bytes(300_000, 2));
        put(&store, "a", &old).unwrap();
        let barrier = std::sync::Barrier::new(5);
        std::thread::scope(|scope| {
            for thread in 0..4 {
                let (store, barrier, old, new) = (&store, &barrier, &old, &new);
                scope.spawn(move || {
                    barrier.wait();
                    for round in 0..10 {
                        let stored = if (thread + round) % 2 == 0 { old } else { new };
                        // Lost more than once, it may fail; what it may not is store something else.
                        let _ = put(store, "a", stored);
                    }
                });
            }
            barrier.wait();
            for _ in 0..2 {
                server.kill();
                server.run();
            }
        });
        let file = read(&store, "a").unwrap();
        assert!(file == old || file == new);
        assert_clean(&server, &store, &file);
    });
}
