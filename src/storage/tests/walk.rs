//! Going through all files, and opening local ones at exactly their place.

use std::os::unix::fs::symlink;

use super::server::{Database, on_all, on_id};
use crate::error::{Error, Result};
use crate::storage::Name;
use crate::storage::pattern::Match;
use crate::storage::source::{LocalFile, Source};

fn walked(database: &Database) -> Vec<String> {
    let mut names = Vec::new();
    let walk: Result<()> = database.store.walk(&mut |file| {
        let flag = if file.is_expired() { "-" } else { "" };
        names.push(format!(
            "{flag}{}={}",
            String::from_utf8_lossy(file.name()),
            file.size
        ));
        Ok(())
    });
    walk.expect("the walk comes to its end");
    names.sort_unstable();
    names
}

#[test]
fn every_file_is_met_once_across_steps() {
    on_all(|tables| {
        let database = Database::new(tables);
        assert_eq!(walked(&database), [""; 0]);
        let mut expected = Vec::new();
        for number in 0..1001 {
            database.put(&format!("a/{number}"), b"abc");
            expected.push(format!("a/{number}=3"));
        }
        database.put("dead", b"");
        database
            .store
            .expire(&Match::Exactly(Name::new(b"dead")))
            .unwrap();
        expected.push("-dead=0".into());
        expected.sort_unstable();
        assert_eq!(walked(&database), expected);
    });
}

#[test]
fn a_row_that_another_hides_is_not_met() {
    on_id(|tables| {
        let mut database = Database::new(tables);
        database.put("a", b"new");
        database.query(
            "UPDATE ezdbfile SET id = id + 1000",
            "there is no such row in the other layout",
        );
        database.query(
            "INSERT INTO ezdbfile (id, datatype, name, name_hash, scope, size, mtime) \
             VALUES (1, '', 'a', MD5('a'), '', 77, 1)",
            "",
        );
        assert_eq!(walked(&database), ["a=3"]);
    });
}

#[test]
fn the_walk_ends_with_what_is_said() {
    on_all(|tables| {
        let database = Database::new(tables);
        database.put("a", b"1");
        database.put("b", b"1");
        let mut met = 0;
        let walk: Result<()> = database.store.walk(&mut |_| {
            met += 1;
            Err(Error::Interrupted)
        });
        assert!(matches!(walk, Err(Error::Interrupted)));
        assert_eq!(met, 1);
    });
}

#[test]
fn links_and_directories_are_not_opened() {
    let directory = std::env::temp_dir().join(format!("ezdbfile-itself-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let (file, link, directory_itself) = (directory.join("file"), directory.join("link"), directory.clone());
    std::fs::write(&file, "bytes").unwrap();
    symlink(&file, &link).unwrap();
    let mut opened = LocalFile::open_itself(&file).unwrap();
    assert_eq!(opened.block(10).unwrap(), b"bytes");
    for path in [&link, &directory_itself] {
        assert!(matches!(LocalFile::open_itself(path), Err(Error::Local { .. })));
    }
    assert!(LocalFile::open(&link).is_ok());
    std::fs::remove_dir_all(&directory).unwrap();
}
