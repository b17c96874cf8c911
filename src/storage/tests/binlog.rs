//! Servers that keep a binary log, in each of its formats: all works on them, and who follows the log
//! has the same files.

use std::process::{Command, Stdio};

use super::migrate::{State, state};
use super::own_server::OwnServer;
use super::server::bytes;
use crate::storage::check::{self, Totals};
use crate::storage::claims::{Claim, Claimed, Seen};
use crate::storage::install::Kind;
use crate::storage::layout::Age;
use crate::storage::migrate::{Options, Outcome};
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DESCRIPTION: Description<'static> = Description {
    datatype: b"text/plain",
    scope: b"test",
    mtime: 1_700_000_000,
};
const CANNOT_MAKE_TRIGGERS: u32 = 1419;

fn name(text: &str) -> Name {
    Name::new(text.as_bytes())
}

fn put(store: &Store, file: &str, content: &[u8]) {
    store
        .put(&name(file), DESCRIPTION, &mut Memory::new(content))
        .unwrap_or_else(|error| panic!("{file}: {error}"));
}

fn claim(store: &Store, file: &str) -> Claim {
    match store.claim(&name(file), Seen::Anything, 60).unwrap() {
        Claimed::Granted(claim) => claim,
        refused => panic!("{refused:?}"),
    }
}

/// Everything that a site does.
fn work(store: &Store, round: u8) {
    let at = |file: &str| format!("var/{round}/{file}");
    for file in ["a", "b", "c", "d/1", "d/2", "e"] {
        put(store, &at(file), &bytes(70_000, round));
        put(store, &at(file), &bytes(150_000, round + 1));
    }
    put(store, &at("empty"), b"");
    assert!(store.rename(&name(&at("a")), &name(&at("moved"))).unwrap());
    assert!(store.copy(&name(&at("b")), &name(&at("copied"))).unwrap());
    assert_eq!(store.expire(&Match::Exactly(name(&at("c")))).unwrap(), 1);
    assert_eq!(store.expire(&Match::Tree(name(&at("d")))).unwrap(), 2);
    let keys = store
        .matching(&Match::Tree(name(&at("d"))), Age::Expired)
        .unwrap();
    assert_eq!(store.remove(&keys, Age::Expired).unwrap(), 2);
    let mut made = claim(store, &at("made"));
    store
        .keep(&mut made, DESCRIPTION, &mut Memory::new(b"kept"))
        .unwrap();
    let content = bytes(90_000, round);
    let version = store.finish_with(&made, DESCRIPTION, &mut Memory::new(&content));
    assert!(version.unwrap().is_some());
    store.release(&claim(store, &at("given up"))).unwrap();
}

/// Writers of the same and of different files at the same time.
fn crowd(store: &Store) {
    std::thread::scope(|scope| {
        for writer in 0..4_u8 {
            scope.spawn(move || {
                for round in 0..15 {
                    put(store, &format!("crowd/{writer}"), &bytes(3000, round));
                    put(store, "crowd/all", &bytes(2000, writer));
                    // Reads that lock, while counters are locked too.
                    let copy = name(&format!("crowd/copy of {writer}"));
                    store
                        .copy(&name(&format!("crowd/{}", (writer + 1) % 4)), &copy)
                        .unwrap();
                    store.expire(&Match::Exactly(name("crowd/all"))).unwrap();
                }
            });
        }
    });
}

fn repair(store: &Store) -> (Vec<&'static str>, Totals) {
    let options = check::Options {
        deep: true,
        repair: true,
    };
    let mut found = Vec::new();
    let totals = store.check(options, &mut |finding| {
        assert!(finding.repaired, "{finding:?}");
        found.push(finding.fault.kind());
    });
    (found, totals.unwrap())
}

/// What a server has that does what the log of another one says.
fn replayed(server: &OwnServer) -> State {
    let follower = OwnServer::start(&["--log-bin-trust-function-creators=1"]);
    let mut log = Command::new("mariadb-binlog")
        .arg("--no-defaults")
        .args(server.data_files("binlog.0"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("mariadb-binlog is there");
    let followed = Command::new("mariadb")
        .args(["--no-defaults", "--user=root", "--binary-mode"])
        .arg(format!("--socket={}", follower.socket()))
        .stdin(log.stdout.take().expect("a pipe"))
        .status()
        .expect("mariadb is there");
    assert!(followed.success() && log.wait().expect("an end").success());
    let store = follower.store_with(|_| {});
    let state = state(&store);
    store.pool().close();
    state
}

fn all_works_with(format: &str) {
    let server = OwnServer::start(&[
        "--log-bin=binlog",
        "--server-id=1",
        &format!("--binlog-format={format}"),
    ]);
    let store = server.store_with(|_| {});
    work(&store, 1);
    crowd(&store);
    let mut admin = server.admin();
    admin
        .query("INSERT INTO ezdbfile_data (masterid, filedata) VALUES (0, 'lost')")
        .unwrap();
    assert_eq!(repair(&store).0, ["orphan"]);
    let to = |to| Options {
        to,
        leave_damaged: false,
        drop_old: true,
    };
    let migrated = Outcome::Migrated {
        damaged: 0,
        left_behind: 0,
        old_kept: false,
    };
    let before = state(&store);
    // Triggers take a right that is nobody's while there is a log, unless the server trusts.
    let refused = store.migrate(to(Kind::Hash), &mut |_| {}).unwrap_err();
    assert_eq!(
        refused.mysql().map(|error| error.code),
        Some(CANNOT_MAKE_TRIGGERS),
        "{refused}"
    );
    assert_eq!(state(&store), before);
    work(&store, 2);
    let before = state(&store);
    admin
        .query("SET GLOBAL log_bin_trust_function_creators = 1")
        .unwrap();
    assert_eq!(store.migrate(to(Kind::Hash), &mut |_| {}).unwrap(), migrated);
    assert_eq!(state(&store), before);
    work(&store, 3);
    crowd(&store);
    admin.query("SET foreign_key_checks = 0").unwrap();
    admin
        .query("INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (MD5('lost'), 0, 'lost')")
        .unwrap();
    assert_eq!(repair(&store).0, ["orphan"]);
    let before = state(&store);
    assert_eq!(store.migrate(to(Kind::Id), &mut |_| {}).unwrap(), migrated);
    assert_eq!(state(&store), before);
    work(&store, 4);
    assert_eq!(repair(&store).0, Vec::<&str>::new());
    let state = state(&store);
    assert_eq!(state.len(), 4 * 7 + 9);
    store.pool().close();
    assert_eq!(replayed(&server), state);
}

#[test]
fn all_works_with_a_binary_log_of_rows() {
    all_works_with("ROW");
}

#[test]
fn all_works_with_a_binary_log_of_statements() {
    all_works_with("STATEMENT");
}

#[test]
fn all_works_with_a_binary_log_of_both() {
    all_works_with("MIXED");
}
