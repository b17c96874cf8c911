//! Finding rows by what their names are like, marking them, removing them.

use super::{IdLayout, Index};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::layout::matching::{Mark, ROWS_AT_ONCE, Search, mark_at_once, matching_keys};
use crate::storage::layout::{Age, Matching};
use crate::storage::metadata::{Key, Name};
use crate::storage::pattern::Match;

/// What makes a live row an expired one.
const MARK: &str = "mtime = -GREATEST(mtime, 1)";

fn age_sql(age: Age) -> String {
    age.sql("mtime >= 0", "mtime < 0")
}

/// Live rows. The column that only this layout has is named so that the statement fails on tables that were migrated
/// meanwhile.
const LIVE: &str = "mtime >= 0 AND id IS NOT NULL";

impl Matching for IdLayout {
    fn matching(&self, session: &mut Session, matching: &Match, age: Age) -> Attempt<Vec<Key>> {
        let search = Search {
            id: "id",
            and: &age_sql(age),
            hint: "",
        };
        matching_keys(&self.shape, session, matching, &search)
    }

    fn expire_at_once(&self, session: &mut Session, matching: &Match) -> Attempt<Option<u64>> {
        let mark = Mark {
            set: MARK,
            live: LIVE,
            hint: &self.hints.name,
        };
        mark_at_once(&self.shape, session, matching, &mark)
    }

    fn expire(&self, session: &mut Session, keys: &[Key]) -> Attempt<u64> {
        if let [key] = keys {
            // The most frequent case, and prepared once.
            let sql = format!(
                "UPDATE ezdbfile{} SET {MARK} \
                 WHERE mtime >= 0 AND id = ? AND name_hash = ?",
                self.hint(Index::Primary)
            );
            let hash = key.hash();
            let params = [Param::Int(key.id.cast_signed()), Param::Text(hash.as_bytes())];
            return Ok(session.execute(&sql, &params)?.affected);
        }
        let mut expired = 0;
        for keys in keys.chunks(ROWS_AT_ONCE) {
            let mut sql = format!(
                "UPDATE ezdbfile{} SET {MARK} WHERE mtime >= 0 AND ",
                self.hint(Index::Primary)
            );
            push_among(&mut sql, keys, "");
            expired += session.query(&sql)?;
        }
        Ok(expired)
    }

    fn remove(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<u64> {
        let mut doomed = Vec::new();
        for (name, id) in self.locked(session, keys, age)? {
            doomed.push(Key::new(id, name.bytes()));
            doomed.extend(self.rows_named(session, &name, " AND id < ?", id)?);
        }
        doomed.sort_unstable();
        doomed.dedup();
        self.erase(session, &doomed)?;
        Ok(doomed.len() as u64)
    }
}

impl IdLayout {
    /// Those of the rows that are of that age and still have their names, kept so to the end of the
    /// transaction.
    pub(super) fn locked(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<Vec<(Name, u64)>> {
        let mut locked = Vec::new();
        for keys in keys.chunks(ROWS_AT_ONCE) {
            let params = padded(keys);
            let marks = vec!["?"; params.len()].join(",");
            let statement = session.select(
                &format!(
                    "SELECT id, name, name_hash FROM ezdbfile{} WHERE id IN ({marks}){} ORDER BY id FOR UPDATE",
                    self.hint(Index::Primary),
                    age_sql(age)
                ),
                &params,
            )?;
            while session.fetch(statement)? {
                let name = session.bytes(statement, 1);
                let key = Key::new(session.int(statement, 0).cast_unsigned(), name);
                // A row whose hash is not that of its name is found by no name: what has that name is another file.
                let is_named = session
                    .bytes(statement, 2)
                    .eq_ignore_ascii_case(key.hash().as_bytes());
                if is_named && keys.binary_search(&key).is_ok() {
                    locked.push((Name::new(name), key.id));
                }
            }
        }
        Ok(locked)
    }

    /// Keys of the rows of a name that fulfil a further condition on an id.
    pub(super) fn rows_named(
        &self,
        session: &mut Session,
        name: &Name,
        and: &str,
        id: u64,
    ) -> Attempt<Vec<Key>> {
        let statement = session.select(
            &format!("SELECT id, name FROM ezdbfile WHERE name_hash = ?{and}"),
            &[Param::Text(name.digits()), Param::Int(id.cast_signed())],
        )?;
        let mut keys = Vec::new();
        while session.fetch(statement)? {
            if session.bytes(statement, 1) == name.bytes() {
                keys.push(Key::new(session.int(statement, 0).cast_unsigned(), name.bytes()));
            }
        }
        Ok(keys)
    }

    /// Removes rows that still have their names for good, each with its bytes.
    pub(super) fn erase(&self, session: &mut Session, keys: &[Key]) -> Attempt<()> {
        for keys in keys.chunks(ROWS_AT_ONCE) {
            let mut sql = format!("{} WHERE ", self.delete_with_rows(Index::Primary));
            push_among(&mut sql, keys, "f.");
            session.query(&sql)?;
        }
        Ok(())
    }

    /// Removes the rows of a name for good, each with its bytes, whose id fulfils a condition.
    pub(super) fn erase_named(&self, session: &mut Session, name: &Name, and: &str, id: u64) -> Attempt<()> {
        let sql = format!(
            "{} WHERE f.name_hash = ? AND f.id {and} ? AND {} = ?",
            self.delete_with_rows(Index::NameHash),
            self.shape.bytes_of(self.shape.name, "f.name")
        );
        let params = [
            Param::Text(name.digits()),
            Param::Int(id.cast_signed()),
            Param::Bytes(name.bytes()),
        ];
        Ok(session.defer(&sql, &params)?)
    }
}

/// Adds a condition for rows with these keys: by id, and none that got another name meanwhile.
fn push_among(sql: &mut String, keys: &[Key], table: &str) {
    for part in [table, "id IN ("] {
        sql.push_str(part);
    }
    Key::push_ids(sql, keys);
    for part in [") AND ", table, "name_hash IN ("] {
        sql.push_str(part);
    }
    Key::push_hashes(sql, keys);
    sql.push(')');
}

/// Ids as parameters, the last one repeated up to a round number, so that few different statements
/// are prepared.
fn padded(keys: &[Key]) -> Vec<Param<'static>> {
    let ids = keys.iter().map(|key| key.id);
    let length = [1, 10, 100, ROWS_AT_ONCE]
        .into_iter()
        .find(|length| *length >= keys.len())
        .unwrap_or(keys.len());
    let last = keys.last().map(|key| key.id);
    ids.chain(std::iter::repeat_n(last.unwrap_or(0), length - keys.len()))
        .map(|id| Param::Int(id.cast_signed()))
        .collect()
}
