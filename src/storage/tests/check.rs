//! What a check finds, and what it puts right.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use super::server::{Database, Tables, bytes, on_all, on_hash, on_id};
use crate::storage::check::{Fault, Finding, Options, Totals};
use crate::storage::claims::{Claim, Claimed, Seen, lock_of};
use crate::storage::pattern::Match;
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Name, Store};

/// Findings as `name: kind`, an asterisk at those that were put right, in order.
fn check(database: &Database, deep: bool, repair: bool) -> (Vec<String>, Totals) {
    let mut found = Vec::new();
    let mut report = |finding: Finding| {
        found.push(format!(
            "{}: {}{}",
            String::from_utf8_lossy(&finding.name),
            finding.fault.kind(),
            if finding.repaired { "*" } else { "" }
        ));
    };
    let totals = database
        .store
        .check(Options { deep, repair }, &mut report)
        .expect("the check comes to its end");
    found.sort_unstable();
    (found, totals)
}

fn found(database: &Database, repair: bool) -> Vec<String> {
    check(database, false, repair).0
}

#[test]
fn sound_tables_have_no_faults_and_are_counted() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, 10);
        for size in [0, 1, 10, 25] {
            database.put(&format!("live/{size}"), &bytes(size, 1));
        }
        database.put("dead", &bytes(33, 2));
        database
            .store
            .expire(&Match::Exactly(Name::new(b"dead")))
            .unwrap();
        let totals = Totals {
            files: 4,
            bytes: 36,
            expired: 1,
            expired_bytes: 33,
            claims: 0,
        };
        for (deep, repair) in [(false, false), (true, true)] {
            assert_eq!(check(&database, deep, repair), (Vec::new(), totals));
        }
        assert_eq!(database.get("live/25"), Some(bytes(25, 1)));
    });
}

#[test]
fn files_that_do_not_add_up_are_told_and_left_alone() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        for name in ["less", "more", "none", "sound"] {
            database.put(name, &bytes(25, 1));
        }
        database
            .admin
            .query("UPDATE ezdbfile SET size = IF(name = 'less', 26, IF(name = 'more', 24, 25))")
            .unwrap();
        database.query(
            "DELETE d FROM ezdbfile_data d JOIN ezdbfile f ON f.id = d.masterid WHERE f.name = 'none'",
            "DELETE FROM ezdbfile_data WHERE name_hash = MD5('none')",
        );
        let expected = ["less: size", "more: size", "none: size"];
        assert_eq!(found(&database, true), expected);
        assert_eq!(check(&database, true, false).0, expected);
        assert_eq!(database.get("sound"), Some(bytes(25, 1)));
    });
}

#[test]
fn data_rows_without_a_file_are_removed() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        for name in ["a", "b", "c"] {
            database.put(name, &bytes(25, 1));
        }
        database.admin.query("SET foreign_key_checks = 0").unwrap();
        database
            .admin
            .query("DELETE FROM ezdbfile WHERE name = 'b'")
            .unwrap();
        database.query(
            "INSERT INTO ezdbfile_data (masterid, filedata) VALUES (0, 'first'), (100000, 'last')",
            "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) VALUES ('0', 0, 'first'), ('z', 0, 'last')",
        );
        let orphans = found(&database, false);
        assert_eq!(orphans.len(), 3, "{orphans:?}");
        assert!(orphans.iter().all(|orphan| orphan.ends_with(": orphan")));
        let repaired: Vec<String> = orphans.iter().map(|orphan| format!("{orphan}*")).collect();
        assert_eq!(found(&database, true), repaired);
        assert!(found(&database, true).is_empty());
        assert_eq!(database.live(), ["a", "c"]);
        assert_eq!(database.chunks(), 6);
        assert_eq!(database.get("c"), Some(bytes(25, 1)));
    });
}

#[test]
fn rows_that_another_hides_are_removed() {
    on_id(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        database.put("a", &bytes(25, 1));
        database
            .admin
            .query(
                "INSERT INTO ezdbfile (id, datatype, name, name_hash, scope, size, mtime) \
                 SELECT id + 10, datatype, name, name_hash, scope, 0, mtime FROM ezdbfile",
            )
            .unwrap();
        assert_eq!(found(&database, false), ["a: superseded"]);
        assert_eq!(found(&database, true), ["a: superseded*"]);
        assert!(found(&database, false).is_empty());
        assert_eq!(database.get("a"), Some(Vec::new()));
        assert_eq!(database.chunks(), 0);
    });
}

#[test]
fn a_hash_that_is_not_the_names_is_told() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"x");
        database.admin.query("SET foreign_key_checks = 0").unwrap();
        database
            .admin
            .query("UPDATE ezdbfile SET name_hash = REVERSE(name_hash)")
            .unwrap();
        database.query("DO 0", "UPDATE ezdbfile_data SET name_hash = REVERSE(name_hash)");
        assert_eq!(found(&database, true), ["a: hash"]);
    });
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
fn claims_that_nobody_holds_are_removed() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let open = claim(&database.store, "open");
        // A maker whose connection ended.
        let mut settings = database.settings.clone();
        settings.connect_timeout += 1;
        let other = Store::with_settings(&settings);
        let lost = claim(&other, "lost");
        other.pool().close();
        let lock = lock_of(&database.settings.database, lost.generating());
        while database.number(&format!("SELECT IS_FREE_LOCK('{lock}')")) == 0 {
            std::thread::yield_now();
        }
        // Of handlers that take no locks.
        database.put_at("young.generating", b"x", 1);
        database.put_at("old.generating", b"x", 1000);
        database
            .admin
            .query("UPDATE ezdbfile SET mtime = UNIX_TIMESTAMP() WHERE name = 'young.generating'")
            .unwrap();
        assert_eq!(check(&database, false, false).1.claims, 4);
        assert_eq!(
            found(&database, true),
            ["lost.generating: claim*", "old.generating: claim*"]
        );
        assert_eq!(database.live(), ["open.generating", "young.generating"]);
        database.store.release(&open).unwrap();
    });
}

#[test]
fn gaps_overlaps_leftovers_and_flags_of_the_hash_layout() {
    on_hash(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        for name in ["flag", "gap", "leftover", "overlap", "time"] {
            database.put(name, &bytes(25, 1));
        }
        for sql in [
            "UPDATE ezdbfile_data SET `offset` = 11 WHERE `offset` = 10 AND name_hash = MD5('gap')",
            "UPDATE ezdbfile_data SET `offset` = 9 WHERE `offset` = 10 AND name_hash = MD5('overlap')",
            // What an old handler leaves that overwrites a file by one of 20 bytes.
            "UPDATE ezdbfile SET size = 20 WHERE name = 'leftover'",
            "UPDATE ezdbfile SET expired = 1 WHERE name = 'flag'",
            "UPDATE ezdbfile SET mtime = -mtime WHERE name = 'time'",
        ] {
            database.admin.query(sql).unwrap();
        }
        let all = [
            "flag: state",
            "gap: gap",
            "leftover: leftover",
            "overlap: overlap",
            "time: state",
        ];
        assert_eq!(found(&database, false), all);
        assert_eq!(
            found(&database, true),
            [
                "flag: state*",
                "gap: gap",
                "leftover: leftover*",
                "overlap: overlap",
                "time: state*"
            ]
        );
        assert_eq!(found(&database, true), ["gap: gap", "overlap: overlap"]);
        assert_eq!(database.get("leftover"), Some(bytes(25, 1)[..20].to_vec()));
        assert_eq!(
            database.number("SELECT COUNT(*) FROM ezdbfile WHERE expired = 1 AND mtime < 0"),
            2
        );
    });
}

#[test]
fn a_wrong_name_trunk_is_found_and_put_right() {
    on_hash(|tables| {
        let mut database = Database::new(tables);
        let name = Name::new("var/s/cache/content/caf\u{e9}/full-1.cache".as_bytes());
        let view = Description {
            datatype: b"x",
            scope: b"viewcache",
            mtime: 5,
        };
        database.store.put(&name, view, &mut Memory::new(b"x")).unwrap();
        database.put("a", b"x");
        let open = claim(&database.store, "var/s/cache/content/full-2.cache");
        assert!(found(&database, false).is_empty());
        database
            .admin
            .query("UPDATE ezdbfile SET name_trunk = name WHERE scope = 'viewcache'")
            .unwrap();
        let text = "var/s/cache/content/caf\u{e9}/full-1.cache: trunk";
        assert_eq!(found(&database, false), [text]);
        assert_eq!(found(&database, true), [format!("{text}*")]);
        assert!(found(&database, true).is_empty());
        assert_eq!(
            database.number(
                "SELECT COUNT(*) FROM ezdbfile WHERE name_trunk = 'var/s/cache/content/caf\u{e9}/full-'"
            ),
            1
        );
        database.store.release(&open).unwrap();
    });
}

#[test]
fn many_files_are_checked_in_steps() {
    on_all(|tables| {
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
                 SELECT name, MD5(name), 'test', IF(n % 700 = 0, 1, 0), IF(n % 2, 5, 6){} \
                 FROM (SELECT seq n, CONCAT('var/', seq) name FROM seq_1_to_2000) names",
                more[0], more[1]
            ))
            .unwrap();
        let (found, totals) = check(&database, false, true);
        assert_eq!(found, ["var/1400: size", "var/700: size"]);
        assert_eq!((totals.files, totals.bytes), (2000, 2));
        assert_eq!(database.store.pool().stats().open, 1);
    });
}

/// What is found is told step by step, however much it is.
#[test]
fn many_data_rows_without_files_are_told_in_steps() {
    on_all(|tables| {
        let mut database = Database::with_chunks(tables, 10);
        for number in 0..50 {
            database.put(&format!("{number}"), &bytes(25, 1));
        }
        database.admin.query("SET foreign_key_checks = 0").unwrap();
        database.query(
            "INSERT INTO ezdbfile_data (masterid, filedata) SELECT 1000 + seq DIV 2, 'lost' FROM seq_0_to_23999",
            "INSERT INTO ezdbfile_data (name_hash, `offset`, filedata) \
             SELECT MD5(CONCAT('lost', seq DIV 2)), 4 * (seq % 2), 'lost' FROM seq_0_to_23999",
        );
        // Behind them all, and between them.
        for number in 50..70 {
            database.put(&format!("{number}"), &bytes(25, 1));
        }
        database
            .admin
            .query("UPDATE ezdbfile SET size = 26 WHERE name = '7' OR name = '66'")
            .unwrap();
        let (mut names, mut wrong) = (std::collections::HashSet::new(), Vec::new());
        let totals = database
            .store
            .check(Options::default(), &mut |finding| match finding.fault {
                Fault::Orphan { bytes } => {
                    assert_eq!(bytes, 8);
                    assert!(names.insert(finding.name), "each once");
                }
                _ => wrong.push(String::from_utf8(finding.name).unwrap()),
            });
        wrong.sort_unstable();
        assert_eq!(
            (names.len(), wrong),
            (12000, vec!["66".to_owned(), "7".to_owned()])
        );
        assert_eq!(totals.unwrap().files, 70);
        let repaired = found(&database, true);
        assert_eq!(
            repaired.iter().filter(|found| found.ends_with("orphan*")).count(),
            12000
        );
        assert_eq!(found(&database, false), ["66: size", "7: size"]);
        assert_eq!(database.chunks(), 70 * 3);
    });
}

#[test]
fn columns_that_do_not_hold_everything_are_named() {
    on_all(|tables| {
        let narrow = Database::new(tables).store.narrow_columns().unwrap();
        let expected: &[&str] = match tables {
            Tables::Seed => &[
                "ezdbfile.id is mediumint and goes up to 16777215",
                "ezdbfile.mtime is int and goes up to 2147483647",
                "ezdbfile_data.id is mediumint and goes up to 16777215",
                "ezdbfile_data.masterid is mediumint and goes up to 16777215",
                "ezdbfile.name holds 255 characters",
                "ezdbfile.datatype holds 60 characters",
                "ezdbfile.scope holds 20 characters",
            ],
            Tables::Hash => &[
                "ezdbfile.mtime is int and goes up to 2147483647",
                "ezdbfile_data.offset is int and goes up to 4294967295",
                "ezdbfile.datatype holds 60 characters",
                "ezdbfile.scope holds 20 characters",
            ],
            Tables::Install | Tables::HashInstall => &[],
        };
        let beginnings: Vec<&str> = narrow
            .iter()
            .map(|text| text.split(':').next().unwrap())
            .collect();
        assert_eq!(beginnings, expected);
    });
}

/// Says that it is over, also when a thread panics.
struct AtTheEnd<'a>(&'a AtomicBool);

impl Drop for AtTheEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
    }
}

#[test]
fn a_check_beside_writers_finds_nothing_and_takes_nothing_away() {
    on_all(|tables| {
        let database = Database::with_chunks(tables, 10);
        let store = Arc::clone(&database.store);
        let stop = AtomicBool::new(false);
        let description = Description {
            datatype: b"x",
            scope: b"x",
            mtime: 5,
        };
        let put = |file: &str, size: usize| {
            let content = bytes(size, 1);
            store
                .put(
                    &Name::new(file.as_bytes()),
                    description,
                    &mut Memory::new(&content),
                )
                .unwrap()
        };
        put("kept", 35);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let _stop = AtTheEnd(&stop);
                for round in 0..100 {
                    put("a", round % 45);
                    let (from, to) = (Name::new(b"a"), Name::new(b"b"));
                    assert!(store.rename(&from, &to).unwrap());
                    assert!(store.copy(&to, &from).unwrap());
                    store.expire(&Match::Exactly(to)).unwrap();
                }
            });
            scope.spawn(|| {
                let _stop = AtTheEnd(&stop);
                while !stop.load(Relaxed) {
                    let claim = claim(&store, "made");
                    let content = bytes(17, 1);
                    let made = store
                        .finish_with(&claim, description, &mut Memory::new(&content))
                        .unwrap();
                    assert!(made.is_some());
                }
            });
            let _stop = AtTheEnd(&stop);
            let mut checks = 0;
            while !stop.load(Relaxed) || checks == 0 {
                assert_eq!(found(&database, true), Vec::<String>::new());
                checks += 1;
            }
        });
        assert_eq!(database.get("kept"), Some(bytes(35, 1)));
        assert_eq!(database.get("made"), Some(bytes(17, 1)));
        assert_eq!(database.get("a"), Some(bytes(99 % 45, 1)));
    });
}
