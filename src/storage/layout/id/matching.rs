//! Finding rows by what their names are like, marking them, removing them.

use super::{IdLayout, Index};
use crate::mysql::Param;
use crate::pool::Session;
use crate::storage::Attempt;
use crate::storage::metadata::{Key, Name};
use crate::storage::pattern::{Condition, Match, Regex};

/// Rows in one statement that names them one by one.
const KEYS_AT_ONCE: usize = 1000;

/// Which rows of a name or tree are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Live ones.
    Live,
    /// Expired ones.
    Expired,
    /// Live or expired ones whose absolute mtime is below this.
    Before(i64),
    /// All of them.
    Any,
}

impl Age {
    fn sql(self) -> String {
        match self {
            Self::Live => " AND mtime >= 0".into(),
            Self::Expired => " AND mtime < 0".into(),
            // The absolute value of the smallest number there is would be an error.
            Self::Before(time) => format!(" AND mtime < {time} AND mtime > {}", time.saturating_neg()),
            Self::Any => String::new(),
        }
    }
}

impl IdLayout {
    /// Keys of the rows that a match and an age mean, lowest id first.
    ///
    /// # Errors
    /// What the server said.
    pub fn matching(&self, session: &mut Session, matching: &Match, age: Age) -> Attempt<Vec<Key>> {
        let mut keys = Vec::new();
        for condition in matching.conditions(self.name.binary, self.is_utf8()) {
            let (sql, params) = self.condition_sql(&condition, age);
            let statement = session.select(&sql, &params)?;
            while session.fetch(statement)? {
                let name = session.bytes(statement, 1);
                if matching.accepts(name) {
                    keys.push(Key::new(session.int(statement, 0).cast_unsigned(), name));
                }
            }
        }
        keys.sort_unstable();
        keys.dedup();
        Ok(keys)
    }

    fn condition_sql<'c>(&self, condition: &'c Condition, age: Age) -> (String, Vec<Param<'c>>) {
        let age = age.sql();
        let mut parts = Vec::new();
        let mut params = Vec::new();
        if let Some(hash) = &condition.hash {
            parts.push(format!("SELECT id, name FROM ezdbfile WHERE name_hash = ?{age}"));
            params.push(Param::Text(hash.as_bytes()));
        }
        if !condition.like.is_empty() {
            let likes = vec!["name LIKE ? ESCAPE '='"; condition.like.len()].join(" OR ");
            let mut sql = format!("SELECT id, name FROM ezdbfile WHERE ({likes}){age}");
            params.extend(condition.like.iter().map(|like| self.name_param(like)));
            if let Some(regex) = &condition.regex {
                sql.push_str(&self.regex_sql(regex, &mut params));
            }
            parts.push(sql);
        }
        (parts.join(" UNION ALL "), params)
    }

    /// The rest of the name behind the prefix matches from its first character on. The leftmost
    /// match is asked for instead of putting `^(?:` and `)` around the expression, which could
    /// close that group itself. Names that are UTF-8 are matched by characters, others by bytes.
    fn regex_sql<'c>(&self, regex: &'c Regex, params: &mut Vec<Param<'c>>) -> String {
        let text = "CONVERT(name USING utf8mb4)";
        let by_characters = format!(
            "REGEXP_INSTR(SUBSTRING({text} COLLATE utf8mb4_bin, {}), ?) = 1",
            regex.prefix_characters + 1
        );
        let by_bytes = format!("REGEXP_INSTR(SUBSTRING(name, {}), ?) = 1", regex.prefix_bytes + 1);
        if !self.name.binary {
            params.push(Param::Text(&regex.expression));
            format!(" AND {by_characters}")
        } else if std::str::from_utf8(&regex.expression).is_ok() {
            params.push(Param::Text(&regex.expression));
            params.push(Param::Bytes(&regex.expression));
            format!(" AND IF(CAST({text} AS BINARY) = name, {by_characters}, {by_bytes})")
        } else {
            params.push(Param::Bytes(&regex.expression));
            format!(" AND {by_bytes}")
        }
    }

    /// Marks those of the rows as expired that are live and still have their names.
    ///
    /// # Errors
    /// What the server said.
    pub fn expire(&self, session: &mut Session, keys: &[Key]) -> Attempt<u64> {
        let mut expired = 0;
        for keys in keys.chunks(KEYS_AT_ONCE) {
            expired += session.query(&format!(
                "UPDATE ezdbfile{} SET mtime = -GREATEST(mtime, 1) WHERE mtime >= 0 AND {}",
                self.hint(Index::Primary),
                among(keys, "")
            ))?;
        }
        Ok(expired)
    }

    /// Removes those of the rows for good that are of that age and still have their names, and with
    /// each one the leftovers of its name that it hid. Says how many rows went.
    ///
    /// # Errors
    /// What the server said.
    pub fn remove(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<u64> {
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

    /// Those of the rows that are of that age and still have their names, kept so to the end of the
    /// transaction.
    pub(super) fn locked(&self, session: &mut Session, keys: &[Key], age: Age) -> Attempt<Vec<(Name, u64)>> {
        let mut locked = Vec::new();
        for keys in keys.chunks(KEYS_AT_ONCE) {
            let params = padded(keys);
            let marks = vec!["?"; params.len()].join(",");
            let statement = session.select(
                &format!(
                    "SELECT id, name FROM ezdbfile{} WHERE id IN ({marks}){} ORDER BY id FOR UPDATE",
                    self.hint(Index::Primary),
                    age.sql()
                ),
                &params,
            )?;
            while session.fetch(statement)? {
                let name = session.bytes(statement, 1);
                let key = Key::new(session.int(statement, 0).cast_unsigned(), name);
                if keys.binary_search(&key).is_ok() {
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
            &[Param::Text(name.hash().as_bytes()), Param::Int(id.cast_signed())],
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
        for keys in keys.chunks(KEYS_AT_ONCE) {
            session.query(&format!(
                "{} WHERE {}",
                self.delete_with_rows(Index::Primary),
                among(keys, "f.")
            ))?;
        }
        Ok(())
    }

    /// Removes the rows of a name for good, each with its bytes, whose id fulfils a condition.
    pub(super) fn erase_named(&self, session: &mut Session, name: &Name, and: &str, id: u64) -> Attempt<()> {
        session.execute(
            &format!(
                "{} WHERE f.name_hash = ? AND f.id {and} ? AND {} = ?",
                self.delete_with_rows(Index::NameHash),
                self.bytes_of(self.name, "f.name")
            ),
            &[
                Param::Text(name.hash().as_bytes()),
                Param::Int(id.cast_signed()),
                Param::Bytes(name.bytes()),
            ],
        )?;
        Ok(())
    }
}

/// A condition for rows with these keys: by id, and none that got another name meanwhile.
fn among(keys: &[Key], table: &str) -> String {
    let ids: Vec<String> = keys.iter().map(|key| key.id.to_string()).collect();
    let mut hashes: Vec<String> = keys.iter().map(|key| format!("'{}'", key.hash())).collect();
    hashes.sort_unstable();
    hashes.dedup();
    format!(
        "{table}id IN ({}) AND {table}name_hash IN ({})",
        ids.join(","),
        hashes.join(",")
    )
}

/// Ids as parameters, the last one repeated up to a round number, so that few different statements
/// are prepared.
fn padded(keys: &[Key]) -> Vec<Param<'static>> {
    let ids = keys.iter().map(|key| key.id);
    let length = [1, 10, 100, KEYS_AT_ONCE]
        .into_iter()
        .find(|length| *length >= keys.len())
        .unwrap_or(keys.len());
    let last = keys.last().map(|key| key.id);
    ids.chain(std::iter::repeat_n(last.unwrap_or(0), length - keys.len()))
        .map(|id| Param::Int(id.cast_signed()))
        .collect()
}
