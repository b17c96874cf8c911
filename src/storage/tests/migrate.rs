//! Tables that turn into those of the other layout, beside all that a site does.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};

use super::server::{Database, Tables, admin, bytes, eventually, on_all, on_hash, on_id, on_own, read};
use crate::error::{Error, Result};
use crate::storage::check;
use crate::storage::claims::{Claim, Claimed, Seen};
use crate::storage::install::Kind;
use crate::storage::layout::Age;
use crate::storage::list::{Listed, Wanted};
use crate::storage::migrate::{Event, Options, Outcome};
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

const DONE: Outcome = Outcome::Migrated {
    damaged: 0,
    left_behind: 0,
    old_kept: true,
};
const DESCRIPTION: Description<'static> = Description {
    datatype: b"text/plain",
    scope: b"test",
    mtime: 1_700_000_000,
};

fn other(tables: Tables) -> Kind {
    if tables.is_hash() { Kind::Id } else { Kind::Hash }
}

fn to(kind: Kind) -> Options {
    Options {
        to: kind,
        leave_damaged: false,
        drop_old: false,
    }
}

fn migrate(store: &Store, options: Options) -> Result<Outcome> {
    store.migrate(options, &mut |_| {})
}

/// Another process, which has found out what the tables look like.
fn process(database: &Database, number: u32) -> Arc<Store> {
    let store = database.store_with(|settings| settings.connect_timeout = 10 + number);
    store.layout().unwrap();
    store
}

fn put(store: &Store, name: &str, content: &[u8]) {
    store
        .put(
            &Name::new(name.as_bytes()),
            DESCRIPTION,
            &mut Memory::new(content),
        )
        .unwrap_or_else(|error| panic!("{name}: {error}"));
}

/// All that can be seen of the files: datatype, scope, size, mtime and content by name.
pub type State = BTreeMap<Vec<u8>, (Vec<u8>, Vec<u8>, u64, i64, std::result::Result<Vec<u8>, String>)>;

pub fn state(store: &Store) -> State {
    let mut files = Vec::new();
    store
        .walk::<Error>(&mut |file| {
            files.push(file);
            Ok(())
        })
        .unwrap();
    let content = |name: &[u8]| -> Result<Vec<u8>> {
        let mut reader = store.open(&Name::new(name))?.ok_or(Error::NotFound)?;
        let mut all = Vec::new();
        while let Some(block) = reader.next_block()? {
            all.extend_from_slice(block);
        }
        Ok(all)
    };
    let state: State = files
        .iter()
        .map(|file| {
            let bytes = content(file.name()).map_err(|error| error.to_string());
            let value = (
                file.datatype().to_vec(),
                file.scope().to_vec(),
                file.size,
                file.mtime,
                bytes,
            );
            (file.name().to_vec(), value)
        })
        .collect();
    assert_eq!(state.len(), files.len(), "each name once");
    state
}

fn faults(store: &Store) -> Vec<String> {
    let options = check::Options {
        deep: true,
        repair: false,
    };
    let mut found = Vec::new();
    store
        .check(options, &mut |finding| {
            found.push(format!(
                "{}: {}",
                String::from_utf8_lossy(&finding.name),
                finding.text
            ));
        })
        .unwrap();
    found
}

/// Nothing but the tables of the site and the old ones.
fn left(database: &mut Database) -> Vec<String> {
    let sql = format!(
        "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{0}' \
         UNION ALL SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = '{0}' ORDER BY 1",
        database.settings.database
    );
    let rows = database.admin.query_rows(&sql).unwrap();
    rows.into_iter()
        .flatten()
        .map(|cell| String::from_utf8(cell.unwrap()).unwrap())
        .collect()
}

fn drop_old(database: &mut Database) {
    for table in ["ezdbfile_data_old", "ezdbfile_old"] {
        database.admin.query(&format!("DROP TABLE {table}")).unwrap();
    }
}

/// Files of many kinds, as this extension and others store them.
fn fill(database: &mut Database) {
    for size in [0, 1, 9, 10, 11, 20, 1000] {
        database.put_at(&format!("var/size/{size}"), &bytes(size, 7), 5);
    }
    for (name, mtime) in [("var/old", 1), ("var/new", i64::from(i32::MAX))] {
        database.put_at(name, b"when", mtime);
    }
    for name in [
        "var/%_\\'\"`",
        "var/caf\u{e9}",
        "var/CAF\u{c9}",
        "var/\u{1f600}",
        "var/new\nline",
        " ",
        "0",
    ] {
        let name = if database.tables.is_wide() || name.chars().all(|c| c < '\u{10000}') {
            name
        } else {
            "var/emoji"
        };
        put(&database.store, name, name.as_bytes());
    }
    if database.tables.is_wide() {
        for name in [
            b"var/caf\xe9".to_vec(),
            [b"var/".as_slice(), &[b'x'; 1020]].concat(),
        ] {
            let content = name.clone();
            database
                .store
                .put(&Name::new(&name), DESCRIPTION, &mut Memory::new(&content))
                .unwrap();
        }
    }
    for name in ["var/gone/0", "var/gone/35"] {
        let size = name.rsplit('/').next().unwrap().parse().unwrap();
        database.put(name, &bytes(size, 9));
    }
    database
        .store
        .expire(&Match::Tree(Name::new(b"var/gone")))
        .unwrap();
    database.put("var/leftover", b"present");
    database.query(
        // Of a writer that was not the last one.
        "INSERT INTO ezdbfile (id, datatype, name, name_hash, scope, size, mtime) \
         SELECT 100000, 'misc', 'var/twice', MD5('var/twice'), 'x', 0, 77 UNION ALL \
         SELECT 100001, 'misc', 'var/twice', MD5('var/twice'), 'x', 0, 78",
        // As handlers of 4.x do: an empty row for an empty file, and at a multiple of the size of
        // rows; expired by the flag alone.
        "INSERT INTO ezdbfile (datatype, name, name_trunk, name_hash, scope, size, mtime, expired) VALUES \
         ('misc', 'var/empty', 'x', MD5('var/empty'), 'viewcache', 0, 77, 0), \
         ('misc', 'var/ten', 'x', MD5('var/ten'), 'viewcache', 10, 77, 0), \
         ('misc', 'var/flag', 'x', MD5('var/flag'), 'viewcache', 10, 77, 1)",
    );
    database.query(
        "DO 0",
        "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES (MD5('var/empty'), 0, ''), \
         (MD5('var/ten'), 0, 'abcdefg'), (MD5('var/ten'), 7, 'hij'), (MD5('var/ten'), 10, ''), \
         (MD5('var/flag'), 0, '0123456789')",
    );
}

#[test]
fn a_large_file_that_is_stored_meanwhile_is_copied_once() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        put(&database.store, "var/a", b"a");
        let store = process(&database, 1);
        let large = bytes(35_000, 3);
        let mut files = 0;
        let outcome = database.store.migrate(to(other(tables)), &mut |event| {
            if let Event::Copied { files: more, .. } = event {
                files += more;
                if files == more {
                    put(&store, "var/large", &large);
                }
            }
        });
        assert_eq!(outcome.unwrap(), DONE, "{tables:?}");
        // Each of its 3500 rows was noted; it is copied for all of them together, and before by what copies every file.
        assert!(files <= 3, "{tables:?}: {files}");
        assert_eq!(read(&database.store, "var/large").unwrap(), large);
        assert_eq!(faults(&database.store), Vec::<String>::new());
        drop_old(&mut database);
    });
}

/// A copy that somebody makes meanwhile is no place of the migration's.
#[test]
fn a_table_of_the_old_name_that_was_made_meanwhile_stays() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        put(&database.store, "var/a", b"a");
        let store = Arc::clone(&database.store);
        let mut made = false;
        let outcome = store.migrate(to(other(tables)), &mut |event| {
            if matches!(event, Event::Copied { .. }) && !std::mem::replace(&mut made, true) {
                database
                    .admin
                    .query("CREATE TABLE ezdbfile_old AS SELECT name FROM ezdbfile")
                    .unwrap();
            }
        });
        assert!(outcome.is_err(), "{tables:?}: {outcome:?}");
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile_old WHERE name = 'var/a'"),
            1
        );
        assert_ne!(store.layout().unwrap().kind(), other(tables).name());
        assert_eq!(database.live(), ["var/a"]);
        database.admin.query("DROP TABLE ezdbfile_old").unwrap();
        assert_eq!(migrate(&store, to(other(tables))).unwrap(), DONE, "{tables:?}");
        assert_eq!(database.live(), ["var/a"]);
    });
}

#[test]
fn everything_comes_over_identical_and_back() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        fill(&mut database);
        let before = state(&database.store);
        assert!(before.len() > 18 && before.values().all(|file| file.4.is_ok()));
        assert_eq!(
            before.values().filter(|file| file.3 < 0).count(),
            if tables.is_hash() { 3 } else { 2 }
        );
        let mut files = 0;
        let outcome = database.store.migrate(to(other(tables)), &mut |event| {
            if let Event::Copied { files: more, .. } = event {
                files += more;
            }
        });
        assert_eq!(outcome.unwrap(), DONE);
        assert_eq!(files, before.len() as u64);
        assert_eq!(database.store.layout().unwrap().kind(), other(tables).name());
        assert_eq!(state(&database.store), before);
        assert_eq!(faults(&database.store), Vec::<String>::new());
        let tables_there = ["ezdbfile", "ezdbfile_data", "ezdbfile_data_old", "ezdbfile_old"];
        assert_eq!(left(&mut database), tables_there);
        assert_eq!(
            migrate(&database.store, to(other(tables))).unwrap(),
            Outcome::There
        );
        drop_old(&mut database);
        let back = Options {
            drop_old: true,
            ..to(if tables.is_hash() { Kind::Hash } else { Kind::Id })
        };
        let outcome = migrate(&database.store, back).unwrap();
        assert_eq!(
            outcome,
            Outcome::Migrated {
                damaged: 0,
                left_behind: 0,
                old_kept: false
            }
        );
        assert_eq!(state(&database.store), before);
        assert_eq!(faults(&database.store), Vec::<String>::new());
        assert_eq!(left(&mut database), ["ezdbfile", "ezdbfile_data"]);
        // As good as tables that `install` makes: others can stand beside them.
        assert_eq!(migrate(&database.store, to(other(tables))).unwrap(), DONE);
        assert_eq!(state(&database.store), before);
    });
}

#[test]
fn names_of_latin1_tables_come_over_as_the_connection_spells_them() {
    on_id(|tables| {
        let mut database = Database::with(tables, 10, "latin1");
        put(&database.store, "var/caf\u{e9}", b"content");
        let before = state(&database.store);
        assert_eq!(migrate(&database.store, to(Kind::Hash)).unwrap(), DONE);
        assert_eq!(state(&database.store), before);
        assert_eq!(database.live().len(), 1);
    });
}

#[test]
fn old_nodes_find_their_columns_in_tables_of_the_hash_layout() {
    let mut database = Database::new(Tables::Install);
    let description = |scope| Description { scope, ..DESCRIPTION };
    let view = Name::new(b"var/s/cache/content/eng/1/full-2.cache");
    database
        .store
        .put(&view, description(b"viewcache"), &mut Memory::new(b"page"))
        .unwrap();
    database.put("dead", b"1");
    database
        .store
        .expire(&Match::Exactly(Name::new(b"dead")))
        .unwrap();
    assert_eq!(migrate(&database.store, to(Kind::Hash)).unwrap(), DONE);
    for (sql, count) in [
        (
            "name_trunk = 'var/s/cache/content/eng/1/full-' AND expired = 0",
            1,
        ),
        (
            "name = 'dead' AND name_trunk = name AND expired = 1 AND mtime = -1700000000",
            1,
        ),
        ("name_hash <> MD5(name)", 0),
    ] {
        assert_eq!(
            database.number(&format!("SELECT COUNT(*) FROM ezdbfile WHERE {sql}")),
            count,
            "{sql}"
        );
    }
    // The foreign key is there, and leads to the right table.
    drop_old(&mut database);
    database
        .admin
        .query("DELETE FROM ezdbfile WHERE name = 'dead'")
        .unwrap();
    assert_eq!(database.chunks(), 1);
}

#[test]
fn damaged_files_stop_it_and_are_told_by_name() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        for name in ["cut", "long", "none", "odd", "sound"] {
            database.put(name, &bytes(35, 1));
        }
        database.admin.query("SET foreign_key_checks = 0").unwrap();
        database.query(
            "DELETE FROM ezdbfile_data WHERE masterid = (SELECT id FROM ezdbfile WHERE name = 'cut') LIMIT 1",
            // The bytes add up, but one row is where another is, and one is missing.
            "UPDATE ezdbfile_data SET `offset` = 9 WHERE name_hash = MD5('cut') AND `offset` = 10",
        );
        for sql in [
            "UPDATE ezdbfile SET size = 34 WHERE name = 'long'",
            "UPDATE ezdbfile SET name_hash = REVERSE(name_hash) WHERE name = 'odd'",
        ] {
            database.admin.query(sql).unwrap();
        }
        database.query(
            "DELETE FROM ezdbfile_data WHERE masterid = (SELECT id FROM ezdbfile WHERE name = 'none')",
            "DELETE FROM ezdbfile_data WHERE name_hash = MD5('none')",
        );
        database.query(
            "DO 0",
            "UPDATE ezdbfile_data SET name_hash = REVERSE(name_hash) WHERE name_hash = MD5('odd')",
        );
        let before = state(&database.store);
        let run = |options| {
            let mut names = Vec::new();
            let outcome = database.store.migrate(options, &mut |event| {
                if let Event::Problem { name, text } = event {
                    assert!(!text.is_empty());
                    names.push(String::from_utf8_lossy(name).into_owned());
                }
            });
            names.sort_unstable();
            (outcome.unwrap(), names)
        };
        let names: Vec<String> = ["cut", "long", "none", "odd"].map(String::from).to_vec();
        for _ in 0..2 {
            let (outcome, told) = run(to(other(tables)));
            assert_eq!((outcome, &told), (Outcome::Stopped { damaged: 4 }, &names));
        }
        assert_ne!(database.store.layout().unwrap().kind(), other(tables).name());
        assert_eq!(state(&database.store), before);
        // One is put right meanwhile, another removed.
        database.put("cut", b"whole");
        let keys = database
            .store
            .matching(&Match::Exactly(Name::new(b"long")), Age::Any)
            .unwrap();
        assert_eq!(database.store.remove(&keys, Age::Any).unwrap(), 1);
        let options = Options {
            leave_damaged: true,
            drop_old: true,
            ..to(other(tables))
        };
        let mut told = Vec::new();
        let outcome = database.store.migrate(options, &mut |event| {
            if let Event::Problem { name, .. } = event {
                told.push(String::from_utf8_lossy(name).into_owned());
            }
        });
        told.sort_unstable();
        assert_eq!(told, ["none", "odd"]);
        assert_eq!(
            outcome.unwrap(),
            Outcome::Migrated {
                damaged: 2,
                left_behind: 0,
                old_kept: true
            }
        );
        assert_eq!(database.get("cut").as_deref(), Some(b"whole".as_slice()));
        assert_eq!(database.get("sound"), Some(bytes(35, 1)));
        assert!(matches!(
            database.store.open(&Name::new(b"none")),
            Err(Error::Damaged(_))
        ));
        assert_eq!(database.get("odd"), None);
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile WHERE name = 'odd' AND name_hash <> MD5(name)"),
            1
        );
    });
}

/// A migration whose process goes away at its `step`th event.
fn broken_off(store: &Store, kind: Kind, step: u32) -> bool {
    let mut events = 0;
    let ended = catch_unwind(AssertUnwindSafe(|| {
        store
            .migrate(to(kind), &mut |_| {
                events += 1;
                if events == step {
                    resume_unwind(Box::new("gone"));
                }
            })
            .unwrap()
    }));
    ended.is_err()
}

#[test]
fn an_interrupted_one_goes_on_and_knows_what_changed_since() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        let more = if tables.is_hash() {
            [", name_trunk", ", name"]
        } else {
            ["", ""]
        };
        database
            .admin
            .query(&format!(
                "INSERT INTO ezdbfile (name, name_hash, scope, size, mtime{}) \
                 SELECT name, MD5(name), 'test', 0, n{} \
                 FROM (SELECT seq n, CONCAT('var/', seq) name FROM seq_1_to_2000) names",
                more[0], more[1]
            ))
            .unwrap();
        assert!(broken_off(&database.store, other(tables), 2));
        let copied = database.number("SELECT COUNT(*) FROM ezdbfile_new");
        assert_eq!(copied, 1000);
        // By a process that knows nothing of it: files that were copied, and some that were not.
        let site = process(&database, 1);
        for number in (1..2000).step_by(97) {
            put(&site, &format!("var/{number}"), &bytes(number % 200, 3));
        }
        for number in (2..2000).step_by(101) {
            site.expire(&Match::Exactly(Name::new(format!("var/{number}").as_bytes())))
                .unwrap();
        }
        let names = |number: u32| {
            let (from, to) = (format!("var/{number}"), format!("var/moved/{number}"));
            (Name::new(from.as_bytes()), Name::new(to.as_bytes()))
        };
        for number in (3..2000).step_by(103) {
            let (from, to) = names(number);
            assert!(site.rename(&from, &to).unwrap());
            assert!(
                site.copy(&to, &Name::new(format!("var/copy/{number}").as_bytes()))
                    .unwrap()
            );
        }
        for number in (4..2000).step_by(107) {
            let keys = site.matching(&Match::Exactly(names(number).0), Age::Any).unwrap();
            assert_eq!(site.remove(&keys, Age::Any).unwrap(), 1);
        }
        let before = state(&site);
        assert!(database.number("SELECT COUNT(*) FROM ezdbfile_migration_changes") > 80);
        assert_eq!(state(&database.store), before);
        let mut copied = 0;
        let outcome = database.store.migrate(to(other(tables)), &mut |event| {
            if let Event::Copied { files, .. } = event {
                copied += files;
            }
        });
        assert_eq!(outcome.unwrap(), DONE);
        assert!((1000..1400).contains(&copied), "{copied}: it went on");
        assert_eq!(state(&database.store), before);
        assert_eq!(faults(&database.store), Vec::<String>::new());
    });
}

#[test]
fn connections_that_are_lost_on_the_way_are_replaced() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        for number in 0..1200 {
            put(&database.store, &format!("{number}"), &bytes(number, 1));
        }
        let before = state(&database.store);
        let mut events = 0;
        let store = Arc::clone(&database.store);
        let outcome = store.migrate(to(other(tables)), &mut |_| {
            events += 1;
            if events <= 3 {
                for connection in database.connections() {
                    // Some have ended by themselves.
                    let _ = database.admin.query(&format!("KILL {connection}"));
                }
            }
        });
        assert_eq!(outcome.unwrap(), DONE);
        assert!(events >= 3);
        assert_eq!(state(&store), before);
    });
}

#[test]
fn one_that_was_broken_off_after_the_exchange_is_brought_to_its_end() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"content");
        // What an exchange leaves when its process goes away: all but the tables' names.
        assert!(broken_off(&database.store, other(tables), 1));
        database
            .admin
            .query(
                "RENAME TABLE ezdbfile TO ezdbfile_old, ezdbfile_data TO ezdbfile_data_old, \
                 ezdbfile_new TO ezdbfile, ezdbfile_data_new TO ezdbfile_data",
            )
            .unwrap();
        assert_eq!(database.get("a").as_deref(), Some(b"content".as_slice()));
        put(&database.store, "b", b"since");
        assert_eq!(migrate(&database.store, to(other(tables))).unwrap(), DONE);
        let tables_there = ["ezdbfile", "ezdbfile_data", "ezdbfile_data_old", "ezdbfile_old"];
        assert_eq!(left(&mut database), tables_there);
        assert_eq!(database.get("b").as_deref(), Some(b"since".as_slice()));
    });
}

/// The server goes on with a renaming when the process that asked for it was killed.
#[test]
fn a_renaming_that_outlives_its_process_is_waited_for() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"content");
        let name = database.settings.database.clone();
        let lock = database.store.renaming_lock();
        let seen = |sql: &str| {
            let sql =
                format!("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = '{name}' AND {sql}");
            let rows = admin("").query_rows(&sql).unwrap();
            rows[0][0].as_deref() == Some(b"1".as_slice())
        };

        // Whoever renames has the lock. It waits for a reader, and then the process goes away.
        std::thread::scope(|scope| {
            let first = process(&database, 1);
            let mut long = admin(&name);
            let migration = scope.spawn(move || {
                let run = AssertUnwindSafe(|| {
                    first.migrate(to(other(tables)), &mut |event| match event {
                        Event::Copied { .. } => {
                            long.query("START TRANSACTION").unwrap();
                            long.query_rows("SELECT COUNT(*) FROM ezdbfile").unwrap();
                        }
                        _ => resume_unwind(Box::new("gone")),
                    })
                });
                catch_unwind(run).is_err()
            });
            let renames = format!("INFO LIKE 'RENAME TABLE%' AND ID = IS_USED_LOCK('{lock}')");
            eventually("the renaming", || seen(&renames));
            assert!(migration.join().unwrap());
        });

        // What is left of that one exchanges the tables while the next one is about to begin.
        let mut ghost = admin(&name);
        ghost.query(&format!("DO GET_LOCK('{lock}', 0)")).unwrap();
        std::thread::scope(|scope| {
            let second = process(&database, 2);
            let migration = scope.spawn(move || migrate(&second, to(other(tables))));
            eventually("the wait", || seen("STATE = 'User lock'"));
            for sql in [
                "DROP TABLE IF EXISTS ezdbfile_old",
                "RENAME TABLE ezdbfile TO ezdbfile_old, ezdbfile_data TO ezdbfile_data_old, \
                 ezdbfile_new TO ezdbfile, ezdbfile_data_new TO ezdbfile_data",
            ] {
                ghost.query(sql).unwrap();
            }
            drop(ghost);
            assert_eq!(migration.join().unwrap().unwrap(), DONE);
        });
        let tables_there = ["ezdbfile", "ezdbfile_data", "ezdbfile_data_old", "ezdbfile_old"];
        assert_eq!(left(&mut database), tables_there);
        assert_eq!(database.get("a").as_deref(), Some(b"content".as_slice()));
    });
}

#[test]
fn it_is_refused_where_something_is_in_the_way_and_can_be_abandoned() {
    on_own(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"content");
        let present = if tables.is_hash() { Kind::Hash } else { Kind::Id };
        assert_eq!(migrate(&database.store, to(present)).unwrap(), Outcome::There);
        assert!(!database.store.abandon_migration().unwrap());
        for table in ["ezdbfile_old", "ezdbfile_data_old", "ezdbfile_new"] {
            database
                .admin
                .query(&format!("CREATE TABLE {table} (kept int)"))
                .unwrap();
            let refused = migrate(&database.store, to(other(tables)));
            assert!(
                matches!(&refused, Err(Error::Refused(text)) if text.contains(table)),
                "{refused:?}"
            );
            database.admin.query(&format!("DROP TABLE {table}")).unwrap();
        }
        assert_eq!(left(&mut database), ["ezdbfile", "ezdbfile_data"]);
        assert!(broken_off(&database.store, other(tables), 1));
        assert!(left(&mut database).len() > 8);
        let refused = migrate(&database.store, to(present));
        assert!(matches!(refused, Err(Error::Refused(_))), "{refused:?}");
        // What was copied is not there any more.
        database
            .admin
            .query("RENAME TABLE ezdbfile_data_new TO somewhere_else")
            .unwrap();
        let refused = migrate(&database.store, to(other(tables)));
        assert!(
            matches!(&refused, Err(Error::Refused(text)) if text.contains("missing")),
            "{refused:?}"
        );
        database
            .admin
            .query("RENAME TABLE somewhere_else TO ezdbfile_data_new")
            .unwrap();
        // A trigger that somebody dropped: changes may have gone by.
        database
            .admin
            .query("DROP TRIGGER ezdbfile_migration_data_insert")
            .unwrap();
        let refused = migrate(&database.store, to(other(tables)));
        assert!(
            matches!(&refused, Err(Error::Refused(text)) if text.contains("triggers")),
            "{refused:?}"
        );
        assert!(database.store.abandon_migration().unwrap());
        assert_eq!(left(&mut database), ["ezdbfile", "ezdbfile_data"]);
        assert_eq!(database.get("a").as_deref(), Some(b"content".as_slice()));
        assert_eq!(migrate(&database.store, to(other(tables))).unwrap(), DONE);
    });
}

#[test]
fn two_at_once_are_one_too_many() {
    let database = Database::new(Tables::Install);
    database.put("a", b"content");
    let second = process(&database, 1);
    let mut refused = None;
    let outcome = database.store.migrate(to(Kind::Hash), &mut |_| {
        refused.get_or_insert_with(|| migrate(&second, to(Kind::Hash)));
    });
    assert_eq!(outcome.unwrap(), DONE);
    assert!(matches!(refused, Some(Err(Error::Refused(_)))), "{refused:?}");
}

#[test]
fn tables_that_are_in_use_for_long_are_waited_for() {
    on_own(|tables| {
        let database = Database::new(tables);
        database.put("a", b"content");
        let mut long = Some(admin(&database.settings.database));
        let mut busy = 0;
        let outcome = database
            .store
            .migrate(to(other(tables)), &mut |event| match event {
                Event::Copied { .. } => {
                    if let Some(long) = &mut long {
                        long.query("START TRANSACTION").unwrap();
                        long.query_rows("SELECT COUNT(*) FROM ezdbfile").unwrap();
                    }
                }
                Event::Busy => {
                    busy += 1;
                    // Readers and writers go on.
                    assert_eq!(database.get("a").as_deref(), Some(b"content".as_slice()));
                    put(&database.store, "b", b"meanwhile");
                    long = None;
                }
                Event::Problem { .. } => panic!("a problem"),
            });
        assert_eq!(outcome.unwrap(), DONE);
        assert!(busy > 0);
        assert_eq!(database.get("b").as_deref(), Some(b"meanwhile".as_slice()));
    });
}

/// Each of the connections of the exchange is lost while the renaming waits.
#[test]
fn an_exchange_whose_connections_are_lost_changes_nothing_and_is_repeated() {
    on_own(|tables| {
        let database = Database::new(tables);
        database.put("a", b"content");
        let done = AtomicBool::new(false);
        let killed = AtomicU32::new(0);
        let mut long = Some(admin(&database.settings.database));
        let (watch, sql) = (
            AtomicBool::new(false),
            format!(
                "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = '{}' AND INFO LIKE 'RENAME TABLE%'",
                database.settings.database
            ),
        );
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut admin = admin("");
                while !done.load(Relaxed) {
                    if !watch.load(Relaxed) {
                        std::thread::yield_now();
                        continue;
                    }
                    for row in admin.query_rows(&sql).unwrap() {
                        let renamer: u64 = String::from_utf8_lossy(row[0].as_ref().unwrap()).parse().unwrap();
                        // Those that hold the tables were made just before it.
                        let victim = renamer - u64::from(2 - killed.load(Relaxed).min(2));
                        if admin.query(&format!("KILL {victim}")).is_ok() {
                            killed.fetch_add(1, Relaxed);
                        }
                    }
                }
            });
            let mut busy = 0;
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                database
                    .store
                    .migrate(to(other(tables)), &mut |event| match event {
                        Event::Copied { .. } => {
                            if let Some(long) = &mut long {
                                watch.store(true, Relaxed);
                                long.query("START TRANSACTION").unwrap();
                                long.query_rows("SELECT COUNT(*) FROM ezdbfile").unwrap();
                            }
                        }
                        Event::Busy => {
                            busy += 1;
                            put(&database.store, "b", format!("{busy}").as_bytes());
                            if killed.load(Relaxed) > 2 {
                                watch.store(false, Relaxed);
                                long = None;
                            }
                        }
                        Event::Problem { .. } => {}
                    })
            }));
            done.store(true, Relaxed);
            assert_eq!(outcome.expect("no panic").unwrap(), DONE);
            assert!(killed.load(Relaxed) > 2 && busy > 0);
            assert_eq!(database.get("a").as_deref(), Some(b"content".as_slice()));
            assert_eq!(database.get("b"), Some(format!("{busy}").into_bytes()));
        });
    });
}

/// Who changes a data row before any row of `ezdbfile`, as none of our writers does, comes before the
/// exchange, or finds other tables.
#[test]
fn a_change_of_data_rows_alone_is_never_left_behind() {
    on_own(|tables| {
        let database = Database::new(tables);
        database.put("a", b"0000000");
        let change = if tables.is_hash() {
            "UPDATE ezdbfile_data SET filedata = '{}' WHERE name_hash = MD5('a') AND `offset` = 0"
        } else {
            "UPDATE ezdbfile_data SET filedata = '{}' WHERE masterid > 0"
        };
        let (last, stop) = (AtomicU32::new(0), AtomicBool::new(false));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut admin = admin(&database.settings.database);
                    // The new tables have other columns, which ends it.
                    while !stop.load(Relaxed) {
                        let number = last.fetch_add(1, Relaxed) + 1;
                        if let Err(error) = admin.query(&change.replace("{}", &format!("{number:07}"))) {
                            assert_eq!(error.code, 1054, "{error}");
                            return;
                        }
                    }
                });
            }
            eventually("a few changes", || last.load(Relaxed) > 20);
            let outcome = catch_unwind(AssertUnwindSafe(|| migrate(&database.store, to(other(tables)))));
            stop.store(true, Relaxed);
            assert_eq!(outcome.expect("no panic").unwrap(), DONE);
        });
        let mut admin = admin(&database.settings.database);
        let old = admin
            .query_rows("SELECT filedata FROM ezdbfile_data_old WHERE filedata <> ''")
            .unwrap();
        assert_eq!(old[0][0], database.get("a"));
    });
}

/// Who comes to know the tables in the very moment of an exchange finds one layout or the other.
#[test]
fn newcomers_find_the_tables_while_they_are_exchanged() {
    let mut database = Database::new(Tables::Install);
    database.put("a", b"content");
    assert!(broken_off(&database.store, Kind::Hash, 1));
    let stop = AtomicBool::new(false);
    let looks = AtomicU32::new(0);
    std::thread::scope(|scope| {
        for number in 0..3 {
            let newcomer = process(&database, number);
            let (stop, looks) = (&stop, &looks);
            scope.spawn(move || {
                while !stop.load(Relaxed) {
                    newcomer.forget_layout();
                    if let Err(error) = newcomer.layout() {
                        stop.store(true, Relaxed);
                        panic!("{error}");
                    }
                    looks.fetch_add(1, Relaxed);
                }
            });
        }
        eventually("a look", || looks.load(Relaxed) > 3);
        for round in 0..50 {
            let [there, back] = if round % 2 == 0 {
                ["old", "new"]
            } else {
                ["new", "old"]
            };
            let exchanged = database.admin.query(&format!(
                "RENAME TABLE ezdbfile TO ezdbfile_{there}, ezdbfile_data TO ezdbfile_data_{there}, \
                 ezdbfile_{back} TO ezdbfile, ezdbfile_data_{back} TO ezdbfile_data"
            ));
            if stop.load(Relaxed) || exchanged.is_err() {
                stop.store(true, Relaxed);
                exchanged.unwrap();
                break;
            }
        }
        stop.store(true, Relaxed);
    });
    assert_eq!(database.get("a").as_deref(), Some(b"content".as_slice()));
}

fn claim(store: &Store, name: &str) -> Claim {
    match store
        .claim(&Name::new(name.as_bytes()), Seen::Anything, 60)
        .unwrap()
    {
        Claimed::Granted(claim) => claim,
        refused => panic!("{refused:?}"),
    }
}

#[test]
fn claims_live_through_it() {
    on_own(|tables| {
        let database = Database::new(tables);
        let site = process(&database, 1);
        put(&site, "finished", b"before");
        let finished = claim(&site, "finished");
        let mut kept = claim(&site, "kept");
        let released = claim(&site, "released");
        let mut dropped = claim(&site, "dropped");
        for claim in [&mut kept, &mut dropped] {
            site.keep(claim, DESCRIPTION, &mut Memory::new(&bytes(70_000, 5)))
                .unwrap();
        }
        let lost = claim(&site, "lost");
        site.expire(&Match::Exactly(Name::new(b"lost.generating")))
            .unwrap();
        assert_eq!(migrate(&database.store, to(other(tables))).unwrap(), DONE);
        for name in ["finished", "kept", "released", "dropped"] {
            let wanted = database
                .store
                .claim(&Name::new(name.as_bytes()), Seen::Anything, 60)
                .unwrap();
            assert!(matches!(wanted, Claimed::Refused { .. }), "{name}: {wanted:?}");
        }
        for claim in [&finished, &kept, &released] {
            assert!(site.renew(claim).unwrap(), "{:?}", claim.real());
        }
        assert!(!site.renew(&lost).unwrap());
        let stored = site
            .finish_with(&finished, DESCRIPTION, &mut Memory::new(b"after"))
            .unwrap();
        assert!(stored.is_some());
        assert!(site.finish(&kept).unwrap().is_some());
        site.release(&released).unwrap();
        site.release(&dropped).unwrap();
        let nothing = site
            .finish_with(&lost, DESCRIPTION, &mut Memory::new(b"never"))
            .unwrap();
        assert!(nothing.is_none());
        assert_eq!(database.get("finished").as_deref(), Some(b"after".as_slice()));
        assert_eq!(database.get("kept"), Some(bytes(70_000, 5)));
        let names: Vec<Vec<u8>> = state(&database.store).into_keys().collect();
        assert_eq!(names, [b"finished".to_vec(), b"kept".to_vec()]);
        assert_eq!(faults(&database.store), Vec::<String>::new());
        put(&site, "finished", b"next");
        assert_eq!(database.get("finished").as_deref(), Some(b"next".as_slice()));
    });
}

/// Each with statements of the layout that was, prepared or not.
#[test]
fn every_operation_finds_the_new_tables_by_itself() {
    type Operation = (&'static str, fn(&Store));
    fn name(text: &str) -> Name {
        Name::new(text.as_bytes())
    }
    let operations: [Operation; 15] = [
        ("find", |store| {
            assert_eq!(store.find(&name("a")).unwrap().unwrap().size, 25)
        }),
        ("open", |store| assert_eq!(read(store, "a"), Some(bytes(25, 1)))),
        ("open a part", |store| {
            let mut reader = store.open_range(&name("a"), 12, Some(3)).unwrap().unwrap();
            assert_eq!(reader.next_block().unwrap(), Some(&bytes(25, 1)[12..15]));
        }),
        ("put", |store| {
            put(store, "a", b"next");
            assert_eq!(read(store, "a").as_deref(), Some(b"next".as_slice()));
        }),
        ("copy", |store| {
            assert!(store.copy(&name("a"), &name("b")).unwrap());
            assert_eq!(read(store, "b"), Some(bytes(25, 1)));
        }),
        ("rename", |store| {
            assert!(store.rename(&name("a"), &name("b")).unwrap());
            assert_eq!(read(store, "b"), Some(bytes(25, 1)));
            assert_eq!(read(store, "a"), None);
        }),
        ("expire", |store| {
            assert_eq!(store.expire(&Match::Exactly(name("a"))).unwrap(), 1);
            assert!(store.find(&name("a")).unwrap().unwrap().is_expired());
        }),
        ("expire a tree", |store| {
            assert_eq!(store.expire(&Match::Tree(name("a"))).unwrap(), 1);
            assert!(store.find(&name("a")).unwrap().unwrap().is_expired());
            // By the column for that, too, where there is one.
            assert!(
                store
                    .matching(&Match::Tree(name("a")), Age::Live)
                    .unwrap()
                    .is_empty()
            );
        }),
        ("remove", |store| {
            let keys = store.matching(&Match::Exactly(name("a")), Age::Any).unwrap();
            assert_eq!(store.remove(&keys, Age::Any).unwrap(), 1);
            assert_eq!(store.find(&name("a")).unwrap(), None);
        }),
        ("list", |store| {
            let wanted = Wanted::default();
            let mut names = store.list(&wanted).unwrap();
            assert_eq!(names.next_name().unwrap(), Listed::Next(b"a".as_slice()));
            assert_eq!(names.next_name().unwrap(), Listed::End);
        }),
        ("walk", |store| assert_eq!(state(store).len(), 1)),
        ("check", |store| assert_eq!(faults(store), Vec::<String>::new())),
        ("claim", |store| {
            let claim = claim(store, "a");
            assert!(store.renew(&claim).unwrap());
            store
                .finish_with(&claim, DESCRIPTION, &mut Memory::new(b"made"))
                .unwrap()
                .unwrap();
            assert_eq!(read(store, "a").as_deref(), Some(b"made".as_slice()));
        }),
        ("claim what was seen", |store| {
            let seen = store.find(&name("a")).unwrap().unwrap();
            let claim = store.claim(&name("a"), Seen::Version(&seen), 60).unwrap();
            let Claimed::Granted(claim) = claim else {
                panic!("{claim:?}")
            };
            store.release(&claim).unwrap();
            assert_eq!(state(store).len(), 1);
        }),
        ("layout", |store| {
            store.find(&name("a")).unwrap();
            assert_eq!(store.known_layout(), Some(store.layout().unwrap().kind()));
        }),
    ];
    on_own(|tables| {
        for (number, (what, operation)) in operations.iter().enumerate() {
            let mut database = Database::with_chunks(tables, 10);
            database.put("a", &bytes(25, 1));
            let stale = process(&database, number as u32 + 1);
            // Its statements are prepared already.
            operation(&stale);
            let id = database.number("SELECT COUNT(*) FROM ezdbfile");
            assert!(id <= 2, "{what}");
            database.admin.query("DELETE FROM ezdbfile_data").unwrap();
            database.admin.query("DELETE FROM ezdbfile").unwrap();
            database.put("a", &bytes(25, 1));
            assert_eq!(
                migrate(&database.store, to(other(tables))).unwrap(),
                DONE,
                "{what}"
            );
            operation(&stale);
        }
    });
}

#[test]
fn rows_that_were_found_before_are_removed_after() {
    on_all(|tables| {
        let database = Database::new(tables);
        let site = process(&database, 1);
        for name in ["a", "b", "c"] {
            put(&site, name, b"content");
        }
        site.expire(&Match::Exactly(Name::new(b"b"))).unwrap();
        let keys = site
            .matching(
                &Match::Prefixes(vec![b"a".to_vec(), b"b".to_vec(), b"c".to_vec()]),
                Age::Expired,
            )
            .unwrap();
        let all = site
            .matching(
                &Match::Prefixes(vec![b"a".to_vec(), b"b".to_vec(), b"c".to_vec()]),
                Age::Any,
            )
            .unwrap();
        assert_eq!((keys.len(), all.len()), (1, 3));
        assert_eq!(migrate(&database.store, to(other(tables))).unwrap(), DONE);
        assert_eq!(site.remove(&keys, Age::Expired).unwrap(), 1);
        assert_eq!(site.remove(&all, Age::Expired).unwrap(), 0);
        assert_eq!(state(&site).len(), 2);
        assert_eq!(site.remove(&all, Age::Any).unwrap(), 2);
        assert_eq!(state(&site).len(), 0);
    });
}

#[test]
fn a_walk_does_not_mix_keys_of_two_layouts() {
    on_own(|tables| {
        let database = Database::new(tables);
        for number in 0..1001 {
            put(&database.store, &format!("{number}"), b"");
        }
        let site = process(&database, 1);
        let mut met = 0;
        let walked = site.walk::<Error>(&mut |_| {
            met += 1;
            if met == 1 {
                assert_eq!(migrate(&database.store, to(other(tables)))?, DONE);
            }
            Ok(())
        });
        assert!(matches!(walked, Err(Error::Refused(_))), "{walked:?}");
        assert_eq!(met, 1000);
    });
}

/// What a file holds says which version it is: no mixture of two passes.
fn version(number: u32) -> Vec<u8> {
    let length = 4 + (number as usize * 37) % 60;
    number.to_be_bytes().repeat(length)
}

#[test]
fn writers_readers_and_claims_go_on_beside_it() {
    on_own(|tables| {
        let database = Database::with_chunks(tables, 50);
        for number in 0..700 {
            put(
                &database.store,
                &format!("fixed/{number}"),
                &bytes(number % 130, 4),
            );
        }
        for number in 0..4 {
            put(&database.store, &format!("changing/{number}"), &version(0));
        }
        let stop = AtomicBool::new(false);
        let done: [AtomicU32; 4] = Default::default();
        let (writer, mover, maker, reader) = (
            process(&database, 1),
            process(&database, 2),
            process(&database, 3),
            process(&database, 4),
        );
        let last = std::thread::scope(|scope| {
            let writing = scope.spawn(|| {
                let mut number = 0;
                while !stop.load(Relaxed) {
                    number += 1;
                    for file in 0..4 {
                        put(&writer, &format!("changing/{file}"), &version(number));
                    }
                    done[0].fetch_add(1, Relaxed);
                }
                number
            });
            let moving = scope.spawn(|| {
                while !stop.load(Relaxed) {
                    put(&mover, "from", b"moved");
                    let (from, to) = (Name::new(b"from"), Name::new(b"to"));
                    assert!(mover.rename(&from, &to).unwrap());
                    assert!(mover.copy(&to, &from).unwrap());
                    assert_eq!(mover.expire(&Match::Exactly(to.clone())).unwrap(), 1);
                    let keys = mover.matching(&Match::Exactly(to), Age::Expired).unwrap();
                    assert_eq!(mover.remove(&keys, Age::Expired).unwrap(), 1);
                    done[1].fetch_add(1, Relaxed);
                }
            });
            let making = scope.spawn(|| {
                let mut number = 0;
                while !stop.load(Relaxed) {
                    number += 1;
                    let mut claim = claim(&maker, "made");
                    let (content, mut source) = (version(number), Memory::new(b"kept"));
                    if number % 2 == 0 {
                        maker.keep(&mut claim, DESCRIPTION, &mut source).unwrap();
                    }
                    let made = maker
                        .finish_with(&claim, DESCRIPTION, &mut Memory::new(&content))
                        .unwrap();
                    assert!(made.is_some());
                    assert_eq!(read(&maker, "made"), Some(content));
                    done[2].fetch_add(1, Relaxed);
                }
            });
            let reading = scope.spawn(|| {
                let mut seen = 0;
                while !stop.load(Relaxed) {
                    for file in 0..4 {
                        let content =
                            read(&reader, &format!("changing/{file}")).expect("there is always one");
                        let number = u32::from_be_bytes(content[..4].try_into().unwrap());
                        assert_eq!(content, version(number));
                        assert!(number >= seen || file > 0, "{number} came after {seen}");
                        if file == 0 {
                            seen = number;
                        }
                    }
                    assert_eq!(read(&reader, "fixed/129"), Some(bytes(129, 4)));
                    done[3].fetch_add(1, Relaxed);
                }
            });
            let progress = || -> Vec<u32> { done.iter().map(|done| done.load(Relaxed)).collect() };
            let ended = || {
                writing.is_finished() || moving.is_finished() || making.is_finished() || reading.is_finished()
            };
            let some_more = |what: &str| {
                let before = progress();
                eventually(what, || {
                    ended() || progress().iter().zip(&before).all(|(now, then)| *now > then + 1)
                });
            };
            some_more("work before");
            let outcome = catch_unwind(AssertUnwindSafe(|| migrate(&database.store, to(other(tables)))));
            some_more("work after");
            stop.store(true, Relaxed);
            assert_eq!(outcome.expect("no panic").unwrap(), DONE);
            moving.join().unwrap();
            making.join().unwrap();
            reading.join().unwrap();
            writing.join().unwrap()
        });
        for file in 0..4 {
            assert_eq!(
                database.get(&format!("changing/{file}")),
                Some(version(last)),
                "{file}"
            );
        }
        for number in 0..700 {
            assert_eq!(
                database.get(&format!("fixed/{number}")),
                Some(bytes(number % 130, 4))
            );
        }
        assert_eq!(state(&database.store).len(), 700 + 4 + 2);
        assert_eq!(faults(&database.store), Vec::<String>::new());
    });
}

/// The new tables as well as the old ones keep one second's versions of one size apart.
#[test]
fn versions_of_one_second_are_told_apart_after_it() {
    on_hash(|tables| {
        let database = Database::new(tables);
        put(&database.store, "a", b"one");
        assert_eq!(migrate(&database.store, to(Kind::Id)).unwrap(), DONE);
        let before = database.store.find(&Name::new(b"a")).unwrap().unwrap();
        put(&database.store, "a", b"two");
        let after = database.store.find(&Name::new(b"a")).unwrap().unwrap();
        assert!(!before.is_same_version(&after));
    });
    on_id(|tables| {
        let database = Database::new(tables);
        put(&database.store, "a", b"one");
        assert_eq!(migrate(&database.store, to(Kind::Hash)).unwrap(), DONE);
        let before = database.store.find(&Name::new(b"a")).unwrap().unwrap();
        put(&database.store, "a", b"two");
        let after = database.store.find(&Name::new(b"a")).unwrap().unwrap();
        assert!(!before.is_same_version(&after));
    });
}

#[test]
fn an_estimate_changes_nothing() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        fill(&mut database);
        let before = state(&database.store);
        let present = if tables.is_hash() { Kind::Hash } else { Kind::Id };
        assert_eq!(database.store.estimate_migration(present).unwrap().files, 0);
        let estimate = database.store.estimate_migration(other(tables)).unwrap();
        assert_eq!(estimate.from, present.name());
        assert_eq!(estimate.files, before.len() as u64);
        assert_eq!(estimate.bytes, before.values().map(|file| file.2).sum::<u64>());
        assert_eq!((estimate.begun, estimate.in_the_way), (None, None));
        assert!(estimate.damaged.is_empty() && estimate.seconds > 0);
        assert_eq!(left(&mut database), ["ezdbfile", "ezdbfile_data"]);
        assert_eq!(state(&database.store), before);
    });
}
