//! Deleting by tree, prefix, wildcard and expression: exactly what is meant, by the index.

use super::at_once::supports_nowait;
use super::server::{Database, Tables, on_all, on_id, read};
use crate::error::Error;
use crate::storage::layout::Age;
use crate::storage::list::{Batch, Listed, Wanted};
use crate::storage::pattern::{Match, Wildcard};
use crate::storage::source::Memory;
use crate::storage::write::Description;
use crate::storage::{Key, Name};

const NAMES: [&str; 14] = [
    "a/b",
    "a/b/c",
    "a/b/c/d",
    "a/bc",
    "a/B/c",
    "a/b%/x",
    "a/b_/x",
    "a/bX/x",
    "a/b\\/x",
    "a/cache/x",
    "a/caché/x",
    "a/😀/x",
    "a/it's \"quoted\"",
    "b/c",
];

/// What is left of [`NAMES`] after a deletion, as the names that went.
fn gone(tables: Tables, matching: &Match) -> Vec<&'static str> {
    let mut database = Database::new(tables);
    for name in NAMES {
        database.put(name, name.as_bytes());
    }
    let expired = database.store.expire(matching).unwrap();
    let live = database.live();
    let gone: Vec<_> = NAMES
        .into_iter()
        .filter(|name| !live.iter().any(|l| l == name))
        .collect();
    assert_eq!(expired as usize, gone.len());
    gone
}

fn prefixes(list: &[&str]) -> Match {
    Match::Prefixes(list.iter().map(|prefix| prefix.as_bytes().to_vec()).collect())
}

#[test]
fn prefixes_are_bytes() {
    on_all(|tables| {
        assert_eq!(
            gone(tables, &Match::Tree(Name::new(b"a/b"))),
            ["a/b", "a/b/c", "a/b/c/d"]
        );
        assert_eq!(gone(tables, &prefixes(&["a/b_"])), ["a/b_/x"]);
        assert_eq!(gone(tables, &prefixes(&["a/b%"])), ["a/b%/x"]);
        assert_eq!(gone(tables, &prefixes(&["a/b\\"])), ["a/b\\/x"]);
        assert_eq!(
            gone(tables, &prefixes(&["a/cache", "a/B"])),
            ["a/B/c", "a/cache/x"]
        );
        assert_eq!(gone(tables, &prefixes(&["a/it's \""])), ["a/it's \"quoted\""]);
        assert_eq!(gone(tables, &prefixes(&["a/\u{1F600}"])), ["a/😀/x"]);
        // Half a character.
        assert_eq!(
            gone(tables, &Match::Prefixes(vec![b"a/cach\xc3".to_vec()])),
            ["a/caché/x"]
        );
        assert!(gone(tables, &prefixes(&["A/", "x", "a/b/d"])).is_empty());
    });
}

#[test]
fn wildcards_and_expressions_mean_whole_characters() {
    on_all(|tables| {
        let wildcard = |text: &str| gone(tables, &Match::Wildcard(Wildcard::new(text.as_bytes()).unwrap()));
        assert_eq!(wildcard("a/cach?/x"), ["a/cache/x", "a/caché/x"]);
        assert_eq!(wildcard("a/?/x"), ["a/😀/x"]);
        assert_eq!(wildcard("a/b{_,%}/*"), ["a/b%/x", "a/b_/x"]);
        assert_eq!(wildcard("a/b_/x"), ["a/b_/x"]);
        assert_eq!(wildcard("*/c"), ["a/b/c", "a/B/c", "b/c"]);
        let regex = |dir: &str, text: &str| gone(tables, &Match::Regex(dir.into(), text.into()));
        assert_eq!(regex("a/", "b/c$|cache"), ["a/b/c", "a/cache/x"]);
        assert_eq!(regex("a/", "./x"), ["a/😀/x"]);
        assert_eq!(regex("a/", "cach[éè]"), ["a/caché/x"]);
        assert_eq!(regex("a/", "B"), ["a/B/c"]);
        assert!(regex("a/", "x").is_empty());
    });
}

#[test]
fn an_expression_that_is_none_touches_nothing() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        database.put("a/b", b"");
        let result = database
            .store
            .expire(&Match::Regex(b"a/".to_vec(), b"(".to_vec()));
        assert!(matches!(result, Err(Error::Database { .. })), "{result:?}");
        assert_eq!(database.live(), ["a/b"]);
    });
}

#[test]
fn names_that_are_not_utf8_are_bytes_on_own_tables_and_refused_on_others() {
    on_all(|tables| {
        let database = Database::new(tables);
        let put = |name: &[u8]| {
            let description = Description {
                datatype: b"x",
                scope: b"x",
                mtime: 1,
            };
            database
                .store
                .put(&Name::new(name), description, &mut Memory::new(name))
        };
        if !tables.is_wide() {
            let result = put(b"a/\xff");
            assert!(matches!(result, Err(Error::Refused(_))), "{result:?}");
            return;
        }
        for name in [b"a/\xff".as_slice(), b"a/\xff\xfe", b"a/\xc3\xa9"] {
            put(name).unwrap();
        }
        let expire = |matching: &Match| database.store.expire(matching).unwrap();
        assert_eq!(expire(&Match::Wildcard(Wildcard::new(b"a/?").unwrap())), 2);
        assert_eq!(expire(&Match::Regex(b"a/".to_vec(), b"\xff\xfe".to_vec())), 1);
    });
}

#[test]
fn a_row_whose_hash_is_none_is_left_as_it_is_by_keys() {
    on_id(|tables| {
        let mut database = Database::new(tables);
        for name in ["a/b", "a/c", "a/d", "b0"] {
            database.put(name, b"");
        }
        // As long as a hash, and the end of a list of them in SQL.
        for (name, hash) in [("a/c", "REPEAT(CHAR(39), 32)"), ("a/d", "'none'")] {
            database
                .admin
                .query(&format!(
                    "UPDATE ezdbfile SET name_hash = {hash} WHERE name = '{name}'"
                ))
                .unwrap();
        }
        // The name behind those that are meant is locked: files are found and marked one by one.
        let mut other = database.somebody_locks("b0");
        let expire = |database: &Database| database.store.expire(&prefixes(&["a/", "b/"])).unwrap();
        assert_eq!(expire(&database), 1);
        assert_eq!(database.live(), ["a/c", "a/d", "b0"]);
        other.query("COMMIT").unwrap();
        // By its name it is one of them, where names are bytes.
        let logs = database.number("SELECT @@log_bin AND @@binlog_format = 'STATEMENT'") == 1;
        assert_eq!(supports_nowait(&database), !logs);
        let by_name = tables.is_wide() && !logs;
        assert_eq!(expire(&database), if by_name { 2 } else { 0 });
        assert_eq!(database.live().len(), if by_name { 1 } else { 3 });
    });
}

#[test]
fn a_row_whose_hash_is_none_does_not_take_the_file_of_its_name_along() {
    on_id(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"live");
        let key = |database: &mut Database, and: &str| {
            let id = database.number(&format!("SELECT id FROM ezdbfile WHERE name = 'a' AND {and}"));
            Key::new(id.cast_unsigned(), b"a")
        };
        let live = key(&mut database, "mtime >= 0");
        database
            .admin
            .query(
                "INSERT INTO ezdbfile (datatype, name, name_hash, scope, size, mtime) \
                 VALUES ('misc', 'a', MD5('b'), 'x', 0, -1000)",
            )
            .unwrap();
        let odd = key(&mut database, "mtime < 0");
        assert_eq!(database.store.remove(&[odd], Age::Any).unwrap(), 0, "{tables:?}");
        assert_eq!(database.live(), ["a"]);
        assert_eq!(read(&database.store, "a").unwrap(), b"live");
        assert_eq!(database.store.remove(&[live], Age::Any).unwrap(), 1);
        assert_eq!(database.live(), Vec::<String>::new());
    });
}

#[test]
fn an_index_that_was_dropped_or_renamed_or_is_ignored_is_not_asked_for() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let (name, columns) = if tables.is_hash() {
            ("ezdbfile_expired_name", "expired, name(10)")
        } else {
            ("ezdbfile_name", "name(10)")
        };
        for (file, change) in [
            ("a/b", None),
            ("a/1", Some(format!("ALTER INDEX {name} IGNORED"))),
            ("a/2", Some(format!("ALTER INDEX {name} NOT IGNORED"))),
            ("a/c", Some(format!("DROP INDEX {name}"))),
            (
                "a/d",
                Some(format!("ADD INDEX `o``dd` ({columns}), ADD INDEX other (scope)")),
            ),
            ("a/e", Some("DROP INDEX `o``dd`".into())),
        ] {
            database.put(file, b"");
            if let Some(change) = change {
                database
                    .admin
                    .query(&format!("ALTER TABLE ezdbfile {change}"))
                    .unwrap();
            }
            assert_eq!(
                database.store.expire(&prefixes(&["a/", "b/"])).unwrap(),
                1,
                "{file}"
            );
            assert!(database.live().is_empty(), "{file}");
        }
    });
}

/// Rows that the server read on the pool's one connection, by index or by scan.
fn rows_read(database: &Database) -> i64 {
    let mut lease = database.store.pool().checkout().unwrap();
    let rows = lease
        .session()
        .unwrap()
        .query_rows("SHOW SESSION STATUS LIKE 'Handler_read%'")
        .unwrap();
    rows.iter()
        .map(|row| {
            String::from_utf8_lossy(row[1].as_ref().unwrap())
                .parse::<i64>()
                .unwrap()
        })
        .sum()
}

#[test]
fn a_literal_prefix_is_found_by_the_index() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        let insert =
            database.insert_names("SELECT CONCAT('var/', seq % 100, '/', seq) name FROM seq_1_to_20000");
        database.admin.query(&insert).unwrap();
        database.admin.query("ANALYZE TABLE ezdbfile").unwrap();
        for (what, matching, expected) in [
            ("tree", Match::Tree(Name::new(b"var/17")), 200),
            ("prefixes", prefixes(&["var/18/", "var/19/"]), 400),
            (
                "wildcard",
                Match::Wildcard(Wildcard::new(b"var/20/*").unwrap()),
                200,
            ),
            (
                "expression",
                Match::Regex(b"var/21/".to_vec(), b".*".to_vec()),
                200,
            ),
        ] {
            let before = rows_read(&database);
            let expired = database.store.expire(&matching).unwrap();
            let read = rows_read(&database) - before;
            assert_eq!(expired, expected, "{what}");
            assert!(
                read < 5 * expected as i64 + 500,
                "{what}: {read} rows read for {expected}"
            );
        }
        assert_eq!(database.store.pool().stats().connects, 1);
    });
}

/// The names of a list, in order; the same one by one and in batches.
fn listed(database: &Database, wanted: &Wanted) -> Vec<String> {
    let list = listed_one_by_one(database, wanted);
    let mut names = database.store.list(wanted).unwrap();
    let mut batch = Batch::default();
    let mut batches = Vec::new();
    loop {
        match names.next_names(&mut batch).unwrap() {
            Listed::Next(batch) => {
                batches.extend(batch.iter().map(|n| String::from_utf8_lossy(n).into_owned()))
            }
            Listed::Anew => batches.clear(),
            Listed::End => break,
        }
    }
    batches.sort_unstable();
    assert_eq!(batches, list);
    list
}

fn listed_one_by_one(database: &Database, wanted: &Wanted) -> Vec<String> {
    let mut names = database.store.list(wanted).unwrap();
    let mut list = Vec::new();
    loop {
        match names.next_name().unwrap() {
            Listed::Next(name) => list.push(String::from_utf8_lossy(name).into_owned()),
            Listed::Anew => list.clear(),
            Listed::End => break,
        }
    }
    list.sort_unstable();
    list
}

#[test]
fn a_row_that_a_newer_one_hides_is_in_no_list_whatever_their_scopes() {
    for tables in [Tables::Seed, Tables::Install] {
        let mut database = Database::new(tables);
        for name in ["a", "b", "c"] {
            database.put(name, b"");
        }
        // Older rows of two of the names, one of them of another scope; an old one of a third name
        // whose hash is damaged.
        database
            .admin
            .query(
                "INSERT INTO ezdbfile (id, name, name_hash, scope, size, mtime) \
                 SELECT id + 1000, name, name_hash, IF(name = 'b', 'other', scope), size, mtime \
                 FROM ezdbfile WHERE name <> 'c'",
            )
            .unwrap();
        database
            .admin
            .query("UPDATE ezdbfile SET name_hash = 'no hash' WHERE name = 'c'")
            .unwrap();
        let of = |scopes: &[&str], exclude_scopes| Wanted {
            scopes: scopes.iter().map(|scope| scope.as_bytes().to_vec()).collect(),
            exclude_scopes,
            ..Wanted::default()
        };
        assert_eq!(listed(&database, &Wanted::default()), ["a", "b", "c"]);
        assert_eq!(listed(&database, &of(&["test"], false)), ["a", "c"]);
        assert_eq!(listed(&database, &of(&["test"], true)), ["b"]);
        assert_eq!(listed(&database, &of(&["other"], false)), ["b"]);
        assert_eq!(listed(&database, &of(&["other"], true)), ["a", "c"]);
        // The connection of the list that was begun anew is gone, and no other.
        let stats = database.store.pool().stats();
        assert_eq!((stats.open, stats.idle), (1, 1), "{stats:?}");
    }
}

#[test]
fn lists_are_by_scope_prefix_and_page() {
    on_all(|tables| {
        let mut database = Database::new(tables);
        for (index, name) in NAMES.into_iter().enumerate() {
            database.put_at(name, b"", 1000 + index as i64);
        }
        database
            .admin
            .query("UPDATE ezdbfile SET scope = 'Test' WHERE mtime < 1002")
            .unwrap();
        let list = |wanted: &Wanted| listed(&database, wanted);
        assert_eq!(list(&Wanted::default()).len(), NAMES.len());
        let scopes = vec![b"Test".to_vec()];
        assert_eq!(
            list(&Wanted {
                scopes: scopes.clone(),
                ..Wanted::default()
            }),
            ["a/b", "a/b/c"]
        );
        let others = Wanted {
            scopes,
            exclude_scopes: true,
            ..Wanted::default()
        };
        assert_eq!(list(&others).len(), NAMES.len() - 2);
        let prefix = Wanted {
            prefix: b"a/b_".to_vec(),
            ..Wanted::default()
        };
        assert_eq!(list(&prefix), ["a/b_/x"]);
        let page = Wanted {
            limit: Some((3, 2)),
            ..Wanted::default()
        };
        if tables.is_hash() {
            // There is no order of storing, but the pages make up the whole.
            let pages = (0..7).flat_map(|page| {
                list(&Wanted {
                    limit: Some((page * 2, 2)),
                    ..Wanted::default()
                })
            });
            let mut all: Vec<String> = pages.collect();
            all.sort_unstable();
            assert_eq!(all, list(&Wanted::default()));
        } else {
            assert_eq!(list(&page), ["a/B/c", "a/bc"]);
        }
        database.store.expire(&Match::Tree(Name::new(b"a/b"))).unwrap();
        let expired = Wanted {
            expired_for: Some(Some(60)),
            ..Wanted::default()
        };
        assert_eq!(list(&expired), ["a/b", "a/b/c", "a/b/c/d"]);
        let long_ago = Wanted {
            expired_for: Some(Some(i64::from(u32::MAX))),
            ..Wanted::default()
        };
        assert!(list(&long_ago).is_empty());
        assert_eq!(
            database
                .store
                .matching(&Match::Tree(Name::new(b"a/b")), Age::Before(1002))
                .unwrap()
                .len(),
            2
        );
    });
}
